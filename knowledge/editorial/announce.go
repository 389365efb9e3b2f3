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

// Channel is where moderators are told something.
type Channel struct {
	Name string // in the audit; it stays the same
	Tell func(ctx context.Context, a Announcement) error
}

// RunChannel tells a channel what it has not been told, at each tick until ctx
// ends, and writes that down: after a kill between the two it may be told twice.
// When it cannot be told, it is left alone for a while.
func (e *Editor) RunChannel(ctx context.Context, c Channel, tick <-chan time.Time) error {
	var later time.Time
	for {
		if now := e.Now(); !now.Before(later) {
			if err := e.tellAll(ctx, c); err != nil && ctx.Err() == nil {
				later = now.Add(leaveAlone)
				e.Log.WarnContext(ctx, "moderators could not be told; it is tried again", "channel", c.Name, "err", err, "wait", leaveAlone)
			}
		}
		select {
		case <-tick:
		case <-ctx.Done():
			return nil
		}
	}
}

const leaveAlone = time.Minute

func (e *Editor) tellAll(ctx context.Context, c Channel) error {
	for _, d := range e.State().Drafts(store.InReview) {
		ref := Ref{d.Name, d.Draft().Num}
		if err := e.tell(ctx, c, Announcement{Review: &ref}, fmt.Sprintf("review %s %d", ref.Doc, ref.Num)); err != nil {
			return err
		}
	}
	var due []*knowledge.Snippet
	var about []string
	for _, s := range e.Due() {
		if key := "due " + s.ID + " " + s.Review.Due.Format(time.DateOnly); !e.State().Told[c.key(key)] {
			due, about = append(due, s), append(about, key)
		}
	}
	if len(due) == 0 {
		return nil
	}
	return e.tell(ctx, c, Announcement{Due: due}, about...)
}

// key is what the audit says about one thing that the channel was told.
func (c Channel) key(about string) string { return c.Name + ": " + about }

// tell tells a channel something, unless it knows it.
func (e *Editor) tell(ctx context.Context, c Channel, a Announcement, about ...string) error {
	if e.State().Told[c.key(about[0])] {
		return nil
	}
	if err := c.Tell(ctx, a); err != nil {
		return err
	}
	var events []store.Event
	for _, what := range about {
		events = append(events, store.Event{Actor: System, Kind: store.Announced, More: c.key(what)})
	}
	_, err := e.commit(ctx, store.Change{Events: events})
	return err
}

// System acts where no person does.
var System = store.Actor{ID: "system", Name: "handout"}
