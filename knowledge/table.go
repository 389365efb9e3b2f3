package knowledge

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A table is a corpus in one file, a row a snippet: JSON Lines, or CSV with a
// header line. Lists in a CSV cell are separated by line breaks, | or ;, and
// lists of words by commas as well; a backslash before a separator makes it a
// part of the text.

// row is a snippet as a table brings it. Strings stand for lists of one, and
// a source may be an address, a title, or both.
type row struct {
	ID        string  `json:"id"`
	Lang      string  `json:"lang"`
	Title     string  `json:"title"`
	Questions strs    `json:"questions"`
	Keywords  strs    `json:"keywords"`
	Body      string  `json:"body"`
	Topics    strs    `json:"topics"`
	About     strs    `json:"about"`
	With      strs    `json:"with"`
	SeeAlso   strs    `json:"see_also"`
	Region    string  `json:"region"`
	Source    sources `json:"source"`
	Sources   sources `json:"sources"`
	Review    Review  `json:"review"`
	Due       Date    `json:"due"`
	Format    Format  `json:"format"`
	Base      string  `json:"base"`

	given map[string]bool // names of the columns that the table has; nil if nobody asks
}

func (r *row) snippet() *Snippet {
	lines := strings.NewReplacer("\r\n", "\n", "\r", "\n")
	s := &Snippet{
		ID: strings.TrimSpace(r.ID), Lang: strings.TrimSpace(r.Lang), Title: strings.TrimSpace(r.Title), Questions: r.Questions,
		Topics: r.Topics, Keywords: r.Keywords, About: r.About, With: r.With, SeeAlso: r.SeeAlso, Region: r.Region,
		Sources: append(r.Source, r.Sources...), Review: r.Review, Format: r.Format, Body: strings.TrimSpace(lines.Replace(r.Body)),
	}
	if s.Format == "" {
		s.Format = Text
	}
	if s.Review.Due.IsZero() {
		s.Review.Due = r.Due
	}
	return s
}

func (l *loader) readTable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return l.readRows(path, f)
}

// readRows reads a table from anywhere; path tells its kind.
func (l *loader) readRows(path string, from io.Reader) error {
	in := bufio.NewReaderSize(from, 1<<16)
	if bom, _ := in.Peek(3); bytes.Equal(bom, []byte("\ufeff")) {
		in.Discard(3)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".jsonl", ".ndjson", ".json":
		return l.readJSONL(path, in)
	case ".csv", ".tsv":
		data, err := io.ReadAll(in)
		if err == nil && l.checkUTF8(path, 1, data) {
			l.readCSV(path, cleanText(data))
		}
		return err
	}
	l.fatal(path, 0, "not a corpus", "give a folder, a .jsonl file or a .csv file")
	return nil
}

func (l *loader) addRow(path string, line int, r *row) {
	s := r.snippet()
	s.origin = origin{file: path, line: line, body: line}
	l.addSnippet(s)
	l.rows = append(l.rows, Row{s, strings.TrimSpace(r.Base), r.given})
}
