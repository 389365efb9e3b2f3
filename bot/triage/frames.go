package triage

import (
	"slices"
	"strings"
)

// negationReach is how many words before a sign a negation may stand.
const negationReach = 5

// frames are turns of phrase that change what a sign means.
type frames struct {
	negation, pseudo, education, story, past, current []pattern
}

// weigh notes what is denied, asked about in general, over, or there now.
func (m *message) weigh(f *frames) {
	n := len(m.words)
	m.denied, m.denial, m.education, m.past = blank(m.denied, n), blank(m.denial, n), m.education[:0], m.past[:0]
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
	m.education, m.past = blank(m.education, segments), blank(m.past, segments)
	m.mark(f.education, func(s span) { m.spread(m.education, s) })
	m.mark(f.past, func(s span) { m.spread(m.past, s) })
	m.mark(f.story, func(span) { m.story = true })
	m.mark(f.current, func(span) { m.current = true })
}

// blank returns a list of n times false, in the memory of an old one.
func blank(old []bool, n int) []bool {
	list := slices.Grow(old[:0], n)[:n]
	clear(list)
	return list
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
		if m.story || m.education[i] || m.past[i] {
			return true
		}
	}
	return false
}

// remark is the number of words up to which a sentence says nothing of its
// own: "thanks", "hi there".
const remark = 3

// general reports whether every sentence is framed, or a question about
// nobody, and nothing is there now.
func (m *message) general() bool {
	if m.current || len(m.words) == 0 {
		return false
	}
	framed := false
	for start, end := 0, 0; start < len(m.words); start = end {
		for end = start + 1; end < len(m.words) && m.sentence(end) == m.sentence(start); end++ {
		}
		switch {
		case m.framed(span{start, end}) || impersonal(m.words[start:end]):
			framed = true
		case end-start > remark:
			return false
		}
	}
	return framed
}

// impersonal reports whether a sentence is a question that names nobody: "how
// fast does sepsis develop".
func impersonal(sentence []word) bool {
	return asking[sentence[0].text] && !slices.ContainsFunc(sentence, func(w word) bool { return persons[w.text] })
}

var (
	asking = set("is are do does can could will would should may might what which how why when where who")
	// persons also holds the words that tell of something happening now.
	persons = set("i me my mine myself we us our he him his she her they them their baby son daughter mum mom dad husband wife child now today tonight help")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
