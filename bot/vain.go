package bot

import (
	"slices"
	"strings"
	"unicode/utf8"

	"handout/knowledge"
)

// readable returns a question that those who look after the corpus may read,
// or nothing: an emergency, even one that is only mentioned or denied, and what
// is for a person to answer, are nobody's reading matter.
func (b *Bot) readable(text string) string {
	text = strings.TrimSpace(text)
	if len(knowledge.Words(text)) == 0 || strings.HasPrefix(text, "/") || utf8.RuneCountInString(text) > longest {
		return ""
	}
	v := b.undenied().Match(text)
	urgent := func(r *knowledge.Rule) bool { return r.Tier.Urgent() }
	if len(v.Urgent) > 0 || v.Decline != nil || slices.ContainsFunc(v.Lines, urgent) {
		return ""
	}
	return text
}

// inVain notes the question of a reply that found nothing.
func (b *Bot) inVain(r Reply, question string) Reply {
	if r.Outcome == NoMatch {
		r.InVain = b.readable(question)
	}
	return r
}

// Searched reports whether the reply is to a question, as opposed to a command,
// a button, a greeting, or what could not be read or looked for.
func (r Reply) Searched() bool {
	switch r.reason {
	case command, chosen, voted, empty, greeted, thanked, tooLong, busy, limited, failed, expired:
		return false
	}
	return true
}

// Shown lists the ids of the snippets that the reply sends. One that is looked
// at again, for its sources, is not among them.
func (r Reply) Shown() []string {
	if r.reason == command {
		return nil
	}
	return r.Carries()
}

// Carries lists the ids of the snippets whose text the reply holds.
func (r Reply) Carries() []string {
	var ids []string
	for _, s := range r.sections {
		if s.Kind == Passage {
			ids = append(ids, s.Snippet.ID)
		}
	}
	return ids
}
