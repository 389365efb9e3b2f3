package bot

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"handout/bot/triage"
	"handout/knowledge"
)

// language is one into which the fixed words are translated.
type language struct {
	*knowledge.Translation
	words      map[string]bool
	courtesies courtesies
	corpus     *knowledge.Corpus
	rules      map[*knowledge.Rule]*knowledge.Rule // from the corpus's own
}

// languages are those of a corpus's translations.
func languages(c *knowledge.Corpus) []language {
	var list []language
	for _, t := range c.Translations {
		if t.Lang == c.Settings.Lang {
			continue
		}
		in := c.In(t)
		l := language{t, wordSet(strings.Join(t.Words, " ")), courtesiesOf(in.Messages), in, map[*knowledge.Rule]*knowledge.Rule{}}
		for i, r := range c.Triage.Rules {
			l.rules[r] = l.corpus.Triage.Rules[i]
		}
		list = append(list, l)
	}
	return list
}

// english are common English words; another language must show more of its own.
var english = wordSet("the and is are was were be been am i im my me you your it its this that these those he she they we our his her of to in on for with from at by not do does did have has had can could will would should what how why when where which who a an or if but so no yes any there some get got y")

// few is up to how many words one word is enough to know a language by.
const few = 3

// languageOf is the language of a message in one that the fixed words are
// translated into, nil if it is none of them. Which country somebody is in does
// not follow from it.
func (b *Bot) languageOf(text string) *language {
	if b.courtesies.in(text) != "" {
		return nil
	}
	if i := slices.IndexFunc(b.languages, func(l language) bool { return l.courtesies.in(text) != "" }); i >= 0 {
		return &b.languages[i]
	}
	words := strings.Fields(unaccented(text))
	var best *language
	most := count(words, english)
	for i, l := range b.languages {
		if n := count(words, l.words); n > most && (n > 1 || len(words) <= few) {
			best, most = &b.languages[i], n
		}
	}
	return best
}

func count(words []string, set map[string]bool) int {
	n := 0
	for _, w := range words {
		if set[w] {
			n++
		}
	}
	return n
}

// unaccented folds a text, and leaves out accents: many type none.
func unaccented(text string) string {
	drop := func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}
	return strings.Map(drop, norm.NFD.String(fold(text)))
}

// answerIn answers in another language. What is not urgent says first in which
// language the texts are.
func (b *Bot) answerIn(ctx context.Context, l *language, m Message, text string) Reply {
	other := *b
	other.corpus, other.courtesies, other.rules, other.foreign = l.corpus, l.courtesies, l.rules, l.words
	r := other.answer(ctx, m, text)
	notice := func(words string) Section {
		return Section{Kind: Notice, Blocks: b.blocks(words), Lang: l.Lang}
	}
	if l.Messages.Footer != "" {
		r.footer.Lang = l.Lang
	}
	if l.translates(r) {
		for i := range r.sections {
			if r.sections[i].Kind != Passage {
				r.sections[i].Lang = l.Lang
			}
		}
	}
	if r.Outcome != Urgent {
		r.above(notice(l.Foreign))
	}
	if l.Unchecked != "" {
		r.below(notice(l.Unchecked))
	}
	return r
}

// translates reports whether a reply's fixed words, but for the footer, are in
// the language.
func (l *language) translates(r Reply) bool {
	return l.Messages.Footer != "" || r.reason == thanked && l.Messages.Welcome != ""
}

// match is triage with the rules' cards in the language of the answer.
func (b *Bot) match(text string) triage.Verdict {
	v := b.triage.Match(text)
	if b.rules == nil {
		return v
	}
	for _, list := range [][]*knowledge.Rule{v.Urgent, v.Lines} {
		for i, r := range list {
			list[i] = b.rules[r]
		}
	}
	if v.Decline != nil {
		v.Decline = b.rules[v.Decline]
	}
	return v
}
