package index

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"handout/index/background"
	"handout/index/memo"
	"handout/index/spell"
	"handout/knowledge"
)

// speller mends words that nobody knows.
type speller struct {
	lexicon   *lexicon
	stem      func(string) string
	known     map[string]bool  // stems of every word of the corpus and the vocabulary
	own       spell.Dictionary // words that lead to a snippet
	general   spell.Dictionary // ordinary words
	medicines map[string]*knowledge.Entity
	mended    memo.Words[string] // words that nobody knows, by what they stand for; others by themselves
}

// usual is the share of texts from which an ordinary word is worth being
// recognised in a typing error.
const usual = 0.001

func newSpeller(x *Index, l *lexicon) *speller {
	main := x.analyzers[0]
	s := &speller{lexicon: l, stem: main.stem, known: map[string]bool{}, medicines: map[string]*knowledge.Entity{}}
	uses, meaning := map[string]float64{}, map[string]string{}
	use := func(w string) {
		s.known[s.stem(w)] = true
		uses[w]++
		if meaning[w] == "" {
			meaning[w] = s.stem(w)
		}
	}
	for _, e := range x.entries {
		for _, w := range e.raw.labels {
			use(w)
		}
		for _, w := range e.raw.body {
			s.known[s.stem(w)] = true
		}
	}
	for _, e := range x.corpus.Vocabulary.Entities {
		for _, text := range append(e.Names(), e.Acronyms...) {
			list := main.lower(text)
			for _, w := range list {
				use(w)
			}
			if len(list) != 1 {
				continue
			}
			meaning[list[0]] = entityTerm(e.ID)
			if isMedicine(e) {
				s.medicines[list[0]] = e
			}
		}
	}
	for _, w := range slices.Sorted(maps.Keys(uses)) {
		s.own.AddAs(w, meaning[w], uses[w])
	}
	if main.tabled() {
		for w, b := range background.Words() {
			if b.Share >= usual {
				s.general.AddAs(w, s.stem(w), b.Share)
			}
		}
	}
	return s
}

// correct mends a word that nobody knows, if what it stands for is clear.
func (s *speller) correct(lower string) (string, bool) {
	if s.knows(lower) {
		return lower, false
	}
	fixed := s.mended.Get(lower, s.mend)
	return fixed, fixed != lower
}

// mend returns what a word that nobody knows stands for, or the word.
func (s *speller) mend(lower string) string {
	plain := squeeze(lower)
	if plain != lower && s.knows(plain) {
		return plain
	}
	if fixed, ok := s.own.Correct(plain); ok && s.safe(plain, fixed) {
		return fixed
	}
	if utf8.RuneCountInString(plain) > 4 {
		if fixed, ok := s.general.Correct(plain); ok && spell.Distance(plain, fixed, 1) == 1 {
			return fixed
		}
	}
	return lower
}

// knows reports whether the word is one, in this or another form.
func (s *speller) knows(lower string) bool {
	stem := s.stem(lower)
	_, common := s.lexicon.common[stem]
	return common || s.known[stem]
}

// safe reports whether a correction is beyond doubt. For a medicine's name that
// takes one error, or two in a long name, and no other medicine nearly as near.
func (s *speller) safe(word, fixed string) bool {
	if utf8.RuneCountInString(word) <= 4 && letters(word) != letters(fixed) {
		return false // many short words are one letter apart; two letters swapped are an error
	}
	e := s.medicines[fixed]
	if e == nil {
		return true
	}
	errors := spell.Distance(word, fixed, 2)
	if errors > 1 && utf8.RuneCountInString(word) < 9 {
		return false
	}
	for other, o := range s.medicines {
		if o != e && spell.Distance(word, other, errors+1) <= errors+1 {
			return false
		}
	}
	return true
}

// letters are a word's letters in order of the alphabet.
func letters(word string) string {
	list := []rune(word)
	slices.Sort(list)
	return string(list)
}

func isMedicine(e *knowledge.Entity) bool {
	return e.Kind == knowledge.Medicine || e.Kind == knowledge.Class
}

// squeeze shortens letters typed over and over: itchyyyy, sooo.
func squeeze(w string) string {
	var b strings.Builder
	run, last := 0, rune(0)
	for _, r := range w {
		if r == last {
			run++
		} else {
			run, last = 1, r
		}
		if run < 3 {
			b.WriteRune(r)
		}
	}
	short := b.String()
	if short != w && len(short) > 1 && short[len(short)-1] == short[len(short)-2] {
		return short[:len(short)-1]
	}
	return short
}
