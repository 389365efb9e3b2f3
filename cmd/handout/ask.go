package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"handout/bot"
	"handout/knowledge"
)

type askCmd struct {
	answerFlags
	JSON     bool     `help:"Write one JSON object a line."`
	Why      bool     `help:"Say too how each reply came about."`
	Top      int      `help:"List that many matches (${default})." default:"3" placeholder:"N"`
	Region   string   `help:"Your region, for emergency numbers, like GB." env:"HANDOUT_REGION"`
	Question []string `arg:"" optional:"" help:"The question. Without it, each line of standard input is one."`
}

// Help is printed below the flags.
func (askCmd) Help() string {
	return `Examples:

  handout ask "can I drink on rinvoq?"
  handout ask --why "can I drink on rinvoq?"
  handout ask --json --corpus my-corpus.csv < questions.txt > answers.jsonl`
}

func (a *askCmd) Run(ctx context.Context, streams stdio, now clock) error {
	if a.Top < 1 {
		return fmt.Errorf("--top %d: give 1 or more", a.Top)
	}
	c, err := a.open(ctx, now)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := a.findRegion(c.corpus.Contacts); err != nil {
		return err
	}
	w := bufio.NewWriter(streams.out)
	if len(a.Question) > 0 {
		question := strings.Join(a.Question, " ")
		if err := a.write(w, question, a.respond(ctx, c, question)); err != nil {
			return err
		}
		return w.Flush()
	}
	if err := a.batch(ctx, c, streams.in, w); err != nil {
		return err
	}
	return w.Flush()
}

// findRegion takes a region in either case and by its name too.
func (a *askCmd) findRegion(c *knowledge.Contacts) error {
	if a.Region == "" {
		return nil
	}
	if r := c.Find(a.Region); r != nil {
		a.Region = r.ID
		return nil
	}
	var ids []string
	for _, r := range c.Regions {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	return fmt.Errorf("--region %q: no numbers for it; give one of %s", a.Region, strings.Join(ids, ", "))
}

func (a *askCmd) respond(ctx context.Context, c *core, question string) bot.Reply {
	return c.bot.Respond(ctx, bot.Message{Text: question, Region: a.Region, Matches: a.Top, Why: a.Why})
}

// batch answers a question a line and writes in their order.
func (a *askCmd) batch(ctx context.Context, c *core, in io.Reader, w *bufio.Writer) error {
	type asked struct {
		question string
		reply    bot.Reply
	}
	lines := func(do func(string) error) error { return eachLine(in, do) }
	work := func(question string) asked { return asked{question, a.respond(ctx, c, question)} }
	return inOrder(ctx, lines, work, func(q asked) error { return a.write(w, q.question, q.reply) })
}

func eachLine(in io.Reader, do func(string) error) error {
	r := bufio.NewReader(in)
	for {
		line, err := r.ReadString('\n')
		if line != "" {
			if err := do(strings.TrimRight(line, "\r\n")); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read questions: %w", err)
		}
	}
}

// answer is the object that --json writes.
type answer struct {
	Question   string      `json:"question"`
	Outcome    bot.Outcome `json:"outcome"`
	Snippet    string      `json:"snippet"`
	Revision   int         `json:"revision,omitempty"`
	Also       []string    `json:"also,omitempty"`
	Confidence float64     `json:"confidence"`
	Matches    []match     `json:"matches"`
	Reply      string      `json:"reply"`
	Why        *why        `json:"why,omitempty"`
}

type match struct {
	ID         string   `json:"id"`
	Confidence float64  `json:"confidence"`
	Score      float64  `json:"score"`
	Topics     []string `json:"topics"`
}

func (a *askCmd) write(w *bufio.Writer, question string, r bot.Reply) error {
	why := newWhy(r.Why)
	if !a.JSON {
		_, err := fmt.Fprintf(w, "%s\n\n", r.Text())
		if err == nil && why != nil {
			_, err = fmt.Fprintf(w, "%s\n", why.text())
		}
		return err
	}
	out := answer{
		Question: question, Outcome: r.Outcome, Snippet: r.Snippet, Revision: r.Revision, Also: r.Also, Confidence: r.Confidence, Matches: []match{}, Reply: r.Text(), Why: why,
	}
	for _, m := range r.Matches {
		out.Matches = append(out.Matches, match{m.Snippet.ID, m.Confidence, m.Score, append([]string{}, m.Snippet.Topics...)})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}
