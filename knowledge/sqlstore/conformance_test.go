package sqlstore

import (
	"testing"

	"handout/knowledge/store"
	"handout/knowledge/storetest"
)

// TestConformance also refuses every change of what must never change.
func TestConformance(t *testing.T) {
	storetest.Run(t, func(t testing.TB) storetest.Opener {
		dir := t.TempDir()
		s := opened(t, dir)
		for _, table := range []string{"revision", "event"} {
			for _, what := range []string{"UPDATE", "DELETE"} {
				run(t, s, "CREATE TRIGGER keep_"+table+what+" BEFORE "+what+" ON "+table+" BEGIN SELECT RAISE(ABORT, 'append only'); END")
			}
		}
		closed(t, s)
		return func(t testing.TB) store.Store { return opened(t, dir) }
	})
}

// opened opens a store; the caller closes it.
func opened(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closed(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func run(t testing.TB, s *Store, sql string) {
	t.Helper()
	if _, err := s.db.ExecContext(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}
