package editorial

import (
	"context"
	"fmt"
	"slices"
	"time"

	"handout/knowledge"
	"handout/knowledge/store"
)

// Proof shows where a text that is served comes from.
type Proof struct {
	*store.Revision
	Snippet   string // id; empty for rules and words
	Approvals []store.Event
	Signed    []store.Event // who took it upon them that other answers change
	Published store.Event   // the last time
	Withdrawn bool
	Faults    []string // why this cannot be believed; empty if all is well
}

// Alone reports whether nobody but its author approved the text.
func (p *Proof) Alone() bool {
	return !slices.ContainsFunc(p.Approvals, func(a store.Event) bool { return a.Actor.ID != p.Author.ID })
}

// Day is when the text was last published.
func (p *Proof) Day() time.Time { return p.Published.At }

// Proofs looks up every published document in the store, past what the editor
// has in memory, and compares it with what is served.
func (e *Editor) Proofs(ctx context.Context) ([]Proof, error) {
	x, published := e.Edition(), e.State().Published()
	texts, err := e.Store.Texts(ctx, published)
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	history, err := e.history(ctx, published)
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	byFile := map[string]*knowledge.Snippet{}
	for _, s := range x.Corpus.Snippets {
		byFile[s.File()] = s
	}
	var list []Proof
	for _, doc := range x.Documents() {
		p := Proof{Revision: texts[doc]}
		for _, event := range history[doc] {
			p.note(event)
		}
		if s := byFile[doc]; s != nil {
			p.Snippet, p.Withdrawn = s.ID, x.record.withdrawn[s.ID]
		}
		p.check(x.texts[doc], byFile[doc])
		list = append(list, p)
	}
	return list, nil
}

// history are the events about the published revisions, by document.
func (e *Editor) history(ctx context.Context, published map[string]int) (map[string][]store.Event, error) {
	history := map[string][]store.Event{}
	for event, err := range e.Store.Events(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if num := published[event.Doc]; num > 0 && num == event.Num {
			history[event.Doc] = append(history[event.Doc], event)
		}
	}
	return history, nil
}

func (p *Proof) note(e store.Event) {
	switch e.Kind {
	case store.Approved:
		p.Approvals = append(p.Approvals, e)
	case store.Signed:
		p.Signed = append(p.Signed, e)
	case store.Published:
		p.Published = e
	}
}

// check compares the store with itself, and with what is served.
func (p *Proof) check(served *store.Revision, s *knowledge.Snippet) {
	fault := func(bad bool, what string) {
		if bad {
			p.Faults = append(p.Faults, what)
		}
	}
	hash := store.Hash(p.Text)
	fault(hash != p.Hash, "its text is not the one that was written: the hash is "+hash)
	fault(p.Published.Hash != p.Hash, "it was published with another hash: "+p.Published.Hash)
	for _, a := range p.Approvals {
		fault(a.Hash != p.Hash, fmt.Sprintf("%s approved another text: %s", a.Actor.Name, a.Hash))
	}
	fault(served == nil || served.Num != p.Num || served.Text != p.Text, "another text is served")
	if !IsSnippet(p.Doc) {
		return
	}
	stored, _ := knowledge.ReadDocument(p.Doc, p.Text)
	fault(s == nil, "it is not served")
	fault(s != nil && (stored == nil || stored.Body != s.Body || stored.Fingerprint() != s.Fingerprint()), "another passage is served")
}
