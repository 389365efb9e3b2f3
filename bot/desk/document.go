package desk

import (
	"context"
	"fmt"
	"strings"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// document shows what is published under a name, or else its newest draft.
func (c *Chats) document(ctx context.Context, s step) (View, error) {
	doc, err := c.doc(s)
	if err != nil {
		return View{}, err
	}
	d, now := c.editor.State().Docs[doc], c.editor.Edition().Text(doc)
	draft := d.Draft()
	if now == nil && draft != nil {
		return c.draftView(ctx, s, editorial.Ref{Doc: doc, Num: draft.Num})
	}
	v := View{Title: c.title(ctx, doc), Blocks: say(c.standing(doc))}
	if draft != nil {
		v.Blocks = append(v.Blocks, say(fmt.Sprintf("There is a newer version by %s: %s.", draft.Author.Name, strings.ToLower(stageWords[draft.Stage])))...)
	}
	if now != nil {
		v.Blocks = append(v.Blocks, preview(now, v.Title)...)
	}
	v.Buttons = c.documentButtons(doc, draft)
	return v, nil
}

func (c *Chats) documentButtons(doc string, draft *store.Draft) [][]Button {
	t := tag(doc)
	edit := []Button{{Label: "Edit", Action: act("edit", t), Style: Main}}
	served := c.served(doc)
	if served != nil {
		edit = append(edit, Button{Label: "Other wordings", Action: act("words", t)}, Button{Label: "Check date", Action: act("date", t)})
	}
	rows := [][]Button{edit}
	if draft != nil {
		rows = append(rows, []Button{{Label: "Look at the newer version", Action: act("draft", t, draft.Num)}})
	}
	last := []Button{{Label: "History", Action: act("hist", t)}}
	if served != nil {
		last = append(last, c.holdButton(store.SnippetScope(served.ID)))
	}
	return append(rows, append(last, deskButton))
}

// holdButton withdraws a scope, or takes that back.
func (c *Chats) holdButton(scope store.Scope) Button {
	if _, held := c.editor.State().Withdrawn[scope]; held {
		return Button{Label: "Send it again", Action: act("back", scopeTag(scope))}
	}
	return Button{Label: "Withdraw", Action: act("stop", scopeTag(scope)), Style: Danger}
}

// standing says whether a document is served.
func (c *Chats) standing(doc string) string {
	d, now := c.editor.State().Docs[doc], c.editor.Edition().Text(doc)
	if now == nil {
		return "Never published."
	}
	text := fmt.Sprintf("Version %d by %s, published %s.", now.Num, now.Author.Name, day(d.Since))
	s := c.served(doc)
	if s == nil {
		return text
	}
	for _, scope := range scopes(s) {
		if e, held := c.editor.State().Withdrawn[scope]; held {
			return text + fmt.Sprintf(" Withdrawn by %s: %s", e.Actor.Name, sentence(e.Note))
		}
	}
	if !s.Review.Due.IsZero() {
		text += " " + c.dueLine(s) + "."
	}
	return text
}

// preview is how a text reads, below a title that need not be said again.
func preview(r *store.Revision, title string) []knowledge.Block {
	s, _ := knowledge.ReadDocument(r.Doc, r.Text)
	if !editorial.IsSnippet(r.Doc) || s == nil {
		return say(r.Text)
	}
	f := editorial.FormOf(s)
	var blocks []knowledge.Block
	if s.Title != title {
		blocks = append(blocks, heading(s.Title))
	}
	if body := s.Blocks(); len(body) > 0 {
		blocks = append(blocks, body...)
	} else {
		blocks = append(blocks, say(s.Body)...)
	}
	blocks = append(blocks, labelled("Other wordings", strings.ReplaceAll(f.Questions, "\n", " · "))...)
	blocks = append(blocks, labelled("Sources", f.Sources)...)
	blocks = append(blocks, labelled("Topics", f.Topics)...)
	return append(blocks, labelled("To be checked by", f.Due)...)
}

// done says that something was done to a document.
func (c *Chats) done(ctx context.Context, doc, format string, args ...any) View {
	return View{Title: fmt.Sprintf(format, args...), Blocks: say(c.title(ctx, doc), c.standing(doc)),
		Buttons: [][]Button{{{Label: "Look at it", Action: act("doc", tag(doc))}, deskButton}}}
}
