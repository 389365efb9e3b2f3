package bot

import (
	"context"
	"slices"

	"handout/index"
)

// Serves reports whether a snippet may be sent now.
func (b *Bot) Serves(id string) bool {
	s := b.corpus.Snippet(id)
	return s != nil && b.servable(s)
}

// takenBack says that a snippet is not sent any more, and offers what comes
// nearest to its title.
func (b *Bot) takenBack(ctx context.Context, id string) Reply {
	r := b.notice(NoMatch, b.corpus.Messages.Expired).because(expired)
	s := b.corpus.Snippet(id)
	if s == nil {
		return r
	}
	found, err := b.find(ctx, index.Query{Text: s.Title, Limit: mostOptions + 1})
	if err != nil {
		b.log.ErrorContext(ctx, "search failed", "err", err)
	}
	list := options(found.Matches, chooseAt)
	for _, o := range b.related(s) {
		if len(list) < mostOptions && !slices.Contains(list, o) {
			list = append(list, o)
		}
	}
	if len(list) > 0 {
		r.below(Section{Kind: Options, Blocks: b.blocks(b.corpus.Messages.Nearest), Options: list, Numbered: true})
	}
	return r
}
