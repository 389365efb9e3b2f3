package main

import (
	"fmt"

	"handout/knowledge"
)

type checkCmd struct {
	Path string `arg:"" optional:"" help:"Folder, .jsonl or .csv file; the embedded starter corpus if left out."`
}

// Help is printed below the flags.
func (checkCmd) Help() string {
	return `Reports each problem as file:line: what; how to mend it. The exit status is 1 if
there is any.

Example:

  handout check knowledge/corpus`
}

func (c *checkCmd) Run(streams stdio, now clock) error {
	problems, err := knowledge.Check(c.Path, now())
	if err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintln(streams.out, p)
	}
	if n := len(problems); n > 0 {
		fmt.Fprintf(streams.err, "problems: %d, of which keep it from being served: %d\n", n, len(problems.Fatal()))
		return errFound
	}
	fmt.Fprintln(streams.out, "no problems")
	return nil
}
