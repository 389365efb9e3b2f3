package editorial

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"handout/knowledge"
	"handout/knowledge/store"
)

// Draft is a text that somebody wants a document to have.
type Draft struct {
	Doc  string
	Base int // the revision that they had before them; 0 for a new document
	Text string
	Note string // why
}

// longestText, in bytes, is more than any document of a corpus needs.
const longestText = 1 << 20

// Propose keeps a draft, whatever is wrong with it: [Editor.Examine] says what.
func (e *Editor) Propose(ctx context.Context, p Person, d Draft) (*store.Revision, error) {
	if err := p.mayEdit(); err != nil {
		return nil, err
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	w, err := e.commit(ctx, store.Change{
		Revisions: []store.Revision{{Doc: d.Doc, Base: d.Base, Text: d.Text, Author: p.Actor, Note: d.Note}},
		Events:    []store.Event{{Actor: p.Actor, Kind: store.Proposed, Doc: d.Doc, Note: d.Note}},
	})
	if err != nil {
		return nil, fmt.Errorf("propose %s: %w", d.Doc, err)
	}
	return &w.Revisions[0], nil
}

func (d Draft) check() error {
	switch clean := path.Clean(d.Doc); {
	case d.Doc == "" || clean != d.Doc || path.IsAbs(clean) || strings.HasPrefix(clean, "..") || strings.Contains(d.Doc, `\`) || !printable(d.Doc):
		return refuse("use one like snippets/my-topic.md", "%q is no name for a document", d.Doc)
	case !knowledge.IsDocument(d.Doc):
		return refuse("snippets end in .md; rules and words have the names of the starter corpus", "a corpus has no use for a document named %q", d.Doc)
	case len(d.Text) > longestText:
		return refuse("split it", "a text of %d bytes", len(d.Text))
	case !utf8.ValidString(d.Text):
		return refuse("save it as UTF-8 and send it again", "the text is not UTF-8")
	}
	return nil
}

// printable reports whether a name shows in a terminal or a file listing as what it is.
func printable(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}

// draft finds a document's newest draft, which must be the given revision.
func (e *Editor) draft(doc string, num int) (*store.Document, *store.Draft, error) {
	d := e.State().Docs[doc]
	if d == nil {
		return nil, nil, refuse("", "there is no document %q", doc)
	}
	draft := d.Draft()
	switch {
	case draft == nil:
		return nil, nil, refuse("look at the document as it is now", "version %d of %s is no draft any more", num, doc)
	case draft.Num != num:
		return nil, nil, refuse("look at the newer one", "version %d of %s has been overtaken by version %d", num, doc, draft.Num)
	}
	return d, draft, nil
}

// note commits one event about a draft.
func (e *Editor) note(ctx context.Context, p Person, kind store.Kind, doc string, draft *store.Draft, note string) error {
	_, err := e.commit(ctx, store.Change{
		Events: []store.Event{{Actor: p.Actor, Kind: kind, Doc: doc, Num: draft.Num, Hash: draft.Hash, Note: note}},
		Expect: map[string]int{doc: draft.Num},
	})
	if err != nil {
		return fmt.Errorf("%s %s: %w", kind, doc, err)
	}
	return nil
}

// Submit puts a draft forward for review.
func (e *Editor) Submit(ctx context.Context, p Person, doc string, num int, note string) error {
	_, draft, err := e.draft(doc, num)
	if err = errors.Join(p.mayEdit(), err); err != nil {
		return err
	}
	report, err := e.Examine(ctx, doc, num)
	if err != nil {
		return err
	}
	if fatal := report.Problems.Fatal(); len(fatal) > 0 {
		return refuse("mend it first", "it cannot be served: %s", fatal[0].String())
	}
	return e.note(ctx, p, store.Submitted, doc, draft, note)
}

// Approve says that somebody who did not write a text has read it and wants it
// to be sent. It holds for exactly the text with that hash.
func (e *Editor) Approve(ctx context.Context, p Person, doc string, num int, hash string) error {
	_, draft, err := e.draft(doc, num)
	if err = errors.Join(p.mayReview(), err); err != nil {
		return err
	}
	if draft.Hash != hash {
		return refuse("read it again", "this is not the text that you were shown")
	}
	if draft.Author.ID == p.ID && !e.State().Alone {
		return refuse("ask another reviewer, or let one person be enough", "nobody approves what they wrote themselves")
	}
	return e.note(ctx, p, store.Approved, doc, draft, "")
}

// RequestChanges says that a draft cannot be published as it is, and why.
func (e *Editor) RequestChanges(ctx context.Context, p Person, doc string, num int, note string) error {
	_, draft, err := e.draft(doc, num)
	if err = errors.Join(p.mayReview(), err); err != nil {
		return err
	}
	if strings.TrimSpace(note) == "" {
		return refuse("write what should change", "a request for changes needs words")
	}
	return e.note(ctx, p, store.Objected, doc, draft, note)
}

// Drop says that a draft is not wanted any more. Its text stays in the history.
func (e *Editor) Drop(ctx context.Context, p Person, doc string, num int, note string) error {
	_, draft, err := e.draft(doc, num)
	if err = errors.Join(p.mayEdit(), err); err != nil {
		return err
	}
	return e.note(ctx, p, store.Dropped, doc, draft, note)
}

// Flag notes that somebody doubts a snippet that is served.
func (e *Editor) Flag(ctx context.Context, p Person, id, note string) error {
	s := e.Edition().Corpus.Snippet(id)
	if s == nil {
		return refuse("", "there is no snippet %q", id)
	}
	if err := p.mayEdit(); err != nil {
		return err
	}
	text := e.Edition().Text(s.File())
	_, err := e.commit(ctx, store.Change{Events: []store.Event{{
		Actor: p.Actor, Kind: store.Flagged, Doc: text.Doc, Num: text.Num, Hash: text.Hash, Note: note,
	}}})
	return err
}

// LetAlone sets whether one person is enough, so that an author may approve
// their own text. The audit shows it.
func (e *Editor) LetAlone(ctx context.Context, p Person, alone bool) error {
	if err := p.mayReview(); err != nil {
		return err
	}
	what := store.AloneOff
	if alone {
		what = store.AloneOn
	}
	if alone == e.State().Alone {
		return nil
	}
	_, err := e.commit(ctx, store.Change{Events: []store.Event{{Actor: p.Actor, Kind: store.PolicySet, More: what}}})
	return err
}
