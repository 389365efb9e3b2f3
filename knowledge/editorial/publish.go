package editorial

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"handout/knowledge/store"
)

// Publish serves drafts from now on. All that the report of them stops for must
// be signed by the person, with [Report.Signature]; it is empty if nothing does.
func (e *Editor) Publish(ctx context.Context, p Person, signature string, refs ...Ref) error {
	if err := p.mayReview(); err != nil {
		return err
	}
	return e.publish(ctx, p, signature, "", refs, e.approved)
}

// approved reports whether somebody else than its author wants a draft to be sent.
func (e *Editor) approved(ref Ref) error {
	d, draft, err := e.draft(ref.Doc, ref.Num)
	if err != nil {
		return err
	}
	if d.Approved(draft, e.State().Alone) {
		return nil
	}
	return refuse("let somebody else than its author approve it", "nobody has approved this version of %s", ref.Doc)
}

// tries is how often publishing is begun anew because somebody else published
// meanwhile.
const tries = 3

// publish examines, signs and commits, and serves what was examined. may says
// whether a revision may be served.
func (e *Editor) publish(ctx context.Context, p Person, signature, note string, refs []Ref, may func(Ref) error) error {
	for try := 1; ; try++ {
		if err := all(refs, may); err != nil { // sooner than after an examination
			return err
		}
		report, err := e.examine(ctx, refs)
		if err != nil {
			return err
		}
		if err := report.allows(signature); err != nil {
			return err
		}
		err = e.put(ctx, p, report, note, may)
		var s *store.Stale
		if errors.As(err, &s) && s.Latest == nil && try < tries {
			if err := e.Refresh(ctx); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return fmt.Errorf("publish: %w", stale(err))
		}
		return nil
	}
}

func all(refs []Ref, may func(Ref) error) error {
	for _, ref := range refs {
		if err := may(ref); err != nil {
			return err
		}
	}
	return nil
}

// allows reports whether a report lets its drafts be published.
func (r *Report) allows(signature string) error {
	if fatal := r.Problems.Fatal(); len(fatal) > 0 {
		return refuse("mend it first", "it cannot be served: %s", fatal[0].String())
	}
	if r.Signature() != signature {
		refusal := refuse("read them, and sign for them with your name if they are right", "%d things need a signature", len(r.Stops()))
		switch len(r.Stops()) {
		case 0:
			refusal = refuse("look at it again", "what you signed for is no longer so")
		case 1:
			refusal = refuse("read it, and sign for it with your name if it is right", "one thing needs a signature")
		}
		refusal.Report = r
		return refusal
	}
	return nil
}

// put commits what a report is about and serves it, while nobody else does. Of
// what people said during the examination it has heard by then.
func (e *Editor) put(ctx context.Context, p Person, r *Report, note string, may func(Ref) error) error {
	e.act.Lock()
	defer e.act.Unlock()
	if err := e.refresh(ctx); err != nil {
		return err
	}
	if err := all(r.Refs, may); err != nil {
		return err
	}
	if _, err := e.Store.Commit(context.WithoutCancel(ctx), e.publication(p, r, note)); err != nil {
		return err
	}
	e.follow(ctx, func(ctx context.Context) error { return e.take(ctx, r.candidate) })
	return nil
}

// publication is what publishing the drafts of a report writes.
func (e *Editor) publication(p Person, r *Report, note string) store.Change {
	c := store.Change{Expect: map[string]int{}, Served: &r.served}
	for _, ref := range r.Refs {
		hash := r.drafts[ref.Doc].Hash
		if stops := r.Stops(); len(stops) > 0 {
			c.Events = append(c.Events, store.Event{Actor: p.Actor, Kind: store.Signed, Doc: ref.Doc, Num: ref.Num, Hash: hash, More: strings.Join(stops, "\n")})
		}
		c.Events = append(c.Events, store.Event{Actor: p.Actor, Kind: store.Published, Doc: ref.Doc, Num: ref.Num, Hash: hash, Note: note})
		c.Expect[ref.Doc] = e.State().Docs[ref.Doc].Latest
	}
	return c
}

// take serves a candidate whose documents have just been published. Should the
// store say otherwise, the store is right.
func (e *Editor) take(ctx context.Context, candidate *Edition) error {
	state, err := e.catchUp(ctx)
	if err != nil {
		return fmt.Errorf("follow the store: %w", err)
	}
	next, err := e.build(ctx, candidate, state, nil)
	if err != nil {
		return err
	}
	e.serve(state, next)
	return nil
}

// Rollback serves a text again that was served before, in one step. It needs no
// second person: one has let it be sent already.
func (e *Editor) Rollback(ctx context.Context, p Person, doc string, num int, note, signature string) error {
	if err := p.mayReview(); err != nil {
		return err
	}
	return e.publish(ctx, p, signature, note, []Ref{{doc, num}}, e.past)
}

// past reports whether a revision was served before and is not now.
func (e *Editor) past(ref Ref) error {
	d := e.State().Docs[ref.Doc]
	switch {
	case d == nil:
		return refuse("", "there is no document %q", ref.Doc)
	case d.Published == ref.Num:
		return refuse("", "version %d of %s is the one that is served", ref.Num, ref.Doc)
	case !d.WasServed(ref.Num):
		return refuse("submit it for review instead", "version %d of %s has never been served", ref.Num, ref.Doc)
	}
	return nil
}
