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
	segments, sentences := m.words[n-1].segment+1, m.words[n-1].sentence+1
	m.education, m.past = blank(m.education, segments), blank(m.past, segments)
	m.over, m.lasting = blank(m.over, segments), blank(m.lasting, segments)
	m.acute, m.turn, m.current = blank(m.acute, sentences), blank(m.turn, sentences), blank(m.current, sentences)
	m.mark(&f.education, func(s span) { m.spread(m.education, s) })
	m.mark(&f.past, func(s span) { m.spread(m.past, s) })
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

// settle sets as over the sentences of a frame and the one before: "could hardly
// breathe. totally over it".
func (m *message) settle(s span) {
	for i := range m.words {
		if k := m.sentence(i); m.sentence(s.start)-1 <= k && k <= m.sentence(s.end-1) {
			m.over[m.words[i].segment] = true
		}
	}
}

// framed reports whether a sign is only asked about, over, or old. Of what a
// long message tells, only what is said to be new is there now.
func (m *message) framed(tier knowledge.Tier, s span) bool {
	crisis := tier == knowledge.Crisis
	fresh := m.now(m.acute, s)
	switch {
	case !fresh && (within(m.past, m, s) || within(m.over, m, s)), !crisis && m.long() && (m.story || !fresh && !m.now(m.turn, s)):
		return true
	case m.now(m.current, s), crisis && m.firstPerson(s):
		return m.story
	}
	return m.aside(s) || !crisis && (m.theory[m.sentence(s.end-1)] || within(m.lasting, m, s) && !fresh)
}

// aside reports whether a sign stands in a frame other than time. It looks no
// further than the commas: "chest hurts, began this drug last month" is now.
func (m *message) aside(s span) bool {
	return m.story || within(m.education, m, s) || within(m.past, m, s) || within(m.over, m, s)
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
