package knowledge

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing/fstest" // for the standard library's only folder in memory

	"github.com/goccy/go-yaml"

	"handout/knowledge/corpus"
)

// Document is the snippet as a Markdown file of a corpus folder, by convention
// in [Snippet.Path]. Reading it gives the same snippet, if no field but the body
// holds a tab or a line break.
func (s *Snippet) Document() (string, error) {
	front, err := yaml.MarshalWithOptions(s, yaml.IndentSequence(true), yaml.UseLiteralStyleIfMultiline(true))
	if err != nil {
		return "", fmt.Errorf("write snippet %s: %w", s.ID, err)
	}
	return "---\n" + strings.TrimRight(string(front), "\n") + "\n---\n" + s.Body + "\n", nil
}

// SnippetFolder is where snippets are put that come from no folder.
const SnippetFolder = "snippets"

// Path is where the snippet's document stands in a corpus folder if it comes
// from none.
func (s *Snippet) Path() string { return SnippetFolder + "/" + s.ID + ".md" }

// ReadDocument reads one snippet's document without the corpus around it. The
// problems are those of the document alone; the snippet is nil if it cannot be
// read.
func ReadDocument(name, text string) (*Snippet, Problems) {
	l := newLoader("")
	l.readSnippet(Folder(map[string]string{name: text}), name)
	if len(l.corpus.Snippets) == 0 {
		return nil, l.problems
	}
	return l.corpus.Snippets[0], l.problems
}

// Folder is a corpus folder in memory, of documents by their names.
func Folder(documents map[string]string) fs.FS {
	folder := make(fstest.MapFS, len(documents))
	for name, text := range documents {
		folder[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o444}
	}
	return folder
}

// Documents are the texts of a corpus folder by name: all that [CheckFS] reads.
func Documents(fsys fs.FS) (map[string]string, error) {
	documents := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch hidden := name != "." && strings.HasPrefix(path.Base(name), "."); {
		case err != nil:
			return err
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || hidden || !IsDocument(name):
			return nil
		}
		if info, err := fs.Stat(fsys, name); err == nil && !info.Mode().IsRegular() { // a pipe would keep us waiting for ever
			return fmt.Errorf("%s is not a file that can be read; remove it", name)
		}
		data, err := fs.ReadFile(fsys, name)
		documents[name] = string(data)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read documents: %w", err)
	}
	return documents, nil
}

// IsDocument reports whether a corpus folder has a use for a file of that name.
func IsDocument(name string) bool {
	switch base := path.Base(name); strings.ToLower(path.Ext(name)) {
	case ".md":
		return base != "README.md" && base != "CONTRIBUTING.md"
	case ".yaml":
		return path.Dir(name) == triageFolder || isHouse(name)
	case ".tsv":
		return path.Dir(name) == goldenFolder
	}
	return false
}

// AddHouse adds the starter corpus's contacts, messages and triage rules, which
// a corpus has that brings none of its own, so that they can be revised with it.
func AddHouse(documents map[string]string) error {
	starter, err := Documents(corpus.FS)
	if err != nil {
		return err
	}
	brought := map[string]bool{}
	for doc := range documents {
		brought[housePart(doc)] = true
	}
	for doc, text := range starter {
		if part := housePart(doc); part != "" && !brought[part] {
			documents[doc] = text
		}
	}
	return nil
}

// housePart is the part of the rules and words to which a document belongs, or "".
func housePart(doc string) string {
	switch {
	case doc == contactsFile || doc == messagesFile:
		return doc
	case translationLang(doc) != "":
		return messagesFile
	case path.Dir(doc) == triageFolder:
		return triageFolder
	}
	return ""
}
