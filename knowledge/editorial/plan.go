package editorial

import (
	"context"
	"errors"
	"slices"

	"handout/knowledge"
	"handout/knowledge/store"
)

// Plan says what taking in a bundle would do. Nothing has been done yet.
type Plan struct {
	Items    []Item             // one for each document of either side, by name
	Notes    []string           // what a person should know
	Problems knowledge.Problems // what cannot be read; nothing is taken in then
	Report   *Report            // of publishing what is taken in; nil if nothing is

	how Conflicts
}

// Item is what becomes of one document.
type Item struct {
	Doc    string
	Fate   Fate
	Why    string          // of a conflict, or of what stays
	Before *store.Revision // what is served; nil if nothing is
	Text   string          // what the bundle has
}

// Diff is what the bundle changes in the document: in what it says, or in its
// layout if it says the same.
func (i Item) Diff() []Piece {
	if i.Before == nil {
		return Diff("", i.Text)
	}
	before, _ := knowledge.ReadDocument(i.Doc, i.Before.Text)
	after, _ := knowledge.ReadDocument(i.Doc, i.Text)
	if before == nil || after == nil || before.Fingerprint() == after.Fingerprint() {
		return Diff(i.Before.Text, i.Text)
	}
	was, _ := before.Document() // they can be written, since they have fingerprints
	is, _ := after.Document()
	return Diff(was, is)
}

// Fate is what an import does with a document.
type Fate string

// The fates.
const (
	New         Fate = "added"
	Differs     Fate = "changed"
	Conflicting Fate = "conflicting" // changed on both sides
	Newer       Fate = "newer here"  // changed in the store only
	Waiting     Fate = "drafted"     // the text waits as a draft already
	Missing     Fate = "missing"     // not in the bundle; it stays
	Same        Fate = "unchanged"
)

// Fates lists them in the order in which people should see them.
var Fates = []Fate{Conflicting, New, Differs, Newer, Waiting, Missing, Same}

// Conflicts says which side a document takes that changed on both.
type Conflicts string

// The ways to settle conflicts.
const (
	RefuseConflicts Conflicts = "refuse" // nothing is taken in while there is one
	KeepStored      Conflicts = "store"  // the text in the store stays
	TakeFile        Conflicts = "file"   // the text of the bundle wins; the other one stays in the history
)

// PlanImport compares a bundle with the store, and examines what taking it in
// would change.
func (e *Editor) PlanImport(ctx context.Context, b *Bundle, how Conflicts) (*Plan, error) {
	if err := e.Refresh(ctx); err != nil {
		return nil, err
	}
	c := &comparison{bundle: b, edition: e.Edition(), state: e.State(), plan: &Plan{Notes: slices.Clone(b.Notes), Problems: slices.Clone(b.Problems), how: how}}
	if err := c.run(); err != nil {
		return nil, err
	}
	texts := map[string]*store.Revision{}
	for _, item := range c.plan.Items {
		if !c.plan.takes(item) {
			continue
		}
		var refusal *Refusal
		if err := (Draft{Doc: item.Doc, Text: item.Text}).check(); errors.As(err, &refusal) {
			c.plan.Problems = append(c.plan.Problems, knowledge.Problem{File: item.Doc, What: refusal.What, Fix: refusal.Fix, Fatal: true})
			continue
		}
		latest := c.latest(item.Doc)
		texts[item.Doc] = &store.Revision{Doc: item.Doc, Num: latest + 1, Base: latest, Text: item.Text, Hash: store.Hash(item.Text)}
	}
	if len(texts) == 0 || len(c.plan.Problems) > 0 {
		return c.plan, nil
	}
	var err error
	c.plan.Report, err = e.examineTexts(ctx, texts)
	return c.plan, err
}

// takes reports whether an item's text is taken in.
func (p *Plan) takes(item Item) bool {
	return item.Fate == New || item.Fate == Differs || item.Fate == Conflicting && p.how == TakeFile
}

// Of are the items of a fate.
func (p *Plan) Of(f Fate) []Item {
	var list []Item
	for _, item := range p.Items {
		if item.Fate == f {
			list = append(list, item)
		}
	}
	return list
}
