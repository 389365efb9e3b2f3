package store

import (
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	ann = Actor{ID: "discord:1", Name: "Ann"}
	bob = Actor{ID: "telegram:2", Name: "Bob"}
)

const owls = "snippets/owls.md"

// after is the state after events, of which the first is at noon, each a minute after the one before.
func after(events ...Event) *State {
	s := NewState()
	for i, e := range events {
		e.Seq, e.At = int64(i+1), noon.Add(time.Duration(i)*time.Minute)
		s.Apply(e)
	}
	return s
}

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func about(kind Kind, num int, by Actor) Event {
	return Event{Kind: kind, Doc: owls, Num: num, Hash: Hash(string(rune('a' + num))), Actor: by, Note: string(kind)}
}

func TestStages(t *testing.T) {
	for _, test := range []struct {
		name  string
		then  []Event
		stage Stage // of the newest draft; empty if there is none
	}{
		{"proposed", nil, Drafting},
		{"submitted", []Event{about(Submitted, 1, ann)}, InReview},
		{"objected", []Event{about(Submitted, 1, ann), about(Objected, 1, bob)}, Requested},
		{"approved", []Event{about(Submitted, 1, ann), about(Approved, 1, bob)}, Ready},
		{"dropped", []Event{about(Dropped, 1, ann)}, ""},
		{"dropped for good", []Event{about(Dropped, 1, ann), about(Approved, 1, bob)}, ""},
		{"published", []Event{about(Approved, 1, bob), about(Published, 1, ann)}, ""},
		{"edited", []Event{about(Approved, 1, bob), about(Proposed, 2, ann)}, Drafting},
		{"older published", []Event{about(Proposed, 2, ann), about(Published, 1, ann)}, Drafting},
		{"overtaken", []Event{about(Imported, 2, bob), about(Published, 2, bob)}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := after(append([]Event{about(Proposed, 1, ann)}, test.then...)...)
			draft := s.Docs[owls].Draft()
			switch {
			case test.stage == "" && draft != nil:
				t.Errorf("got %+v, want none", draft)
			case test.stage != "" && (draft == nil || draft.Stage != test.stage):
				t.Errorf("got %+v, want %s", draft, test.stage)
			}
		})
	}
}

func TestDraftRemembersTheLastEvent(t *testing.T) {
	draft := after(about(Proposed, 1, ann), about(Submitted, 1, ann), about(Objected, 1, bob)).Docs[owls].Draft()
	want := Draft{Num: 1, Hash: Hash("b"), Author: ann, At: noon, Stage: Requested, Note: string(Objected), By: bob, Changed: noon.Add(2 * time.Minute)}
	if *draft != want {
		t.Errorf("got %+v, want %+v", *draft, want)
	}
}

func TestPublishedAndRolledBack(t *testing.T) {
	s := after(about(Proposed, 1, ann), about(Published, 1, ann), about(Proposed, 2, ann), about(Published, 2, bob), about(Published, 1, bob))
	d := s.Docs[owls]
	if d.Published != 1 || d.Latest != 2 || !d.Since.Equal(noon.Add(4*time.Minute)) || d.Draft() != nil {
		t.Errorf("got %+v", d)
	}
	if !d.WasServed(2) || d.WasServed(3) || !slices.Equal(d.Times, []int{1, 2, 1}) {
		t.Errorf("served %v", d.Times)
	}
	if got := s.Published(); len(got) != 1 || got[owls] != 1 {
		t.Errorf("got %v", got)
	}
}

// TestApprovalsAreBoundToTexts approves one text and edits it.
func TestApprovalsAreBoundToTexts(t *testing.T) {
	d := after(about(Proposed, 1, ann), about(Approved, 1, bob), about(Proposed, 2, ann)).Docs[owls]
	if len(d.Approvals[Hash("b")]) != 1 || d.Approvals[Hash("b")][0].Actor != bob || len(d.Approvals[Hash("c")]) > 0 {
		t.Errorf("got %+v", d.Approvals)
	}
	if d.Authors[1] != ann || d.Authors[2] != ann {
		t.Errorf("authors %v", d.Authors)
	}
}

func TestWithdrawals(t *testing.T) {
	withdrawn := Event{Kind: Withdrawn, Doc: string(TopicScope("owls")), Actor: bob, Note: "recalled"}
	s := after(withdrawn, Event{Kind: Withdrawn, Doc: string(Everything)})
	if len(s.Withdrawn) != 2 || s.Withdrawn[TopicScope("owls")].Note != "recalled" || s.Served != 2 {
		t.Errorf("got %+v", s.Withdrawn)
	}
	s.Apply(Event{Seq: 3, Kind: Reinstated, Doc: string(Everything)})
	if _, still := s.Withdrawn[Everything]; still || len(s.Withdrawn) != 1 || s.Served != 3 {
		t.Errorf("got %+v", s.Withdrawn)
	}
	if len(s.Docs) > 0 {
		t.Errorf("a scope became a document: %v", s.Docs)
	}
}

func TestScopes(t *testing.T) {
	if id, ok := SnippetScope("owls").Snippet(); id != "owls" || !ok {
		t.Error(id, ok)
	}
	if id, ok := TopicScope("birds").Topic(); id != "birds" || !ok {
		t.Error(id, ok)
	}
	for _, s := range []Scope{Everything, TopicScope("snippet")} {
		if id, ok := s.Snippet(); ok {
			t.Errorf("%s is the snippet %s", s, id)
		}
	}
}

func TestPolicy(t *testing.T) {
	s := after(Event{Kind: PolicySet, More: AloneOn})
	if !s.Alone {
		t.Error("still two people")
	}
	s.Apply(Event{Seq: 2, Kind: PolicySet, More: AloneOff})
	if s.Alone {
		t.Error("still one person")
	}
}

func TestDraftsInTheirOrder(t *testing.T) {
	other := Event{Kind: Proposed, Doc: "snippets/bats.md", Num: 1, Actor: bob}
	s := after(about(Proposed, 1, ann), other, about(Submitted, 1, ann))
	names := func(list []*Document) (names string) {
		for _, d := range list {
			names += strings.TrimSuffix(strings.TrimPrefix(d.Name, "snippets/"), ".md") + " "
		}
		return names
	}
	for want, got := range map[string][]*Document{"bats owls ": s.Drafts(), "owls ": s.Drafts(InReview), "bats ": s.Drafts(Drafting, Ready), "": s.Drafts(Requested)} {
		if names(got) != want {
			t.Errorf("got %q, want %q", names(got), want)
		}
	}
}

// TestServing compares the kinds with what Apply does.
func TestServing(t *testing.T) {
	for _, kind := range []Kind{Proposed, Imported, Submitted, Approved, Objected, Signed, Published, Withdrawn, Reinstated, Dropped, Flagged, Announced, GapClosed, SignedIn, PolicySet, BackedUp} {
		s := after(about(Proposed, 1, ann), about(kind, 1, ann))
		if s.Seq != 2 || (s.Served == 2) != slices.Contains(Serving, kind) {
			t.Errorf("%s: served %d", kind, s.Served)
		}
	}
}

func TestStaleSaysByWhom(t *testing.T) {
	if got := (&Stale{Doc: owls, Latest: &Revision{Num: 3, Author: bob}}).Error(); got != "snippets/owls.md has a newer revision, 3 by Bob" {
		t.Error(got)
	}
}

func TestHash(t *testing.T) {
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-4, example of SHA-256
	if got := Hash("abc"); got != abc {
		t.Error(got)
	}
}
