package sqlstore

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"handout/knowledge/store"
)

// What the test binary does instead of testing when it is started again.
const (
	childMode = "HANDOUT_SQLSTORE_CHILD"
	childDir  = "HANDOUT_SQLSTORE_DIR"
)

func TestMain(m *testing.M) {
	dir := os.Getenv(childDir)
	switch os.Getenv(childMode) {
	case "commit":
		fmt.Println(commitForever(context.Background(), dir))
		os.Exit(1)
	case "open as nobody":
		fmt.Println(openAsNobody(context.Background(), dir))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child is the test binary in another process.
func child(t testing.TB, mode, dir string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childMode+"="+mode, childDir+"="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

// documents are those that commitForever writes.
var documents = []string{"snippets/a.md", "snippets/b.md", "vocabulary.yaml"}

// commitForever commits revisions, each with two events, and prints what was acknowledged.
func commitForever(ctx context.Context, dir string) error {
	s, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	for i := 0; ; i++ {
		w, err := commitNext(ctx, s, documents[i%len(documents)])
		if err != nil {
			return err
		}
		r := w.Revisions[0]
		fmt.Fprintln(out, r.Doc, r.Num, r.Hash, w.Events[0].Seq)
		if err := out.Flush(); err != nil {
			return err
		}
	}
}

func commitNext(ctx context.Context, s *Store, doc string) (store.Written, error) {
	list, err := s.Revisions(ctx, doc)
	if err != nil {
		return store.Written{}, err
	}
	base := len(list)
	return s.Commit(ctx, store.Change{
		Revisions: []store.Revision{{Doc: doc, Base: base, Text: fmt.Sprintf("%s, text %d", doc, base+1)}},
		Events:    []store.Event{{Kind: store.Proposed, Doc: doc}, {Kind: store.Published, Doc: doc}},
	})
}

// openAsNobody opens a folder as a user who may not write to it.
func openAsNobody(ctx context.Context, dir string) error {
	const nobody = 65534
	if os.Getuid() == 0 {
		if err := syscall.Setuid(nobody); err != nil {
			return err
		}
	}
	s, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	return s.Close()
}
