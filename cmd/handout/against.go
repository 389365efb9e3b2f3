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

// compare asks the corpora at two paths their golden questions.
func compare(ctx context.Context, now clock, base, path string) (*gate.Diff, error) {
	if base == starter {
		base = ""
	}
	before, err := answers(ctx, now, base, nil)
	if err != nil {
		return nil, fmt.Errorf("--against: %w", err)
	}
	after, err := answers(ctx, now, path, before.Questions)
	if err != nil {
		return nil, err
	}
	changed, err := gate.Changed(before.Corpus, after.Corpus)
	if err != nil {
		return nil, err
	}
	return gate.Compare(before, after, changed), nil
}

// answers are those of the corpus at a path to its own questions and to others.
// What is wrong with its golden files is for check to report.
func answers(ctx context.Context, now clock, path string, others []gate.Question) (gate.Answers, error) {
	c, err := newCore(ctx, slog.New(slog.DiscardHandler), now, path)
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
