package desk

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"time"

	"handout/knowledge"
	"handout/knowledge/editorial"
)

const (
	keptFor  = time.Hour
	mostKept = 500
)

// kept are forms that could not be saved, so that nobody has to write them
// again. After a restart they are gone, but for what stands in the chat.
type kept struct {
	mu   sync.Mutex
	list []keptForm // the oldest first
}

type keptForm struct {
	key, owner string
	form       Form
	until      time.Time
}

func (k *kept) put(now time.Time, owner string, f Form) (key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.list = slices.DeleteFunc(k.list, func(x keptForm) bool { return now.After(x.until) })
	if len(k.list) >= mostKept {
		k.list = slices.Delete(k.list, 0, 1)
	}
	key = rand.Text()[:16]
	k.list = append(k.list, keptForm{key, owner, f, now.Add(keptFor)})
	return key
}

func (k *kept) get(now time.Time, owner, key string) (Form, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, x := range k.list {
		if x.key == key && x.owner == owner && !now.After(x.until) {
			return x.form, true
		}
	}
	return Form{}, false
}

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
	b := Button{Label: "Go on with what you wrote", Action: act("again", c.kept.put(c.now(), s.ID, f)), Style: Main}
	v.Buttons = append(v.Buttons, []Button{b})
}

// again opens a form with what somebody wrote in vain.
func (c *Chats) again(_ context.Context, s step) (View, error) {
	f, ok := c.kept.get(c.now(), s.ID, s.arg(0))
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
