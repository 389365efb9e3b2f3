package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"handout/knowledge/editorial"
)

// Card implements [Desk]. Anybody may press its buttons; who may do what is
// looked at then.
func (c *Chats) Card(ctx context.Context, a editorial.Announcement) View {
	if a.Review == nil {
		return c.dueCard(a)
	}
	draft, err := c.current(*a.Review)
	var v View
	if err == nil {
		v, _, err = c.card(ctx, *a.Review, draft)
	}
	if err != nil {
		return c.failed(ctx, step{}, err)
	}
	v.Title = shorten("To review: "+v.Title, 200)
	v.Buttons = [][]Button{reviewButtons(*a.Review, draft)}
	return v
}

func (c *Chats) dueCard(a editorial.Announcement) View {
	var lines []string
	for _, s := range a.Due {
		lines = append(lines, s.Title+": "+c.dueLine(s))
	}
	return View{Title: count(len(a.Due), "answer has to be checked", "answers have to be checked"), Blocks: points(lines, mostSigned),
		Buttons: [][]Button{{{Label: "Show them", Action: act("due")}}}}
}

// approve approves exactly the text that was shown, and publishes it if nothing stops it.
func (c *Chats) approve(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	draft, err := c.current(ref)
	if err != nil {
		return View{}, err
	}
	if s.arg(2) == "" || !strings.HasPrefix(draft.Hash, s.arg(2)) {
		return View{}, errOld
	}
	if err := c.editor.Approve(ctx, s.Person, ref.Doc, ref.Num, draft.Hash); err != nil {
		return View{}, err
	}
	return c.put(ctx, s, ref, "")
}

// publish serves a draft that is approved, with the signature of whoever
// presses, if one is needed.
func (c *Chats) publish(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	if _, err := c.current(ref); err != nil {
		return View{}, err
	}
	return c.put(ctx, s, ref, s.arg(2))
}

func (c *Chats) put(ctx context.Context, s step, ref editorial.Ref, signature string) (View, error) {
	err := c.editor.Publish(ctx, s.Person, signature, ref)
	var r *editorial.Refusal
	switch {
	case errors.As(err, &r) && r.Report != nil:
		return c.toSign(ctx, s, ref, r.Report)
	case err != nil:
		return View{}, err
	}
	v := c.done(ctx, ref.Doc, "Published")
	v.Over = true
	v.Blocks = append(v.Blocks, say("The next person who asks gets this text.")...)
	return v, nil
}

// toSign lists what somebody must take upon them by name.
func (c *Chats) toSign(ctx context.Context, s step, ref editorial.Ref, report *editorial.Report) (View, error) {
	v := View{Title: "Not published yet: please read this first", Blocks: say("This changes more than its own answer, or something should be mended. If you find it right as it is, sign for it. Your name stands in the history.")}
	found, err := c.findings(ctx, report, mostSigned)
	if err != nil {
		return View{}, err
	}
	v.Blocks = append(v.Blocks, found...)
	words, sum := label("Sign as %s and publish", shorten(s.Name, 20)), report.Signature()
	if sum == "" {
		words = "Publish"
	}
	v.Buttons = [][]Button{
		{{Label: words, Action: act("sign", tag(ref.Doc), ref.Num, sum), Style: Danger}},
		{{Label: "Edit", Action: act("edit", tag(ref.Doc))}, {Label: "Ask for changes", Action: act("obj", tag(ref.Doc), ref.Num)}, deskButton},
	}
	return v, nil
}

func (c *Chats) object(_ context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	if _, err := c.current(ref); err != nil {
		return View{}, err
	}
	f := Form{Title: "Ask for changes", Action: act("obj!", tag(ref.Doc), ref.Num), Fields: fieldsOf(nil, "reason")}
	f.Fields[0].Label, f.Fields[0].Hint = "What should change", "The author reads this."
	return opened(f), nil
}

func (c *Chats) objected(ctx context.Context, s step) (View, error) {
	ref, err := c.ref(s)
	if err != nil {
		return View{}, err
	}
	if err := c.editor.RequestChanges(ctx, s.Person, ref.Doc, ref.Num, s.Values["reason"]); err != nil {
		return View{}, err
	}
	v := c.done(ctx, ref.Doc, "Changes asked for")
	v.Over = true
	v.Blocks = append(v.Blocks, say(fmt.Sprintf("%s finds it under Drafts, with your words.", c.editor.State().Docs[ref.Doc].Authors[ref.Num].Name))...)
	return v, nil
}
