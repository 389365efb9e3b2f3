package bot

import (
	"log/slog"
	"time"

	"handout/knowledge"
)

// Record is what is known of a snippet beyond its text, if the corpus is kept in
// a store.
type Record interface {
	Withdrawn(s *knowledge.Snippet) bool // it must not be sent
	Edition(s *knowledge.Snippet) Edition
}

// Edition says which text of a snippet this is, and who let it be sent.
type Edition struct {
	Revision  int    // counted from 1
	Hash      string // SHA-256 of its document, in hex
	Author    string // names
	Approver  string // empty if nobody but the author has agreed to it
	Published time.Time
}

type noRecord struct{}

func (noRecord) Withdrawn(*knowledge.Snippet) bool  { return false }
func (noRecord) Edition(*knowledge.Snippet) Edition { return Edition{} }

// Under returns the same bot with a record of its snippets. It costs nothing.
func (b *Bot) Under(r Record) *Bot {
	other := *b
	other.record = r
	return &other
}

// Quiet returns the same bot, which logs nothing. It costs nothing either.
func (b *Bot) Quiet() *Bot {
	other := *b
	other.log = slog.New(slog.DiscardHandler)
	return &other
}
