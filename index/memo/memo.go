// Package memo remembers what was worked out for words: most words of a
// message were in an earlier one.
package memo

import (
	"cmp"
	"strings"
	"sync"
)

// Words remembers a value for each word. It is bounded, because strangers
// choose the words: a full one works out again what it lacks. The zero value is
// empty; it is safe for concurrent use.
type Words[V any] struct {
	Most int // words that are remembered; 0 means 131,072

	mu    sync.RWMutex
	known map[string]V
}

const (
	most    = 1 << 17
	longest = 40 // bytes of a word worth remembering
)

// Get returns the value of a word, worked out only if it is not remembered.
func (m *Words[V]) Get(word string, work func(string) V) V {
	m.mu.RLock()
	v, ok := m.known[word]
	m.mu.RUnlock()
	if ok {
		return v
	}
	word = strings.Clone(word) // it may be a part of a long text, which need not stay
	v = work(word)
	if len(word) > longest {
		return v
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[string]V{}
	}
	if len(m.known) >= cmp.Or(m.Most, most) {
		for old := range m.known { // whichever: the common words soon come back
			delete(m.known, old)
			break
		}
	}
	m.known[word] = v
	return v
}
