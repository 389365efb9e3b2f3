package knowledge

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// evalSet is a public question set beside the checkout. It is too large to be
// part of it.
func evalSet(tb testing.TB, name string) string {
	tb.Helper()
	path := filepath.Join("..", "..", "shared", "eval", name)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("SKIPPED, NOT TESTED: no public question set: %v", err)
	}
	return path
}

func TestOpenEvaluationSets(t *testing.T) {
	for name, rows := range map[string]int{"medquad.jsonl": 16407, "skin.jsonl": 487} {
		t.Run(name, func(t *testing.T) {
			c, err := Open(evalSet(t, name))
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Snippets) != rows {
				t.Errorf("%d snippets, want %d", len(c.Snippets), rows)
			}
			checkSound(t, c)
		})
	}
}

// A snippet survives being written as JSON and read again.
func TestJSONRoundTrip(t *testing.T) {
	day := Date{time.Date(2027, 11, 22, 0, 0, 0, 0, time.UTC)}
	want := &Snippet{
		ID: "a", Lang: "en", Title: "What is a?", Questions: []string{"why; what", "x | y"}, Topics: []string{"t"},
		Keywords: []string{"k"}, Region: "GB", Format: Text, Body: "Keep cool.\n\nRest.",
		Sources: []Source{{Title: "S", Publisher: "P", URL: "https://example.org", Read: day}, {Title: "own", Via: "project"}},
		Review:  Review{Due: day},
	}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got := openTable(t, "table.jsonl", string(data))
	want.origin = got.Snippets[0].origin
	if !reflect.DeepEqual(got.Snippets[0], want) {
		t.Errorf("got %+v\nwant %+v\nfrom %s", got.Snippets[0], want, data)
	}
}

// However a spreadsheet program saves the same table, it is the same corpus.
func TestCSVDialects(t *testing.T) {
	const table = "id,title,questions,keywords,body,source\n" +
		"a,What is a?,\"why\nwhat; how\",\"x, y\",\"Keep \"\"cool\"\".\n\nRest.\",Itch | https://example.org | P\n" +
		"b,What is b?,,,Dry.,https://example.org/b\n"
	// As a comma stands in one cell, that cell has to change with the separator.
	tabs := strings.ReplaceAll(strings.ReplaceAll(table, ",", "\t"), "x\t y", "x, y")
	want := openTable(t, "table.csv", table).Snippets
	for name, text := range map[string]string{
		"bom.csv":        "\ufeff" + table,
		"crlf.csv":       strings.ReplaceAll(table, "\n", "\r\n"),
		"cr.csv":         strings.ReplaceAll(table, "\n", "\r"),
		"tabs.csv":       tabs,
		"tabs.tsv":       tabs,
		"semicolons.csv": strings.ReplaceAll(tabs, "\t", ";"),
		"empty-rows.csv": table + ",,,,,\n\n , ,,,,\n",
		"capitals.CSV":   strings.Replace(table, "id,title", " ID ,Title", 1),
	} {
		t.Run(name, func(t *testing.T) {
			got := openTable(t, name, text).Snippets
			if len(got) != 2 {
				t.Fatalf("%d snippets", len(got))
			}
			for i := range got {
				got[i].origin, want[i].origin = origin{}, origin{}
				if !reflect.DeepEqual(got[i], want[i]) {
					t.Errorf("got %+v\nwant %+v", got[i], want[i])
				}
			}
		})
	}
	a := want[0]
	if len(a.Questions) != 3 || len(a.Keywords) != 2 || a.Body != "Keep \"cool\".\n\nRest." || len(a.Blocks()) != 2 ||
		a.Sources[0] != (Source{Title: "Itch", Publisher: "P", URL: "https://example.org"}) {
		t.Errorf("read as %+v", a)
	}
}

func openTable(t *testing.T, name, text string) *Corpus {
	t.Helper()
	c, err := Open(writeFile(t, t.TempDir(), name, text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func writeFile(tb testing.TB, dir, name, text string) string {
	tb.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		tb.Fatal(err)
	}
	return path
}

// checkSound holds every snippet of an opened corpus to what is promised.
func checkSound(tb testing.TB, c *Corpus) {
	tb.Helper()
	if len(c.Snippets) == 0 {
		tb.Error("no snippets")
	}
	for _, s := range c.Snippets {
		if s.ID == "" || !hasWord(s.Title) || !hasWord(s.Body) || len(s.Blocks()) == 0 {
			tb.Errorf("a snippet without id, title or body was served: %+v", s)
		}
		if c.Snippet(s.ID) != s {
			tb.Errorf("%s is not found by its id", s.ID)
		}
		if !utf8.ValidString(s.ID + s.Title + s.Body) {
			tb.Errorf("%q is not UTF-8", s.ID)
		}
	}
}
