package desk

import (
	"context"
	"fmt"
	"strings"

	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// openGap is the gap that a step names first.
func (c *Chats) openGap(ctx context.Context, s step) (*store.Gap, error) {
	gaps, err := c.editor.Gaps(ctx, s.Person)
	if err != nil {
		return nil, err
	}
	for _, g := range gaps {
		if tag(g.ID) == s.arg(0) {
			return &g, nil
		}
	}
	return nil, &editorial.Refusal{What: "this question is not open any more", Fix: "somebody else has dealt with it"}
}

func (c *Chats) gapLine(g store.Gap) string {
	text := "Asked " + count(g.Count, "time", "times") + ", last on " + day(g.Last) + ". "
	if g.Why != store.Disliked {
		return text + "Nobody got an answer."
	}
	if s := c.editor.Edition().Corpus.Snippet(g.Snippet); s != nil {
		return text + "The answer " + quoted(s.Title) + " did not help."
	}
	return text + "The answer did not help."
}

// mostNear is how many snippets are offered for a gap: a row of buttons each.
const mostNear = 4

// gap offers what can become of a question.
func (c *Chats) gap(ctx context.Context, s step) (View, error) {
	g, err := c.openGap(ctx, s)
	if err != nil {
		return View{}, err
	}
	return c.gapView(ctx, g, g.Text), nil
}

// other looks for the answer to a question by other words.
func (c *Chats) other(ctx context.Context, s step) (View, error) {
	g, err := c.openGap(ctx, s)
	if err != nil {
		return View{}, err
	}
	if words := strings.TrimSpace(s.Values["words"]); words != "" {
		return c.gapView(ctx, g, words), nil
	}
	return opened(Form{Title: "Search", Action: act("other", tag(g.ID)), Fields: fieldsOf(nil, "words")}), nil
}

func (c *Chats) gapView(ctx context.Context, g *store.Gap, words string) View {
	v := View{Title: quoted(g.Text), Blocks: say(c.gapLine(*g), "If one of these answers it, press it: the question becomes another wording of it. If not, write a new answer.")}
	near := c.nearest(ctx, words, mostNear)
	v.Blocks = append(v.Blocks, titled("Answers that come near", near)...)
	for _, near := range near {
		v.Buttons = append(v.Buttons, []Button{{Label: label("Answer: %s", near.Title), Action: act("link", tag(g.ID), tag(near.File()))}})
	}
	v.Buttons = append(v.Buttons, []Button{
		{Label: "Write a new answer", Action: act("fill", tag(g.ID)), Style: Main},
		{Label: "Search others", Action: act("other", tag(g.ID))},
		{Label: "Not needed", Action: act("no", tag(g.ID)), Style: Danger},
		{Label: "All questions", Action: act("gaps")},
	})
	return v
}

// link makes a gap another wording of a snippet.
func (c *Chats) link(ctx context.Context, s step) (View, error) {
	g, err := c.openGap(ctx, s)
	if err != nil {
		return View{}, err
	}
	for _, x := range c.editor.Edition().Corpus.Snippets {
		if tag(x.File()) == s.arg(1) {
			r, err := c.editor.LinkGap(ctx, s.Person, g.ID, x.ID)
			if err != nil {
				return View{}, err
			}
			return c.draftView(ctx, s, editorial.Ref{Doc: r.Doc, Num: r.Num})
		}
	}
	return View{}, errOld
}

// fill opens the form of a new snippet, for a gap or not.
func (c *Chats) fill(ctx context.Context, s step) (View, error) {
	values := map[string]string{}
	if s.arg(0) != "" {
		g, err := c.openGap(ctx, s)
		if err != nil {
			return View{}, err
		}
		values["title"] = editorial.Wording(*g)
	}
	return opened(c.newForm(values, s.arg(0))), nil
}

func (c *Chats) newForm(values map[string]string, gap string) Form {
	return Form{Title: "New answer", Action: act("make", gap), Fields: c.enough(fieldsOf(values, "title", "text", "wordings", "sources", "note"))}
}

func (c *Chats) dismiss(ctx context.Context, s step) (View, error) {
	g, err := c.openGap(ctx, s)
	if err != nil {
		return View{}, err
	}
	return View{Title: "Put this question aside for good?", Blocks: say(quoted(g.Text), "It will not come back, however often it is asked."),
		Buttons: [][]Button{{{Label: "Yes, it is not needed", Action: act("no!", tag(g.ID)), Style: Danger}, {Label: "No, keep it", Action: act("gap", tag(g.ID))}}}}, nil
}

func (c *Chats) dismissed(ctx context.Context, s step) (View, error) {
	g, err := c.openGap(ctx, s)
	if err != nil {
		return View{}, err
	}
	if err := c.editor.DismissGap(ctx, s.Person, g.ID); err != nil {
		return View{}, fmt.Errorf("dismiss: %w", err)
	}
	return c.gaps(ctx, step{Person: s.Person})
}
