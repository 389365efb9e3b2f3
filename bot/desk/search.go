package desk

import (
	"context"
	"maps"
	"slices"
	"strings"

	"handout/bot"
	"handout/knowledge"
)

// find asks for words, or looks for them.
func (c *Chats) find(ctx context.Context, s step) (View, error) {
	if words := s.Values["words"]; words != "" {
		return c.results(ctx, words)
	}
	return opened(Form{Title: "Search", Action: act("find"), Fields: fieldsOf(nil, "words")}), nil
}

// results are the documents that have the words in their name or title, and
// then those that would answer them.
func (c *Chats) results(ctx context.Context, words string) (View, error) {
	corpus := c.editor.Edition().Corpus
	var docs []string
	add := func(doc string) {
		if doc != "" && !slices.Contains(docs, doc) {
			docs = append(docs, doc)
		}
	}
	typed := strings.ToLower(strings.TrimSpace(words))
	for _, s := range corpus.Snippets {
		if strings.ToLower(s.ID) == typed || strings.Contains(strings.ToLower(s.Title), typed) {
			add(s.File())
		}
	}
	for _, m := range c.nearest(ctx, words, perPage) {
		add(m.File())
	}
	for _, doc := range slices.Sorted(maps.Keys(c.editor.State().Docs)) {
		if strings.Contains(strings.ToLower(doc), typed) || strings.Contains(strings.ToLower(c.draftTitle(ctx, doc)), typed) {
			add(doc)
		}
	}
	var items []item
	for _, doc := range docs[:min(len(docs), perPage)] {
		items = append(items, item{c.title(ctx, doc), c.standing(doc), act("doc", tag(doc))})
	}
	return list("Found for "+quoted(shorten(words, 60)), "Nothing like that is there. Try other words.", "find", items, 0), nil
}

// draftTitle is the title of a document that was never published.
func (c *Chats) draftTitle(ctx context.Context, doc string) string {
	if c.editor.State().Docs[doc].Published > 0 {
		return ""
	}
	return c.title(ctx, doc)
}

// nearest are the snippets that come nearest to a question, sent or not.
func (c *Chats) nearest(ctx context.Context, question string, most int) []*knowledge.Snippet {
	var list []*knowledge.Snippet
	for _, m := range c.editor.Edition().Quiet.Respond(ctx, bot.Message{Text: question, Matches: most}).Matches {
		list = append(list, m.Snippet)
	}
	return list[:min(len(list), most)]
}
