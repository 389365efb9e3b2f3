package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"handout/knowledge"
	"handout/knowledge/gate"
)

type checkCmd struct {
	Data     string `help:"Check what moderators have published, which is kept in this folder, unless a path is given." placeholder:"DIR" env:"HANDOUT_DATA"`
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
  handout check --data my-desk
  handout check knowledge/corpus --against embedded`
}

func (c *checkCmd) Run(ctx context.Context, streams stdio, now clock) error {
	if c.Against == "" && (c.Markdown || c.Sign != "") {
		return errors.New("--markdown and --sign need --against")
	}
	problems, open, err := c.examine(ctx, now)
	if err != nil {
		return err
	}
	servable := len(problems.Fatal()) == 0
	c.report(streams, problems)
	if c.Against == "" || !servable {
		return found(len(problems) > 0)
	}
	d, err := compare(ctx, now, c.Against, open)
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

// examine is what is wrong with the corpus, and how to open it.
func (c *checkCmd) examine(ctx context.Context, now clock) (knowledge.Problems, opener, error) {
	if c.Data != "" && c.Path == "" {
		return examineKept(ctx, now, c.Data)
	}
	open := atPath(ctx, now, c.Path)
	problems, err := knowledge.Check(c.Path, now())
	if err != nil || len(problems.Fatal()) > 0 {
		return problems, open, err
	}
	corpus, err := knowledge.Open(c.Path)
	if err != nil {
		return nil, nil, err
	}
	root := c.Path
	if root == "" {
		root = knowledge.Embedded
	}
	golden, err := goldenProblems(corpus, root)
	problems = append(problems, golden...)
	problems.Sort()
	return problems, open, err
}

// examineKept is what is wrong with what moderators have published.
func examineKept(ctx context.Context, now clock, dir string) (knowledge.Problems, opener, error) {
	d, err := openKeptEditor(ctx, now, dir)
	if err != nil {
		return nil, nil, err
	}
	x := d.Edition()
	if err := d.Close(); err != nil {
		return nil, nil, err
	}
	golden, err := goldenProblems(x.Corpus, "")
	problems := slices.Concat(x.Problems, golden)
	problems.Sort()
	return problems, func() (*core, error) { return keptCore(ctx, now, dir) }, err
}

// goldenProblems are what is wrong with the golden files of a corpus.
func goldenProblems(c *knowledge.Corpus, root string) (knowledge.Problems, error) {
	var problems knowledge.Problems
	if _, err := gate.Questions(c); err != nil && !errors.As(err, &problems) {
		return nil, err
	}
	for i := range problems {
		problems[i].File = filepath.Join(root, problems[i].File)
	}
	return problems, nil
}
