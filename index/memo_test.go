package index

import (
	"strconv"
	"strings"
	"testing"
)

// Strangers choose the words, so what is remembered of them has bounds.
func TestMemoIsBounded(t *testing.T) {
	var m memo[int]
	for i := range memoWords + 10 {
		m.get(strconv.Itoa(i), func(w string) int { return len(w) })
	}
	long := strings.Repeat("x", memoLength+1)
	if got := m.get(long, func(w string) int { return len(w) }); got != len(long) || len(m.known) != memoWords {
		t.Errorf("%d words are kept, want %d; the last gives %d", len(m.known), memoWords, got)
	}
	if got := m.get("7", func(string) int { return 0 }); got != 1 {
		t.Error("a known word is worked out again")
	}
}
