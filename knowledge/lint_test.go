package knowledge

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what was found into the archives of testdata")

// clock is the day of every test.
var clock = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// The bot's fixed words count towards a message's length and change with the
// starter corpus.
var lengthRE = regexp.MustCompile(`takes \d+ characters`)

// TestLint reads each archive of testdata/lint: a corpus, and under "want" the
// problems that it has. A line that begins with ! is one that Open refuses the
// corpus for.
func TestLint(t *testing.T) {
	archives, err := filepath.Glob("testdata/lint/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			path, want := unpack(t, archive)
			got := lintAll(t, path)
			if got == string(want.Data) {
				return
			}
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("found:\n%s\nwant:\n%s", got, want.Data)
		})
	}
}

// unpack writes the corpus of an archive to a folder. An archive of one table
// is that table.
func unpack(t *testing.T, archive *txtar.Archive) (path string, want *txtar.File) {
	t.Helper()
	dir := t.TempDir()
	path = dir
	for i, f := range archive.Files {
		if f.Name == "want" {
			want = &archive.Files[i]
			continue
		}
		file := filepath.Join(dir, f.Name)
		if ext := filepath.Ext(f.Name); ext == ".docx" || strings.Contains(f.Name, "table.") {
			path = file
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if want == nil {
		t.Fatal("the archive has no file want")
	}
	return path, want
}

// lintAll is what Check says, without the folder's name. It makes sure that
// Open refuses the corpus whole for its fatal problems, and for no others.
func lintAll(t *testing.T, path string) string {
	t.Helper()
	problems, err := Check(path, clock)
	if err != nil {
		t.Fatal(err)
	}
	dir := path
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		dir = filepath.Dir(path)
	}
	var b strings.Builder
	for _, p := range problems {
		line := strings.ReplaceAll(p.String(), dir+string(filepath.Separator), "")
		line = strings.ReplaceAll(line, dir, ".")
		if p.Fatal {
			line = "! " + line
		}
		b.WriteString(lengthRE.ReplaceAllString(line, "takes N characters") + "\n")
	}
	corpus, err := Open(path)
	if fatal := problems.Fatal(); len(fatal) == 0 {
		if err != nil {
			t.Errorf("Open refuses a corpus without fatal problems: %v", err)
		}
	} else if corpus != nil || err == nil || err.Error() != fatal.Error() {
		t.Errorf("Open gives %v, %v for a corpus with fatal problems", corpus, err)
	}
	return b.String()
}
