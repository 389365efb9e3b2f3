package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"handout/knowledge"
	"handout/knowledge/editorial"
)

// topics lists the topics that a draft can have.
func (c *Chats) topics(ctx context.Context, s step) (View, error) {
	ref, draft, err := c.named(ctx, s)
	if err != nil {
		return View{}, err
	}
	var items []item
	for _, id := range c.likely(ctx, draft) {
		mark := ""
		if slices.Contains(draft.Topics, id) {
			mark = "It has this one. Press it to take it off."
		}
		items = append(items, item{id, mark, act("top", tag(ref.Doc), ref.Num, tag(id))})
	}
	return list("Topics of "+quoted(draft.Title), "The corpus has no topics.", fmt.Sprintf("tops:%s:%d", tag(ref.Doc), ref.Num), items, s.page(2)), nil
}

// topic gives a draft a topic, or takes it off.
func (c *Chats) topic(ctx context.Context, s step) (View, error) {
	ref, draft, err := c.named(ctx, s)
	if err != nil {
		return View{}, err
	}
	i := slices.IndexFunc(c.topicIDs(), func(id string) bool { return tag(id) == s.arg(2) })
	if i < 0 {
		return View{}, errOld
	}
	id := c.topicIDs()[i]
	f := editorial.FormOf(draft)
	note := "with topic " + id
	if topics := slices.Clone(draft.Topics); slices.Contains(topics, id) {
		f.Topics = strings.Join(slices.DeleteFunc(topics, func(t string) bool { return t == id }), ", ")
		note = "without topic " + id
	} else {
		f.Topics = strings.Join(append(topics, id), ", ")
	}
	before, err := c.stored(ctx, ref)
	if err != nil {
		return View{}, err
	}
	note = strings.TrimPrefix(before.Note+", "+note, ", ")
	r, err := c.editor.ProposeForm(ctx, s.Person, ref.Doc, ref.Num, f, note)
	if err != nil {
		return View{}, err
	}
	return c.draftView(ctx, s, editorial.Ref{Doc: r.Doc, Num: r.Num})
}

// likely are all topics: first those of the draft, then those of snippets that
// come near it.
func (c *Chats) likely(ctx context.Context, draft *knowledge.Snippet) []string {
	var list []string
	all := c.topicIDs()
	add := func(ids []string) {
		for _, id := range ids {
			if slices.Contains(all, id) && !slices.Contains(list, id) {
				list = append(list, id)
			}
		}
	}
	add(draft.Topics)
	for _, near := range c.nearest(ctx, draft.Title, perPage) {
		add(near.Topics)
	}
	add(all)
	return list
}

// read is a revision as a snippet.
func (c *Chats) read(ctx context.Context, ref editorial.Ref) (*knowledge.Snippet, error) {
	r, err := c.stored(ctx, ref)
	if err != nil {
		return nil, err
	}
	s, _ := knowledge.ReadDocument(r.Doc, r.Text)
	if s == nil {
		return nil, &editorial.Refusal{What: "this text cannot be read", Fix: "mend it first, with Edit"}
	}
	return s, nil
}

// named is the draft that a step names.
func (c *Chats) named(ctx context.Context, s step) (editorial.Ref, *knowledge.Snippet, error) {
	ref, err := c.ref(s)
	if err != nil {
		return ref, nil, err
	}
	draft, err := c.read(ctx, ref)
	return ref, draft, err
}
