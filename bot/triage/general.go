package triage

import (
	"iter"
	"slices"
	"strings"
)

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

// firstPerson reports whether the sentences of a sign speak of the writer.
func (m *message) firstPerson(s span) bool {
	return slices.ContainsFunc(m.words, func(w word) bool {
		return m.sentence(s.start) <= w.sentence && w.sentence <= m.sentence(s.end-1) && writer[w.text]
	})
}

// asks reports whether words ask for something: in a long message only where a
// question mark or the sentence's first word says so.
func (m *message) asks(s span) bool {
	first := m.words[m.opening(s.start)].text
	return !m.long() || m.words[s.start].asked || asking[first] || begging[first]
}

// opening is the first word of the sentence of a word.
func (m *message) opening(i int) int {
	for i > 0 && m.sentence(i-1) == m.sentence(i) {
		i--
	}
	return i
}

// impersonal reports whether a sentence is a question that names nobody: "how
// fast does sepsis develop".
func impersonal(sentence []word) bool {
	return asking[sentence[0].text] && !slices.ContainsFunc(sentence, func(w word) bool { return persons[w.text] })
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	writer  = set("i me my myself mine")
	begging = set("please tell decide just give help explain advise")
	// theoretical begin a question about no one: "is" and "why" may tell of a sign.
	theoretical = set("can could do does how which what should will would when")
	// persons also holds the words that tell of something happening now.
	persons = set("i me my mine myself we us our he him his she her they them their baby son daughter mum mom dad husband wife child now today tonight help")
	asking  = set("is are do does can could will would should may might what which how why when where who")
)
