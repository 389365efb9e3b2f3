// Package spell corrects typing errors against a list of known words.
//
// [Distance] counts errors; a [Dictionary] holds the words and finds the one
// that a misspelt word stands for, if that is clear.
package spell

import (
	"unicode/utf8"
)

// Distance is the optimal string alignment distance between two words: the
// insertions, deletions, substitutions and swaps of neighbours that turn one
// into the other (Boytsov, 2011, "Indexing methods for approximate dictionary
// searching"). It gives up with limit+1 when the distance exceeds the limit.
func Distance(a, b string, limit int) int {
	var bufA, bufB [32]rune
	x, y := appendRunes(bufA[:0], a), appendRunes(bufB[:0], b)
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	var rows [3][33]int
	if len(y) >= len(rows[0]) {
		if a == b {
			return 0
		}
		return limit + 1 // nobody types such words; they are not worth correcting
	}
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(y) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}

func appendRunes(dst []rune, s string) []rune {
	for _, r := range s {
		dst = append(dst, r)
	}
	return dst
}

// Allowed is how many errors a word of that many letters may hold and still be
// recognised: none in short words, where another word is too near.
func Allowed(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// Dictionary holds known words with a weight: of two words equally near, the
// one with the larger weight is meant.
type Dictionary struct {
	weight  map[string]float64
	meaning map[string]string // of words that are spellings of another
	byStart map[bucket][]string
}

type bucket struct {
	first  rune
	length int
}

// Add makes a word known; the largest weight given for it counts.
func (d *Dictionary) Add(word string, weight float64) {
	if d.weight == nil {
		d.weight, d.byStart = map[string]float64{}, map[bucket][]string{}
	}
	old, ok := d.weight[word]
	if !ok {
		b := bucketOf(word)
		d.byStart[b] = append(d.byStart[b], word)
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

// Correct returns the known word that a misspelt one stands for. It keeps the
// first letter, which people seldom mistype, and reports false when no word is
// near or none is clearly the one.
func (d *Dictionary) Correct(word string) (string, bool) {
	allowed := Allowed(word)
	b := bucketOf(word)
	best, bestDistance, tie := "", allowed+1, false
	for n := b.length - allowed; n <= b.length+allowed; n++ {
		for _, candidate := range d.byStart[bucket{b.first, n}] {
			distance := Distance(word, candidate, min(allowed, Allowed(candidate)))
			switch {
			case distance > min(allowed, Allowed(candidate)) || distance > bestDistance:
			case distance < bestDistance:
				best, bestDistance, tie = candidate, distance, false
			case d.same(candidate, best):
			case d.weight[candidate] > 4*d.weight[best]:
				best, tie = candidate, false
			case d.weight[best] <= 4*d.weight[candidate]:
				tie = true
			}
		}
	}
	if best == "" || tie {
		return "", false
	}
	return best, true
}

func bucketOf(word string) bucket {
	first, _ := utf8.DecodeRuneInString(word)
	return bucket{first, utf8.RuneCountInString(word)}
}
