package knowledge

import (
	"slices"
	"strings"
)

// column is one of CSV: how a cell is read into a row, what a snippet writes
// into it, and how a snippet takes the field from another one.
type column struct {
	name  string
	read  func(r *row, cell string) error
	write func(s *Snippet) string // nil if another column holds as much
	take  func(s, from *Snippet)
}

// columns are in the order in which they are written. JSON Lines have the same
// names, but for review, which holds three of them.
var columns = []column{
	textColumn("id", func(r *row) *string { return &r.ID }, func(s *Snippet) *string { return &s.ID }),
	textColumn("lang", func(r *row) *string { return &r.Lang }, func(s *Snippet) *string { return &s.Lang }),
	textColumn("title", func(r *row) *string { return &r.Title }, func(s *Snippet) *string { return &s.Title }),
	listColumn("questions", splitCell, joinLines, func(r *row) *strs { return &r.Questions }, func(s *Snippet) *[]string { return &s.Questions }),
	wordsColumn("keywords", func(r *row) *strs { return &r.Keywords }, func(s *Snippet) *[]string { return &s.Keywords }),
	textColumn("body", func(r *row) *string { return &r.Body }, func(s *Snippet) *string { return &s.Body }),
	wordsColumn("topics", func(r *row) *strs { return &r.Topics }, func(s *Snippet) *[]string { return &s.Topics }),
	wordsColumn("about", func(r *row) *strs { return &r.About }, func(s *Snippet) *[]string { return &s.About }),
	wordsColumn("with", func(r *row) *strs { return &r.With }, func(s *Snippet) *[]string { return &s.With }),
	wordsColumn("see_also", func(r *row) *strs { return &r.SeeAlso }, func(s *Snippet) *[]string { return &s.SeeAlso }),
	textColumn("region", func(r *row) *string { return &r.Region }, func(s *Snippet) *string { return &s.Region }),
	{name: "source", read: func(r *row, cell string) error { r.Source = parseSource(cell); return nil }},
	{"sources", readSources, writeSources, func(s, from *Snippet) { s.Sources = from.Sources }},
	dateColumn("due", func(r *row) *Date { return &r.Due }, func(s *Snippet) *Date { return &s.Review.Due }),
	textColumn("reviewed_by", func(r *row) *string { return &r.Review.By }, func(s *Snippet) *string { return &s.Review.By }),
	dateColumn("reviewed_on", func(r *row) *Date { return &r.Review.On }, func(s *Snippet) *Date { return &s.Review.On }),
	{"format", readFormat, writeFormat, func(s, from *Snippet) { s.Format = from.Format }},
	{"base", func(r *row, cell string) error { r.Base = cell; return nil }, (*Snippet).Fingerprint, nil},
}

func columnNamed(name string) *column {
	i := slices.IndexFunc(columns, func(c column) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return &columns[i]
}

// columnNames are those that people write.
func columnNames() []string {
	var names []string
	for _, c := range columns {
		if c.name != "base" {
			names = append(names, c.name)
		}
	}
	return names
}

// jsonNames are the names of the fields in JSON Lines.
func jsonNames() []string {
	inReview := func(name string) bool { return strings.HasPrefix(name, "reviewed_") }
	return append(slices.DeleteFunc(columnNames(), inReview), "review")
}

func textColumn(name string, in func(*row) *string, of func(*Snippet) *string) column {
	return column{
		name:  name,
		read:  func(r *row, cell string) error { *in(r) = strings.TrimSpace(cell); return nil },
		write: func(s *Snippet) string { return *of(s) },
		take:  func(s, from *Snippet) { *of(s) = *of(from) },
	}
}

func wordsColumn(name string, in func(*row) *strs, of func(*Snippet) *[]string) column {
	return listColumn(name, splitWords, joinWords, in, of)
}

func listColumn(name string, split func(string) []string, join func([]string) string, in func(*row) *strs, of func(*Snippet) *[]string) column {
	return column{
		name:  name,
		read:  func(r *row, cell string) error { *in(r) = split(cell); return nil },
		write: func(s *Snippet) string { return join(*of(s)) },
		take:  func(s, from *Snippet) { *of(s) = *of(from) },
	}
}

func dateColumn(name string, in func(*row) *Date, of func(*Snippet) *Date) column {
	return column{
		name:  name,
		read:  func(r *row, cell string) error { return in(r).UnmarshalText([]byte(strings.TrimSpace(cell))) },
		write: func(s *Snippet) string { return of(s).iso() },
		take:  func(s, from *Snippet) { *of(s) = *of(from) },
	}
}

func readFormat(r *row, cell string) error {
	r.Format = Format(strings.TrimSpace(cell))
	return nil
}

func writeFormat(s *Snippet) string {
	if s.Format == Markdown {
		return "markdown"
	}
	return string(s.Format)
}
