package editorial

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"handout/knowledge"
	"handout/knowledge/store"
)

// Announcement is what moderators are told without having asked.
type Announcement struct {
	Review *Ref                 // a draft waits for review
	Due    []*knowledge.Snippet // snippets that must be checked soon, or are no longer sent
}

// Notice is how long before its review date a snippet is announced.
const Notice = 30 * 24 * time.Hour

// Due are the snippets that must be checked within [Notice], or are past their
// date already, the most urgent first.
func (e *Editor) Due() []*knowledge.Snippet {
	limit := e.Now().Add(Notice)
	var list []*knowledge.Snippet
	for _, s := range e.Edition().Corpus.Snippets {
		if due := s.Review.Due; !due.IsZero() && due.Before(limit) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b *knowledge.Snippet) int {
		if c := a.Review.Due.Compare(b.Review.Due.Time); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return list
}

// announce tells moderators what they have not been told, and writes that down:
// after a kill between the two they may be told twice.
func (e *Editor) announce(ctx context.Context) {
	if e.Announce == nil {
		return
	}
	e.told.Lock()
	defer e.told.Unlock()
	for _, d := range e.State().Drafts(store.InReview) {
		ref := Ref{d.Name, d.Draft().Num}
		e.tell(ctx, Announcement{Review: &ref}, fmt.Sprintf("review %s %d", ref.Doc, ref.Num))
	}
	var due []*knowledge.Snippet
	var keys []string
	for _, s := range e.Due() {
		if key := "due " + s.ID + " " + s.Review.Due.Format(time.DateOnly); !e.State().Told[key] {
			due, keys = append(due, s), append(keys, key)
		}
	}
	if len(due) > 0 {
		e.tell(ctx, Announcement{Due: due}, keys...)
	}
}

func (e *Editor) tell(ctx context.Context, a Announcement, keys ...string) {
	if e.State().Told[keys[0]] {
		return
	}
	if err := e.Announce(ctx, a); err != nil {
		e.Log.WarnContext(ctx, "moderators could not be told; it is tried again", "what", keys[0], "err", err)
		return
	}
	var events []store.Event
	for _, key := range keys {
		events = append(events, store.Event{Actor: System, Kind: store.Announced, More: key})
	}
	if _, err := e.commit(ctx, store.Change{Events: events}); err != nil {
		e.Log.ErrorContext(ctx, "an announcement could not be noted", "what", keys[0], "err", err)
	}
}

// System acts where no person does.
var System = store.Actor{ID: "system", Name: "handout"}
