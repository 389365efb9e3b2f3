package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// draft shows a draft to whoever may work on it.
func (c *Chats) draft(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	return c.draftView(ctx, s, ref)
}

func (c *Chats) draftView(ctx context.Context, s step, ref editorial.Ref) (View, error) {
	draft, err := c.current(ref)
	if err != nil {
		return View{}, err
	}
	v, report, err := c.card(ctx, ref, draft)
	if err != nil {
		return View{}, err
	}
	v.Buttons = c.draftButtons(s, ref, draft, report)
	return v, nil
}

// current is the draft of a revision, if it is the newest and not done with.
func (c *Chats) current(ref editorial.Ref) (*store.Draft, error) {
	d := c.editor.State().Docs[ref.Doc]
	if d == nil {
		return nil, errOld
	}
	draft := d.Draft()
	switch {
	case draft == nil:
		return nil, &editorial.Refusal{What: fmt.Sprintf("version %d is done with: it was published, dropped or overtaken", ref.Num), Fix: "search for it on the desk"}
	case draft.Num != ref.Num:
		return nil, &editorial.Refusal{What: fmt.Sprintf("%s has written a newer version", draft.Author.Name), Fix: "look at that one, on the desk"}
	}
	return draft, nil
}

// card is what there is to know about a draft: who, why, what changes, what is
// wrong with it, and which answers would change.
func (c *Chats) card(ctx context.Context, ref editorial.Ref, draft *store.Draft) (View, *editorial.Report, error) {
	r, err := c.stored(ctx, ref)
	if err != nil {
		return View{}, nil, err
	}
	report, err := c.editor.Examine(ctx, ref.Doc, ref.Num)
	if err != nil {
		return View{}, nil, err
	}
	v := View{Title: c.title(ctx, ref.Doc)}
	v.Blocks = say(fmt.Sprintf("Version %d by %s, %s. %s.", r.Num, r.Author.Name, day(r.At), stageWords[draft.Stage]))
	v.Blocks = append(v.Blocks, labelled("Why", r.Note)...)
	if draft.Stage == store.Requested {
		v.Blocks = append(v.Blocks, labelled(draft.By.Name+" asks for changes", draft.Note)...)
	}
	v.Blocks = append(v.Blocks, labelled("Approved by", c.approvers(ref.Doc, draft.Hash))...)
	if now := c.editor.Edition().Text(ref.Doc); now != nil {
		v.Blocks = append(append(v.Blocks, heading("What changes (bold is new, [-this-] goes)")), difference(now, r)...)
		v.Blocks = append(v.Blocks, heading("How it would read"))
	} else {
		v.Blocks = append(v.Blocks, heading("This is new"))
	}
	v.Blocks = append(v.Blocks, preview(r, v.Title)...)
	found, err := c.findings(ctx, report, mostBrief)
	v.Blocks = append(v.Blocks, found...)
	return v, report, err
}

func (c *Chats) approvers(doc, hash string) string {
	var names []string
	for _, e := range c.editor.State().Docs[doc].Approvals[hash] {
		if !slices.Contains(names, e.Actor.Name) {
			names = append(names, e.Actor.Name)
		}
	}
	return strings.Join(names, ", ")
}

// draftButtons are what a person may do with a draft.
func (c *Chats) draftButtons(s step, ref editorial.Ref, draft *store.Draft, report *editorial.Report) [][]Button {
	t := tag(ref.Doc)
	var first []Button
	switch draft.Stage {
	case store.Drafting, store.Requested:
		if report.Servable() {
			first = append(first, Button{Label: "Send for review", Action: act("send", t, ref.Num), Style: Main})
		}
	case store.InReview:
		if s.Rights.Review && (s.ID != draft.Author.ID || c.editor.State().Alone) {
			first = reviewButtons(ref, draft)
		}
	case store.Ready:
		if s.Rights.Review {
			first = append(first, Button{Label: "Publish", Action: act("pub", t, ref.Num), Style: Main})
		}
	}
	edit := []Button{{Label: "Edit again", Action: act("edit", t)}}
	if report.Corpus() != nil && editorial.IsSnippet(ref.Doc) {
		edit = append(edit, Button{Label: "Other wordings", Action: act("words", t)})
		if len(c.topicIDs()) > 0 {
			edit = append(edit, Button{Label: "Topics", Action: act("tops", t, ref.Num)})
		}
	}
	rows := [][]Button{first, append(edit, Button{Label: "Drop", Action: act("drop", t, ref.Num), Style: Danger}), {deskButton}}
	return slices.DeleteFunc(rows, func(row []Button) bool { return len(row) == 0 })
}

func reviewButtons(ref editorial.Ref, draft *store.Draft) []Button {
	return []Button{
		{Label: "Approve", Action: act("ok", tag(ref.Doc), ref.Num, draft.Hash[:hashStart]), Style: Main},
		{Label: "Ask for changes", Action: act("obj", tag(ref.Doc), ref.Num), Style: Danger},
	}
}

func (c *Chats) submit(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	if err := c.editor.Submit(ctx, s.Person, ref.Doc, ref.Num, ""); err != nil {
		return View{}, err
	}
	if c.editor.State().Alone && s.Rights.Review {
		return c.draftView(ctx, s, ref)
	}
	return View{Title: "Sent for review", Blocks: say(c.title(ctx, ref.Doc), "Somebody else reads it now. Once they approve, it is published."),
		Buttons: [][]Button{{{Label: "Look at it", Action: act("draft", tag(ref.Doc), ref.Num)}, deskButton}}}, nil
}

func (c *Chats) drop(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	if _, err := c.current(ref); err != nil {
		return View{}, err
	}
	return View{Title: "Drop this draft?", Blocks: say(c.title(ctx, ref.Doc), "What is published stays as it is. The text is kept in the history."),
		Buttons: [][]Button{{{Label: "Yes, drop it", Action: act("drop!", tag(ref.Doc), ref.Num), Style: Danger}, {Label: "No", Action: act("draft", tag(ref.Doc), ref.Num)}}}}, nil
}

func (c *Chats) dropped(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	if err := c.editor.Drop(ctx, s.Person, ref.Doc, ref.Num, ""); err != nil {
		return View{}, err
	}
	return c.done(ctx, ref.Doc, "Dropped"), nil
}
