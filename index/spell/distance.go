package spell

import "unicode/utf8"

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
