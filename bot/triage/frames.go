package triage

import (
	"iter"
	"slices"
	"strings"

	"handout/knowledge"
)

// negationReach is how many words before a sign a negation may stand.
const negationReach = 5

// frames are turns of phrase that change what a sign means.
type frames struct {
	negation, pseudo, education, story, past, over, lasting, acute, current patterns
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
	m.acute, m.current = blank(m.acute, sentences), blank(m.current, sentences)
	m.mark(&f.education, func(s span) { m.spread(m.education, s) })
	m.mark(&f.past, func(s span) { m.spread(m.past, s) })
	m.mark(&f.over, func(s span) { m.settle(s) })
	m.mark(&f.lasting, func(s span) { m.spread(m.lasting, s) })
	m.mark(&f.acute, func(s span) { m.acute[m.sentence(s.start)] = true })
	m.mark(&f.current, func(s span) { m.current[m.sentence(s.start)] = true })
	m.mark(&f.story, func(span) { m.story = true })
	m.theory = blank(m.theory, sentences)
	for sentence := range m.sentences() {
		first := m.words[sentence.start]
		m.theory[first.sentence] = theoretical[first.text] && impersonal(m.words[sentence.start:sentence.end])
	}
}

// sentences yields the words of each sentence.
func (m *message) sentences() iter.Seq[span] {
	return func(yield func(span) bool) {
		for start, end := 0, 0; start < len(m.words); start = end {
			for end = start + 1; end < len(m.words) && m.sentence(end) == m.sentence(start); end++ {
			}
			if !yield(span{start, end}) {
				return
			}
		}
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
	case !fresh && (within(m.past, m, s) || within(m.over, m, s)), !crisis && m.long() && (m.story || !fresh):
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

// firstPerson reports whether the sentences of a sign speak of the writer.
func (m *message) firstPerson(s span) bool {
	return slices.ContainsFunc(m.words, func(w word) bool {
		return m.sentence(s.start) <= w.sentence && w.sentence <= m.sentence(s.end-1) && writer[w.text]
	})
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

// asks reports whether words ask for something: in a long message only where a
// question mark or the sentence's first word says so.
func (m *message) asks(s span) bool {
	if !m.long() || m.words[s.start].asked {
		return true
	}
	first := s.start
	for first > 0 && m.sentence(first-1) == m.sentence(s.start) {
		first--
	}
	return asking[m.words[first].text] || begging[m.words[first].text]
}

func (m *message) long() bool { return len(m.words) > shortMessage }

// remark is the number of words up to which a sentence says nothing of its
// own: "thanks", "hi there".
const remark = 3

// general reports whether every sentence is framed, or a question about
// nobody, and nothing is there now.
func (m *message) general() bool {
	if len(m.words) == 0 || slices.Contains(m.current, true) {
		return false
	}
	framed := false
	for s := range m.sentences() {
		switch {
		case m.aside(s) || impersonal(m.words[s.start:s.end]):
			framed = true
		case s.end-s.start > remark:
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
	writer  = set("i me my myself mine")
	begging = set("please tell decide just give help explain advise")
	// theoretical begin a question about no one: "is" and "why" may tell of a sign.
	theoretical = set("can could do does how which what should will would when")
	asking      = set("is are do does can could will would should may might what which how why when where who")
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
