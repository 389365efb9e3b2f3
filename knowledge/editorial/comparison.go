package editorial

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"handout/knowledge"
	"handout/knowledge/store"
)

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
