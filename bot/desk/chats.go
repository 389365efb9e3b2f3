package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// Console makes a link that lets somebody into the console once.
type Console func(ctx context.Context, who store.Actor) (url string, err error)

// Chats is the [Desk] of an editor's corpus.
type Chats struct {
	log     *slog.Logger
	now     func() time.Time
	editor  *editorial.Editor
	console Console
	kept    Forms
}

// New makes the desk. The console is nil if there is none.
func New(log *slog.Logger, now func() time.Time, e *editorial.Editor, c Console) *Chats {
	return &Chats{log: log, now: now, editor: e, console: c}
}

// step is what somebody does, its action taken apart.
type step struct {
	editorial.Person
	Input
	verb string
	args []string
}

// arg is the i-th part of the action behind its verb, or empty.
func (s step) arg(i int) string {
	if i < len(s.args) {
		return s.args[i]
	}
	return ""
}

func (s step) isModerator() bool { return s.Rights.Edit || s.Rights.Review }

// handler carries out a step. Of its errors only [editorial.Refusal] and errOld
// are shown.
type handler func(c *Chats, ctx context.Context, s step) (View, error)

// handlers are the verbs of actions.
var handlers = map[string]handler{
	"": (*Chats).home, "find": (*Chats).find, "web": (*Chats).web, "again": (*Chats).again,
	"gaps": (*Chats).gaps, "revs": (*Chats).reviews, "mine": (*Chats).drafts, "due": (*Chats).due, "new": (*Chats).lately, "held": (*Chats).held,
	"gap": (*Chats).gap, "other": (*Chats).other, "link": (*Chats).link, "fill": (*Chats).fill, "no": (*Chats).dismiss, "no!": (*Chats).dismissed,
	"doc": (*Chats).document, "hist": (*Chats).history, "rev": (*Chats).revision,
	"roll": (*Chats).rollback, "roll!": (*Chats).rolledBack,
	"edit": (*Chats).edit, "words": (*Chats).wordings, "date": (*Chats).date, "save": (*Chats).save, "make": (*Chats).saveNew,
	"tops": (*Chats).topics, "top": (*Chats).topic,
	"draft": (*Chats).draft, "send": (*Chats).submit, "drop": (*Chats).drop, "drop!": (*Chats).dropped,
	"ok": (*Chats).approve, "pub": (*Chats).publish, "sign": (*Chats).publish, "obj": (*Chats).object, "obj!": (*Chats).objected,
	"stop": (*Chats).withdraw, "stopf": (*Chats).reason, "stop!": (*Chats).withdrawn, "back": (*Chats).reinstate, "back!": (*Chats).reinstated,
	"flag": (*Chats).flag, "flag!": (*Chats).flagged, "why": (*Chats).why, "suggest": (*Chats).suggest,
}

// errOld is for actions that mean nothing (any more).
var errOld = errors.New("no such action")

// Do implements [Desk].
func (c *Chats) Do(ctx context.Context, p editorial.Person, in Input) (v View) {
	s := step{Person: p, Input: in}
	if parts := strings.Split(strings.TrimPrefix(in.Action, Prefix), ":"); in.Action != "" {
		s.verb, s.args = parts[0], parts[1:]
	}
	defer func() {
		if r := recover(); r != nil {
			c.log.ErrorContext(ctx, "desk panicked", "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			v = c.failed(ctx, s, fmt.Errorf("panic"))
		}
	}()
	if !s.isModerator() {
		return c.failed(ctx, s, &editorial.Refusal{What: "the desk is for moderators", Fix: "ask whoever runs this bot"})
	}
	do := handlers[s.verb]
	if do == nil {
		return c.failed(ctx, s, errOld)
	}
	v, err := do(c, ctx, s)
	if err != nil {
		return c.failed(ctx, s, err)
	}
	return v
}

// failed says why nothing was done, and gives back what was written.
func (c *Chats) failed(ctx context.Context, s step, err error) View {
	v := View{Over: s.isModerator() && c.settled(s)}
	var r *editorial.Refusal
	switch {
	case errors.Is(err, errOld):
		v.Title = "This button is too old"
		v.Blocks = say("What it was about has changed since. Please begin again from the desk.")
	case errors.As(err, &r):
		v.Title = "That was not done"
		v.Blocks = say(c.plain(ctx, sentence(r.What)+" "+sentence(r.Fix)))
	default:
		c.log.ErrorContext(ctx, "a moderator's step failed", "step", s.verb, "err", err)
		v.Title = "Something failed on our side"
		v.Blocks = say("Nothing was changed. Please try again in a minute.")
	}
	c.giveBack(&v, s, s.Action)
	if s.isModerator() {
		v.Buttons = append(v.Buttons, []Button{deskButton})
	}
	return v
}

// settled reports whether the draft of a step is one no more.
func (c *Chats) settled(s step) bool {
	switch s.verb {
	case "ok", "pub", "sign", "obj", "obj!":
	default:
		return false
	}
	ref, err := c.ref(s)
	if err != nil {
		return errors.Is(err, errOld)
	}
	draft := c.editor.State().Docs[ref.Doc].Draft()
	return draft == nil || draft.Num != ref.Num
}
