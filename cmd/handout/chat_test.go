package main

import (
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

// TestChatKeepsWhatItAnswersInVain asks once, in a terminal.
func TestChatKeepsWhatItAnswersInVain(t *testing.T) {
	dir := t.TempDir()
	d, err := openEditor(t.Context(), slog.New(slog.DiscardHandler), time.Now, dir, "")
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	asked := strings.NewReader("how do i mend a bicycle puncture\ncan i drink on rinvoq\n")
	if status := run(t.Context(), []string{"chat", "--data", dir}, stdio{asked, io.Discard, io.Discard}); status != exitOK {
		t.Fatalf("exit status %d", status)
	}
	s, err := sqlstore.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	gaps, err := s.Gaps(t.Context(), store.Open)
	if err != nil || len(gaps) != 1 || gaps[0].Text != "how do i mend a bicycle puncture" {
		t.Errorf("gaps %+v, %v", gaps, err)
	}
}
