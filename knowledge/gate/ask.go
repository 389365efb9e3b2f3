package gate

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"handout/bot"
	"handout/knowledge"
)

// Outcome is what became of a question.
type Outcome struct {
	Outcome    bot.Outcome
	Snippets   []string // ids of those that were sent, or of the rule of an emergency
	Confidence float64  // of the snippet sent or, if none was, of the best match
}

func (o Outcome) same(other Outcome) bool {
	return o.Outcome == other.Outcome && slices.Equal(o.Snippets, other.Snippets)
}

// Answers are the questions of a corpus and what became of each.
type Answers struct {
	Corpus    *knowledge.Corpus // to call snippets and rules by their titles
	Questions []Question
	Outcomes  []Outcome
}

// Ask puts questions to a bot, on all cores, each as a message of its own with
// triage before it, and returns their outcomes in the same order. Give the bot a
// log that discards: it writes a line for each reply.
func Ask(ctx context.Context, r bot.Responder, questions []Question) ([]Outcome, error) {
	outcomes := make([]Outcome, len(questions))
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(questions) {
					return nil
				}
				outcomes[i] = outcome(r.Respond(ctx, bot.Message{Text: questions[i].Text}))
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("ask golden questions: %w", err)
	}
	return outcomes, nil
}

func outcome(r bot.Reply) Outcome {
	o := Outcome{Outcome: r.Outcome, Confidence: r.Confidence}
	if r.Snippet != "" {
		o.Snippets = append([]string{r.Snippet}, r.Also...)
	}
	return o
}
