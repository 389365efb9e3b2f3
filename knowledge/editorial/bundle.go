package editorial

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"handout/knowledge"
)

// Bundle is a corpus outside a store: a folder or an archive of documents, or a
// table of snippets.
type Bundle struct {
	Documents map[string]string  // by name
	Rows      []knowledge.Row    // of a table
	Base      map[string]Mark    // the documents when they were exported; nil if the bundle does not say
	Problems  knowledge.Problems // what of it cannot be read
	Notes     []string           // how it was read, where that took a guess
}

// Mark says which revision of a document was exported.
type Mark struct {
	Revision int    `json:"revision"`
	Hash     string `json:"hash"` // SHA-256, in hex
}

// ManifestFile is where an export says on which revisions it rests. A corpus
// folder is read as if it were not there.
const ManifestFile = ".handout-export.json"

type manifest struct {
	Documents map[string]Mark `json:"documents"`
}

// MaxBundle, in bytes, is more than any corpus needs, packed or not.
const MaxBundle = 64 << 20

// Read reads a .zip, .csv, .tsv or .jsonl file, as people's programs save them. Its
// error is a [Refusal].
func Read(name string, data []byte) (*Bundle, error) {
	if len(data) > MaxBundle {
		return nil, refuse("export a smaller one", "%s has %d bytes; more than %d are not read", name, len(data), MaxBundle)
	}
	archive := bytes.HasPrefix(data, []byte("PK\x03\x04"))
	switch ext := strings.ToLower(path.Ext(name)); {
	case ext == ".zip":
		return readZip(name, data)
	case archive, ext == ".xlsx", ext == ".xls", ext == ".ods":
		return nil, refuse("save it as CSV (UTF-8) and send that", "%s is a workbook", name)
	case slices.Contains([]string{".csv", ".tsv", ".txt", ".jsonl", ".ndjson"}, ext):
		return readTable(name, data)
	}
	return nil, refuse("give a folder, or a .csv, .jsonl or .zip file", "%s is no corpus", name)
}

func readTable(name string, data []byte) (*Bundle, error) {
	b := &Bundle{}
	text, err := b.decode(name, data)
	if err != nil {
		return nil, err
	}
	kind := name
	if strings.EqualFold(path.Ext(name), ".txt") { // how a spreadsheet program names its Unicode text
		kind += ".tsv"
	}
	b.Rows, b.Problems = knowledge.ReadTable(kind, text)
	return b, nil
}

// ReadFolder reads the documents of a folder, and where they come from if it was
// exported.
func ReadFolder(name string, folder fs.FS) (*Bundle, error) {
	documents, err := knowledge.Documents(folder)
	if err != nil {
		return nil, err
	}
	if len(documents) == 0 {
		return nil, refuse("name a folder with snippets, files that end in .md", "%s holds no document of a corpus", name)
	}
	b := &Bundle{Documents: documents}
	for doc, text := range documents {
		decoded, err := b.decode(doc, []byte(text))
		if err != nil {
			return nil, err
		}
		documents[doc] = string(decoded)
	}
	slices.Sort(b.Notes)
	data, err := fs.ReadFile(folder, ManifestFile)
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", ManifestFile, err)
	}
	b.Base, err = ReadManifest(data)
	return b, err
}

// ReadManifest reads the contents of a [ManifestFile]: the revisions that were
// exported, by document.
func ReadManifest(data []byte) (map[string]Mark, error) {
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil || m.Documents == nil {
		return nil, refuse("bring it back as it was exported, or delete it", "%s cannot be read", ManifestFile)
	}
	return m.Documents, nil
}

// decode makes UTF-8 of what a program saved in another way.
func (b *Bundle) decode(name string, data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil || len(data)%2 != 0 || bytes.ContainsRune(text, utf8.RuneError) {
			return nil, refuse("save it again as UTF-8", "%s is broken UTF-16 text", name)
		}
		return text, nil
	case bytes.IndexByte(data, 0) >= 0:
		return nil, refuse("save it as text, in UTF-8", "%s is no text", name)
	case utf8.Valid(data):
		return data, nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsFunc(text, func(r rune) bool { return r == utf8.RuneError || 0x80 <= r && r < 0xa0 }) {
		return nil, refuse("save it again as UTF-8", "%s is neither UTF-8 nor Windows-1252 text", name)
	}
	b.Notes = append(b.Notes, name+" is not UTF-8; it was read as Windows-1252, so look at letters with accents, quotes and dashes")
	return text, nil
}

// readZip reads an archive of a folder, with or without the folder itself.
func readZip(name string, data []byte) (*Bundle, error) {
	broken := refuse("send it again", "%s is no archive that can be read", name)
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // nothing is written under these names
		return nil, broken
	}
	const mostFiles = 100_000
	files, left := map[string]string{}, int64(MaxBundle)
	for _, f := range r.File {
		if f.FileInfo().IsDir() || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		text, err := unpack(f, left)
		if err != nil {
			return nil, broken
		}
		left -= int64(len(text))
		if left < 0 || len(files) >= mostFiles {
			return nil, refuse("export a smaller one", "%s holds more than %d bytes or %d files", name, MaxBundle, mostFiles)
		}
		if !fs.ValidPath(f.Name) {
			return nil, refuse("pack the folder anew", "%s holds a file named %q", name, f.Name)
		}
		files[f.Name] = text
	}
	return ReadFolder(name, knowledge.Folder(inFolder(files)))
}

// unpack reads a file of an archive, and at most one byte more than the limit.
func unpack(f *zip.File, limit int64) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	var b strings.Builder
	_, err = io.Copy(&b, io.LimitReader(r, limit+1))
	return b.String(), err
}

// inFolder leaves out a folder that holds all the files.
func inFolder(files map[string]string) map[string]string {
	var top string
	for name := range files {
		first, _, nested := strings.Cut(name, "/")
		if !nested || top != "" && top != first || first == knowledge.SnippetFolder {
			return files
		}
		top = first
	}
	inner := make(map[string]string, len(files))
	for name, text := range files {
		inner[strings.TrimPrefix(name, top+"/")] = text
	}
	return inner
}
