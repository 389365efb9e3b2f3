package bot

import "context"

// Vote is what a person thinks of a snippet.
type Vote string

// The votes.
const (
	Up   Vote = "+"
	Down Vote = "-"
)

// Feedback returns the buttons by which a person can say whether the snippet
// helped, and see where it comes from. There are none if the reply shows no
// snippet.
func (r Reply) Feedback() []Option {
	for _, s := range r.sections {
		if s.Kind == Passage {
			return []Option{
				{Label: "👍", Snippet: s.Snippet.ID, Vote: Up},
				{Label: "👎", Snippet: s.Snippet.ID, Vote: Down},
				{Label: r.proof, Snippet: s.Snippet.ID, Vote: proof},
			}
		}
	}
	return nil
}

// vote counts a vote, which is to log it without a word about who gave it.
func (b *Bot) vote(ctx context.Context, v Vote, id, asked string) Reply {
	if b.corpus.Snippet(id) == nil {
		return b.notice(NoMatch, b.corpus.Messages.Expired)
	}
	b.log.InfoContext(ctx, "feedback", "snippet", id, "vote", string(v))
	r := b.notice(Answered, b.corpus.Messages.Thanks)
	r.Voted = Option{Snippet: id, Vote: v}
	if v == Down {
		r.InVain = b.readable(asked)
	}
	return r
}
