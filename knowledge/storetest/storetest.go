// Package storetest is what every [store.Store] passes.
package storetest

import (
	"errors"
	"testing"

	"handout/knowledge/store"
)

// Opener opens one and the same store, each time anew, as another process would.
type Opener func(testing.TB) store.Store

// Run tests a kind of store. Each call of fresh gives a store that is empty.
func Run(t *testing.T, fresh func(testing.TB) Opener) {
	for name, test := range map[string]func(*testing.T, Opener){
		"revisions are numbered, hashed and kept": keepsRevisions,
		"events are numbered and bound to texts":  bindsEvents,
		"events come in pages and meanwhile":      yieldsEvents,
		"texts of many documents":                 findsTexts,
		"a stale base shows the newer text":       refusesStale,
		"what is served may be expected":          refusesStaleServed,
		"a change is written whole or not":        writesAllOrNothing,
		"what no store may take":                  refusesNonsense,
		"texts stay byte for byte":                keepsBytes,
		"a cancelled context writes nothing":      obeysContext,
		"one of many writers wins each base":      racesCommits,
		"two handles see each other":              sharesWrites,
		"all of it outlasts a restart":            restarts,
		"gaps are merged, closed and pruned":      keepsGaps,
		"a gap is closed once":                    closesGapOnce,
		"counts add up by day":                    addsCounts,
		"a link works once":                       takesLinkOnce,
		"sessions end":                            endsSessions,
		"a choice is kept, changed and forgotten": keepsChoices,
		"a backup never overwrites":               backsUp,
		"the ledger follows its model":            followsModel,
	} {
		t.Run(name, func(t *testing.T) { test(t, fresh(t)) })
	}
}

var (
	ann = store.Actor{ID: "discord:1", Name: "Ann"}
	bob = store.Actor{ID: "telegram:2", Name: "Bob"}
)

// open opens a store for as long as the test runs.
func open(t testing.TB, o Opener) store.Store {
	s := o(t)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// proposal is a change with one new revision and its event.
func proposal(doc string, base int, text string, by store.Actor) store.Change {
	return store.Change{
		Revisions: []store.Revision{{Doc: doc, Base: base, Text: text, Author: by, Note: "why not"}},
		Events:    []store.Event{{Actor: by, Kind: store.Proposed, Doc: doc, Note: "why not"}},
	}
}

func commit(t testing.TB, s store.Store, c store.Change) store.Written {
	t.Helper()
	w, err := s.Commit(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func events(t testing.TB, s store.Store, after int64) (list []store.Event) {
	t.Helper()
	for e, err := range s.Events(t.Context(), after) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

// refused checks that a change fails and leaves nothing.
func refused(t testing.TB, s store.Store, c store.Change) error {
	t.Helper()
	before := len(events(t, s, 0))
	w, err := s.Commit(t.Context(), c)
	if err == nil {
		t.Fatalf("committed %+v", c)
	}
	if len(w.Events)+len(w.Revisions) > 0 {
		t.Errorf("refused, but returned %+v", w)
	}
	if after := len(events(t, s, 0)); after != before {
		t.Errorf("refused, but left %d events", after-before)
	}
	return err
}

func notFound(t testing.TB, err error) {
	t.Helper()
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v, want %v", err, store.ErrNotFound)
	}
}
