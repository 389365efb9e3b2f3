package desk

import (
	"context"
	"fmt"

	"handout/knowledge"
	"handout/knowledge/store"
)

// scopeName is what people call a scope.
func (c *Chats) scopeName(scope store.Scope) string {
	if id, ok := scope.Snippet(); ok {
		if s := c.editor.Edition().Corpus.Snippet(id); s != nil {
			return quoted(s.Title)
		}
		return quoted(id)
	}
	if id, ok := scope.Topic(); ok {
		return "the whole topic " + quoted(id)
	}
	return "everything"
}

// withdraw shows what would lead nowhere.
func (c *Chats) withdraw(ctx context.Context, s step) (View, error) {
	scope, err := c.scope(s)
	if err != nil {
		return View{}, err
	}
	v := View{Title: fmt.Sprintf("Withdraw %s?", c.scopeName(scope)), Blocks: say("It is not sent from the moment you say so. It can be sent again later.")}
	consequences, err := c.consequences(ctx, scope)
	if err != nil {
		return View{}, err
	}
	v.Blocks = append(v.Blocks, consequences...)
	v.Buttons = [][]Button{{{Label: "Withdraw it: say why", Action: act("stopf", scopeTag(scope)), Style: Danger}}}
	if id, ok := scope.Snippet(); ok {
		v.Buttons = append(v.Buttons, c.wider(c.editor.Edition().Corpus.Snippet(id)))
	}
	v.Buttons = append(v.Buttons, []Button{{Label: "No, leave it", Action: Prefix}})
	return v, nil
}

// wider offers to withdraw more than a snippet.
func (c *Chats) wider(s *knowledge.Snippet) []Button {
	var row []Button
	for _, scope := range scopes(s)[1:] {
		if len(row) < 4 || scope == store.Everything {
			row = append(row, Button{Label: label("Rather %s", c.scopeName(scope)), Action: act("stop", scopeTag(scope))})
		}
	}
	return row
}

// consequences says what withdrawing a scope does beyond itself.
func (c *Chats) consequences(ctx context.Context, scope store.Scope) ([]knowledge.Block, error) {
	x, err := c.editor.Consequences(ctx, scope)
	if err != nil {
		return nil, err
	}
	blocks := titled("Not sent any more", x.Snippets)
	blocks = append(blocks, titled("Not sent either, because they must go together", x.Alone)...)
	blocks = append(blocks, titled("Their button for it leads nowhere", x.Links)...)
	return append(blocks, c.changes(x.Diff, mostBrief)...), nil
}

func titled(what string, list []*knowledge.Snippet) []knowledge.Block {
	var titles []string
	for _, s := range list {
		titles = append(titles, s.Title)
	}
	if titles == nil {
		return nil
	}
	return append([]knowledge.Block{heading(fmt.Sprintf("%s (%d)", what, len(titles)))}, points(titles, mostBrief)...)
}

// reason asks why.
func (c *Chats) reason(_ context.Context, s step) (View, error) {
	scope, err := c.scope(s)
	if err != nil {
		return View{}, err
	}
	return opened(Form{Title: "Withdraw", Action: act("stop!", scopeTag(scope)), Fields: fieldsOf(nil, "reason")}), nil
}

func (c *Chats) withdrawn(ctx context.Context, s step) (View, error) {
	scope, err := c.scope(s)
	if err != nil {
		return View{}, err
	}
	if err := c.editor.Withdraw(ctx, s.Person, scope, s.Values["reason"]); err != nil {
		return View{}, err
	}
	return View{Title: "Withdrawn", Blocks: say(sentence(c.scopeName(scope)), "It is not sent any more."),
		Buttons: [][]Button{{{Label: "Send it again", Action: act("back", scopeTag(scope))}, deskButton}}}, nil
}

func (c *Chats) reinstate(_ context.Context, s step) (View, error) {
	scope, err := c.scope(s)
	if err != nil {
		return View{}, err
	}
	e, held := c.editor.State().Withdrawn[scope]
	if !held {
		return View{}, errOld
	}
	v := View{Title: fmt.Sprintf("Send %s again?", c.scopeName(scope)), Buttons: [][]Button{{deskButton}},
		Blocks: say(fmt.Sprintf("Withdrawn by %s, %s: %s", e.Actor.Name, day(e.At), sentence(e.Note)))}
	if !s.Rights.Review {
		v.Blocks = append(v.Blocks, say("A reviewer can send it again.")...)
		return v, nil
	}
	v.Buttons = [][]Button{{{Label: "Yes, send it again", Action: act("back!", scopeTag(scope)), Style: Main}, deskButton}}
	return v, nil
}

func (c *Chats) reinstated(ctx context.Context, s step) (View, error) {
	scope, err := c.scope(s)
	if err != nil {
		return View{}, err
	}
	if err := c.editor.Reinstate(ctx, s.Person, scope, ""); err != nil {
		return View{}, err
	}
	return View{Title: "Sent again", Blocks: say(sentence(c.scopeName(scope))), Buttons: [][]Button{{deskButton}}}, nil
}
