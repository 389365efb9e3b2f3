// Package spell corrects typing errors against a list of known words.
//
// [Distance] counts errors; a [Dictionary] holds the words and finds the one
// that a misspelt word stands for, if that is clear.
package spell

import (
	"iter"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Dictionary holds known words with a weight: of two words equally near, the
// one with the larger weight is meant.
type Dictionary struct {
	weight  map[string]float64
	meaning map[string]string // of words that are spellings of another
	byStart map[bucket][]entry
	byTail  map[string][]string // by all letters but the first
}

type bucket struct {
	first  rune
	length int
}

// entry is a word with the set of its letters, by which most others are told
// apart faster than by their distance.
type entry struct {
	word    string
	letters uint64
}

// Add makes a word known; the largest weight given for it counts.
func (d *Dictionary) Add(word string, weight float64) {
	if d.weight == nil {
		d.weight, d.byStart, d.byTail = map[string]float64{}, map[bucket][]entry{}, map[string][]string{}
	}
	old, ok := d.weight[word]
	if !ok {
		b := bucketOf(word)
		d.byStart[b] = append(d.byStart[b], entry{word, letters(word)})
		if b.length >= longWord-1 {
			d.byTail[tail(word)] = append(d.byTail[tail(word)], word)
		}
	}
	d.weight[word] = max(old, weight)
}

// AddAs makes a word known as one of the spellings of a meaning. Between two
// of them no choice need be made.
func (d *Dictionary) AddAs(word, meaning string, weight float64) {
	d.Add(word, weight)
	if d.meaning == nil {
		d.meaning = map[string]string{}
	}
	d.meaning[word] = meaning
}

func (d *Dictionary) same(a, b string) bool {
	m, ok := d.meaning[a]
	n, ok2 := d.meaning[b]
	return ok && ok2 && m == n
}

// Knows reports whether the word was added.
func (d *Dictionary) Knows(word string) bool {
	_, ok := d.weight[word]
	return ok
}

// Correct returns the known word that a misspelt one stands for. It reports
// false when no word is near or none is clearly the one. The first letter,
// which people seldom mistype, may be the one error of a long word that nothing
// else is near.
func (d *Dictionary) Correct(word string) (string, bool) {
	allowed := Allowed(word)
	best, bestDistance, tie := "", allowed+1, false
	for candidate, distance := range d.near(word, allowed) {
		switch {
		case distance > Allowed(candidate) || distance > bestDistance:
		case distance < bestDistance:
			best, bestDistance, tie = candidate, distance, false
		case d.same(candidate, best):
		case d.weight[candidate] > 4*d.weight[best]:
			best, tie = candidate, false
		case d.weight[best] <= 4*d.weight[candidate]:
			tie = true
		}
	}
	if tie {
		return "", false
	}
	if best == "" && utf8.RuneCountInString(word) >= surelyLong {
		return d.clearest(d.otherStarts(word))
	}
	return best, best != ""
}

// clearest returns the one word of a list, if all its words are spellings of one.
func (d *Dictionary) clearest(list []string) (string, bool) {
	if len(list) == 0 || slices.ContainsFunc(list, func(w string) bool { return w != list[0] && !d.same(w, list[0]) }) {
		return "", false
	}
	return list[0], true
}

// near yields the known words with the same first letter within a number of
// errors, and how many each takes.
func (d *Dictionary) near(word string, limit int) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		b, set := bucketOf(word), letters(word)
		for n := b.length - limit; n <= b.length+limit; n++ {
			for _, e := range d.byStart[bucket{b.first, n}] {
				if bits.OnesCount64(set^e.letters) > 2*limit { // an error changes two letters at most
					continue
				}
				if distance := Distance(word, e.word, limit); distance <= limit && !yield(e.word, distance) {
					return
				}
			}
		}
	}
}

// Near yields the known words within a number of errors, and how many each
// takes: those with the same first letter, and for a long word also those that
// an error in the first letter alone makes of it.
func (d *Dictionary) Near(word string, limit int) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for candidate, distance := range d.near(word, limit) {
			if !yield(candidate, distance) {
				return
			}
		}
		if limit == 0 || utf8.RuneCountInString(word) < longWord {
			return
		}
		for _, candidate := range d.otherStarts(word) {
			if !yield(candidate, 1) {
				return
			}
		}
	}
}

const (
	longWord   = 7 // letters from which a word may be known though its first letter is wrong
	surelyLong = 9 // letters from which it is: weather and heather are words
)

// otherStarts lists the known words that begin with another letter and are one
// error in the first letter away.
func (d *Dictionary) otherStarts(word string) []string {
	first, size := utf8.DecodeRuneInString(word)
	rest := word[size:]
	list := slices.Clone(d.byTail[rest])   // another letter
	list = append(list, d.byTail[word]...) // one left out
	if d.Knows(rest) {
		list = append(list, rest) // one too many
	}
	second, next := utf8.DecodeRuneInString(rest)
	if swapped := string(second) + string(first) + rest[next:]; d.Knows(swapped) {
		list = append(list, swapped)
	}
	return slices.DeleteFunc(list, func(w string) bool {
		r, _ := utf8.DecodeRuneInString(w)
		return r == first
	})
}

func bucketOf(word string) bucket {
	first, _ := utf8.DecodeRuneInString(word)
	return bucket{first, utf8.RuneCountInString(word)}
}

func tail(word string) string {
	_, size := utf8.DecodeRuneInString(word)
	return word[size:]
}

// letters is the set of a word's letters, several in one bit beyond a to z.
func letters(word string) uint64 {
	var set uint64
	for _, r := range word {
		set |= 1 << (uint32(r) % 64)
	}
	return set
}
