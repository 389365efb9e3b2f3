package bot

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"handout/index"
	"handout/knowledge"
)

// several answers a message that asks two or three things: each by its own
// snippet, whole, and what nothing fits is named. It leaves alone what is one of
// our own questions, and what comes to a single answer.
func (b *Bot) several(ctx context.Context, text string, whole results, why bool) (Reply, bool) {
	if len(whole.Guesses) > 0 || b.ours(text) {
		return Reply{}, false
	}
	list, err := b.findParts(ctx, text)
	if err != nil {
		b.log.ErrorContext(ctx, "search failed", "err", err)
		return Reply{}, false
	}
	found, open := settle(list)
	if best := whole.Matches; len(list) > 0 && len(found) < 2 && !whole.held && confidence(best) >= answerAt && !holds(found, best[0].Snippet) {
		found = best[:1] // all of it together says more than its parts
		open = slices.DeleteFunc(open, func(p *part) bool { return covered(p.Matches, found) })
	}
	if len(found) == 0 || len(found)+len(open) < 2 {
		return Reply{}, false
	}
	r := b.passagesOf(found, open).because(severalAsked)
	if why {
		for _, p := range list {
			r.parts = append(r.parts, whyPart(p))
		}
	}
	return r, true
}

// part is one of several questions of a message.
type part struct {
	results
	text   string
	least  float64 // confidence from which it is answered
	reason Reason
}

// findParts searches for each question of a message that holds several.
func (b *Bot) findParts(ctx context.Context, text string) ([]*part, error) {
	var list []*part
	before := ""
	for _, one := range parts(text) {
		q := index.Query{Text: one, Around: text, Limit: 30, Why: true}
		if fragment(one) {
			q.After = before
		}
		r, err := b.find(ctx, q)
		if err != nil {
			return nil, err
		}
		if r.held {
			r.Matches = nil // it is named as not answered
		}
		p := &part{results: r, text: one, least: answerAt}
		if r.Borrowed {
			p.least = surely
		}
		list, before = append(list, p), one
	}
	return list, nil
}

const (
	// surely is the confidence from which a part that leaves its subject out ("does
	// it cause spots") is answered.
	surely = 0.8
	// likelier is the same for one that does not, once another part is answered:
	// who asks one thing that the corpus answers seldom asks another that it does not.
	likelier = 0.4
)

// settle tells the parts that are answered, by which snippets, from those that
// are not and that no such snippet speaks of.
func settle(list []*part) (found []index.Match, open []*part) {
	sure := func(p *part) bool {
		return confidence(p.Matches) >= p.least && !p.Matches[0].Why.Beside && !p.Matches[0].Why.Unlike
	}
	one := slices.ContainsFunc(list, sure)
	for _, p := range list {
		if one && !p.Borrowed {
			p.least = likelier
		}
		if p.reason = unsure; sure(p) {
			p.reason = surest
			if !holds(found, p.Matches[0].Snippet) {
				found = append(found, p.Matches[0])
			}
		}
	}
	for _, p := range list {
		switch {
		case p.reason == surest:
		case covered(p.Matches, found):
			p.reason = coveredToo
		default:
			open = append(open, p)
		}
	}
	return found, open
}

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
	return b.own[" "+fold(text)+" "] != nil
}

// calm reports whether the text is a wording of a snippet that does not teach
// about an emergency.
func (b *Bot) calm(text string) bool {
	s := b.own[" "+fold(text)+" "]
	return s != nil && !slices.ContainsFunc(b.corpus.Triage.Rules, func(r *knowledge.Rule) bool {
		return r.Tier.Urgent() && r.Snippet == s.ID
	})
}

// passagesOf sends several snippets, each with what must accompany it, and
// names what is left open.
func (b *Bot) passagesOf(found []index.Match, open []*part) Reply {
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
	for _, p := range open {
		sections = append(sections, Section{Kind: Notice, Blocks: append(b.blocks(b.corpus.Messages.Unanswered), paragraph(visible(p.text)))})
	}
	r.sections = append(sections, b.relatedSection(b.further(found))...)
	return r
}

// visible are a person's own words without what could turn the lines around them:
// bidi controls and the like.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, text)
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
