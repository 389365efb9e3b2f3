package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"handout/knowledge"
	"handout/knowledge/gate"
)

type checkCmd struct {
	Path     string `arg:"" optional:"" help:"Folder, .jsonl or .csv file; the embedded starter corpus if left out."`
	Against  string `help:"Ask both corpora the questions whose answers are known, and list which are answered otherwise than by this one: a folder, a file, or \"embedded\"." placeholder:"BASE"`
	Markdown bool   `help:"Write what --against finds as a comment for a pull request."`
	Sign     string `help:"Accept the changes that stop, in this name." placeholder:"NAME"`
}

// Help is printed below the flags.
func (checkCmd) Help() string {
	return `Reports each problem as file:line: what; how to mend it. The exit status is 1 if
there is any.

With --against, the questions are each snippet's title and wordings, and those in
golden/*.tsv of a folder, which are written as for "handout eval". A changed answer
to another snippet's question stops: the exit status is 1 unless somebody signs
for it with --sign.

Examples:

  handout check knowledge/corpus
  handout check knowledge/corpus --against embedded`
}

func (c *checkCmd) Run(ctx context.Context, streams stdio, now clock) error {
	if c.Against == "" && (c.Markdown || c.Sign != "") {
		return errors.New("--markdown and --sign need --against")
	}
	problems, err := knowledge.Check(c.Path, now())
	if err != nil {
		return err
	}
	servable := len(problems.Fatal()) == 0
	if servable {
		golden, err := goldenProblems(c.Path)
		if err != nil {
			return err
		}
		problems = append(problems, golden...)
		problems.Sort()
	}
	c.report(streams, problems)
	if c.Against == "" || !servable {
		return found(len(problems) > 0)
	}
	d, err := compare(ctx, now, c.Against, c.Path)
	if err != nil {
		return err
	}
	d.SignedBy = strings.TrimSpace(c.Sign)
	fmt.Fprint(streams.out, c.text(d))
	return found(len(problems) > 0 || len(d.Stops()) > 0 && d.SignedBy == "")
}

func found(bad bool) error {
	if bad {
		return errFound
	}
	return nil
}

// report lists the problems, in a comment as they stand.
func (c *checkCmd) report(streams stdio, problems knowledge.Problems) {
	switch {
	case len(problems) == 0 && !c.Markdown:
		fmt.Fprintln(streams.out, "no problems")
	case len(problems) == 0:
	case c.Markdown:
		fmt.Fprintf(streams.out, "**Problems: %d**\n\n```text\n%v\n```\n\n", len(problems), problems)
	default:
		fmt.Fprintln(streams.out, problems)
	}
	if n := len(problems); n > 0 {
		fmt.Fprintf(streams.err, "problems: %d, of which keep it from being served: %d\n", n, len(problems.Fatal()))
	}
}

func (c *checkCmd) text(d *gate.Diff) string {
	if c.Markdown {
		return d.Markdown()
	}
	return "\n" + d.Text()
}

// goldenProblems are what is wrong with the golden files of a corpus.
func goldenProblems(path string) (knowledge.Problems, error) {
	corpus, err := knowledge.Open(path)
	if err != nil {
		return nil, err
	}
	var problems knowledge.Problems
	if _, err = gate.Questions(corpus); err != nil && !errors.As(err, &problems) {
		return nil, err
	}
	root := path
	if root == "" {
		root = knowledge.Embedded
	}
	for i := range problems {
		problems[i].File = filepath.Join(root, problems[i].File)
	}
	return problems, nil
}
