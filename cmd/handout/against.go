package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"handout/knowledge"
	"handout/knowledge/gate"
)

// starter is what --against calls the embedded corpus.
const starter = "embedded"

// opener opens a corpus to ask it.
type opener func() (*core, error)

func atPath(ctx context.Context, now clock, path string) opener {
	return func() (*core, error) { return newCore(ctx, slog.New(slog.DiscardHandler), now, path) }
}

// compare asks the corpus at a path and another one their golden questions.
func compare(ctx context.Context, now clock, base string, other opener) (*gate.Diff, error) {
	if base == starter {
		base = ""
	}
	before, err := answers(ctx, atPath(ctx, now, base), nil)
	if err != nil {
		return nil, fmt.Errorf("--against: %w", err)
	}
	after, err := answers(ctx, other, before.Questions)
	if err != nil {
		return nil, err
	}
	changed, err := gate.Changed(before.Corpus, after.Corpus)
	if err != nil {
		return nil, err
	}
	return gate.Compare(before, after, changed), nil
}

// answers are those of a corpus to its own questions and to others.
// What is wrong with its golden files is for check to report.
func answers(ctx context.Context, open opener, others []gate.Question) (gate.Answers, error) {
	c, err := open()
	if err != nil {
		return gate.Answers{}, err
	}
	defer c.Close()
	questions, err := gate.Questions(c.corpus)
	var problems knowledge.Problems
	if err != nil && !errors.As(err, &problems) {
		return gate.Answers{}, err
	}
	questions = gate.Union(questions, others)
	outcomes, err := gate.Ask(ctx, c.bot, questions)
	return gate.Answers{Corpus: c.corpus, Questions: questions, Outcomes: outcomes}, err
}
