package editorial

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"handout/bot"
	"handout/knowledge"
	"handout/knowledge/gate"
)

// answers are what an edition answers to the questions whose answers are known.
// They hold for a day, since snippets expire.
type answers struct {
	mu   sync.Mutex
	day  time.Time
	what *gate.Answers
}

// today are the answers of an edition on the day of now.
func (e *Editor) answers(ctx context.Context, x *Edition) (*gate.Answers, error) {
	x.answers.mu.Lock()
	defer x.answers.mu.Unlock()
	day := e.today()
	if x.answers.what != nil && x.answers.day.Equal(day) {
		return x.answers.what, nil
	}
	what, err := x.ask(ctx, x.Quiet, nil)
	if err != nil {
		return nil, err
	}
	x.answers.what, x.answers.day = what, day
	return what, nil
}

func (e *Editor) today() time.Time { return e.Now().UTC().Truncate(24 * time.Hour) }

// compared are the answers of a candidate to its own questions and to those of
// the edition before it.
func (e *Editor) compared(ctx context.Context, candidate *Edition, before *gate.Answers) (*gate.Answers, error) {
	day := e.today() // on which it begins
	all, err := candidate.ask(ctx, candidate.Quiet, before.Questions)
	if err != nil {
		return nil, err
	}
	own, _, err := candidate.questions()
	if err != nil {
		return nil, err
	}
	x := candidate.answers
	x.mu.Lock()
	defer x.mu.Unlock()
	x.day, x.what = day, &gate.Answers{Corpus: candidate.Corpus, Questions: all.Questions[:len(own)], Outcomes: all.Outcomes[:len(own)]}
	return all, nil
}

// ask puts an edition's questions, and others after them, to a bot.
func (x *Edition) ask(ctx context.Context, b *bot.Bot, others []gate.Question) (*gate.Answers, error) {
	questions, _, err := x.questions()
	if err != nil {
		return nil, err
	}
	questions = gate.Union(questions, others)
	outcomes, err := gate.Ask(ctx, b, questions)
	return &gate.Answers{Corpus: x.Corpus, Questions: questions, Outcomes: outcomes}, err
}

// questions are those whose answers are known, and what is wrong with the lines
// that could not be read as one.
func (x *Edition) questions() ([]gate.Question, knowledge.Problems, error) {
	questions, err := gate.Questions(x.Corpus)
	var unread knowledge.Problems
	if err != nil && !errors.As(err, &unread) {
		return nil, nil, fmt.Errorf("golden questions: %w", err)
	}
	return questions, unread, nil
}
