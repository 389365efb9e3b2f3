package editorial_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"handout/knowledge/editorial"
)

const table = "id,title,body\nowls,Do owls café?,“Yes” – they do.\n"

// TestReadAsProgramsSaveIt reads one table as different programs write it.
func TestReadAsProgramsSaveIt(t *testing.T) {
	tabs := strings.ReplaceAll(table, ",", "\t")
	windows := strings.NewReplacer("é", "\xe9", "“", "\x93", "”", "\x94", "–", "\x96").Replace(table)
	for name, file := range map[string]struct {
		name, data string
		notes      int
	}{
		"UTF-8":            {"x.csv", table, 0},
		"byte order mark":  {"x.csv", "\ufeff" + table, 0},
		"semicolons, CRLF": {"x.csv", strings.ReplaceAll(strings.ReplaceAll(table, ",", ";"), "\n", "\r\n"), 0},
		"Unicode text":     {"x.txt", utf16LE("\ufeff" + tabs), 0},
		"tabs":             {"x.tsv", tabs, 0},
		"Windows-1252":     {"x.csv", windows, 1},
		"quoted":           {"x.csv", "\"id\",\"title\",\"body\"\n\"owls\",\"Do owls café?\",\"“Yes” – they do.\"\n", 0},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := editorial.Read(file.name, []byte(file.data))
			if err != nil {
				t.Fatal(err)
			}
			if len(b.Problems) > 0 || len(b.Rows) != 1 || b.Rows[0].Title != "Do owls café?" || b.Rows[0].Body != "“Yes” – they do." {
				t.Errorf("%v %+v", b.Problems, b.Rows)
			}
			if len(b.Notes) != file.notes {
				t.Errorf("notes: %q", b.Notes)
			}
		})
	}
}

func utf16LE(text string) string {
	var b bytes.Buffer
	for _, unit := range utf16.Encode([]rune(text)) {
		b.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	return b.String()
}

// TestReadRefusesRubbish wants words that a person understands.
func TestReadRefusesRubbish(t *testing.T) {
	for name, file := range map[string]struct{ name, data, want string }{
		"workbook":              {"x.xlsx", "PK\x03\x04", "is a workbook; save it as CSV"},
		"workbook named .csv":   {"x.csv", "PK\x03\x04rest", "is a workbook"},
		"picture":               {"x.csv", "\x89PNG\r\n\x1a\n\x00\x00", "is no text"},
		"no table":              {"x.pdf", "%PDF", "is no corpus"},
		"other 8-bit text":      {"x.csv", "id,title,body\na,\x81\x8d,b\n", "neither UTF-8 nor Windows-1252"},
		"cut UTF-16":            {"x.txt", utf16LE("\ufeffid")[:5], "broken UTF-16"},
		"no archive":            {"x.zip", "hello", "no archive"},
		"empty archive":         {"x.zip", archive(t, nil), "no document"},
		"archive of elsewhere":  {"x.zip", archive(t, map[string]string{"../../x.md": "x"}), "holds a file named"},
		"archive that swells":   {"x.zip", archive(t, map[string]string{"x.md": strings.Repeat("a", editorial.MaxBundle+1)}), "more than"},
		"manifest of rubbish":   {"x.zip", archive(t, map[string]string{"x.md": "x", editorial.ManifestFile: "{}"}), "cannot be read"},
		"document of no script": {"x.zip", archive(t, map[string]string{"x.md": "\x00"}), "is no text"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := editorial.Read(file.name, []byte(file.data))
			if err == nil || !strings.Contains(err.Error(), file.want) {
				t.Errorf("got %v, want %q", err, file.want)
			}
		})
	}
}

func TestReadSaysWhichRowsCannotBeRead(t *testing.T) {
	for name, file := range map[string]struct{ name, data, want string }{
		"curly quotes": {"x.csv", "“id”,“title”,“body”\n“a”,“b”,“c”\n", "straight quotes"},
		"empty":        {"x.csv", "", "empty file"},
		"no rows":      {"x.csv", "id,title,body\n", "no snippets"},
		"twice":        {"x.csv", "id,title,body\na,A?,A.\na,B?,B.\n", "duplicate id"},
		"prose":        {"x.jsonl", "Dear all,\nplease find", "not a JSON object"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := editorial.Read(file.name, []byte(file.data))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(b.Problems.Error(), file.want) {
				t.Errorf("got %v, want %q", b.Problems, file.want)
			}
		})
	}
}

func TestAnArchiveMayHoldItsFolder(t *testing.T) {
	b, err := editorial.Read("x.zip", []byte(archive(t, map[string]string{"mine/corpus.yaml": "name: X", "mine/a/b.md": "text", "__MACOSX/mine/a/._b.md": "\x00"})))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Documents) != 2 || b.Documents["a/b.md"] != "text" || b.Documents["corpus.yaml"] != "name: X" {
		t.Errorf("%q", b.Documents)
	}
}

func archive(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
