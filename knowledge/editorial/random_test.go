package editorial_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"handout/bot"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

var actions = flag.Int("actions", 20, "how many random actions each of two moderators does")

// TestTwoModerators lets two processes act at random on one store while people
// ask, and wants audit, store and what is served to agree at the end.
func TestTwoModerators(t *testing.T) {
	s := newStage(t)
	s.publish(s.propose(ada, 0, kestrel(kestrelBody)))
	other := *s
	other.edit()
	s.must(s.LetAlone(t.Context(), ada, true))
	questions := make(chan struct{}, 100)
	var readers, moderators sync.WaitGroup
	for _, e := range []*editorial.Editor{s.Editor, other.Editor} {
		readers.Go(func() { wantWhole(t, e, questions) })
	}
	for i, m := range []struct {
		e *editorial.Editor
		p editorial.Person
	}{{s.Editor, ada}, {other.Editor, grace}} {
		random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), uint64(i)))
		moderators.Go(func() {
			for n := range *actions {
				for range 10 { // asked while the action goes on
					questions <- struct{}{}
				}
				wantRefusal(t, act(t.Context(), m.e, m.p, random, n))
			}
		})
	}
	moderators.Wait()
	close(questions)
	readers.Wait()
	wantAgreement(t, s, s.Editor, other.Editor)
}

// wantWhole asks: an answer is one of the published texts.
func wantWhole(t *testing.T, e *editorial.Editor, questions <-chan struct{}) {
	for range questions {
		r := e.Respond(context.Background(), bot.Message{Text: kestrelQuestion})
		if r.Outcome == bot.Answered && r.Snippet == "kestrel-hover" && r.Revision == 0 {
			t.Errorf("an answer without its revision:\n%s", r.Text())
		}
	}
}

func wantRefusal(t *testing.T, err error) {
	var r *editorial.Refusal
	if err != nil && !errors.As(err, &r) {
		t.Errorf("not a refusal: %v", err)
	}
}

// act does one thing that a moderator may do, on what they see.
func act(ctx context.Context, e *editorial.Editor, p editorial.Person, random *rand.Rand, n int) error {
	d := e.State().Docs[doc]
	scope := []store.Scope{store.SnippetScope("kestrel-hover"), store.TopicScope("birds"), store.Everything}[random.IntN(3)]
	switch draft := d.Draft(); random.IntN(8) {
	case 0, 1:
		_, err := e.Propose(ctx, p, editorial.Draft{Doc: doc, Base: d.Latest, Text: kestrel(fmt.Sprintf("Text %d of %s says that it hovers.", n, p.Name))})
		return err
	case 2:
		if draft != nil {
			return e.Approve(ctx, p, doc, draft.Num, draft.Hash)
		}
	case 3, 4:
		if draft == nil {
			return nil
		}
		report, err := e.Examine(ctx, doc, draft.Num)
		if err != nil {
			return err
		}
		return e.Publish(ctx, p, report.Signature(), editorial.Ref{Doc: doc, Num: draft.Num})
	case 5:
		return e.Withdraw(ctx, p, scope, "at random")
	case 6:
		for withdrawn := range e.State().Withdrawn {
			return e.Reinstate(ctx, p, withdrawn, "at random")
		}
	case 7:
		num := d.Times[random.IntN(len(d.Times))]
		return e.Rollback(ctx, p, doc, num, "at random", "")
	}
	return e.Refresh(ctx)
}

// wantAgreement compares what editors serve with what follows from the audit.
func wantAgreement(t *testing.T, s *stage, editors ...*editorial.Editor) {
	t.Helper()
	want := store.NewState()
	for event, err := range s.store.Events(t.Context(), 0) {
		s.must(err)
		want.Apply(event)
	}
	fresh, err := edit(t.Context(), s.store, s.now.Now)
	s.must(err)
	for _, e := range append(editors, fresh) {
		s.must(e.Refresh(t.Context()))
		if diff := cmp.Diff(want, e.State()); diff != "" {
			t.Errorf("audit and state differ (-audit +state):\n%s", diff)
		}
		served := map[string]int{}
		for _, name := range e.Edition().Documents() {
			served[name] = e.Edition().Text(name).Num
		}
		if !maps.Equal(served, want.Published()) || e.Edition().Served != want.Served {
			t.Errorf("served %v at %d, published %v at %d", served, e.Edition().Served, want.Published(), want.Served)
		}
		r := e.Respond(t.Context(), bot.Message{Snippet: "kestrel-hover"})
		held := len(want.Withdrawn) > 0
		if r.Snippet == "kestrel-hover" == held || !held && r.Revision != want.Docs[doc].Published {
			t.Errorf("sent %q, revision %d, while %d is published and withdrawn are %v", r.Snippet, r.Revision, want.Docs[doc].Published, want.Withdrawn)
		}
	}
}
