package memo

import (
	"strconv"
	"strings"
	"testing"
)

// Strangers choose the words, so what is remembered of them has bounds.
func TestWordsAreBounded(t *testing.T) {
	var m Words[int]
	for i := range most + 10 {
		m.Get(strconv.Itoa(i), func(w string) int { return len(w) })
	}
	long := strings.Repeat("x", longest+1)
	if got := m.Get(long, func(w string) int { return len(w) }); got != len(long) || len(m.known) != most {
		t.Errorf("%d words are kept, want %d; the last gives %d", len(m.known), most, got)
	}
	if got := m.Get("7", func(string) int { return 0 }); got != 1 {
		t.Error("a known word is worked out again")
	}
}
