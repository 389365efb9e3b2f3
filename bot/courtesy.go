package bot

import (
	"strings"

	"handout/knowledge"
)

// courtesies are the folded phrases of greetings and of thanks.
type courtesies struct{ greetings, all map[string]bool }

func courtesiesOf(m *knowledge.Messages) courtesies {
	c := courtesies{map[string]bool{}, map[string]bool{}}
	for _, p := range m.Greetings.List() {
		c.greetings[unaccented(p)], c.all[unaccented(p)] = true, true
	}
	for _, p := range m.Courtesies.List() {
		c.all[unaccented(p)] = true
	}
	return c
}

// longestCourtesy is how many words a message has at most that is taken for
// nothing but a greeting or thanks.
const longestCourtesy = 6

// in says whether a message is nothing but a greeting, or nothing but thanks,
// with a greeting or without; empty if it is neither.
func (c courtesies) in(text string) Reason {
	words := strings.Fields(unaccented(text))
	switch {
	case len(words) == 0 || len(words) > longestCourtesy || !madeOf(words, c.all):
		return ""
	case madeOf(words, c.greetings):
		return greeted
	}
	return thanked
}

// madeOf reports whether the words are phrases of the set, one after another.
func madeOf(words []string, phrases map[string]bool) bool {
	for n := 1; n <= len(words); n++ {
		if phrases[strings.Join(words[:n], " ")] && madeOf(words[n:], phrases) {
			return true
		}
	}
	return len(words) == 0
}

// courtesy answers a message that is nothing but a greeting or thanks, unless
// the corpus answers these very words.
func (b *Bot) courtesy(text string) (Reply, bool) {
	if b.ours(text) {
		return Reply{}, false
	}
	switch reason := b.courtesies.in(text); reason {
	case greeted:
		return b.greeting().because(reason), true
	case thanked:
		return b.notice(Answered, b.corpus.Messages.Welcome).because(reason), true
	}
	return Reply{}, false
}
