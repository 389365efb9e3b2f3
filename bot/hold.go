package bot

import (
	"context"
	"strings"

	"handout/knowledge"
)

// Hold is why a message is not answered as others are. One that tells of an
// emergency gets its card whatever the hold.
type Hold string

// The holds.
const (
	Crowded  Hold = "crowded"  // too much is waiting
	Limited  Hold = "limited"  // too much came from there lately
	Flooding Hold = "flooding" // far too much: the rules of triage are applied, and there is no search
)

// Origin tells apart who sends a message, and where. It is never logged or kept.
type Origin struct {
	Person string
	Chat   string
	Server string // empty where a platform has none
}

// TooMany reports whether the reply only says that its sender has sent too much.
func (r Reply) TooMany() bool { return r.reason == limited }

// held looks for an emergency, and otherwise only says why there is no answer.
func (b *Bot) held(ctx context.Context, m Message) Reply {
	text := strings.TrimSpace(m.Text)
	if m.Hold == Limited && len(knowledge.Words(text)) > 0 {
		if r := b.answer(ctx, m, text); r.Outcome == Urgent {
			return r
		}
	} else if v := b.triage.Match(text); len(v.Urgent) > 0 {
		return b.urgent(v, m.Region)
	}
	if m.Hold == Crowded {
		return b.notice(NoMatch, b.corpus.Messages.Busy).because(busy)
	}
	return b.notice(NoMatch, b.corpus.Messages.Limited).because(limited)
}
