package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"handout/knowledge/store"
)

const owls = "snippets/owls.md"

func keepsRevisions(t *testing.T, o Opener) {
	s := open(t, o)
	before := time.Now().Truncate(time.Millisecond)
	first := commit(t, s, proposal(owls, 0, "Owls hear well.", ann)).Revisions[0]
	second := commit(t, s, proposal(owls, 1, "Owls hear very well.", bob)).Revisions[0]

	if first.At.Before(before) || first.At.After(time.Now()) || first.At.Location() != time.UTC {
		t.Errorf("written at %v", first.At)
	}
	want := store.Revision{Doc: owls, Num: 2, Base: 1, Text: "Owls hear very well.", Hash: store.Hash("Owls hear very well."), Author: bob, At: second.At, Note: "why not"}
	if diff := cmp.Diff(want, second); diff != "" {
		t.Error(diff)
	}
	got, err := s.Revision(t.Context(), owls, 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&first, got); diff != "" {
		t.Error(diff)
	}
	all, err := s.Revisions(t.Context(), owls)
	if diff := cmp.Diff([]*store.Revision{&first, &second}, all); diff != "" || err != nil {
		t.Error(diff, err)
	}
	_, err = s.Revision(t.Context(), owls, 3)
	notFound(t, err)
	if none, err := s.Revisions(t.Context(), "snippets/none.md"); len(none) > 0 || err != nil {
		t.Errorf("found %v, %v", none, err)
	}
}

func bindsEvents(t *testing.T, o Opener) {
	s := open(t, o)
	c := proposal(owls, 0, "Owls hear well.", ann)
	c.Events = append(c.Events, store.Event{Actor: ann, Kind: store.Published, Doc: owls, More: "gate: clean"},
		store.Event{Actor: ann, Kind: store.PolicySet, More: store.AloneOn})
	commit(t, s, c)
	hash := store.Hash("Owls hear well.")
	w := commit(t, s, store.Change{Events: []store.Event{
		{Actor: bob, Kind: store.Approved, Doc: owls, Num: 1, Hash: hash},
		{Actor: bob, Kind: store.Withdrawn, Doc: string(store.SnippetScope("owls")), Note: "recalled"},
		{Actor: bob, Kind: store.Withdrawn, Doc: string(store.Everything)},
		{Actor: bob, Kind: store.Flagged, Doc: owls},
	}})
	got := events(t, s, 0)
	for i, e := range got {
		if e.Seq != int64(i+1) || e.At.IsZero() || e.At.Location() != time.UTC {
			t.Errorf("event %d: %+v", i, e)
		}
	}
	if len(got) != 7 {
		t.Fatalf("%d events", len(got))
	}
	if diff := cmp.Diff(w.Events, got[3:]); diff != "" {
		t.Error(diff)
	}
	if got[1].Num != 1 || got[1].Hash != hash || got[1].More != "gate: clean" {
		t.Errorf("not bound to its text: %+v", got[1])
	}
	if got[2].Num+got[6].Num != 0 || got[4].Doc != "snippet:owls" || got[4].Note != "recalled" {
		t.Errorf("bound to something: %+v", got[2:])
	}
	c = store.Change{Events: []store.Event{{Actor: bob, Kind: store.Approved, Doc: owls, Num: 1, Hash: store.Hash("another")}}}
	refused(t, s, c)
	c.Events[0] = store.Event{Actor: bob, Kind: store.Approved, Doc: owls, Num: 2}
	notFound(t, refused(t, s, c))
}

func yieldsEvents(t *testing.T, o Opener) {
	s := open(t, o)
	const many = 1234
	var c store.Change
	for i := range many {
		c.Events = append(c.Events, store.Event{Actor: ann, Kind: store.Announced, More: fmt.Sprint(i)})
	}
	commit(t, s, c)
	next := int64(11)
	for e, err := range s.Events(t.Context(), 10) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Seq != next || e.More != fmt.Sprint(next-1) {
			t.Fatalf("event %d is %+v", next, e)
		}
		if next == many {
			break
		}
		if next++; next%400 == 0 {
			commit(t, s, store.Change{Events: []store.Event{{Actor: bob, Kind: store.BackedUp}}})
		}
	}
	if got := len(events(t, s, many)); got != 3 {
		t.Errorf("%d events were written meanwhile", got)
	}
}

func findsTexts(t *testing.T, o Opener) {
	s := open(t, o)
	const many = 700
	want := map[string]int{}
	var first, second store.Change
	for i := range many {
		doc := fmt.Sprintf("snippets/%03d.md", i)
		first.Revisions = append(first.Revisions, store.Revision{Doc: doc, Text: doc + " one", Author: ann})
		second.Revisions = append(second.Revisions, store.Revision{Doc: doc, Base: 1, Text: doc + " two", Author: ann})
		want[doc] = 1 + i%2
	}
	commit(t, s, first)
	commit(t, s, second)
	got, err := s.Texts(t.Context(), want)
	if err != nil || len(got) != many {
		t.Fatal(len(got), err)
	}
	for doc, num := range want {
		r := got[doc]
		if r == nil || r.Num != num || r.Text != doc+map[int]string{1: " one", 2: " two"}[num] {
			t.Errorf("revision %d of %s is %+v", num, doc, r)
		}
	}
	want["snippets/000.md"] = 3
	_, err = s.Texts(t.Context(), want)
	notFound(t, err)
	if none, err := s.Texts(t.Context(), nil); len(none) > 0 || err != nil {
		t.Errorf("found %v, %v", none, err)
	}
}

func stale(t testing.TB, err error) *store.Stale {
	t.Helper()
	var s *store.Stale
	if !errors.As(err, &s) {
		t.Fatalf("got %v, want that it is stale", err)
	}
	return s
}

func refusesStale(t *testing.T, o Opener) {
	s := open(t, o)
	commit(t, s, proposal(owls, 0, "one", ann))
	newer := commit(t, s, proposal(owls, 1, "two", bob)).Revisions[0]
	expecting := store.Change{
		Events: []store.Event{{Actor: ann, Kind: store.Approved, Doc: owls, Num: 1}},
		Expect: map[string]int{owls: 1},
	}
	for name, c := range map[string]store.Change{
		"older base": proposal(owls, 1, "mine", ann),
		"no base":    proposal(owls, 0, "mine", ann),
		"expected":   expecting,
	} {
		err := stale(t, refused(t, s, c))
		if diff := cmp.Diff(&store.Stale{Doc: owls, Latest: &newer}, err); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if !strings.Contains(err.Error(), "2 by Bob") {
			t.Errorf("%s: %v", name, err)
		}
	}
	notFound(t, refused(t, s, proposal("snippets/new.md", 1, "mine", ann)))
	c := proposal("snippets/new.md", 0, "mine", ann)
	c.Expect = map[string]int{owls: 2, "snippets/none.md": 0}
	commit(t, s, c)
}

func refusesStaleServed(t *testing.T, o Opener) {
	s := open(t, o)
	c := proposal(owls, 0, "one", ann)
	c.Served = new(int64)
	commit(t, s, c)
	publish := func(served int64) store.Change {
		return store.Change{Events: []store.Event{{Actor: ann, Kind: store.Published, Doc: owls, Num: 1}}, Served: &served}
	}
	served := commit(t, s, publish(0)).Events[0].Seq
	if err := stale(t, refused(t, s, publish(0))); err.Latest != nil || err.Error() == "" {
		t.Errorf("got %+v", err)
	}
	commit(t, s, store.Change{Events: []store.Event{{Actor: ann, Kind: store.Announced}}})
	commit(t, s, store.Change{Events: []store.Event{{Actor: ann, Kind: store.Withdrawn, Doc: "everything"}}, Served: &served})
	stale(t, refused(t, s, publish(served)))
	state := store.NewState()
	for _, e := range events(t, s, 0) {
		state.Apply(e)
	}
	commit(t, s, publish(state.Served))
}

func writesAllOrNothing(t *testing.T, o Opener) {
	s := open(t, o)
	commit(t, s, proposal(owls, 0, "one", ann))
	c := proposal("snippets/new.md", 0, "new", ann)
	c.Revisions = append(c.Revisions, store.Revision{Doc: owls, Base: 0, Text: "late", Author: ann})
	stale(t, refused(t, s, c))
	c = proposal("snippets/new.md", 0, "new", ann)
	c.Events = append(c.Events, store.Event{Actor: ann, Kind: store.Approved, Doc: "snippets/none.md", Num: 1})
	notFound(t, refused(t, s, c))
	_, err := s.Revision(t.Context(), "snippets/new.md", 1)
	notFound(t, err)
	w := commit(t, s, proposal("snippets/new.md", 0, "new", ann))
	if w.Events[0].Seq != 2 || w.Revisions[0].Num != 1 {
		t.Errorf("a refused change left a hole: %+v", w)
	}
}

func refusesNonsense(t *testing.T, o Opener) {
	s := open(t, o)
	event := func(e store.Event) store.Change { return store.Change{Events: []store.Event{e}} }
	twice := proposal(owls, 0, "one", ann)
	twice.Revisions = append(twice.Revisions, twice.Revisions[0])
	for name, c := range map[string]store.Change{
		"outside the folder": proposal("../owls.md", 0, "x", ann),
		"no name":            proposal("", 0, "x", ann),
		"twice":              twice,
		"not UTF-8":          proposal(owls, 0, "caf\xe9", ann),
		"NUL":                proposal(owls, 0, "a\x00b", ann),
		"no kind":            event(store.Event{Actor: ann, Doc: owls}),
		"published nothing":  event(store.Event{Actor: ann, Kind: store.Published, Doc: owls}),
		"withdrew nothing":   event(store.Event{Actor: ann, Kind: store.Withdrawn}),
	} {
		t.Run(name, func(t *testing.T) { refused(t, s, c) })
	}
}

func keepsBytes(t *testing.T, o Opener) {
	s := open(t, o)
	texts := []string{"", "\n", "no end", "\r\n\ttabs\r\n", "\ufeffBOM", "ünïcode 👩‍⚕️ e\u0301", "'; DROP TABLE event; --", "$1 ? %s \\", strings.Repeat("long ", 100_000)}
	for i, text := range texts {
		commit(t, s, proposal("vocabulary.yaml", i, text, ann))
	}
	all, err := s.Revisions(t.Context(), "vocabulary.yaml")
	if err != nil || len(all) != len(texts) {
		t.Fatal(len(all), err)
	}
	for i, r := range all {
		if r.Text != texts[i] || r.Hash != store.Hash(texts[i]) {
			t.Errorf("text %d is not what was written", i)
		}
	}
}

func obeysContext(t *testing.T, o Opener) {
	s := open(t, o)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Commit(ctx, proposal(owls, 0, "one", ann)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if list := events(t, s, 0); len(list) > 0 {
		t.Errorf("wrote %v", list)
	}
	for _, err := range s.Events(ctx, 0) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}
