package knowledge

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Snippet is one passage of the corpus. Its body is sent verbatim.
type Snippet struct {
	ID        string   `yaml:"id" json:"id"`                                   // stable slug, unique in the corpus
	Lang      string   `yaml:"lang,omitempty" json:"lang,omitempty"`           // BCP 47; empty means the corpus's language
	Title     string   `yaml:"title" json:"title"`                             // the question that it answers, in plain words
	Questions []string `yaml:"questions,omitempty" json:"questions,omitempty"` // other wordings that must lead here
	Topics    []string `yaml:"topics,omitempty" json:"topics,omitempty"`
	Keywords  []string `yaml:"keywords,omitempty" json:"keywords,omitempty"` // other search words
	About     []string `yaml:"about,omitempty" json:"about,omitempty"`       // ids of vocabulary entities
	With      []string `yaml:"with,omitempty" json:"with,omitempty"`         // ids of snippets that must accompany it
	SeeAlso   []string `yaml:"see_also,omitempty" json:"see_also,omitempty"` // ids of related snippets, offered as buttons
	Region    string   `yaml:"region,omitempty" json:"region,omitempty"`     // where it holds, if not everywhere
	Sources   []Source `yaml:"sources,omitempty" json:"sources,omitempty"`
	Review    Review   `yaml:"review,omitempty" json:"review"`
	Format    Format   `yaml:"format,omitempty" json:"format,omitempty"`
	Body      string   `yaml:"-" json:"body"`

	blocks []Block // the parsed body; nil when Format is text
	origin origin
}

// File is the name of the file that the snippet was read from.
func (s *Snippet) File() string { return s.origin.file }

// Format says how a body is written.
type Format string

// The formats of a body. Markdown files hold Markdown; a table's rows hold
// plain text unless their format column says markdown.
const (
	Markdown Format = ""     // the subset that [Block] describes
	Text     Format = "text" // paragraphs, shown as they stand
)

// Source is where a snippet's facts were read.
type Source struct {
	Title     string `yaml:"title" json:"title"`
	Publisher string `yaml:"publisher,omitempty" json:"publisher,omitempty"`
	URL       string `yaml:"url,omitempty" json:"url,omitempty"`
	Read      Date   `yaml:"read,omitempty" json:"read,omitempty"`
	Via       string `yaml:"via,omitempty" json:"via,omitempty"` // "copy": read as a copy on another site, so no address is given; "project": our own words
}

// String is the one-line citation that a person sees.
func (s Source) String() string {
	var b strings.Builder
	b.WriteString(s.Title)
	if s.Publisher != "" && s.Publisher != s.Title {
		b.WriteString(", " + s.Publisher)
	}
	switch {
	case s.Via == "project":
	case s.Via != "" && !s.Read.IsZero():
		fmt.Fprintf(&b, " (read in a copy, %s)", s.Read)
	case s.Via != "":
		b.WriteString(" (read in a copy)")
	case !s.Read.IsZero():
		fmt.Fprintf(&b, " (read %s)", s.Read)
	}
	return b.String()
}

// Review says who has checked a snippet and when it must be checked again.
type Review struct {
	By  string `yaml:"by,omitempty" json:"by,omitempty"` // a named, qualified person; empty while nobody has signed
	On  Date   `yaml:"on,omitempty" json:"on,omitempty"`
	Due Date   `yaml:"due,omitempty" json:"due,omitempty"` // the last day on which the snippet is served
}

// Date is a calendar day, written 2006-01-02.
type Date struct{ time.Time }

// UnmarshalText reads a day written as 2006-01-02; nothing is the zero date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("%q is not a date like 2026-11-22", text)
	}
	d.Time = t
	return nil
}

// MarshalText writes the day as 2006-01-02, and nothing for the zero date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.iso()), nil }

// UnmarshalJSON reads the day as text. Without it, time.Time's own method
// would be promoted and want a time of day.
func (d *Date) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	return d.UnmarshalText([]byte(text))
}

// MarshalJSON writes the day as text.
func (d Date) MarshalJSON() ([]byte, error) { return json.Marshal(d.iso()) }

func (d Date) iso() string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.DateOnly)
}

// String is the day as people read it: 22 Nov 2026.
func (d Date) String() string { return d.Format("2 Jan 2006") }

// Current reports whether the snippet may be served at the given moment: its
// review date, in UTC, has not passed.
func (s *Snippet) Current(now time.Time) bool { return !s.Review.past(now) }

func (r Review) past(now time.Time) bool {
	return !r.Due.IsZero() && !now.Before(r.Due.AddDate(0, 0, 1))
}

// Provenance is what stands below the body wherever it is shown, a line each:
// the sources, and who has checked the snippet.
func (m *Messages) Provenance(s *Snippet) [][]Span {
	var lines [][]Span
	for _, src := range s.Sources {
		lines = append(lines, []Span{{Text: m.Source + " "}, {Text: src.String(), URL: src.URL}})
	}
	if len(lines) == 0 {
		lines = append(lines, []Span{{Text: m.NoSource}})
	}
	status := m.NotReviewed
	if s.Review.By != "" {
		status = m.Reviewed + " " + s.Review.By
		if !s.Review.On.IsZero() {
			status += ", " + s.Review.On.String()
		}
		status += "."
	}
	if !s.Review.Due.IsZero() {
		status += " " + m.Due + " " + s.Review.Due.String() + "."
	}
	return append(lines, []Span{{Text: status}})
}

// Wordings returns the title and the other wordings.
func (s *Snippet) Wordings() []string {
	return append([]string{s.Title}, s.Questions...)
}

// Blocks returns the parsed body. It must not be changed.
func (s *Snippet) Blocks() []Block {
	if s.Format == Text {
		return textBlocks(s.Body)
	}
	return s.blocks
}

// plain is the body as a person reads it, a line for each paragraph or item.
func (s *Snippet) plain() string {
	var b strings.Builder
	for _, block := range s.Blocks() {
		for _, item := range block.Items {
			b.WriteString(PlainText(item) + "\n")
		}
	}
	return b.String()
}

// origin says where a snippet was read, so that problems can name the line.
type origin struct {
	file  string
	line  int            // first line of the snippet
	lines map[string]int // line of each field, and of list items as field[0]; nil for tables
	body  int            // first line of the body
}

func (o origin) at(field string) int {
	if n, ok := o.lines[field]; ok {
		return n
	}
	return o.line
}

// bodyAt is the line in the file of a line of the body, counted from 0. A
// table's row has one line only.
func (o origin) bodyAt(line int) int {
	if o.lines == nil {
		return o.line
	}
	return o.body + line
}
