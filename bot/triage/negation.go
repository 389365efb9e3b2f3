package triage

// negationReach is how many words before a sign a negation may stand.
const negationReach = 5

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

// spared reports whether a sign is said not to have come about: "hasn't
// swallowed any".
func (m *message) spared(s span) bool {
	return s.start > 0 && sparing[m.words[s.start-1].text] && m.sentence(s.start-1) == m.sentence(s.start)
}

var sparing = set("havent hasnt hadnt didnt never")

// undone reports whether the last of some words denies the one after: "my eyes
// do not hurt".
func undone(before []word) bool {
	return len(before) > 0 && undoing[before[len(before)-1].text]
}

var undoing = set("dont doesnt didnt isnt arent wasnt hasnt havent hadnt never")

func denies(w string) bool { return w != "no" && (negative(w) || w == "never") }
