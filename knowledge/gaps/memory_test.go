package gaps

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"handout/knowledge/store"
)

// memory is a store that also remembers every byte that it was ever given.
type memory struct {
	mu     sync.Mutex
	gaps   map[string]store.Gap
	counts map[string]int // by key, of all days
	days   map[time.Time]bool
	bytes  []byte
	fail   error
	calls  int
}

func newMemory() *memory {
	return &memory{gaps: map[string]store.Gap{}, counts: map[string]int{}, days: map[time.Time]bool{}}
}

func (m *memory) note(v any) {
	data, _ := json.Marshal(v)
	m.bytes = append(m.bytes, data...)
	m.calls++
}

func (m *memory) AddGaps(_ context.Context, gaps []store.Gap) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.note(gaps); m.fail != nil {
		return m.fail
	}
	for _, g := range gaps {
		if old, ok := m.gaps[g.ID]; ok {
			old.Count += g.Count
			old.Last = later(old.Last, g.Last)
			g = old
		}
		m.gaps[g.ID] = g
	}
	return nil
}

func (m *memory) Gaps(_ context.Context, s store.GapState) ([]store.Gap, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []store.Gap
	for _, g := range m.gaps {
		if g.State == s {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(a, b store.Gap) int { return b.Count - a.Count })
	return list, m.fail
}

func (m *memory) CloseGap(_ context.Context, id string, s store.GapState, _ store.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	g, ok := m.gaps[id]
	if !ok || g.State != store.Open {
		return store.ErrNotFound
	}
	g.State = s
	m.gaps[id] = g
	return nil
}

func (m *memory) PruneGaps(_ context.Context, before time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, g := range m.gaps {
		switch {
		case !g.Last.Before(before):
		case g.State == store.Open:
			delete(m.gaps, id)
		default:
			g.Text = ""
			m.gaps[id] = g
		}
	}
	return m.fail
}

func (m *memory) AddCounts(_ context.Context, day time.Time, counts map[string]int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.note(counts); m.fail != nil {
		return m.fail
	}
	m.days[day] = true
	for key, n := range counts {
		m.counts[key] += n
	}
	return nil
}

func (m *memory) Counts(context.Context, time.Time, time.Time) iter.Seq2[store.Count, error] {
	return func(yield func(store.Count, error) bool) { yield(store.Count{}, errors.ErrUnsupported) }
}

func (m *memory) setFail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

// open are the open gaps, the most often asked first.
func (m *memory) open(t *testing.T) []store.Gap {
	t.Helper()
	list, err := m.Gaps(t.Context(), store.Open)
	if err != nil && m.fail == nil {
		t.Fatal(err)
	}
	return list
}

func (m *memory) counted() map[string]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.counts)
}

func (m *memory) everything() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return string(m.bytes)
}
