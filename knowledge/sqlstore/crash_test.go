package sqlstore

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"handout/knowledge/store"
)

var kills = flag.Int("kills", 15, "how often TestKilled kills a process that writes")

// TestKilled kills processes at random moments. Nothing that they were told
// was written may be missing, and nothing may be there by half.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]string{} // revision to hash and event
	for range *kills {
		cmd := child(t, "commit", dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		left := 1 + rand.IntN(40)
		for lines := bufio.NewScanner(out); lines.Scan(); left-- {
			var doc, num, hash, seq string
			if _, err := fmt.Sscan(lines.Text(), &doc, &num, &hash, &seq); err != nil {
				t.Fatalf("%q: %v", lines.Text(), err)
			}
			acknowledged[doc+" "+num] = hash + " " + seq
			if left == 0 {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := cmd.Wait(); err == nil || left > 0 {
			t.Fatalf("it ended by itself, %d to go, %v", left, err)
		}
		checkWhole(t, dir, acknowledged)
	}
	t.Logf("%d acknowledged changes outlasted %d kills", len(acknowledged), *kills)
}

// checkWhole checks that each revision has both its events and nothing
// acknowledged is missing. It returns how many changes there are.
func checkWhole(t testing.TB, dir string, acknowledged map[string]string) int {
	t.Helper()
	s := opened(t, dir)
	defer closed(t, s)
	found := map[string]string{}
	for _, doc := range documents {
		list, err := s.Revisions(t.Context(), doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			found[fmt.Sprint(doc, " ", r.Num)] = r.Hash
		}
	}
	var last store.Event
	for e, err := range s.Events(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		id := fmt.Sprint(e.Doc, " ", e.Num)
		if e.Seq != last.Seq+1 || found[id] == "" {
			t.Fatalf("event %+v follows %+v", e, last)
		}
		if e.Kind == store.Published && (last.Kind != store.Proposed || last.Doc != e.Doc || last.Num != e.Num) {
			t.Fatalf("half a change: %+v follows %+v", e, last)
		}
		if e.Kind == store.Proposed {
			found[id] += fmt.Sprint(" ", e.Seq)
		}
		last = e
	}
	if last.Seq != int64(2*len(found)) {
		t.Fatalf("%d revisions, but %d events", len(found), last.Seq)
	}
	for id, want := range acknowledged {
		if found[id] != want {
			t.Errorf("%s was acknowledged as %q, found %q", id, want, found[id])
		}
	}
	return len(found)
}

// TestTornJournal cuts the journal anywhere, as a loss of power cuts what was
// not yet acknowledged. What is found then is all that came before the cut.
func TestTornJournal(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	defer closed(t, s)
	var ends []int // of the journal, after each change
	for i := range 12 {
		if _, err := commitNext(t.Context(), s, documents[i%len(documents)]); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(dir, File+"-wal"))
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, int(info.Size()))
	}
	database, journal := read(t, filepath.Join(dir, File)), read(t, filepath.Join(dir, File+"-wal"))
	for range 20 {
		cut := rand.IntN(len(journal) + 1)
		whole := 0
		for whole < len(ends) && ends[whole] <= cut {
			whole++
		}
		torn := t.TempDir()
		write(t, filepath.Join(torn, File), database)
		write(t, filepath.Join(torn, File+"-wal"), journal[:cut])
		if got := checkWhole(t, torn, nil); got != whole {
			t.Errorf("cut at %d of %d: %d changes, want %d", cut, len(journal), got, whole)
		}
	}
}

// TestDurable looks at each connection: what it commits is on the disk before it says so.
func TestDurable(t *testing.T) {
	s := opened(t, t.TempDir())
	defer closed(t, s)
	for range 4 {
		conn, err := s.db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "secure_delete": "1", "busy_timeout": "15000"} {
			var got string
			if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); got != want || err != nil {
				t.Errorf("%s is %s, want %s, %v", pragma, got, want, err)
			}
		}
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
