package desk

import (
	"context"
	"fmt"
	"strings"

	"handout/bot"
	"handout/index"
	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/gaps"
)

// shown is the snippet that a chosen message shows.
func (c *Chats) shown(s step) *knowledge.Snippet {
	corpus := c.editor.Edition().Corpus
	if id := bot.VotedOn(corpus, s.Vote); id != "" {
		return corpus.Snippet(id)
	}
	for line := range strings.Lines(s.Text) {
		for _, x := range corpus.Snippets {
			if words := knowledge.Words(line); len(words) > 0 && strings.Join(words, " ") == strings.Join(knowledge.Words(x.Title), " ") {
				return x
			}
		}
	}
	return nil
}

// flag asks what is wrong with the snippet of a chosen message.
func (c *Chats) flag(_ context.Context, s step) (View, error) {
	x := c.shown(s)
	if x == nil {
		return View{}, &editorial.Refusal{What: "this message shows none of our answers", Fix: "choose one of the bot's that does"}
	}
	f := Form{Title: "Doubt this answer", Action: act("flag!", tag(x.File())), Fields: fieldsOf(nil, "reason")}
	f.Fields[0].Label = "What is wrong with it"
	return opened(f), nil
}

func (c *Chats) flagged(ctx context.Context, s step) (View, error) {
	doc, err := c.doc(s)
	if err != nil {
		return View{}, err
	}
	x := c.served(doc)
	if x == nil {
		return View{}, errOld
	}
	if strings.TrimSpace(s.Values["reason"]) == "" {
		return View{}, &editorial.Refusal{What: "a doubt needs words", Fix: "write what is wrong"}
	}
	if err := c.editor.Flag(ctx, s.Person, x.ID, s.Values["reason"]); err != nil {
		return View{}, err
	}
	v := c.done(ctx, doc, "Noted")
	v.Blocks = append(v.Blocks, say("It is still sent. Edit it to mend it, or withdraw it if it must not be sent.")...)
	v.Buttons = [][]Button{{{Label: "Edit", Action: act("edit", tag(doc))}, c.holdButton(scopes(x)[0]), deskButton}}
	return v, nil
}

// suggest begins a snippet with the words of a chosen message: of a short one
// as its title, or else as its text. What tells who wrote it is taken out, as of
// a gap.
func (c *Chats) suggest(_ context.Context, s step) (View, error) {
	values := map[string]string{}
	if text := strings.TrimSpace(gaps.MaskText(newlines.Replace(s.Text))); strings.Contains(text, "\n") || len([]rune(text)) > 160 {
		values["text"] = cut(text, longestField)
	} else {
		values["title"] = text
	}
	f := c.newForm(values, "")
	f.Fields[0].Hint = "Leave out names and everything personal."
	return opened(f), nil
}

func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}

// why asks the question of a chosen message again, and says what decided.
func (c *Chats) why(ctx context.Context, s step) (View, error) {
	if strings.TrimSpace(s.Asked) == "" {
		return View{}, &editorial.Refusal{What: "the question of this message cannot be seen here", Fix: "choose an answer that quotes its question"}
	}
	r := c.editor.Edition().Quiet.Respond(ctx, bot.Message{Text: s.Asked, Why: true})
	v := View{Title: "Why this answer?", Blocks: labelled("Question", s.Asked), Buttons: [][]Button{{deskButton}}}
	if x := c.shown(s); x != nil && x.ID != r.Snippet && r.Outcome != bot.Urgent {
		v.Blocks = append(v.Blocks, say("It would be answered otherwise today than in this message.")...)
	}
	v.Blocks = append(v.Blocks, c.grounds(r.Why)...)
	if x := c.editor.Edition().Corpus.Snippet(r.Snippet); x != nil {
		v.Blocks = append(v.Blocks, labelled("Answer", fmt.Sprintf("%s (version %d)", x.Title, r.Revision))...)
		v.Buttons = [][]Button{{{Label: "Look at the answer", Action: act("doc", tag(x.File()))}, deskButton}}
	}
	return v, nil
}

// grounds are what decided a turn, part by part.
func (c *Chats) grounds(w *bot.Why) []knowledge.Block {
	blocks := say(w.Question, w.Reason.Sentence())
	for i, m := range w.Found.Matches[:min(len(w.Found.Matches), 2)] {
		name := "Best match"
		if i > 0 {
			name = "Runner-up"
		}
		blocks = append(blocks, labelled(name, match(m))...)
	}
	for _, rule := range w.Rules {
		blocks = append(blocks, labelled("Safety rule", fmt.Sprintf("%s (%s)", rule.Rule.Title, rule.As))...)
	}
	for _, part := range w.Parts {
		blocks = append(blocks, c.grounds(&part)...)
	}
	return blocks
}

func match(m index.Match) string {
	text := fmt.Sprintf("%s, %.0f%% sure", m.Snippet.Title, 100*m.Confidence)
	if len(m.Words) > 0 {
		text += ", because of " + quoted(strings.Join(m.Words, ", "))
	}
	return text
}

// web makes a link into the console.
func (c *Chats) web(ctx context.Context, s step) (View, error) {
	if c.console == nil {
		return View{}, &editorial.Refusal{What: "there is no web desk here", Fix: "ask whoever runs this bot"}
	}
	url, err := c.console(ctx, s.Actor)
	if err != nil {
		return View{}, fmt.Errorf("web link: %w", err)
	}
	return View{Title: "Web desk", Blocks: say("This link is for you alone. It works once, within 10 minutes."),
		Buttons: [][]Button{{{Label: "Open the web desk", URL: url, Style: Main}}, {deskButton}}}, nil
}
