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
// lists of words by commas as well.

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
}

// columns are those of CSV; JSON Lines knows sources and review as well.
var columns = []string{"id", "lang", "title", "questions", "keywords", "body", "topics", "about", "with", "see_also", "region", "source", "due", "format"}

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

// parseSource reads "title | address", an address alone, or a title alone.
func parseSource(cell string) sources {
	var s Source
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == '|' || r == '\n' }) {
		part = strings.TrimSpace(part)
		switch {
		case strings.Contains(part, "://"):
			s.URL = part
		case s.Title == "":
			s.Title = part
		case s.Publisher == "":
			s.Publisher = part
		}
	}
	if s.Title == "" {
		s.Title = s.URL
	}
	if s.Title == "" {
		return nil
	}
	return sources{s}
}

// splitWords also takes commas, which wordings may hold but words do not.
func splitWords(cell string) []string {
	if list := splitCell(cell); len(list) > 1 {
		return list
	}
	return splitCell(strings.ReplaceAll(cell, ",", "|"))
}

func splitCell(cell string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("|;\n\r", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func (l *loader) readTable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
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
}
