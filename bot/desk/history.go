package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// history lists the versions of a document, the newest first.
func (c *Chats) history(ctx context.Context, s step) (View, error) {
	doc, err := c.doc(s)
	if err != nil {
		return View{}, err
	}
	revisions, err := c.editor.Store.Revisions(ctx, doc)
	if err != nil {
		return View{}, fmt.Errorf("history: %w", err)
	}
	d := c.editor.State().Docs[doc]
	var items []item
	for _, r := range slices.Backward(revisions) {
		line := r.Note
		if r.Num == d.Published {
			line = strings.TrimSpace("This one is published. " + line)
		}
		items = append(items, item{fmt.Sprintf("Version %d, %s, %s", r.Num, r.Author.Name, day(r.At)), line, act("rev", tag(doc), r.Num)})
	}
	return list("History of "+quoted(c.title(ctx, doc)), "", "hist:"+tag(doc), items, s.page(1)), nil
}

// revision shows a version beside the one that is published.
func (c *Chats) revision(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	r, err := c.stored(ctx, ref)
	if err != nil {
		return View{}, err
	}
	d := c.editor.State().Docs[ref.Doc]
	v := View{Title: fmt.Sprintf("Version %d of %s", ref.Num, quoted(c.title(ctx, ref.Doc))), Blocks: say(fmt.Sprintf("By %s, %s. %s", r.Author.Name, day(r.At), sentence(r.Note)))}
	if now := c.editor.Edition().Text(ref.Doc); now != nil && now.Num != r.Num {
		v.Blocks = append(v.Blocks, heading(fmt.Sprintf("What is different from version %d, which is published", now.Num)))
		v.Blocks = append(v.Blocks, difference(now, r)...)
	}
	v.Blocks = append(v.Blocks, preview(r, "")...)
	row := []Button{{Label: "History", Action: act("hist", tag(ref.Doc))}, deskButton}
	if s.Rights.Review && d.WasServed(ref.Num) && d.Published != ref.Num {
		row = append([]Button{{Label: "Go back to this version", Action: act("roll", tag(ref.Doc), ref.Num), Style: Danger}}, row...)
	}
	v.Buttons = [][]Button{row}
	return v, nil
}

// stored is a version's text.
func (c *Chats) stored(ctx context.Context, ref editorial.Ref) (*store.Revision, error) {
	r, err := c.editor.Store.Revision(ctx, ref.Doc, ref.Num)
	if errors.Is(err, store.ErrNotFound) {
		return nil, errOld
	}
	if err != nil {
		return nil, fmt.Errorf("read version: %w", err)
	}
	return r, nil
}

// rollback says what going back to a version would do.
func (c *Chats) rollback(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	report, err := c.editor.Examine(ctx, ref.Doc, ref.Num)
	if err != nil {
		return View{}, err
	}
	return c.rollbackView(ctx, s, ref, report)
}

func (c *Chats) rollbackView(ctx context.Context, s step, ref editorial.Ref, report *editorial.Report) (View, error) {
	v := View{Title: fmt.Sprintf("Go back to version %d of %s?", ref.Num, quoted(c.title(ctx, ref.Doc)))}
	found, err := c.findings(ctx, report, mostSigned)
	if err != nil {
		return View{}, err
	}
	v.Blocks = append(say("It is sent again at once, in place of the version that is published now."), found...)
	words := "Yes, go back"
	if report.Signature() != "" {
		words = label("Sign as %s and go back", shorten(s.Name, 18))
	}
	v.Buttons = [][]Button{{{Label: words, Action: act("roll!", tag(ref.Doc), ref.Num, report.Signature()), Style: Danger}}, {deskButton}}
	return v, nil
}

func (c *Chats) rolledBack(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	err = c.editor.Rollback(ctx, s.Person, ref.Doc, ref.Num, "", s.arg(2))
	var r *editorial.Refusal
	if errors.As(err, &r) && r.Report != nil {
		return c.rollbackView(ctx, s, ref, r.Report)
	}
	if err != nil {
		return View{}, err
	}
	return c.done(ctx, ref.Doc, "Version %d is sent again", ref.Num), nil
}
