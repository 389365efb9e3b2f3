package knowledge

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"handout/knowledge/corpus"
)

// TestTablesHoldTheStarterCorpus writes it, reads it, and writes it again.
func TestTablesHoldTheStarterCorpus(t *testing.T) {
	c, err := readFS("", corpus.FS).result()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"x.csv", "x.jsonl"} {
		data, lost, err := WriteTable(name, c.Snippets)
		if err != nil || len(lost) > 0 {
			t.Fatalf("%s: %v, lost %q", name, err, lost)
		}
		rows, problems := ReadTable(name, data)
		if len(rows) != len(c.Snippets) || len(problems) > 0 {
			t.Fatalf("%s: %d rows, %v", name, len(rows), problems)
		}
		var back []*Snippet
		for _, r := range rows {
			old := c.Snippet(r.ID)
			if r.Base != old.Fingerprint() || r.Over(old).Fingerprint() != old.Fingerprint() {
				t.Errorf("%s: %s is not what was written", name, r.ID)
			}
			back = append(back, r.Snippet)
		}
		again, _, err := WriteTable(name, back)
		if err != nil || !bytes.Equal(again, data) {
			t.Errorf("%s: the second export differs (%v)", name, err)
		}
	}
}

// TestTablesHoldAnyText does so with texts made to break cells.
func TestTablesHoldAnyText(t *testing.T) {
	piece := rapid.SampledFrom([]string{"=1+1", "+", "-", "@x", "'", "''=", `"`, ",", ";", "|", `\`, `\;`, "a", "é", "“", "\t", "://", "2026-11-22", "copy"})
	text := func(t *rapid.T, label string) string {
		return "x" + strings.Join(rapid.SliceOfN(piece, 0, 5).Draw(t, label), "") + "x"
	}
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.SampledFrom([]string{"", "=", "'=", "-", "'", "''@"}).Draw(t, "first")
		list := []string{text(t, "a"), text(t, "b")}[:rapid.IntRange(0, 2).Draw(t, "n")]
		s := &Snippet{
			ID: "a", Title: first + text(t, "title"), Questions: list, Keywords: list, Topics: list, Format: Text, Body: first + text(t, "body") + "\n\n- " + text(t, "more"),
			Sources: []Source{{Title: "Title " + strings.ReplaceAll(text(t, "source"), "://", ""), Publisher: "P", URL: "https://example.org/x"}},
		}
		for _, name := range []string{"x.csv", "x.jsonl"} {
			data, lost, err := WriteTable(name, []*Snippet{s})
			if err != nil || len(lost) > 0 {
				t.Fatalf("%s: %v, lost %q\n%s", name, err, lost, data)
			}
		}
	})
}

// TestCellsAreNoFormulas holds what a spreadsheet program would run.
func TestCellsAreNoFormulas(t *testing.T) {
	s := &Snippet{ID: "a", Title: `=HYPERLINK("https://example.org")`, Questions: []string{"+1", "@x"}, Format: Text, Body: "-1", Region: "=1"}
	data, lost, err := WriteTable("x.csv", []*Snippet{s})
	if err != nil || len(lost) > 0 {
		t.Fatal(err, lost)
	}
	for _, cell := range []string{`,"'=HYPERLINK(""https://example.org"")",`, ",\"'+1\n@x\",", ",'-1,", ",'=1,"} {
		if !strings.Contains(string(data), cell) {
			t.Errorf("no %s in\n%s", cell, data)
		}
	}
}

func TestWriteTableSaysWhatItCannotExpress(t *testing.T) {
	s := &Snippet{ID: "a", Title: "A?", Questions: []string{"two\nlines"}, Sources: []Source{{Title: "See https://example.org"}}, Format: Text, Body: "A."}
	_, lost, err := WriteTable("x.csv", []*Snippet{s})
	if want := []string{"questions of a as it stands", "sources of a as it stands"}; err != nil || !slices.Equal(lost, want) {
		t.Errorf("lost %q, want %q (%v)", lost, want, err)
	}
	if _, lost, err := WriteTable("x.jsonl", []*Snippet{s}); err != nil || len(lost) > 0 {
		t.Errorf("lost %q (%v)", lost, err)
	}
}

// TestColumnsThatAreLeftOutStay takes a table of two columns as news about
// snippets that are there.
func TestColumnsThatAreLeftOutStay(t *testing.T) {
	old := &Snippet{ID: "a", Title: "A?", Questions: []string{"q"}, Keywords: []string{"k"}, Sources: []Source{{Title: "S"}}, Review: Review{By: "Ann"}, Body: "**A.**"}
	for name, table := range map[string]string{
		"x.csv":   "id,title,body,keywords,due\na,B?,B.,,2030-01-01\n",
		"x.jsonl": `{"id": "a", "Title": "B?", "body": "B.", "keywords": [], "due": "2030-01-01"}`,
	} {
		rows, problems := ReadTable(name, []byte(table))
		if len(rows) != 1 || len(problems) > 0 {
			t.Fatal(problems)
		}
		s := rows[0].Over(old)
		if s.Title != "B?" || s.Body != "B." || len(s.Questions) != 1 || len(s.Keywords) != 0 || len(s.Sources) != 1 || s.Format != Markdown {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func TestReadTableRefusesTheSameIDTwice(t *testing.T) {
	_, problems := ReadTable("x.csv", []byte("id,title,body\na,A?,A.\na,B?,B.\n"))
	if len(problems.Fatal()) != 1 || problems[0].Line != 3 {
		t.Errorf("%v", problems)
	}
}
