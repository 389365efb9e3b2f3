package desk

import (
	"context"

	"handout/knowledge"
	"handout/knowledge/editorial"
)

// giveBack shows what somebody wrote in vain, and lets them go on from there.
func (c *Chats) giveBack(v *View, s step, action string) {
	f := Form{Title: "Try again", Action: action}
	for _, field := range catalog {
		if text, written := s.Values[field.ID]; written {
			field.Value = text
			f.Fields = append(f.Fields, field)
			v.Blocks = append(v.Blocks, labelled(field.Label, text)...)
		}
	}
	if len(f.Fields) == 0 {
		return
	}
	b := Button{Label: "Go on with what you wrote", Action: act("again", c.kept.Keep(s.ID, f, c.now())), Style: Main}
	v.Buttons = append(v.Buttons, []Button{b})
}

// again opens a form with what somebody wrote in vain.
func (c *Chats) again(_ context.Context, s step) (View, error) {
	f, ok := c.kept.Find(s.ID, s.arg(0), c.now())
	if !ok {
		return View{}, &editorial.Refusal{What: "your text is not kept here any more", Fix: "copy it from the message above and begin again"}
	}
	return opened(f), nil
}

// opened is the view of a form. Where it cannot be opened at once, its button does it.
func opened(f Form) View {
	v := View{Title: f.Title, Form: &f}
	for _, field := range f.Fields {
		if field.Hint != "" {
			v.Blocks = append(v.Blocks, knowledge.Block{Kind: knowledge.Paragraph, Items: [][]knowledge.Span{{{Text: field.Label + ": ", Strong: true}, {Text: field.Hint}}}})
		}
	}
	return v
}
