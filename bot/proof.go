package bot

import (
	"context"
	"strconv"

	"handout/knowledge"
)

// proof is what the button carries that shows where a passage comes from.
const proof Vote = "?"

// prove shows a snippet with everything that tells where it comes from: its
// sources, its version, who approved it, and the hash of the approved text.
func (b *Bot) prove(ctx context.Context, id string) Reply {
	if !b.Serves(id) {
		return b.takenBack(ctx, id)
	}
	s := b.corpus.Snippet(id)
	r := b.reply(Answered, b.passages(s)...)
	r.Snippet, r.Revision, r.Confidence = id, b.record.Edition(s).Revision, 1
	for i := range r.sections {
		r.sections[i].Provenance = append(r.sections[i].Provenance, b.edition(r.sections[i].Snippet)...)
	}
	return r
}

// edition says which text of a snippet it is, a line each.
func (b *Bot) edition(s *knowledge.Snippet) [][]knowledge.Span {
	m, e := b.corpus.Messages, b.record.Edition(s)
	if e.Hash == "" {
		return nil
	}
	approved := m.Unapproved
	if e.Approver != "" {
		approved = m.Approved + " " + e.Approver + "."
	}
	version := m.Version + " " + strconv.Itoa(e.Revision) + ", " + m.Published + " " + knowledge.Date{Time: e.Published}.String() + "."
	lines := [][]knowledge.Span{{{Text: s.ID + ". " + version + " " + approved}}}
	return append(lines, []knowledge.Span{{Text: m.Hash + " " + e.Hash}})
}
