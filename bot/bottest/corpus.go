package bottest

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"
	"os"
	"testing"
	"time"

	"handout/bot"
	"handout/index"
	"handout/knowledge"
)

//go:embed testdata/corpus
var files embed.FS

// Snippets of the suite's corpus, each with a question that is one of its
// wordings.
const (
	Plain         = "owls-hearing" // a short body and a related title
	PlainQuestion = "how do owls hear"
	Long          = "atlas-of-rivers" // a body of more than 12,000 characters
	LongQuestion  = "tell me everything about rivers"
	Hostile       = "hostile-markup" // markup of every kind, mentions, bidi
	HostileQuery  = "what does hostile markup look like"
	EmergencyText = "I cannot breathe"

	ChoiceQuestion = "herons standing on one leg in water" // which two titles fit alike
)

// Choices are the snippets that [ChoiceQuestion] is to choose from.
// Their titles are longer than a button shows on a phone.
var Choices = []string{"waders-17", "waders-18"}

// Corpus opens the suite's corpus.
func Corpus(t testing.TB) *knowledge.Corpus {
	t.Helper()
	folder := t.TempDir()
	sub, err := fs.Sub(files, "testdata/corpus")
	if err == nil {
		err = os.CopyFS(folder, sub)
	}
	if err != nil {
		t.Fatalf("copy corpus: %v", err)
	}
	c, err := knowledge.Open(folder)
	if err != nil {
		t.Fatalf("open corpus: %v", err)
	}
	return c
}

// Now is the suite's clock: no snippet of its corpus has expired.
func Now() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) }

// Bot is the real core over the suite's corpus.
func Bot(t testing.TB, log *slog.Logger) *bot.Bot {
	t.Helper()
	c := Corpus(t)
	x, err := index.Build(context.Background(), c)
	if err != nil {
		t.Fatalf("index: %v", err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Errorf("close index: %v", err)
		}
	})
	return bot.New(log, Now, c, x)
}
