package knowledge

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// Row is a snippet of a table that moves between corpora.
type Row struct {
	*Snippet
	// Base is the [Snippet.Fingerprint] of the snippet when the table was
	// written; empty if the table does not say.
	Base string

	given map[string]bool // the columns that the table has
}

// ReadTable reads a .csv or .jsonl file without asking whether its rows make a
// corpus: they may refer to snippets that are elsewhere.
func ReadTable(name string, data []byte) ([]Row, Problems) {
	l := newLoader("")
	l.moving = true
	if err := l.readRows(name, bytes.NewReader(data)); err != nil {
		l.fatal(name, 0, err.Error(), "send it again")
	}
	first := map[string]int{}
	for _, r := range l.rows {
		if line := first[r.ID]; line > 0 && r.ID != "" {
			l.fatal(name, r.origin.line, fmt.Sprintf("duplicate id %q", r.ID), fmt.Sprintf("keep one; the first one is in line %d", line))
			continue
		}
		first[r.ID] = r.origin.line
	}
	if len(l.rows) == 0 && len(l.problems) == 0 {
		l.fatal(name, 0, "no snippets", "give it a row for each")
	}
	return l.rows, l.problems
}

// Over is the row's snippet as a newer version of an old one: what the table
// has no column for stays as it was.
func (r Row) Over(old *Snippet) *Snippet {
	s := *r.Snippet
	for _, c := range columns {
		if c.take != nil && !r.gives(c.name) {
			c.take(&s, old)
		}
	}
	return &s
}

// gives reports whether the table has a column, or another that holds the same.
func (r Row) gives(name string) bool {
	switch name {
	case "sources":
		return r.given[name] || r.given["source"]
	case "due", "reviewed_by", "reviewed_on":
		return r.given[name] || r.given["review"]
	}
	return r.given[name]
}

// Fingerprint is the same for two snippets that say the same, however their
// documents are laid out.
func (s *Snippet) Fingerprint() string {
	text, err := s.Document()
	if err != nil {
		return "" // unknown
	}
	sum := sha256.Sum256([]byte(text))
	return "v" + hex.EncodeToString(sum[:8]) // no program takes that for a number
}

// WriteTable writes a .csv or .jsonl file, by snippets' ids, from which
// [ReadTable] reads the same snippets. lost names what it cannot express.
func WriteTable(name string, snippets []*Snippet) (data []byte, lost []string, err error) {
	snippets = slices.SortedFunc(slices.Values(snippets), func(a, b *Snippet) int { return strings.Compare(a.ID, b.ID) })
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		data, err = writeCSV(snippets)
	case ".jsonl":
		data, err = writeJSONL(snippets)
	default:
		err = fmt.Errorf("%s: give it a name that ends in .csv or .jsonl", name)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("write table: %w", err)
	}
	rows, problems := ReadTable(name, data)
	if len(rows) != len(snippets) {
		return nil, nil, fmt.Errorf("write table: what was written cannot be read: %w", problems)
	}
	for i, s := range snippets {
		for _, field := range differing(s, rows[i].Snippet) {
			lost = append(lost, fmt.Sprintf("%s of %s as it stands", field, s.ID))
		}
	}
	return data, lost, nil
}

// differing are the names of the fields that two snippets do not share.
func differing(a, b *Snippet) []string {
	if a.Fingerprint() == b.Fingerprint() {
		return nil
	}
	x, y := fieldsOf(a), fieldsOf(b)
	var names []string
	for name := range x {
		if !reflect.DeepEqual(x[name], y[name]) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func fieldsOf(s *Snippet) map[string]any {
	var fields map[string]any
	data, _ := json.Marshal(rowOf(s)) // plain texts and dates
	_ = json.Unmarshal(data, &fields)
	delete(fields, "base")
	return fields
}

// writeCSV begins with a byte order mark, without which spreadsheet programs
// take the text for that of another alphabet.
func writeCSV(snippets []*Snippet) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	var names []string
	for _, c := range columns {
		if c.write != nil {
			names = append(names, c.name)
		}
	}
	if err := w.Write(names); err != nil {
		return nil, err
	}
	for _, s := range snippets {
		var cells []string
		for _, c := range columns {
			if c.write != nil {
				cells = append(cells, guard(c.write(s)))
			}
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// exported is a row as JSON Lines write it: every field, so that a field that
// is left out later can be told from one that was emptied.
type exported struct {
	ID        string   `json:"id"`
	Lang      string   `json:"lang"`
	Title     string   `json:"title"`
	Questions []string `json:"questions"`
	Keywords  []string `json:"keywords"`
	Body      string   `json:"body"`
	Topics    []string `json:"topics"`
	About     []string `json:"about"`
	With      []string `json:"with"`
	SeeAlso   []string `json:"see_also"`
	Region    string   `json:"region"`
	Sources   []Source `json:"sources"`
	Review    Review   `json:"review"`
	Format    string   `json:"format"`
	Base      string   `json:"base"`
}

func rowOf(s *Snippet) exported {
	list := func(l []string) []string { return append([]string{}, l...) }
	return exported{
		ID: s.ID, Lang: s.Lang, Title: s.Title, Questions: list(s.Questions), Keywords: list(s.Keywords), Body: s.Body,
		Topics: list(s.Topics), About: list(s.About), With: list(s.With), SeeAlso: list(s.SeeAlso), Region: s.Region,
		Sources: append([]Source{}, s.Sources...), Review: s.Review, Format: writeFormat(s), Base: s.Fingerprint(),
	}
}

func writeJSONL(snippets []*Snippet) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, s := range snippets {
		if err := enc.Encode(rowOf(s)); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}
