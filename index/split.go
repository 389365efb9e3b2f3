package index

import (
	"strings"
	"unicode/utf8"
)

const (
	shortestName = 4 // letters of a name that is recognised in a run of words
	shortestPart = 2 // letters of a word beside it
)

// split returns the words that were typed as one, if it is clear which: a name
// of the vocabulary, two words that follow each other in a wording, or a name
// beside an ordinary word.
func (s *speller) split(lower string) string {
	if name := s.joined[lower]; name != "" {
		return name
	}
	found := ""
	for i := shortestPart; i <= len(lower)-shortestPart; i++ {
		if !utf8.RuneStart(lower[i]) || !s.parts(lower[:i], lower[i:]) {
			continue
		}
		if found != "" {
			return ""
		}
		found = lower[:i] + " " + lower[i:]
	}
	return found
}

func (s *speller) parts(first, second string) bool {
	if s.own.Knows(first) && s.own.Knows(second) && s.follow(first, second) {
		return len(first)+len(second) > 2*shortestName
	}
	return s.isName(first) && s.general.Knows(second) || s.general.Knows(first) && s.isName(second)
}

// isName reports whether a word is long enough and in full the name of a thing.
func (s *speller) isName(w string) bool {
	return len(w) >= shortestName && s.own.Knows(w) && s.entity(w)
}

func (s *speller) entity(w string) bool { return strings.HasPrefix(s.term(w), "=") }

func (s *speller) term(w string) string {
	stem := s.analyzer.stem(w)
	_, e := s.analyzer.longestName([]word{{w, w}}, []string{stem})
	return termOf(stem, e)
}

// follow reports whether two words stand side by side in a wording.
func (s *speller) follow(first, second string) bool {
	a, b := s.lexicon.id(s.term(first)), s.lexicon.id(s.term(second))
	return a != unknown && b != unknown && s.pairs[pair{a, b}]
}

// join makes one word of two that people write as one or as two, where the
// corpus writes it as one. It does nothing where it might be wrong: both words
// are words, and together they are no name.
func (s *speller) join(words []word) []word {
	for i := 0; i+1 < len(words); i++ {
		one := words[i].lower + words[i+1].lower
		if !s.own.Knows(one) || s.follow(words[i].lower, words[i+1].lower) {
			continue
		}
		strange := !s.knows(words[i].lower) || !s.knows(words[i+1].lower)
		if strange || s.isName(one) || len(one) > 2*shortestName && !s.general.Knows(one) {
			words[i] = word{one, one}
			words = append(words[:i+1], words[i+2:]...)
		}
	}
	return words
}
