package triage

import (
	"strings"

	"handout/knowledge"
)

// Told returns the words of a message that tell of something there and now: not
// what it denies, asks about in general, exaggerates or calls long over. It
// is for judging what no rule recognised.
func (x *Matcher) Told(text string) string {
	m := x.read(text)
	defer x.forget(m)
	untold := append([]bool(nil), m.denied...)
	for _, r := range x.rules {
		if r.Tier != knowledge.Note {
			continue
		}
		m.mark(&r.when, func(s span) {
			for i := s.start; i < s.end; i++ {
				untold[i] = true
			}
		})
	}
	var told []string
	for i, w := range m.words {
		if !untold[i] && !m.denial[i] && !m.aside(span{i, i + 1}) && !m.asksLeave(i) {
			told = append(told, w.text)
		}
	}
	return strings.Join(told, " ")
}

// asksLeave reports whether a word stands in a sentence that asks what one may
// do: "can I wear lenses".
func (m *message) asksLeave(i int) bool {
	first := m.opening(i)
	return first+1 < len(m.words) && leave[m.words[first].text] && leavers[m.words[first+1].text]
}

var (
	leave   = set("can could may")
	leavers = set("i we he she they you")
)
