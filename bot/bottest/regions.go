package bottest

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"handout/bot"
	"handout/knowledge/store"
)

// Kept is a store of what people chose, which can be broken between two turns.
type Kept struct {
	Broken atomic.Bool // it writes nothing
	people sync.Map    // their choices
}

// SetChoice implements [store.Choices].
func (k *Kept) SetChoice(_ context.Context, c store.Choice) error {
	if k.Broken.Load() {
		return errors.New("disk full")
	}
	k.people.Delete(c.Person)
	if c.Region != "" {
		k.people.Store(c.Person, c)
	}
	return nil
}

// Choices implements [store.Choices].
func (k *Kept) Choices(context.Context, time.Time) (list []store.Choice, err error) {
	k.people.Range(func(_, c any) bool {
		list = append(list, c.(store.Choice))
		return true
	})
	return list, nil
}

// Regions are what people chose, kept in a store.
func Regions(t testing.TB, log *slog.Logger, kept store.Choices) *bot.Regions {
	t.Helper()
	r, err := bot.OpenRegions(t.Context(), log, Now, [32]byte{}, kept)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
