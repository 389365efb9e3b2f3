package triage

import (
	"slices"

	"handout/knowledge"
)

// frames are turns of phrase that change what a sign means.
type frames struct {
	negation, pseudo, education, story, past, over, lasting, acute, turn, current patterns
}

// weigh notes what is denied, asked about in general, over, or there now.
func (m *message) weigh(f *frames) {
	n := len(m.words)
	m.denied, m.denial, m.education, m.past = blank(m.denied, n), blank(m.denial, n), m.education[:0], m.past[:0]
	if n == 0 {
		return
	}
	harmless := make([]bool, n)
	m.mark(&f.pseudo, func(s span) {
		for i := s.start; i < s.end; i++ {
			harmless[i] = true
		}
	})
	m.mark(&f.negation, func(s span) {
		if harmless[s.start] || harmless[s.end-1] {
			return
		}
		m.denial[s.start] = true
		m.deny(s)
	})
	segments, pieces, sentences := m.words[n-1].segment+1, m.words[n-1].piece+1, m.words[n-1].sentence+1
	m.education, m.lasting = blank(m.education, segments), blank(m.lasting, segments)
	m.past, m.over, m.present = blank(m.past, pieces), blank(m.over, pieces), blank(m.present, pieces)
	for _, w := range m.words {
		m.present[w.piece] = m.present[w.piece] || presents[w.text]
	}
	m.acute, m.turn, m.current = blank(m.acute, sentences), blank(m.turn, sentences), blank(m.current, sentences)
	m.mark(&f.education, func(s span) { m.spread(m.education, s) })
	m.mark(&f.past, func(s span) { m.pass(s) })
	m.mark(&f.over, func(s span) { m.settle(s) })
	m.mark(&f.lasting, func(s span) { m.spread(m.lasting, s) })
	m.mark(&f.acute, func(s span) { m.acute[m.sentence(s.start)] = true })
	m.mark(&f.turn, func(s span) { m.turn[m.sentence(s.start)] = true })
	m.mark(&f.current, func(s span) { m.current[m.sentence(s.start)] = true })
	m.mark(&f.story, func(span) { m.story = true })
	m.theory = blank(m.theory, sentences)
	for sentence := range m.sentences() {
		first := m.words[sentence.start]
		m.theory[first.sentence] = theoretical[first.text] && impersonal(m.words[sentence.start:sentence.end])
	}
}

// blank returns a list of n times false, in the memory of an old one.
func blank(old []bool, n int) []bool {
	list := slices.Grow(old[:0], n)[:n]
	clear(list)
	return list
}

func (m *message) mark(list *patterns, do func(span)) {
	for p := range m.possible(list) {
		m.each(p, false, func(s span) bool {
			do(s)
			return true
		})
	}
}

// spread sets the segments that a frame touches.
func (m *message) spread(segments []bool, s span) {
	for i := m.words[s.start].segment; i <= m.words[s.end-1].segment; i++ {
		segments[i] = true
	}
}

// presents tell of something there now, whatever the rest of the piece says:
// "since mum died in march i dont want to live".
var presents = set("am is are has have cant dont doesnt wont isnt want wants wanna feel feels keep keeps hurts thinks")

// pass sets as past what a frame touches, but for what is told in the present.
func (m *message) pass(s span) {
	for i := m.words[s.start].piece; i <= m.words[s.end-1].piece; i++ {
		m.past[i] = !m.present[i]
	}
}

// settle sets as over what a frame touches, and of its sentences and the one
// before what is not told in the present: "could hardly breathe. totally over it".
func (m *message) settle(s span) {
	first, last := m.words[s.start], m.words[s.end-1]
	for _, w := range m.words {
		touched := first.piece <= w.piece && w.piece <= last.piece
		if first.sentence-1 <= w.sentence && w.sentence <= last.sentence && (touched || !m.present[w.piece]) {
			m.over[w.piece] = true
		}
	}
}

// framed reports whether a sign is only asked about, over, or old. Of what a
// long message tells, only what is said to be new is there now.
func (m *message) framed(tier knowledge.Tier, s span) bool {
	crisis := tier == knowledge.Crisis
	fresh := m.now(m.acute, s)
	switch {
	case !fresh && m.gone(s), !crisis && m.long() && (m.story || !fresh && !m.now(m.turn, s)):
		return true
	case m.now(m.current, s), crisis && m.firstPerson(s):
		return m.story
	}
	return m.aside(s) || !crisis && (m.theory[m.sentence(s.end-1)] || within(m.lasting, m, s) && !fresh)
}

// aside reports whether a sign stands in a frame other than time. It looks no
// further than the commas: "chest hurts, began this drug last month" is now.
func (m *message) aside(s span) bool {
	return m.story || m.gone(s) || within(m.education, m, s)
}

// gone reports whether a sign is past or over.
func (m *message) gone(s span) bool {
	for i := m.words[s.start].piece; i <= m.words[s.end-1].piece; i++ {
		if m.past[i] || m.over[i] {
			return true
		}
	}
	return false
}

func within(segments []bool, m *message, s span) bool {
	return slices.Contains(segments[m.words[s.start].segment:m.words[s.end-1].segment+1], true)
}

// nearby is how many sentences further a long message may say when.
const nearby = 3

// now reports whether the sentences of a sign or those nearby, or in a short
// message any, say that something is there now.
func (m *message) now(said []bool, s span) bool {
	if !m.long() {
		return slices.Contains(said, true)
	}
	return slices.Contains(said[max(0, m.sentence(s.start)-nearby):min(len(said), m.sentence(s.end-1)+nearby+1)], true)
}

func (m *message) long() bool { return len(m.words) > shortMessage }
