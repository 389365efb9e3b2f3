package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// Hash is the SHA-256 of a text, in hex.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Serving are the kinds of event that change what is served.
var Serving = []Kind{Published, Withdrawn, Reinstated}

// Check refuses what no store may take, before anything is written.
func (c Change) Check() error {
	docs := map[string]bool{}
	for _, r := range c.Revisions {
		if !fs.ValidPath(r.Doc) || r.Doc == "." {
			return fmt.Errorf("document %q: its name must be a path inside the corpus folder", r.Doc)
		}
		if docs[r.Doc] {
			return fmt.Errorf("document %s: a change may hold one revision of it", r.Doc)
		}
		docs[r.Doc] = true
		if err := checkText(r.Doc, r.Doc, r.Text, r.Author.ID, r.Author.Name, r.Note); err != nil {
			return err
		}
	}
	for _, e := range c.Events {
		if err := e.check(docs); err != nil {
			return err
		}
	}
	return nil
}

// check refuses an event that would mean nothing; docs have a revision in the same change.
func (e Event) check(docs map[string]bool) error {
	if e.Kind == "" {
		return fmt.Errorf("event about %q: it has no kind", e.Doc)
	}
	if slices.Contains(Serving, e.Kind) && e.Doc == "" {
		return fmt.Errorf("event %q: it names neither a document nor a scope", e.Kind)
	}
	if e.Kind == Published && e.Num == 0 && !docs[e.Doc] {
		return fmt.Errorf("event %q: it names no revision of %s", e.Kind, e.Doc)
	}
	return checkText("event "+string(e.Kind), e.Actor.ID, e.Actor.Name, string(e.Kind), e.Doc, e.Note, e.More)
}

// checkText refuses what not every database can hold as text.
func checkText(of string, texts ...string) error {
	for _, text := range texts {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return fmt.Errorf("%s: the text must be UTF-8 without NUL; save it as UTF-8", of)
		}
	}
	return nil
}
