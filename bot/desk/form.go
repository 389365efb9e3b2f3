package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// longestField is what a field holds at most, in characters.
const longestField = 4000

// catalog are the fields of all forms, in the order in which they are asked for.
var catalog = []Field{
	{ID: "title", Label: "Title: the question that it answers", Max: 300, Required: true},
	{ID: "text", Label: "Text that is sent", Hint: "Main message first. Short sentences. No doses.", Long: true, Max: longestField, Required: true},
	{ID: "wordings", Label: "Other wordings, one a line", Hint: "How else people ask this, in their own words.", Long: true, Max: longestField},
	{ID: "sources", Label: "Sources, one a line", Hint: "Title | publisher | https://address | day you read it, like 2026-11-22", Long: true, Max: longestField},
	{ID: "file", Label: "The whole file", Long: true, Max: longestField, Required: true},
	{ID: "due", Label: "Check again by", Hint: "Year-month-day, like 2027-11-22. After that day it is no longer sent.", Max: 10, Required: true},
	{ID: "reason", Label: "Reason", Hint: "For those who come after you.", Long: true, Max: 500, Required: true},
	{ID: "note", Label: "Why", Hint: "What you changed and why, for the reviewer.", Max: 500},
	{ID: "words", Label: "Words to look for", Max: 200, Required: true},
}

// fieldsOf are some fields, filled in.
func fieldsOf(values map[string]string, ids ...string) []Field {
	var list []Field
	for _, f := range catalog {
		for _, id := range ids {
			if f.ID == id {
				f.Value = values[id]
				list = append(list, f)
			}
		}
	}
	return list
}

// enough says of other wordings how many there should be.
func (c *Chats) enough(fields []Field) []Field {
	n := c.editor.Edition().Corpus.Settings.Questions
	for i := range fields {
		if n > 0 && fields[i].ID == "wordings" {
			fields[i].Hint = fmt.Sprintf("How else people ask this, in their own words. At least %d.", n)
		}
	}
	return fields
}

// edit opens a document's newest text.
func (c *Chats) edit(ctx context.Context, s step) (View, error) {
	return c.form(ctx, s, "Edit", "title", "text", "wordings", "sources", "note")
}

func (c *Chats) wordings(ctx context.Context, s step) (View, error) {
	return c.form(ctx, s, "Other wordings", "wordings", "note")
}

func (c *Chats) date(ctx context.Context, s step) (View, error) {
	return c.form(ctx, s, "Check date", "due", "note")
}

func (c *Chats) form(ctx context.Context, s step, title string, ids ...string) (View, error) {
	doc, err := c.doc(s)
	if err != nil {
		return View{}, err
	}
	latest, err := c.editor.Latest(ctx, doc)
	if err != nil {
		return View{}, err
	}
	values, ok := valuesOf(latest)
	if !ok {
		ids = []string{"file", "note"}
	}
	for _, id := range ids {
		if utf8.RuneCountInString(values[id]) > longestField {
			return c.tooLong(ctx, doc), nil
		}
	}
	return opened(Form{Title: title, Action: act("save", tag(doc), latest.Num), Fields: c.enough(fieldsOf(values, ids...))}), nil
}

func (c *Chats) tooLong(ctx context.Context, doc string) View {
	v := View{Title: "Too long for a chat", Blocks: say(fmt.Sprintf("%s has a part of more than %d characters. Edit it in the web desk.", quoted(c.title(ctx, doc)), longestField))}
	if c.console != nil {
		v.Buttons = append(v.Buttons, []Button{{Label: "Open the web desk", Action: Web, Style: Main}})
	}
	v.Buttons = append(v.Buttons, []Button{deskButton})
	return v
}

// valuesOf is a text as the fields of a form: of a snippet its parts, of what
// is none, or cannot be read, the whole.
func valuesOf(r *store.Revision) (values map[string]string, isSnippet bool) {
	s, _ := knowledge.ReadDocument(r.Doc, r.Text)
	if !editorial.IsSnippet(r.Doc) || s == nil {
		return map[string]string{"file": r.Text}, false
	}
	f := editorial.FormOf(s)
	return map[string]string{"title": f.Title, "text": f.Body, "wordings": f.Questions, "sources": f.Sources, "due": f.Due}, true
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// fill puts what was written into a form, and reports whether that changes it.
func fill(f *editorial.Form, values map[string]string) (changed bool) {
	for id, field := range map[string]*string{"title": &f.Title, "text": &f.Body, "wordings": &f.Questions, "sources": &f.Sources, "due": &f.Due} {
		if text, written := values[id]; written {
			text = strings.TrimSpace(newlines.Replace(text))
			changed = changed || text != strings.TrimSpace(*field)
			*field = text
		}
	}
	return changed
}

// save keeps what was written about a document as a draft.
func (c *Chats) save(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	base, err := c.stored(ctx, ref)
	if err != nil {
		return View{}, err
	}
	r, err := c.propose(ctx, s, base)
	var refusal *editorial.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Newer != nil:
		return c.overtaken(s, refusal.Newer), nil
	case err != nil:
		return View{}, err
	case r == nil:
		return c.done(ctx, ref.Doc, "Nothing was changed"), nil
	}
	return c.draftView(ctx, s, editorial.Ref{Doc: r.Doc, Num: r.Num})
}

// propose returns nil if nothing is different.
func (c *Chats) propose(ctx context.Context, s step, base *store.Revision) (*store.Revision, error) {
	note := strings.TrimSpace(s.Values["note"])
	if text, whole := s.Values["file"]; whole {
		text = strings.TrimSpace(newlines.Replace(text)) + "\n"
		if text == strings.TrimSpace(base.Text)+"\n" {
			return nil, nil
		}
		return c.editor.Propose(ctx, s.Person, editorial.Draft{Doc: base.Doc, Base: base.Num, Text: text, Note: note})
	}
	old, _ := knowledge.ReadDocument(base.Doc, base.Text)
	if old == nil {
		return nil, errOld
	}
	f := editorial.FormOf(old)
	if !fill(&f, s.Values) {
		return nil, nil
	}
	return c.editor.ProposeForm(ctx, s.Person, base.Doc, base.Num, f, note)
}

// overtaken shows what somebody else wrote meanwhile, and gives the person
// their own text back, to be saved on top of that.
func (c *Chats) overtaken(s step, newer *store.Revision) View {
	v := View{Title: fmt.Sprintf("%s was faster", newer.Author.Name)}
	v.Blocks = say("A newer version was saved while you wrote. Your text is not saved yet. This is the newer version:")
	v.Blocks = append(v.Blocks, preview(newer, "")...)
	v.Blocks = append(v.Blocks, heading("And this is what you wrote"))
	c.giveBack(&v, s, act("save", tag(newer.Doc), newer.Num))
	v.Buttons = append(v.Buttons, []Button{{Label: "Keep the newer version", Action: act("draft", tag(newer.Doc), newer.Num)}, deskButton})
	return v
}

// saveNew keeps a new snippet, for a gap or not.
func (c *Chats) saveNew(ctx context.Context, s step) (View, error) {
	f := editorial.NewForm(c.now())
	fill(&f, s.Values)
	var gap *store.Gap
	if s.arg(0) != "" {
		var err error
		if gap, err = c.openGap(ctx, s); err != nil {
			return View{}, err
		}
		f.Answer(*gap)
	}
	r, err := c.editor.ProposeForm(ctx, s.Person, "", 0, f, strings.TrimSpace(s.Values["note"]))
	if err != nil {
		return View{}, err
	}
	if gap != nil {
		c.closed(ctx, c.editor.DraftGap(ctx, s.Person, gap.ID, r.Doc))
	}
	return c.draftView(ctx, s, editorial.Ref{Doc: r.Doc, Num: r.Num})
}

// closed passes over a gap that somebody else has closed: the draft is kept.
func (c *Chats) closed(ctx context.Context, err error) {
	var refusal *editorial.Refusal
	if err != nil && !errors.As(err, &refusal) {
		c.log.ErrorContext(ctx, "a gap could not be closed", "err", err)
	}
}
