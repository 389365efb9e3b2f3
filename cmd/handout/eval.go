package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"

	"handout/bot"
	"handout/index/evaluate"
)

type evalCmd struct {
	answerFlags
	JSON      bool     `help:"Write the report as one JSON object, with every question."`
	Baseline  string   `help:"List what changed since a former run, which was written with --json." placeholder:"FILE"`
	Plot      string   `help:"Draw coverage against false answers into an SVG file." placeholder:"FILE.svg"`
	Worst     int      `help:"Show that many of the worst cases of each sort (${default})." default:"5" placeholder:"N"`
	Questions []string `arg:"" name:"file" help:"Questions with the ids of the snippets that answer them: TSV, CSV or JSON Lines."`
}

// Help is printed below the flags.
func (evalCmd) Help() string {
	return `A table has a header line. Its columns are "question", "relevant" (ids of snippets,
separated by blanks, | or ;, or topic:ID for every snippet of a topic, or none if
nothing should be answered) and, if you like, "kind". Without a column "relevant",
nothing should be answered. JSON Lines have the same fields. Columns "long" and
"short" instead are two forms of one question that should find the same.

Questions of kind emergency (or by tier: now, crisis, today) should be taken for
one; those of kind personal should be declined, or taken for an emergency. Times
are measured on all cores at once, with ten matches for each question.

The exit status is 0 if the questions were asked, whatever came of them.

Example:

  handout eval --corpus my-corpus.csv --json questions.tsv > before.json
  handout eval --corpus my-corpus.csv --baseline before.json --plot eval.svg questions.tsv`
}

func (e *evalCmd) Run(ctx context.Context, streams stdio, now clock) error {
	if e.Worst < 0 {
		return fmt.Errorf("--worst %d: give 0 or more", e.Worst)
	}
	var baseline *evaluate.Baseline
	if e.Baseline != "" {
		var err error
		if baseline, err = evaluate.ReadBaseline(e.Baseline); err != nil {
			return err
		}
	}
	c, err := e.open(ctx, now)
	if err != nil {
		return err
	}
	defer c.Close()
	questions, err := evaluate.Read(c.corpus, e.Questions...)
	if err != nil {
		return err
	}
	if err := e.checkPlot(questions); err != nil {
		return err
	}
	report, err := e.measure(ctx, c, questions, newBar(streams.err, now, len(questions)), now)
	if err != nil {
		return err
	}
	if baseline != nil {
		report.Compare(baseline)
	}
	return e.write(streams.out, report)
}

// checkPlot refuses before the questions are asked what could not be drawn.
func (e *evalCmd) checkPlot(questions []evaluate.Question) error {
	answerable := func(q evaluate.Question) bool { return len(q.Relevant) > 0 }
	if e.Plot != "" && !slices.ContainsFunc(questions, answerable) {
		return errors.New("--plot: no question has a relevant snippet, so there is no coverage to draw; add some")
	}
	return nil
}

// measure asks the questions as people do.
func (e *evalCmd) measure(ctx context.Context, c *core, questions []evaluate.Question, progress *bar, now clock) (*evaluate.Report, error) {
	each := func(do func(evaluate.Question) error) error {
		for _, q := range questions {
			if err := do(q); err != nil {
				return err
			}
		}
		return nil
	}
	ask := func(q evaluate.Question) evaluate.Result {
		begin := now()
		r := c.bot.Respond(ctx, bot.Message{Text: q.Text, Matches: evaluate.Depth})
		return evaluate.Result{
			Question: q, Outcome: string(r.Outcome), Snippet: r.Snippet, Matches: r.Matches, Corrected: r.Corrected, Latency: now().Sub(begin),
		}
	}
	var results []evaluate.Result
	begin := now()
	err := inOrder(ctx, each, ask, func(r evaluate.Result) error {
		results = append(results, r)
		progress.show(len(results))
		return nil
	})
	took := now().Sub(begin)
	progress.clear()
	if err != nil {
		return nil, fmt.Errorf("ask questions: %w", err)
	}
	return evaluate.Summarize(results, evaluate.Run{
		Snippets: len(c.corpus.Snippets), Cores: runtime.GOMAXPROCS(0), Took: took, Worst: e.Worst, Expired: expired(c, now),
		Reason: func(question string) string {
			return c.bot.Respond(ctx, bot.Message{Text: question, Matches: evaluate.Depth, Why: true}).Why.Reason.Sentence()
		},
	}), nil
}

func expired(c *core, now clock) []string {
	var ids []string
	for _, s := range c.corpus.Snippets {
		if !s.Current(now()) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func (e *evalCmd) write(out io.Writer, report *evaluate.Report) error {
	w := bufio.NewWriter(out)
	write := report.WriteText
	if e.JSON {
		write = report.WriteJSON
	}
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil || e.Plot == "" {
		return err
	}
	if err := writeFile(e.Plot, report.WriteSVG); err != nil {
		return fmt.Errorf("--plot: %w", err)
	}
	return nil
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}
