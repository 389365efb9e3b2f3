package index

import (
	"strings"
	"sync"
)

// memo remembers what was worked out for words. It is bounded, because
// strangers choose the words: a full one works out again what it lacks.
type memo[V any] struct {
	mu    sync.RWMutex
	known map[string]V
}

const (
	memoWords  = 1 << 17
	memoLength = 40 // bytes of a word worth remembering
)

func (m *memo[V]) get(word string, work func(string) V) V {
	m.mu.RLock()
	v, ok := m.known[word]
	m.mu.RUnlock()
	if ok {
		return v
	}
	word = strings.Clone(word) // it may be a part of a long text, which need not stay
	v = work(word)
	if len(word) > memoLength {
		return v
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[string]V{}
	}
	if len(m.known) < memoWords {
		m.known[word] = v
	}
	return v
}
