package sqlstore

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/sync/errgroup"

	"handout/knowledge/store"
)

func TestOpenMakesPrivateFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "data? #1%")
	s := opened(t, dir)
	defer closed(t, s)
	if _, err := commitNext(t.Context(), s, documents[0]); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{"": fs.ModeDir | 0o700, File: 0o600, File + "-wal": 0o600, File + "-shm": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode() != want {
			t.Errorf("%s: %v, want %v, %v", name, info.Mode(), want, err)
		}
	}
	if names := list(t, dir); len(names) != 3 {
		t.Errorf("left %v", names)
	}
}

func list(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestOpenAtOnce(t *testing.T) {
	dir := t.TempDir()
	var group errgroup.Group
	for i := range 8 {
		group.Go(func() error {
			s, err := Open(t.Context(), dir)
			if err != nil {
				return err
			}
			_, err = s.Commit(t.Context(), store.Change{Revisions: []store.Revision{{Doc: string(rune('a' + i))}}, Events: []store.Event{{Kind: store.Announced}}})
			return errors.Join(err, s.Close())
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	s := opened(t, dir)
	defer closed(t, s)
	last := int64(0)
	for e := range s.Events(t.Context(), 0) {
		last = e.Seq
	}
	if names := list(t, dir); last != 8 || len(names) != 3 {
		t.Errorf("%d events; left %v", last, names)
	}
}

// filled is a folder with a database of a few changes that nobody uses.
func filled(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	s := opened(t, dir)
	defer closed(t, s)
	for range 30 {
		for _, doc := range documents {
			if _, err := commitNext(t.Context(), s, doc); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// spoiled are files that are no whole database of this version.
func spoiled(t *testing.T) map[string][]byte {
	t.Helper()
	dir := filled(t)
	whole := read(t, filepath.Join(dir, File))
	foreign := bytes.Clone(whole)
	copy(foreign[68:72], "else") // the application's id
	holes := bytes.Clone(whole)
	clear(holes[len(holes)/2 : len(holes)/2+3*4096])
	s := opened(t, dir)
	run(t, s, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)")
	closed(t, s)
	return map[string][]byte{
		"no database":   []byte(strings.Repeat("my diary\n", 1000)),
		"empty":         {},
		"another's":     foreign,
		"cut off":       whole[:len(whole)/2],
		"damaged":       holes,
		"newer version": read(t, filepath.Join(dir, File)),
	}
}

var complaints = map[string]string{
	"no database":   "no database of handout's",
	"empty":         "no database of handout's",
	"another's":     "no database of handout's",
	"cut off":       "damaged",
	"damaged":       "damaged",
	"newer version": "start the newer handout",
}

func TestOpenRefuses(t *testing.T) {
	files := spoiled(t)
	for _, name := range slices.Sorted(maps.Keys(complaints)) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, File)
			write(t, path, files[name])
			if _, err := Open(t.Context(), dir); err == nil || !strings.Contains(err.Error(), complaints[name]) || !strings.Contains(err.Error(), dir) {
				t.Errorf("got %v", err)
			}
			if !bytes.Equal(read(t, path), files[name]) {
				t.Error("it was changed")
			}
		})
	}
}

func TestOpenRefusesPlaces(t *testing.T) {
	orphan := t.TempDir()
	write(t, filepath.Join(orphan, File+"-wal"), []byte("somebody's changes"))
	taken := filepath.Join(t.TempDir(), "file")
	write(t, taken, nil)
	for dir, want := range map[string]string{orphan: "put that back", taken: "not a directory"} {
		if _, err := Open(t.Context(), dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v", err)
		}
	}
	if names := list(t, orphan); len(names) != 1 {
		t.Errorf("left %v", names)
	}
}

func TestOpenRefusesWhatItCannotWrite(t *testing.T) {
	empty, full := t.TempDir(), filled(t)
	for dir, mode := range map[string]fs.FileMode{filepath.Join(full, File): 0o444, full: 0o555, empty: 0o555} {
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(full, 0o700)
	defer os.Chmod(empty, 0o700)
	for _, dir := range []string{empty, full} {
		out, err := child(t, "open as nobody", dir).Output()
		if err != nil || !strings.Contains(string(out), "let the user who runs handout write to the folder") {
			t.Errorf("got %q, %v", out, err)
		}
	}
}

func TestUpgrade(t *testing.T) {
	dir := filled(t)
	more, broken := fstest.MapFS{}, fstest.MapFS{}
	steps, err := fs.ReadDir(migrations, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		more[step.Name()] = &fstest.MapFile{Data: read(t, filepath.Join("migrations", step.Name()))}
		broken[step.Name()] = more[step.Name()]
	}
	more["00099_more.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE more (id TEXT PRIMARY KEY);\nINSERT INTO more VALUES ('once');\n")}
	broken["00099_more.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE more (id TEXT PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);\n")}

	older := opened(t, dir)
	if _, err := open(t.Context(), dir, more); err == nil || !strings.Contains(explain(err).Error(), "another process holds the database") {
		t.Errorf("upgraded under another's feet: %v", err)
	}
	closed(t, older)
	if _, err := open(t.Context(), dir, broken); err == nil {
		t.Error("a broken step went through")
	}
	want := checkWhole(t, dir, nil) // by the older version: the broken step left nothing
	for range 2 {
		s, err := open(t.Context(), dir, more)
		if err != nil {
			t.Fatal(err)
		}
		var rows int
		if err := s.db.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM more").Scan(&rows); rows != 1 || err != nil {
			t.Error(rows, err)
		}
		if _, err := commitNext(t.Context(), s, documents[0]); err != nil {
			t.Error(err)
		}
		if got, err := s.Revisions(t.Context(), documents[1]); len(got) != want/len(documents) || err != nil {
			t.Error(len(got), err)
		}
		closed(t, s)
	}
	if _, err := Open(t.Context(), dir); !errors.Is(err, errNewer) {
		t.Errorf("got %v", err)
	}
}

func TestFullDisk(t *testing.T) {
	s := opened(t, t.TempDir())
	defer closed(t, s)
	s.db.SetMaxOpenConns(1) // the limit is a connection's
	var pages int
	if err := s.db.QueryRowContext(t.Context(), "PRAGMA max_page_count = 40").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	_, err := s.Commit(t.Context(), store.Change{Revisions: []store.Revision{
		{Doc: "a", Text: "small"}, {Doc: "b", Text: strings.Repeat("large ", 100_000)}}})
	if err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("got %v", err)
	}
	if _, err := s.Revision(t.Context(), "a", 1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("half of it was written: %v", err)
	}
	if _, err := commitNext(t.Context(), s, "a"); err != nil {
		t.Errorf("it does not go on: %v", err)
	}
}

func TestPrunedTextsAreGone(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	defer closed(t, s)
	secret := "what my neighbour asked"
	old := time.Now().AddDate(0, 0, -31)
	err := errors.Join(
		s.AddGaps(t.Context(), []store.Gap{{ID: "a", Text: secret, First: old, Last: old, State: store.Open}, {ID: "b", Text: secret, First: old, Last: old, State: store.Dismissed}}),
		s.PruneGaps(t.Context(), time.Now().AddDate(0, 0, -30)))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range list(t, dir) {
		if bytes.Contains(read(t, filepath.Join(dir, name)), []byte(secret)) {
			t.Errorf("%s still has it", name)
		}
	}
}
