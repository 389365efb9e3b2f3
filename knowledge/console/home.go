package console

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// waiting is something that waits for a moderator.
type waiting struct {
	N    int
	What string
	To   string
}

// mostRecent is how many events the first page shows.
const mostRecent = 15

func (s *Server) home(v *visit) error {
	past, err := s.past(v.r.Context())
	if err != nil {
		return err
	}
	gaps, err := s.Editor.Gaps(v.r.Context(), v.Person)
	if err != nil {
		return err
	}
	state := s.Editor.State()
	return s.page(v, "home", "What waits", struct {
		Waiting []waiting
		Recent  []entry
	}{
		[]waiting{
			{len(state.Drafts(store.InReview)), "waiting for review", "drafts?stage=in+review"},
			{len(state.Drafts(store.Ready)), "approved, to be published", "drafts?stage=approved"},
			{len(state.Drafts(store.Requested)), "with changes requested", "drafts?stage=changes+requested"},
			{len(state.Drafts(store.Drafting)), "being written", "drafts?stage=draft"},
			{len(gaps), "questions without an answer", "gaps"},
			{len(s.Editor.Due()), "to be checked within 30 days", "corpus?due=30"},
			{len(past.flags), "doubted by somebody", "corpus?state=doubted"},
			{len(state.Withdrawn), "withdrawals", "corpus?state=withdrawn"},
		},
		s.entries(lately(past.events)),
	})
}

// lately are the last events that people brought about.
func lately(events []store.Event) []store.Event {
	var list []store.Event
	for _, e := range events {
		if e.Actor.ID != editorial.System.ID && len(list) < mostRecent {
			list = append(list, e)
		}
	}
	return list
}

// past is what the ledger tells beyond the state.
type past struct {
	events []store.Event            // what people did, the last first
	flags  map[string][]store.Event // doubts about what is published, by document
}

func (s *Server) past(ctx context.Context) (past, error) {
	p := past{flags: map[string][]store.Event{}}
	for e, err := range s.Editor.Store.Events(ctx, 0) {
		if err != nil {
			return p, fmt.Errorf("read the events: %w", err)
		}
		if e.Kind == store.Announced {
			continue
		}
		p.events = append(p.events, e)
		switch e.Kind {
		case store.Flagged:
			p.flags[e.Doc] = append(p.flags[e.Doc], e)
		case store.Published: // another text than the one that was doubted
			delete(p.flags, e.Doc)
		}
	}
	slices.Reverse(p.events)
	return p, nil
}

// entry is an event for people.
type entry struct {
	store.Event
	Title string // of the document, or what it is about otherwise
	To    string // where more is; empty for nowhere
}

func (s *Server) entries(events []store.Event) []entry {
	titles := s.titles()
	var list []entry
	for _, e := range events {
		item := entry{Event: e, Title: e.Doc}
		if s.Editor.State().Docs[e.Doc] != nil {
			item.Title, item.To = titles.of(e.Doc), to("document", e.Doc)
		} else if e.Doc != "" {
			item.Title = s.scopeTitle(store.Scope(e.Doc))
		}
		list = append(list, item)
	}
	return list
}

// titles are those of the published snippets, by document.
type titles map[string]string

func (s *Server) titles() titles {
	t := titles{}
	for _, snippet := range s.Editor.Edition().Corpus.Snippets {
		t[snippet.File()] = snippet.Title
	}
	return t
}

// of is a document's title, or its name if it has none.
func (t titles) of(doc string) string {
	if title := strings.TrimSpace(t[doc]); title != "" {
		return title
	}
	return doc
}

// titleIn is the title that a text gives its document, or the document's name.
func titleIn(doc, text string) string {
	if snippet, _ := knowledge.ReadDocument(doc, text); snippet != nil && strings.TrimSpace(snippet.Title) != "" {
		return snippet.Title
	}
	return doc
}

// scopeTitle says what a withdrawal covers.
func (s *Server) scopeTitle(scope store.Scope) string {
	if id, ok := scope.Snippet(); ok {
		if snippet := s.Editor.Edition().Corpus.Snippet(id); snippet != nil {
			return snippet.Title
		}
		return id
	}
	if id, ok := scope.Topic(); ok {
		return "the topic " + id
	}
	return string(scope)
}

// verb says what somebody did.
func verb(k store.Kind) string {
	switch k {
	case store.Proposed:
		return "wrote"
	case store.Objected:
		return "requested changes to"
	case store.Submitted:
		return "submitted"
	case store.Withdrawn:
		return "withdrew"
	case store.Signed:
		return "signed for changed answers of"
	case store.Flagged:
		return "doubts"
	case store.GapClosed:
		return "dealt with a question"
	case store.SignedIn:
		return "signed in"
	case store.PolicySet:
		return "set a rule"
	case store.BackedUp:
		return "made a backup"
	}
	return string(k) // published, approved and the like are verbs in the past already
}
