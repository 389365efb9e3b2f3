package storetest

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"handout/knowledge/store"
)

// racesCommits has writers on two handles commit to one document, each on the
// newest base that it knows, until each has won a few times.
func racesCommits(t *testing.T, o Opener) {
	const writers, wins = 8, 5
	handles := []store.Store{open(t, o), open(t, o)}
	won := make(chan store.Written, writers*wins)
	var group errgroup.Group
	for i := range writers {
		group.Go(func() error {
			return keepWinning(t, handles[i%2], fmt.Sprintf("writer %d", i), wins, won)
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	close(won)
	bases := map[int]string{}
	for w := range won {
		r := w.Revisions[0]
		if other, twice := bases[r.Base]; twice {
			t.Errorf("base %d was won by %s and %s", r.Base, other, r.Text)
		}
		bases[r.Base] = r.Text
	}
	revisions, err := handles[0].Revisions(t.Context(), owls)
	if err != nil || len(revisions) != writers*wins {
		t.Fatal(len(revisions), err)
	}
	for i, e := range events(t, handles[1], 0) {
		if e.Seq != int64(i+1) || e.Num != i+1 || bases[i] != revisions[i].Text {
			t.Errorf("event %d: %+v of %q; base won by %q", i+1, e, revisions[i].Text, bases[i])
		}
	}
}

func keepWinning(t *testing.T, s store.Store, who string, wins int, won chan<- store.Written) error {
	base := 0
	for n := 0; n < wins; {
		w, err := s.Commit(t.Context(), proposal(owls, base, fmt.Sprintf("%s, win %d", who, n), ann))
		var stale *store.Stale
		switch {
		case err == nil:
			won <- w
			base = w.Revisions[0].Num
			n++
		case errors.As(err, &stale):
			if stale.Latest.Num <= base {
				return fmt.Errorf("stale on %d, but the latest is %d", base, stale.Latest.Num)
			}
			base = stale.Latest.Num
		default:
			return err
		}
	}
	return nil
}

func sharesWrites(t *testing.T, o Opener) {
	a, b := open(t, o), open(t, o)
	commit(t, a, proposal(owls, 0, "one", ann))
	commit(t, b, proposal(owls, 1, "two", bob))
	stale(t, refused(t, a, proposal(owls, 1, "two as well", ann)))
	if diff := cmp.Diff(events(t, a, 0), events(t, b, 0)); diff != "" {
		t.Error(diff)
	}
}

func restarts(t *testing.T, o Opener) {
	s := o(t)
	want := commit(t, s, proposal(owls, 0, "one", ann))
	day := morning()
	err := errors.Join(
		s.AddGaps(t.Context(), []store.Gap{{ID: "g", Text: "do owls smell", Why: store.Unanswered, Count: 3, First: day, Last: day, State: store.Open}}),
		s.AddCounts(t.Context(), day, map[string]int{"outcome:answered": 2}),
		s.AddSession(t.Context(), store.Login{Hash: "h", Actor: ann, Expires: day.AddDate(0, 0, 2)}),
		s.Close())
	if err != nil {
		t.Fatal(err)
	}
	s = open(t, o)
	if diff := cmp.Diff(want.Events, events(t, s, 0)); diff != "" {
		t.Error(diff)
	}
	r, err := s.Revision(t.Context(), owls, 1)
	if diff := cmp.Diff(&want.Revisions[0], r); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if gaps, err := s.Gaps(t.Context(), store.Open); len(gaps) != 1 || err != nil {
		t.Error(gaps, err)
	}
	if got := counts(t, s, day, day); len(got) != 1 || got[0].N != 2 {
		t.Error(got)
	}
	if l, err := s.Session(t.Context(), "h", day); l.Actor != ann || err != nil {
		t.Error(l, err)
	}
	if w := commit(t, s, proposal(owls, 1, "two", ann)); w.Events[0].Seq != 2 {
		t.Errorf("goes on with event %d", w.Events[0].Seq)
	}
}

// backsUp leaves what a backup holds to the store's own tests, which can restore it.
func backsUp(t *testing.T, o Opener) {
	s := open(t, o)
	commit(t, s, proposal(owls, 0, "one", ann))
	path := filepath.Join(t.TempDir(), "backup")
	var mu sync.Mutex
	made := 0
	var group errgroup.Group
	for range 3 {
		group.Go(func() error {
			if s.Backup(t.Context(), path) == nil {
				mu.Lock()
				defer mu.Unlock()
				made++
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil || made != 1 {
		t.Errorf("%d of 3 backups have the same name, %v", made, err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(left) != 1 {
		t.Errorf("left %v, %v", left, err)
	}
}
