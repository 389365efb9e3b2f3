package editorial

import (
	"errors"
	"fmt"

	"handout/knowledge/store"
)

// Person is somebody who acts, with what they may do now.
type Person struct {
	store.Actor
	Rights Rights
}

// Rights is what a person may do. The zero value may nothing.
type Rights struct {
	Edit   bool // write drafts, tend the gaps, withdraw at once
	Review bool // approve, publish, reinstate, roll back
}

// Refusal is why something was not done, in words for the person who wanted
// it. Nothing has changed then, and nothing that they wrote is lost.
type Refusal struct {
	What   string
	Fix    string
	Newer  *store.Revision // what somebody else wrote meanwhile, if that is why
	Report *Report         // what has to be signed for, if that is why
}

func (r *Refusal) Error() string {
	if r.Fix == "" {
		return r.What
	}
	return r.What + "; " + r.Fix
}

func refuse(fix, what string, args ...any) *Refusal {
	return &Refusal{What: fmt.Sprintf(what, args...), Fix: fix}
}

func (p Person) mayEdit() error {
	if !p.Rights.Edit && !p.Rights.Review {
		return refuse("ask whoever runs this bot", "you have no right to work on the corpus")
	}
	return nil
}

func (p Person) mayReview() error {
	if !p.Rights.Review {
		return refuse("ask a reviewer to do it", "you have no right to approve or publish")
	}
	return nil
}

// stale turns a store's refusal into words.
func stale(err error) error {
	var s *store.Stale
	if !errors.As(err, &s) {
		return err
	}
	if s.Latest == nil {
		return refuse("look at it again, then repeat", "what is served has changed meanwhile")
	}
	r := refuse("compare your text with the newer one and save it again on top of that",
		"%s has a newer version, %d by %s", s.Doc, s.Latest.Num, s.Latest.Author.Name)
	r.Newer = s.Latest
	return r
}
