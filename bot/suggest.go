package bot

import (
	"context"
	"slices"
	"strings"

	"handout/index"
	"handout/knowledge"
)

// Suggester offers titles while a person types. [Bot] is one.
type Suggester interface {
	// Suggest offers what the text typed so far may become.
	Suggest(ctx context.Context, typed Message, limit int) []Option
	// Preview is the reply that the option would get. It is not logged, since
	// nobody has chosen it yet.
	Preview(ctx context.Context, o Option, region string) Reply
}

// wording is one way to ask for a snippet, folded for [Bot.Suggest].
type wording struct {
	text    string // words with a blank before and after each
	snippet *knowledge.Snippet
}

func wordings(list []*knowledge.Snippet) []wording {
	var all []wording
	for _, s := range list {
		for _, w := range s.Wordings() {
			all = append(all, wording{" " + fold(w) + " ", s})
		}
	}
	return all
}

// Suggest offers what the words typed so far may become: snippets whose title
// or another wording begins with them, then contains them, then contains each
// of them, then what search finds. The last word may be unfinished. With an
// emergency in the text it offers to send the text as a question: alone, unless the
// emergency is only suspected, which half a sentence easily is. With a hold it offers
// nothing else.
func (b *Bot) Suggest(ctx context.Context, typed Message, limit int) []Option {
	text := strings.TrimSpace(typed.Text)
	if len(text) > longest {
		return nil
	}
	var first []Option
	v := b.triage.Match(text)
	if len(v.Urgent) > 0 {
		first = []Option{{Label: text, Question: text}}
	}
	if len(v.Urgent) > 0 && !v.Suspected || typed.Hold != "" {
		return first
	}
	folded := fold(text)
	if folded == "" {
		return b.samples(limit)
	}
	list := b.typedTitles(folded)
	if len(list) < limit {
		found, err := b.search(ctx, index.Query{Text: text, Limit: limit}, nil)
		if err != nil {
			b.log.ErrorContext(ctx, "search failed", "err", err)
		}
		for _, m := range found.Matches {
			if m.Confidence >= chooseAt {
				list = append(list, m.Snippet)
			}
		}
	}
	return append(first, titleOptions(list, limit-len(first))...)
}

// Preview returns the reply that a suggested option would get.
func (b *Bot) Preview(ctx context.Context, o Option, region string) Reply {
	switch {
	case o.Command != "":
		return b.command(o.Command)
	case o.Question != "":
		return b.previewed(ctx, o.Question, region)
	}
	return b.show(ctx, o.Snippet)
}

// previewed is the reply to a question. An emergency that triage finds, as is
// nearly every question that is suggested, needs no search.
func (b *Bot) previewed(ctx context.Context, question, region string) Reply {
	if l := b.languageOf(question); l != nil {
		return b.answerIn(ctx, l, Message{Region: region}, question)
	}
	if v := b.match(question); len(v.Urgent) > 0 {
		return b.urgent(v, region)
	}
	return b.answer(ctx, Message{Region: region}, question)
}

// typedTitles ranks the snippets by how a wording of theirs has the words.
func (b *Bot) typedTitles(typed string) []*knowledge.Snippet {
	var ranked [3][]*knowledge.Snippet
	words := strings.Fields(typed)
	for _, w := range b.wordings {
		switch {
		case !b.servable(w.snippet):
		case strings.HasPrefix(w.text, " "+typed):
			ranked[0] = append(ranked[0], w.snippet)
		case strings.Contains(w.text, " "+typed):
			ranked[1] = append(ranked[1], w.snippet)
		case w.hasAll(words):
			ranked[2] = append(ranked[2], w.snippet)
		}
	}
	return slices.Concat(ranked[0], ranked[1], ranked[2])
}

// hasAll reports whether every word is there, the last one as a beginning.
func (w wording) hasAll(words []string) bool {
	for i, word := range words {
		if i < len(words)-1 {
			word += " "
		}
		if !strings.Contains(w.text, " "+word) {
			return false
		}
	}
	return true
}

// samples are what is offered before anything was typed: a title under each
// heading.
func (b *Bot) samples(limit int) []Option {
	var list []*knowledge.Snippet
	for _, topic := range b.contents() {
		for _, s := range b.corpus.Snippets {
			if b.servable(s) && slices.ContainsFunc(s.Topics, func(t string) bool { return slices.Contains(topic.IDs, t) }) {
				list = append(list, s)
				break
			}
		}
	}
	return titleOptions(list, limit)
}

// titleOptions offers each snippet once.
func titleOptions(list []*knowledge.Snippet, limit int) []Option {
	var options []Option
	seen := map[string]bool{}
	for _, s := range list {
		if len(options) < limit && !seen[s.ID] {
			seen[s.ID] = true
			options = append(options, Option{Label: s.Title, Snippet: s.ID})
		}
	}
	return options
}
