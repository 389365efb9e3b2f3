package editorial

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"handout/knowledge"
	"handout/knowledge/gaps"
	"handout/knowledge/store"
)

// Gaps are the questions that several people asked in vain, the most often
// asked first.
func (e *Editor) Gaps(ctx context.Context, p Person) ([]store.Gap, error) {
	if err := p.mayEdit(); err != nil {
		return nil, err
	}
	return e.Store.Gaps(ctx, store.Open)
}

// Gap is one that is open.
func (e *Editor) Gap(ctx context.Context, p Person, id string) (store.Gap, error) {
	list, err := e.Gaps(ctx, p)
	if err != nil {
		return store.Gap{}, err
	}
	for _, g := range list {
		if g.ID == id {
			return g, nil
		}
	}
	return store.Gap{}, refuse("look at the list again", "this question is not open any more")
}

// LinkGap makes a gap another wording of a snippet: a draft, which goes through
// the gate like any other. The gap is closed.
func (e *Editor) LinkGap(ctx context.Context, p Person, gap, id string) (*store.Revision, error) {
	g, err := e.Gap(ctx, p, gap)
	if err != nil {
		return nil, err
	}
	r, err := e.addWording(ctx, p, id, Wording(g))
	if err != nil {
		return nil, err
	}
	return r, e.closeGap(ctx, p, gap, store.Linked, r.Doc)
}

// DraftGap closes a gap for which a snippet has been drafted.
func (e *Editor) DraftGap(ctx context.Context, p Person, gap, doc string) error {
	return e.closeGap(ctx, p, gap, store.Drafted, doc)
}

// DismissGap closes a gap for good.
func (e *Editor) DismissGap(ctx context.Context, p Person, gap string) error {
	return e.closeGap(ctx, p, gap, store.Dismissed, "")
}

func (e *Editor) closeGap(ctx context.Context, p Person, gap string, s store.GapState, doc string) error {
	if err := p.mayEdit(); err != nil {
		return err
	}
	e.act.Lock()
	defer e.act.Unlock()
	err := e.Store.CloseGap(ctx, gap, s, store.Event{Actor: p.Actor, Kind: store.GapClosed, Doc: doc, More: gap + " " + string(s)})
	if errors.Is(err, store.ErrNotFound) {
		return refuse("", "somebody else has dealt with this question already")
	}
	if err != nil {
		return fmt.Errorf("close gap: %w", err)
	}
	e.follow(ctx, e.refresh)
	return nil
}

// Wording is a gap's question as a wording of a snippet: without the marks of
// what was masked in it.
func Wording(g store.Gap) string {
	return line(strings.ReplaceAll(g.Text, gaps.Hidden, " "))
}

// Answer gives a form the question of a gap as a wording, unless its title or
// another wording says the same.
func (f *Form) Answer(g store.Gap) {
	asked := Wording(g)
	same := func(text string) bool { return slices.Equal(knowledge.Words(text), knowledge.Words(asked)) }
	if !same(f.Title) && !slices.ContainsFunc(lines(f.Questions), same) {
		f.Questions = strings.TrimSpace(f.Questions + "\n" + asked)
	}
}
