package editorial_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"handout/bot/bottest"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

var kills = flag.Int("kills", 5, "how often the process is killed while it publishes")

// loadDir names, for the process that is to be killed, the folder of its store.
const loadDir = "HANDOUT_TEST_LOAD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(loadDir); dir != "" {
		if err := load(context.Background(), dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// load writes and publishes without end, and says what it has done once it is
// told that it is done.
func load(ctx context.Context, dir string) error {
	s, err := sqlstore.Open(ctx, dir)
	if err != nil {
		return err
	}
	e, err := edit(ctx, s, bottest.Now)
	if err != nil {
		return err
	}
	for n := e.State().Docs[doc].Latest; ; n++ {
		r, err := e.Propose(ctx, ada, editorial.Draft{Doc: doc, Base: n, Text: kestrel(fmt.Sprintf("Text %d says why it hovers.", n+1))})
		if err != nil {
			return err
		}
		fmt.Println("kept", r.Num, r.Hash)
		if err := e.Approve(ctx, grace, doc, r.Num, r.Hash); err != nil {
			return err
		}
		report, err := e.Examine(ctx, doc, r.Num)
		if err != nil {
			return err
		}
		if err := e.Publish(ctx, grace, report.Signature(), editorial.Ref{Doc: doc, Num: r.Num}); err != nil {
			return err
		}
		fmt.Println("published", r.Num, r.Hash)
	}
}

// TestKilledWhilePublishing kills a process at random moments. What it had said
// that it had done must be there, and what is served must be what is kept.
func TestKilledWhilePublishing(t *testing.T) {
	s := newStage(t)
	s.publish(s.propose(ada, 0, kestrel(kestrelBody)))
	s.must(s.store.Close())
	said := map[string]string{}
	published := 0
	for range *kills {
		published = max(published, killed(t, s.dir, said))
		s.open()
		s.edit()
		s.wantKept(said, published)
		s.must(s.store.Close())
	}
	if len(said) == 0 || published == 0 {
		t.Errorf("%d revisions were kept, %d was published last: the load did nothing", len(said), published)
	}
}

// killed lets the load run and kills it, and returns the last revision that it
// said it had published.
func killed(t *testing.T, dir string, said map[string]string) (published int) {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), loadDir+"="+dir)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	left := rand.IntN(12)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var what, hash string
		var num int
		if _, err := fmt.Sscan(lines.Text(), &what, &num, &hash); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		if said[fmt.Sprint(num)] = hash; what == "published" {
			published = num
		}
		if left--; left < 0 { // somewhere in the next act
			time.AfterFunc(time.Duration(rand.IntN(60))*time.Millisecond, func() { command.Process.Kill() })
		}
	}
	command.Wait()
	return published
}

// wantKept compares the store and what is served with what was said.
func (s *stage) wantKept(said map[string]string, published int) {
	s.t.Helper()
	list, err := s.store.Revisions(s.t.Context(), doc)
	s.must(err)
	hashes := map[string]string{}
	for _, r := range list {
		hashes[fmt.Sprint(r.Num)] = r.Hash
	}
	for num, hash := range said {
		if hashes[num] != hash {
			s.t.Errorf("revision %s is %q, and %q was said to be kept", num, hashes[num], hash)
		}
	}
	d := s.State().Docs[doc]
	if d.Published < published || d.Latest != len(list) {
		s.t.Errorf("published %d of %d, latest %d; %d was said to be published", d.Published, len(list), d.Latest, published)
	}
	served := s.Edition().Text(doc)
	if served.Num != d.Published || served.Hash != hashes[fmt.Sprint(d.Published)] || store.Hash(served.Text) != served.Hash {
		s.t.Errorf("served is %d, published %d", served.Num, d.Published)
	}
	if r := s.ask(kestrelQuestion); r.Revision != d.Published || !strings.Contains(r.Text(), s.Edition().Corpus.Snippet("kestrel-hover").Body) {
		s.t.Errorf("the answer is of revision %d, published is %d", r.Revision, d.Published)
	}
}
