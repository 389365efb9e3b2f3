package storetest

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"handout/knowledge/store"
)

// morning is a moment of today to the millisecond, so that stores keep it as it is.
func morning() time.Time { return time.Now().UTC().Truncate(24 * time.Hour).Add(7 * time.Hour) }

func gap(id, text string, count int, first, last time.Time) store.Gap {
	return store.Gap{ID: id, Text: text, Why: store.Unanswered, Snippet: "owls", Count: count, First: first, Last: last, State: store.Open}
}

func add(t *testing.T, s store.Store, gaps ...store.Gap) {
	t.Helper()
	if err := s.AddGaps(t.Context(), gaps); err != nil {
		t.Fatal(err)
	}
}

func gaps(t *testing.T, s store.Store, state store.GapState, want ...store.Gap) {
	t.Helper()
	got, err := s.Gaps(t.Context(), state)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s gaps (-want +got):\n%s", state, diff)
	}
}

func closed(id string, state store.GapState) store.Event {
	return store.Event{Actor: ann, Kind: store.GapClosed, More: id + " " + string(state)}
}

func keepsGaps(t *testing.T, o Opener) {
	s := open(t, o)
	day, earlier, old := morning(), morning().AddDate(0, 0, -2), morning().AddDate(0, 0, -40)
	add(t, s, gap("a", "can owls smell", 3, earlier, earlier), gap("b", "owl pellets", 3, day, day), gap("c", "forgotten", 9, old, old), gap("d", "chit chat", 1, day, day))
	add(t, s, gap("a", "CAN OWLS SMELL", 2, day, day), gap("a", "", 1, old, old))
	a := gap("a", "can owls smell", 6, old, day)
	gaps(t, s, store.Open, gap("c", "forgotten", 9, old, old), a, gap("b", "owl pellets", 3, day, day), gap("d", "chit chat", 1, day, day))

	for id, state := range map[string]store.GapState{"a": store.Linked, "d": store.Dismissed} {
		if err := s.CloseGap(t.Context(), id, state, closed(id, state)); err != nil {
			t.Fatal(err)
		}
	}
	if list := events(t, s, 0); len(list) != 2 || list[1].Kind != store.GapClosed || list[1].Seq != 2 {
		t.Errorf("events %+v", list)
	}
	if err := s.PruneGaps(t.Context(), day.AddDate(0, 0, -30)); err != nil {
		t.Fatal(err)
	}
	gaps(t, s, store.Open, gap("b", "owl pellets", 3, day, day))
	a.State, a.Text = store.Linked, ""
	gaps(t, s, store.Linked, a)
	add(t, s, gap("d", "chit chat", 4, day, day))
	d := gap("d", "", 5, day, day)
	d.State = store.Dismissed
	gaps(t, s, store.Dismissed, d)
}

func closesGapOnce(t *testing.T, o Opener) {
	s, day := open(t, o), morning()
	add(t, s, gap("a", "can owls smell", 3, day, day))
	notFound(t, s.CloseGap(t.Context(), "b", store.Linked, closed("b", store.Linked)))
	bad := closed("a", store.Linked)
	bad.Doc, bad.Num = "snippets/none.md", 1
	notFound(t, s.CloseGap(t.Context(), "a", store.Linked, bad))
	gaps(t, s, store.Open, gap("a", "can owls smell", 3, day, day))
	if err := s.CloseGap(t.Context(), "a", store.Linked, closed("a", store.Linked)); err != nil {
		t.Fatal(err)
	}
	notFound(t, s.CloseGap(t.Context(), "a", store.Dismissed, closed("a", store.Dismissed)))
	if list := events(t, s, 0); len(list) != 1 || list[0].More != "a linked" {
		t.Errorf("events %+v", list)
	}
}

func counts(t *testing.T, s store.Store, first, last time.Time) (list []store.Count) {
	t.Helper()
	for c, err := range s.Counts(t.Context(), first, last) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, c)
	}
	return list
}

func addsCounts(t *testing.T, o Opener) {
	s, today := open(t, o), morning()
	yesterday := today.AddDate(0, 0, -1)
	midnight := today.Truncate(24 * time.Hour)
	late := midnight.Add(23 * time.Hour).In(time.FixedZone("east", 12*60*60)) // tomorrow there
	const handles, times = 4, 10
	var group errgroup.Group
	for range handles {
		h := open(t, o)
		group.Go(func() error {
			for range times {
				if err := h.AddCounts(t.Context(), today, map[string]int{"shown:owls": 2, "liked:owls": 1}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := errors.Join(group.Wait(),
		s.AddCounts(t.Context(), late, map[string]int{"liked:owls": 1}),
		s.AddCounts(t.Context(), yesterday, map[string]int{"shown:owls": 7}),
		s.AddCounts(t.Context(), today.AddDate(0, 0, -2), map[string]int{"shown:owls": 9}))
	if err != nil {
		t.Fatal(err)
	}
	want := []store.Count{{Day: midnight.AddDate(0, 0, -1), Key: "shown:owls", N: 7}, {Day: midnight, Key: "liked:owls", N: handles*times + 1}, {Day: midnight, Key: "shown:owls", N: handles * times * 2}}
	if diff := cmp.Diff(want, counts(t, s, yesterday, today)); diff != "" {
		t.Error(diff)
	}
}

func takesLinkOnce(t *testing.T, o Opener) {
	s, now := open(t, o), morning()
	login := store.Login{Hash: "link", Actor: ann, Expires: now.Add(10 * time.Minute)}
	late := store.Login{Hash: "late", Actor: ann, Expires: now}
	if err := errors.Join(s.AddLink(t.Context(), login), s.AddLink(t.Context(), late)); err != nil {
		t.Fatal(err)
	}
	_, err := s.TakeLink(t.Context(), "late", now)
	notFound(t, err)
	_, err = s.Session(t.Context(), "link", now)
	notFound(t, err)
	var taken atomic.Int32
	var group errgroup.Group
	for range 10 {
		h := open(t, o)
		group.Go(func() error {
			l, err := h.TakeLink(t.Context(), "link", now)
			switch {
			case err == nil && l == login:
				taken.Add(1)
			case !errors.Is(err, store.ErrNotFound):
				return fmt.Errorf("took %+v, %w", l, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil || taken.Load() != 1 {
		t.Errorf("taken %d times, %v", taken.Load(), err)
	}
}

func endsSessions(t *testing.T, o Opener) {
	s, now := open(t, o), morning()
	login := store.Login{Hash: "h", Actor: bob, Expires: now.Add(time.Hour)}
	if err := s.AddSession(t.Context(), login); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Session(t.Context(), "h", now); got != login || err != nil {
		t.Errorf("got %+v, %v", got, err)
	}
	_, err := s.TakeLink(t.Context(), "h", now)
	notFound(t, err)
	_, err = s.Session(t.Context(), "h", login.Expires)
	notFound(t, err)
	if err := s.EndSession(t.Context(), "h"); err != nil {
		t.Fatal(err)
	}
	_, err = s.Session(t.Context(), "h", now)
	notFound(t, err)
	if err := s.EndSession(t.Context(), "h"); err != nil {
		t.Errorf("ending it twice: %v", err)
	}
}
