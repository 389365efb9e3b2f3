package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"handout/index/background"
	"handout/index/spell"
)

// correct mends a word that nobody knows, if what it stands for is clear: one
// word, or several that were typed as one.
func (s *speller) correct(lower string) (string, bool) {
	if fixed := s.listed[lower]; fixed != "" {
		return fixed, true
	}
	if s.knows(lower) {
		return s.usualSpelling(lower)
	}
	fixed := s.mended.Get(lower, s.mend)
	if name := s.listed[fixed]; name != "" {
		fixed = name
	}
	return fixed, fixed != lower
}

// knows reports whether the word is one, in this or another form.
func (s *speller) knows(lower string) bool {
	return s.used(lower) || otherMedicine[lower] || s.analyzer.tabled() && background.English(lower)
}

// used reports whether the corpus, the vocabulary or the background has the word.
func (s *speller) used(lower string) bool {
	stem := s.analyzer.stem(lower)
	_, common := s.lexicon.common[stem]
	return common || s.known[stem]
}

// usualSpelling returns the spelling of an English word that the corpus or the
// background knows: recognize for recognise.
func (s *speller) usualSpelling(lower string) (string, bool) {
	if !s.analyzer.tabled() || s.used(lower) {
		return lower, false
	}
	other := american.Replace(lower)
	return other, other != lower && s.used(other)
}

// mend returns what a word that nobody knows stands for, or the word.
func (s *speller) mend(lower string) string {
	if plain := unaccented(lower); plain != lower && s.knows(plain) {
		return plain
	}
	if w := s.accented[lower]; w != "" {
		return w
	}
	if strings.ContainsFunc(lower, unicode.IsDigit) {
		return lower
	}
	if plain := s.unstretched(lower); plain != "" {
		return plain
	}
	if apart := s.split(lower); apart != "" && !s.nearMedicine(lower) {
		return apart
	}
	plain := squeeze(lower, 2)
	if fixed, ok := s.own.Correct(plain); ok && s.safe(plain, fixed) {
		return fixed
	}
	if utf8.RuneCountInString(plain) > 4 {
		if fixed, ok := s.general.Correct(plain); ok && spell.Distance(plain, fixed, 1) == 1 && s.safe(plain, fixed) {
			return fixed
		}
	}
	return lower
}

// safe reports whether a correction is beyond doubt. For a medicine's name that
// takes one error, or two in a long name, and no other medicine nearly as near.
// For another word it takes no medicine as near.
func (s *speller) safe(word, fixed string) bool {
	if utf8.RuneCountInString(word) <= 4 && letters(word) != letters(fixed) {
		return false // many short words are one letter apart; two letters swapped are an error
	}
	errors := spell.Distance(word, fixed, 2)
	e, limit := s.medicines[fixed], errors
	if e != nil {
		if errors > 1 && utf8.RuneCountInString(word) < 9 {
			return false
		}
		limit++
	}
	for other := range s.names.Near(word, limit) {
		if e == nil || s.medicines[other] != e {
			return false
		}
	}
	return true
}

func (s *speller) nearMedicine(word string) bool {
	for range s.names.Near(word, 1) {
		return true
	}
	return false
}
