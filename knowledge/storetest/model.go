package storetest

import (
	"errors"
	"fmt"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"handout/knowledge/store"
)

// model is a ledger in plain slices. It shares the store with the runs before
// it, so its documents have names of their own.
type model struct {
	t      *testing.T
	s      store.Store
	docs   []string
	texts  map[string][]store.Revision
	before int64 // seq of the last event before this run
	events []store.Event
	served int64
}

// followsModel does random things to a ledger and to the model of it.
func followsModel(t *testing.T, o Opener) {
	s := open(t, o)
	run := 0
	state := store.NewState()
	rapid.Check(t, func(rt *rapid.T) {
		run++
		m := &model{t: t, s: s, texts: map[string][]store.Revision{}}
		for i := range 3 {
			m.docs = append(m.docs, fmt.Sprintf("run/%d/%d.md", run, i))
		}
		for _, e := range events(t, s, state.Seq) {
			state.Apply(e)
		}
		m.before, m.served = state.Seq, state.Served
		for range rapid.IntRange(1, 8).Draw(rt, "changes") {
			m.commit(rt)
		}
		m.compare(rt)
	})
}

func (m *model) latest(doc string) int { return len(m.texts[doc]) }

// commit draws a change, and what it rests on mostly right.
func (m *model) commit(rt *rapid.T) {
	var c store.Change
	near := func(n int, what string) int {
		return max(0, n+rapid.SampledFrom([]int{0, 0, 0, 0, -1, 1}).Draw(rt, what))
	}
	for _, doc := range rapid.SliceOfNDistinct(rapid.SampledFrom(m.docs), 0, 2, rapid.ID).Draw(rt, "docs") {
		c.Revisions = append(c.Revisions, store.Revision{Doc: doc, Base: near(m.latest(doc), "base"), Text: rapid.StringMatching(`[a-zé\n]*`).Draw(rt, "text"), Author: ann})
		c.Events = append(c.Events, store.Event{Actor: ann, Kind: store.Proposed, Doc: doc})
	}
	doc := rapid.SampledFrom(m.docs).Draw(rt, "doc")
	if num := near(m.latest(doc), "num"); num > 0 {
		kind := rapid.SampledFrom([]store.Kind{store.Approved, store.Published, store.Dropped}).Draw(rt, "kind")
		c.Events = append(c.Events, store.Event{Actor: bob, Kind: kind, Doc: doc, Num: num, Note: "note"})
	}
	if rapid.Bool().Draw(rt, "withdraw") {
		c.Events = append(c.Events, store.Event{Actor: bob, Kind: store.Withdrawn, Doc: "topic:owls"})
	}
	if rapid.Bool().Draw(rt, "expects") {
		c.Expect = map[string]int{doc: near(m.latest(doc), "expected")}
	}
	if rapid.Bool().Draw(rt, "expects served") {
		served := int64(near(int(m.served), "served"))
		c.Served = &served
	}
	m.check(rt, c)
}

// check commits a change to both.
func (m *model) check(rt *rapid.T, c store.Change) {
	want := m.refusal(c)
	w, err := m.s.Commit(m.t.Context(), c)
	var stale *store.Stale
	got := ""
	switch {
	case errors.As(err, &stale):
		got = "stale"
	case errors.Is(err, store.ErrNotFound):
		got = "not found"
	case err != nil:
		rt.Fatal(err)
	}
	if got != want && (want != "either" || got == "") {
		rt.Fatalf("the store says %q (%v), the model %q", got, err, want)
	}
	if err == nil {
		m.apply(rt, c, w)
	}
}

// refusal is why a change is refused. If it has something missing and something
// stale, a store may find either first.
func (m *model) refusal(c store.Change) string {
	rests := map[string][]int{}
	fresh := map[string]int{}
	for _, r := range c.Revisions {
		rests[r.Doc] = append(rests[r.Doc], r.Base)
		fresh[r.Doc] = r.Base + 1
	}
	var missing, outdated bool
	for doc, num := range c.Expect {
		rests[doc] = append(rests[doc], num)
	}
	for doc, nums := range rests {
		for _, num := range nums {
			if num != m.latest(doc) {
				missing = missing || m.latest(doc) == 0
				outdated = outdated || m.latest(doc) > 0
			}
		}
	}
	outdated = outdated || c.Served != nil && *c.Served != m.served
	for _, e := range c.Events {
		missing = missing || e.Num > max(m.latest(e.Doc), fresh[e.Doc])
	}
	return map[[2]bool]string{{true, false}: "not found", {false, true}: "stale", {true, true}: "either"}[[2]bool{missing, outdated}]
}

// apply takes over what was written, once it is what had to be.
func (m *model) apply(rt *rapid.T, c store.Change, w store.Written) {
	if len(w.Revisions) != len(c.Revisions) || len(w.Events) != len(c.Events) {
		rt.Fatalf("of %+v it wrote %+v", c, w)
	}
	for i, r := range c.Revisions {
		r.Num, r.Hash, r.At = m.latest(r.Doc)+1, store.Hash(r.Text), w.Revisions[i].At
		if diff := cmp.Diff(r, w.Revisions[i]); diff != "" {
			rt.Fatal(diff)
		}
		m.texts[r.Doc] = append(m.texts[r.Doc], r)
	}
	for i, e := range c.Events {
		e.Seq, e.At = m.before+int64(len(m.events))+1, w.Events[i].At
		if texts := m.texts[e.Doc]; len(texts) > 0 {
			if e.Num == 0 {
				e.Num = len(texts)
			}
			e.Hash = texts[e.Num-1].Hash
		}
		if diff := cmp.Diff(e, w.Events[i]); diff != "" {
			rt.Fatal(diff)
		}
		m.events = append(m.events, e)
		if e.Kind == store.Published || e.Kind == store.Withdrawn {
			m.served = e.Seq
		}
	}
}

// compare reads everything back.
func (m *model) compare(rt *rapid.T) {
	want := map[string]int{}
	for _, doc := range m.docs {
		var texts []store.Revision
		list, err := m.s.Revisions(m.t.Context(), doc)
		if err != nil {
			rt.Fatal(err)
		}
		for _, r := range list {
			texts = append(texts, *r)
		}
		if diff := cmp.Diff(m.texts[doc], texts); diff != "" {
			rt.Fatal(diff)
		}
		if len(texts) > 0 {
			want[doc] = rapid.IntRange(1, len(texts)).Draw(rt, doc)
		}
	}
	got, err := m.s.Texts(m.t.Context(), want)
	if err != nil {
		rt.Fatal(err)
	}
	for doc, num := range want {
		if r := got[doc]; r == nil || *r != m.texts[doc][num-1] {
			rt.Fatal(doc + " " + strconv.Itoa(num) + " is another text")
		}
	}
	from := rapid.IntRange(0, len(m.events)).Draw(rt, "after")
	read := events(m.t, m.s, m.before+int64(from))
	if diff := cmp.Diff(append([]store.Event(nil), m.events[from:]...), read); diff != "" {
		rt.Fatal(diff)
	}
}
