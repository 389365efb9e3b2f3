package triage

// negationReach is how many words before a sign a negation may stand.
const negationReach = 5

// frames are turns of phrase that change what a sign means.
type frames struct {
	negation, pseudo, education, past, current []pattern
}

// weigh notes what is denied, asked about in general, over, or there now.
func (m *message) weigh(f *frames) {
	n := len(m.words)
	m.denied, m.denial = make([]bool, n), make([]bool, n)
	if n == 0 {
		return
	}
	harmless := make([]bool, n)
	m.mark(f.pseudo, func(s span) {
		for i := s.start; i < s.end; i++ {
			harmless[i] = true
		}
	})
	m.mark(f.negation, func(s span) {
		if harmless[s.start] || harmless[s.end-1] {
			return
		}
		m.denial[s.start] = true
		m.deny(s)
	})
	segments := m.words[n-1].segment + 1
	m.education, m.past = make([]bool, segments), make([]bool, segments)
	m.mark(f.education, func(s span) { m.spread(m.education, s) })
	m.mark(f.past, func(s span) { m.spread(m.past, s) })
	m.mark(f.current, func(span) { m.current = true })
}

func (m *message) mark(list []pattern, do func(span)) {
	for _, p := range list {
		m.each(p, false, func(s span) bool {
			do(s)
			return true
		})
	}
}

// deny marks the words in and within the reach of a negation: those of its clause,
// beyond a comma only in a list that ends in "or" ("no fever, chills or rash").
func (m *message) deny(negation span) {
	clause := m.words[negation.start].clause
	comma := false
	for i := negation.start + 1; i < len(m.words) && i < negation.end+negationReach && m.words[i].clause == clause; i++ {
		comma = comma || m.words[i].comma
		if comma && !m.listed(i, clause) || negative(m.words[i].text) {
			continue
		}
		m.denied[i] = true
	}
}

func (m *message) listed(i, clause int) bool {
	for k := i; k < len(m.words) && k < i+negationReach && m.words[k].clause == clause; k++ {
		if w := m.words[k].text; w == "or" || w == "nor" {
			return true
		}
	}
	return false
}

// negative reports whether a sign that begins with the word says of itself
// that something is missing: "cant breathe", "not waking up".
func negative(w string) bool {
	return w == "no" || w == "not" || w == "unable" || negatives[w]
}

var negatives = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range auxiliaries {
		m[w] = true
	}
	return m
}()

// spread sets the segments that a frame touches.
func (m *message) spread(segments []bool, s span) {
	for i := m.words[s.start].segment; i <= m.words[s.end-1].segment; i++ {
		segments[i] = true
	}
}

// framed reports whether a sign is only asked about, or over. It looks no
// further than the commas: "chest hurts, began this drug last month" is now.
func (m *message) framed(s span) bool {
	if m.current {
		return false
	}
	for i := m.words[s.start].segment; i <= m.words[s.end-1].segment; i++ {
		if m.education[i] || m.past[i] {
			return true
		}
	}
	return false
}
