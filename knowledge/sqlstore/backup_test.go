package sqlstore

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestBackupWhileWriting restores what was copied while another process wrote.
func TestBackupWhileWriting(t *testing.T) {
	dir, backup := t.TempDir(), filepath.Join(t.TempDir(), "backup.db")
	cmd := child(t, "commit", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := bufio.NewScanner(out)
	for range 20 {
		acknowledged.Scan()
	}
	s := opened(t, dir)
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	if !acknowledged.Scan() {
		t.Fatal("the writer was stopped by it")
	}
	if _, err := Restore(t.Context(), backup, dir, true); err == nil || !strings.Contains(err.Error(), "another process holds the database") {
		t.Errorf("restored under another's feet: %v", err)
	}
	if err := errors.Join(cmd.Process.Kill(), quiet(cmd.Wait())); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(backup); err != nil || info.Mode() != 0o600 {
		t.Error(info.Mode(), err)
	}
	checkRestores(t, backup, dir)
}

// quiet drops the error of a process that was killed.
func quiet(error) error { return nil }

// checkRestores restores into an empty folder and in a database's place.
func checkRestores(t *testing.T, backup, dir string) {
	t.Helper()
	empty := filepath.Join(t.TempDir(), "new")
	if kept, err := Restore(t.Context(), backup, empty, false); err != nil || kept != "" {
		t.Fatal(kept, err)
	}
	saved, now := checkWhole(t, empty, nil), checkWhole(t, dir, nil)
	if saved < 20 || saved >= now {
		t.Errorf("%d changes saved of %d", saved, now)
	}
	if _, err := Restore(t.Context(), backup, dir, false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	kept, err := Restore(t.Context(), backup, dir, true)
	if err != nil {
		t.Fatal(err)
	}
	if got := checkWhole(t, dir, nil); got != saved {
		t.Errorf("%d changes, want %d", got, saved)
	}
	old := t.TempDir()
	if err := os.Rename(kept, filepath.Join(old, File)); err != nil {
		t.Fatal(err)
	}
	if got := checkWhole(t, old, nil); got != now {
		t.Errorf("%d changes kept, want %d", got, now)
	}
	if names := list(t, dir); len(names) != 1 {
		t.Errorf("left %v", names)
	}
}

func TestBackupNeverOverwrites(t *testing.T) {
	dir := filled(t)
	s := opened(t, dir)
	defer closed(t, s)
	taken := filepath.Join(t.TempDir(), "diary")
	write(t, taken, []byte("dear diary"))
	if err := s.Backup(t.Context(), taken); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if string(read(t, taken)) != "dear diary" {
		t.Error("it was changed")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Backup(ctx, filepath.Join(dir, "copy.db")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if names := list(t, dir); len(names) != 3 {
		t.Errorf("left %v", names)
	}
}

func TestRestoreRefuses(t *testing.T) {
	files := spoiled(t)
	maps.Copy(files, tampered(t))
	want := maps.Clone(complaints)
	want["changed text"], want["missing event"] = "not the text that was written", "1 of 180 events are missing"
	for _, name := range slices.Sorted(maps.Keys(want)) {
		t.Run(name, func(t *testing.T) {
			from, dir := filepath.Join(t.TempDir(), "from.db"), filepath.Join(t.TempDir(), "data")
			write(t, from, files[name])
			if _, err := Restore(t.Context(), from, dir, false); err == nil || !strings.Contains(err.Error(), want[name]) {
				t.Errorf("got %v", err)
			}
			if !bytes.Equal(read(t, from), files[name]) {
				t.Error("it was changed")
			}
			if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the folder was made: %v", err)
			}
		})
	}
	if _, err := Restore(t.Context(), "none.db", t.TempDir(), false); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// tampered are databases that SQLite finds whole.
func tampered(t *testing.T) map[string][]byte {
	files := map[string][]byte{}
	for name, change := range map[string]string{
		"changed text":  "UPDATE revision SET text = text || '!' WHERE num = 3",
		"missing event": "DELETE FROM event WHERE seq = 7",
	} {
		dir := filled(t)
		s := opened(t, dir)
		run(t, s, change)
		closed(t, s)
		files[name] = read(t, filepath.Join(dir, File))
	}
	return files
}

func TestRestoreReplacesWhatIsDamaged(t *testing.T) {
	dir, broken := filled(t), t.TempDir()
	write(t, filepath.Join(broken, File), []byte(strings.Repeat("no database\n", 1000)))
	kept, err := Restore(t.Context(), filepath.Join(dir, File), broken, true)
	if err != nil {
		t.Fatal(err)
	}
	if got := checkWhole(t, broken, nil); got != 90 {
		t.Errorf("%d changes", got)
	}
	if !bytes.HasPrefix(read(t, kept), []byte("no database")) {
		t.Error("the old one was not kept")
	}
}

// TestSeizedIsHeld keeps others out until the end, not for a moment only.
func TestSeizedIsHeld(t *testing.T) {
	path := filepath.Join(filled(t), File)
	held, err := seize(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite", path) // one that does not wait
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var events int
	count := func() error {
		return other.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM event").Scan(&events)
	}
	if err := count(); err == nil || !strings.Contains(explain(err).Error(), "another process holds the database") {
		t.Errorf("got %v", err)
	}
	if err := errors.Join(held.Close(), count()); err != nil || events != 180 {
		t.Errorf("%d events, %v", events, err)
	}
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	left, running, theirs := filepath.Join(dir, ".handout-unfinished-1"), filepath.Join(dir, ".handout-unfinished-2"), filepath.Join(dir, "other")
	for _, name := range []string{left, running, theirs} {
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(left, File), nil)
	old := time.Now().Add(-25 * time.Hour)
	if err := errors.Join(os.Chtimes(left, old, old), os.Chtimes(theirs, old, old)); err != nil {
		t.Fatal(err)
	}
	s := opened(t, dir)
	closed(t, s)
	want := []string{filepath.Base(running), File, "other"}
	if names := list(t, dir); !slices.Equal(names, want) {
		t.Errorf("left %v, want %v", names, want)
	}
}

// TestReadsRefuseDamage changes a text behind the store's back.
func TestReadsRefuseDamage(t *testing.T) {
	s := opened(t, filled(t))
	defer closed(t, s)
	run(t, s, "UPDATE revision SET text = text || '!' WHERE num = 3")
	_, one := s.Revision(t.Context(), documents[0], 3)
	_, all := s.Revisions(t.Context(), documents[0])
	_, texts := s.Texts(t.Context(), map[string]int{documents[0]: 3})
	for _, err := range []error{one, all, texts} {
		if !errors.Is(err, errDamaged) {
			t.Errorf("got %v", err)
		}
	}
}
