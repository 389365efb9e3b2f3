package editorial

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"handout/knowledge"
	"handout/knowledge/gate"
	"handout/knowledge/store"
)

// Withdraw stops a snippet, a topic or everything from being sent, at once.
// Whoever may edit may do it: waiting would be worse than being wrong.
func (e *Editor) Withdraw(ctx context.Context, p Person, scope store.Scope, note string) error {
	if err := p.mayEdit(); err != nil {
		return err
	}
	if e.Edition().covered(scope) == nil {
		return refuse("give the id of a snippet or a topic", "nothing is covered by %q", scope)
	}
	if strings.TrimSpace(note) == "" {
		return refuse("say why, for those who come after you", "a withdrawal needs a reason")
	}
	if _, already := e.State().Withdrawn[scope]; already {
		return nil
	}
	return e.hold(ctx, p, store.Withdrawn, scope, note)
}

// Reinstate takes a withdrawal back.
func (e *Editor) Reinstate(ctx context.Context, p Person, scope store.Scope, note string) error {
	if err := p.mayReview(); err != nil {
		return err
	}
	if _, withdrawn := e.State().Withdrawn[scope]; !withdrawn {
		return refuse("look at what is", "this is not withdrawn (any more)")
	}
	return e.hold(ctx, p, store.Reinstated, scope, note)
}

func (e *Editor) hold(ctx context.Context, p Person, kind store.Kind, scope store.Scope, note string) error {
	_, err := e.commit(ctx, store.Change{Events: []store.Event{{Actor: p.Actor, Kind: kind, Doc: string(scope), Note: note}}})
	if err != nil {
		return fmt.Errorf("%s %s: %w", kind, scope, err)
	}
	return nil
}

// covered are the snippets of a scope.
func (x *Edition) covered(scope store.Scope) []*knowledge.Snippet {
	var list []*knowledge.Snippet
	for _, s := range x.Corpus.Snippets {
		if scope.Covers(s.ID, s.Topics) {
			list = append(list, s)
		}
	}
	return list
}

// Consequences is what a withdrawal does beyond itself.
type Consequences struct {
	Snippets []*knowledge.Snippet // that are not sent
	Links    []*knowledge.Snippet // that offer one of them as related
	Alone    []*knowledge.Snippet // that are not sent either, because one of them must accompany them
	Diff     *gate.Diff           // the questions that now lead elsewhere or nowhere
}

// Consequences says what withdrawing a scope does, or would do.
func (e *Editor) Consequences(ctx context.Context, scope store.Scope) (*Consequences, error) {
	now, state := e.Edition(), e.State().Clone()
	c := now.consequences(scope)
	before, err := e.answers(ctx, now)
	if err != nil {
		return nil, fmt.Errorf("answers as they are: %w", err)
	}
	_, withdrawn := state.Withdrawn[scope]
	if state.Withdrawn[scope] = (store.Event{}); withdrawn {
		delete(state.Withdrawn, scope)
	}
	after, err := now.ask(ctx, now.Quiet.Under(now.known(state)), nil)
	if err != nil {
		return nil, fmt.Errorf("answers otherwise: %w", err)
	}
	if withdrawn {
		before, after = after, before
	}
	c.Diff = gate.Compare(*before, *after, nil)
	return c, nil
}

// consequences are those beyond changed answers.
func (x *Edition) consequences(scope store.Scope) *Consequences {
	c := &Consequences{Snippets: x.covered(scope)}
	held := map[string]bool{}
	for _, s := range c.Snippets {
		held[s.ID] = true
	}
	isHeld := func(id string) bool { return held[id] }
	for _, s := range x.Corpus.Snippets {
		switch {
		case held[s.ID]:
		case slices.ContainsFunc(s.With, isHeld):
			c.Alone = append(c.Alone, s)
		case slices.ContainsFunc(s.SeeAlso, isHeld):
			c.Links = append(c.Links, s)
		}
	}
	return c
}
