package bot

import (
	"context"
	"slices"

	"handout/index"
	"handout/knowledge"
)

// several answers a message that asks two or three things: each by its own
// snippet, whole, and what nothing fits is named. It leaves alone what is one of
// our own questions, and what comes to a single answer.
func (b *Bot) several(ctx context.Context, text string, whole results, why bool) (Reply, bool) {
	list := parts(text)
	if list == nil || len(whole.Guesses) > 0 || b.ours(text) {
		return Reply{}, false
	}
	var found []index.Match
	var open []string
	var whys []Why
	for _, part := range list {
		r, err := b.find(ctx, index.Query{Text: part, Around: text, Limit: 30, Why: true})
		if err != nil {
			b.log.ErrorContext(ctx, "search failed", "err", err)
			return Reply{}, false
		}
		least := answerAt
		if r.Borrowed {
			least = surely
		}
		reason := surest
		switch {
		case confidence(r.Matches) < least && covered(r.Matches, found):
			reason = coveredToo
		case confidence(r.Matches) < least:
			open, reason = append(open, part), unsure
		case !holds(found, r.Matches[0].Snippet):
			found = append(found, r.Matches[0])
		}
		if why {
			whys = append(whys, whyPart(part, r, least, reason))
		}
	}
	if len(found) == 0 || len(found)+len(open) < 2 {
		return Reply{}, false
	}
	if len(found) == 1 && confidence(whole.Matches) >= answerAt && whole.Matches[0].Snippet != found[0].Snippet {
		return Reply{}, false // all of it together says more than its parts
	}
	r := b.passagesOf(found, open).because(severalAsked)
	r.parts = whys
	return r, true
}

// surely is the confidence from which a part that leaves its subject out ("does
// it cause spots") is answered.
const surely = 0.8

// touches is the confidence from which a snippet is taken to speak of a part.
const touches = 0.05

// covered reports whether a snippet that answers another part speaks of what
// this one asks.
func covered(matches, found []index.Match) bool {
	return slices.ContainsFunc(matches, func(m index.Match) bool { return m.Confidence >= touches && !m.Why.Beside && holds(found, m.Snippet) })
}

func holds(list []index.Match, s *knowledge.Snippet) bool {
	return slices.ContainsFunc(list, func(m index.Match) bool { return m.Snippet == s || slices.Contains(m.Snippet.With, s.ID) })
}

// ours reports whether the text is a snippet's own title or wording.
func (b *Bot) ours(text string) bool {
	folded := " " + fold(text) + " "
	return slices.ContainsFunc(b.wordings, func(w wording) bool { return w.text == folded })
}

// passagesOf sends several snippets, each with what must accompany it, and
// names what is left open.
func (b *Bot) passagesOf(found []index.Match, open []string) Reply {
	r := b.passage(Answered, found[0])
	var sections []Section
	for _, m := range found {
		for _, s := range b.passages(m.Snippet) {
			if !slices.ContainsFunc(sections, func(o Section) bool { return o.Snippet == s.Snippet }) {
				sections = append(sections, s)
			}
		}
		r.Confidence = min(r.Confidence, m.Confidence)
	}
	for _, m := range found[1:] {
		r.Also = append(r.Also, m.Snippet.ID)
	}
	for _, part := range open {
		sections = append(sections, Section{Kind: Notice, Blocks: append(b.blocks(b.corpus.Messages.Unanswered), paragraph(part))})
	}
	r.sections = append(sections, b.relatedSection(b.further(found))...)
	return r
}

// further are the titles related to what was found, each once, and none of
// those that are shown in full.
func (b *Bot) further(found []index.Match) []Option {
	var list []Option
	for _, m := range found {
		for _, o := range b.related(m.Snippet) {
			shown := slices.ContainsFunc(found, func(f index.Match) bool { return f.Snippet.ID == o.Snippet })
			if !shown && !slices.Contains(list, o) {
				list = append(list, o)
			}
		}
	}
	return list
}
