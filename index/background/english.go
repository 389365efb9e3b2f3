package background

import (
	_ "embed"
	"hash/fnv"
)

// english is a Bloom filter of common English words in British and American
// spelling, from lists of SCOWL up to size 50. It holds no word, only bits.
//
//go:embed english.bloom
var english []byte

const (
	// bitsPerWord and hashes let one unknown word in a thousand pass for a known one
	// (Bloom, 1970, "Space/time trade-offs in hash coding with allowable errors").
	bitsPerWord = 14
	hashes      = 10
)

// English reports whether the lower-case word is a common English one. It is
// right about every word of the list, and wrong about one in a thousand others.
func English(word string) bool {
	for bit := range bits(word, len(english)) {
		if english[bit/8]&(1<<(bit%8)) == 0 {
			return false
		}
	}
	return true
}

// Filter returns the Bloom filter that [English] asks, for a list of words.
func Filter(words []string) []byte {
	filter := make([]byte, len(words)*bitsPerWord/8+1)
	for _, w := range words {
		for bit := range bits(w, len(filter)) {
			filter[bit/8] |= 1 << (bit % 8)
		}
	}
	return filter
}

// bits yields the places of a word in a filter of so many bytes (Kirsch and
// Mitzenmacher, 2006, "Less hashing, same performance").
func bits(word string, size int) func(yield func(uint64) bool) {
	h := fnv.New64a()
	h.Write([]byte(word)) // never fails
	sum := mix(h.Sum64())
	first, step := sum&0xffffffff, sum>>32|1
	return func(yield func(uint64) bool) {
		for i := range uint64(hashes) {
			if !yield((first + i*step) % uint64(size*8)) {
				return
			}
		}
	}
}

// mix spreads the bits of a hash of a short word (the finalizer of MurmurHash3
// by Appleby, 2011).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
