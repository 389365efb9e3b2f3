package editorial

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

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

// comparison is one run of PlanImport.
type comparison struct {
	bundle  *Bundle
	edition *Edition
	state   *store.State
	plan    *Plan
}

// found is a document of the bundle.
type found struct {
	doc, text string
	known     bool // whether the bundle says on which text it rests
	here      bool // the text differs from that one
	there     bool // what is served differs from it
}

func (c *comparison) run() error {
	list := c.documents()
	rows, err := c.rows()
	if err != nil {
		return err
	}
	brought := map[string]bool{}
	for _, f := range append(list, rows...) {
		if brought[f.doc] {
			c.plan.Problems = append(c.plan.Problems, knowledge.Problem{File: f.doc, What: "brought twice", Fix: "keep one", Fatal: true})
			continue
		}
		brought[f.doc] = true
		c.add(f)
	}
	if len(c.plan.Problems) == 0 { // or what could not be read would seem to be missing
		c.missing(brought)
	}
	slices.SortFunc(c.plan.Items, func(a, b Item) int { return strings.Compare(a.Doc, b.Doc) })
	if c.bundle.Base == nil && !slices.ContainsFunc(c.bundle.Rows, func(r knowledge.Row) bool { return r.Base != "" }) {
		c.plan.Notes = append(c.plan.Notes, "this was not exported from a store, so nobody can tell what has changed here meanwhile: it replaces that")
	}
	return nil
}

// documents are those of a folder.
func (c *comparison) documents() []found {
	var list []found
	for _, name := range slices.Sorted(maps.Keys(c.bundle.Documents)) {
		f := found{doc: c.home(name), text: c.bundle.Documents[name], known: c.bundle.Base != nil}
		if f.doc != name {
			c.plan.Notes = append(c.plan.Notes, fmt.Sprintf("%s is taken for %s, which has that id and keeps its name", name, f.doc))
		}
		hash := c.bundle.Base[f.doc].Hash
		f.here = store.Hash(f.text) != hash && store.Hash(plain(f.text)) != hash
		now := c.edition.texts[f.doc]
		f.there = now == nil || now.Hash != hash
		list = append(list, f)
	}
	return list
}

// home is the document that a file stands for: another one if the file was
// moved, for a document's name never changes.
func (c *comparison) home(name string) string {
	if c.state.Docs[name] != nil || !IsSnippet(name) {
		return name
	}
	s, _ := knowledge.ReadDocument(name, c.bundle.Documents[name])
	if s == nil {
		return name
	}
	if old := c.edition.Corpus.Snippet(s.ID); old != nil && c.bundle.Documents[old.File()] == "" {
		return old.File()
	}
	return name
}

// rows are the snippets of a table as documents.
func (c *comparison) rows() ([]found, error) {
	var list []found
	for _, r := range c.bundle.Rows {
		s, f := r.Snippet, found{doc: r.Path(), known: r.Base != "", there: true}
		old := c.edition.Corpus.Snippet(r.ID)
		if old != nil {
			s, f.doc, f.there = r.Over(old), old.File(), old.Fingerprint() != r.Base
		}
		f.here = s.Fingerprint() != r.Base
		var err error
		switch {
		case old == nil:
			f.text, err = s.Document()
		case s.Fingerprint() == old.Fingerprint():
			f.text = c.edition.texts[f.doc].Text
		default:
			f.text, err = s.Revise(c.edition.texts[f.doc].Text)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

func (c *comparison) add(f found) {
	item := Item{Doc: f.doc, Before: c.edition.texts[f.doc], Text: f.text}
	item.Fate, item.Why = c.fate(f, item.Before)
	c.plan.Items = append(c.plan.Items, item)
}

func (c *comparison) fate(f found, now *store.Revision) (Fate, string) {
	var draft *store.Draft
	if d := c.state.Docs[f.doc]; d != nil {
		draft = d.Draft()
	}
	switch {
	case now != nil && plain(now.Text) == plain(f.text):
		return Same, ""
	case draft != nil && draft.Hash == store.Hash(f.text):
		return Waiting, fmt.Sprintf("as version %d", draft.Num)
	case f.known && !f.here && now != nil:
		return Newer, fmt.Sprintf("version %d by %s", now.Num, now.Author.Name)
	case draft != nil:
		return Conflicting, fmt.Sprintf("there is a draft of it, version %d by %s", draft.Num, draft.Author.Name)
	case now == nil:
		return New, ""
	case f.known && f.there:
		return Conflicting, fmt.Sprintf("changed here too since it was exported, by version %d of %s", now.Num, now.Author.Name)
	}
	return Differs, ""
}

// missing adds what the store has beyond the bundle. A table holds snippets
// only, and a folder of unknown origin may rely on the starter corpus for the rest.
func (c *comparison) missing(brought map[string]bool) {
	for _, doc := range c.edition.Documents() {
		_, exported := c.bundle.Base[doc]
		item := Item{Doc: doc, Fate: Missing, Before: c.edition.texts[doc]}
		switch {
		case brought[doc], !exported && !IsSnippet(doc):
			continue
		case c.bundle.Base != nil && !exported:
			item.Fate, item.Why = Newer, "added since it was exported, by "+item.Before.Author.Name
		}
		c.plan.Items = append(c.plan.Items, item)
	}
}

func (c *comparison) latest(doc string) int {
	if d := c.state.Docs[doc]; d != nil {
		return d.Latest
	}
	return 0
}

// plain is a text without what systems add to it on their own.
func plain(text string) string { return newlines.Replace(strings.TrimPrefix(text, "\ufeff")) }
