package editorial

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"handout/knowledge/store"
)

// ImportOptions say how a plan is carried out.
type ImportOptions struct {
	Note   string // where it comes from
	Drafts bool   // only drafts are written, which go through review
	// Signer signs with [Report.Signature] for all that stops it; whoever imports
	// if nobody else does.
	Signature string
	Signer    store.Actor
}

// OperatorPrefix begins the ids of those who run the bot. What they import is
// published without a second person, and the audit shows it.
const OperatorPrefix = "operator:"

// ApplyImport takes in what a plan says, all of it or nothing.
func (e *Editor) ApplyImport(ctx context.Context, p Person, plan *Plan, o ImportOptions) (store.Written, error) {
	if err := e.MayImport(p, plan, o); err != nil {
		return store.Written{}, err
	}
	if plan.Report == nil {
		return store.Written{}, nil
	}
	e.act.Lock()
	defer e.act.Unlock()
	w, err := e.Store.Commit(context.WithoutCancel(ctx), plan.change(p, o))
	if err != nil {
		return w, fmt.Errorf("import: %w", stale(err))
	}
	e.follow(ctx, func(ctx context.Context) error {
		if o.Drafts {
			return e.refresh(ctx)
		}
		return e.take(ctx, plan.Report.candidate.written(w.Revisions))
	})
	return w, nil
}

// MayImport says why a plan cannot be carried out in that way; nil if it can.
func (e *Editor) MayImport(p Person, plan *Plan, o ImportOptions) error {
	if n := len(plan.Problems); n > 0 {
		return refuse("mend it first", "things in it that cannot be read: %d", n)
	}
	if n := len(plan.Of(Conflicting)); n > 0 && plan.how == RefuseConflicts {
		return refuse("say which side is right", "documents that have changed on both sides: %d", n)
	}
	if o.Drafts {
		return p.mayEdit()
	}
	if !strings.HasPrefix(p.ID, OperatorPrefix) && !e.State().Alone {
		return refuse("take it in as drafts, and let somebody else approve them", "one person alone does not publish")
	}
	if err := p.mayReview(); err != nil || plan.Report == nil {
		return err
	}
	return plan.Report.allows(o.Signature)
}

// change is the plan as the store takes it.
func (p *Plan) change(by Person, o ImportOptions) store.Change {
	c := store.Change{Expect: map[string]int{}}
	for _, doc := range slices.Sorted(maps.Keys(p.Report.drafts)) {
		r := p.Report.drafts[doc]
		c.Expect[doc] = r.Base
		c.Revisions = append(c.Revisions, store.Revision{Doc: doc, Base: r.Base, Text: r.Text, Author: by.Actor, Note: o.Note})
		c.Events = append(c.Events, store.Event{Actor: by.Actor, Kind: store.Imported, Doc: doc, Note: o.Note})
	}
	if o.Drafts {
		return c
	}
	c.Served = &p.Report.served
	stops := strings.Join(p.Report.Stops(), "\n")
	for _, r := range c.Revisions {
		if stops != "" {
			c.Events = append(c.Events, store.Event{Actor: cmp.Or(o.Signer, by.Actor), Kind: store.Signed, Doc: r.Doc, More: stops})
		}
		c.Events = append(c.Events, store.Event{Actor: by.Actor, Kind: store.Published, Doc: r.Doc, Note: o.Note})
	}
	return c
}

// written is an edition whose texts have been stored meanwhile.
func (x *Edition) written(revisions []store.Revision) *Edition {
	stored := *x
	stored.texts = maps.Clone(x.texts)
	for _, r := range revisions {
		stored.texts[r.Doc] = &r
	}
	return &stored
}
