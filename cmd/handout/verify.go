package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

type verifyCmd struct {
	dataFlag
	ID   string `arg:"" optional:"" help:"Snippet or document to show. Without it, every published document is checked."`
	JSON bool   `help:"Write one JSON object a line."`
	Text string `help:"Say which approved passage this file holds, such as a message copied from a chat; - is standard input." placeholder:"FILE"`
}

// Help is printed below the flags.
func (verifyCmd) Help() string {
	return `Reads what is published from the disk, and compares each text with the hash under
which it was written, approved and published, and with what is served. The exit
status is 1 if anything differs.

Examples:

  handout verify --data my-desk
  handout verify --data my-desk jak-alcohol
  handout verify --data my-desk --text message.txt`
}

func (v *verifyCmd) Run(ctx context.Context, streams stdio, now clock) error {
	d, err := openKeptEditor(ctx, now, v.Data)
	if err != nil {
		return err
	}
	defer d.Close()
	if v.Text != "" {
		return v.passage(ctx, streams, d)
	}
	proofs, err := d.Proofs(ctx)
	if err != nil {
		return err
	}
	if v.ID != "" {
		return v.one(streams.out, proofs)
	}
	return v.all(streams.out, proofs)
}

func (v *verifyCmd) one(w io.Writer, proofs []editorial.Proof) error {
	for _, p := range proofs {
		if p.Snippet == v.ID || p.Doc == v.ID {
			if v.JSON {
				return firstError(writeJSON(w, proofOf(p, true)), found(len(p.Faults) > 0))
			}
			showProof(w, p)
			return found(len(p.Faults) > 0)
		}
	}
	return fmt.Errorf("nothing published is called %q; without an id, handout verify lists all", v.ID)
}

func (v *verifyCmd) all(w io.Writer, proofs []editorial.Proof) error {
	faults, alone := 0, 0
	for _, p := range proofs {
		faults += len(p.Faults)
		if p.Alone() {
			alone++
		}
		if v.JSON {
			if err := writeJSON(w, proofOf(p, false)); err != nil {
				return err
			}
			continue
		}
		for _, fault := range p.Faults {
			fmt.Fprintf(w, "%s, version %d: %s\n", p.Doc, p.Num, fault)
		}
		if p.Alone() {
			fmt.Fprintf(w, "%s, version %d: nobody but its author, %s, has approved it\n", p.Doc, p.Num, p.Author.Name)
		}
	}
	if !v.JSON {
		fmt.Fprintf(w, "documents %d, differing %d, without a second person %d\n", len(proofs), faults, alone)
	}
	return found(faults > 0)
}

func showProof(w io.Writer, p editorial.Proof) {
	fmt.Fprintf(w, "%s, version %d\nSHA-256 %s\n", p.Doc, p.Num, p.Hash)
	showAct(w, "written", p.Author, p.At, p.Note)
	for _, a := range p.Approvals {
		showAct(w, "approved", a.Actor, a.At, a.Note)
	}
	for _, s := range p.Signed {
		showAct(w, "signed", s.Actor, s.At, s.More)
	}
	showAct(w, "published", p.Published.Actor, p.Published.At, p.Published.Note)
	if p.Alone() {
		fmt.Fprintln(w, "nobody but its author has approved it")
	}
	if p.Withdrawn {
		fmt.Fprintln(w, "withdrawn: it is not sent now")
	}
	for _, fault := range p.Faults {
		fmt.Fprintln(w, "differs: "+fault)
	}
	fmt.Fprintf(w, "\n%s", printable(p.Text))
}

func showAct(w io.Writer, what string, who store.Actor, at time.Time, note string) {
	fmt.Fprintf(w, "%s by %s (%s), %s", what, who.Name, who.ID, at.UTC().Format("2 Jan 2006 15:04:05 MST"))
	if note != "" {
		fmt.Fprintf(w, ": %s", strings.ReplaceAll(printable(note), "\n", "; "))
	}
	fmt.Fprintln(w)
}

// passage says what a text is that somebody saw.
func (v *verifyCmd) passage(ctx context.Context, streams stdio, d *kept) error {
	in := streams.in
	if v.Text != "-" {
		f, err := os.Open(v.Text)
		if err != nil {
			return fmt.Errorf("--text: %w", err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, editorial.MaxBundle))
	if err != nil {
		return fmt.Errorf("--text: %w", err)
	}
	p, err := d.Recognise(ctx, string(text))
	if err != nil {
		return err
	}
	if v.JSON {
		return firstError(writeJSON(streams.out, recognisedOf(p)), found(p.Match == editorial.Different || p.Match == editorial.Unknown))
	}
	return showPassage(streams.out, p)
}

func showPassage(w io.Writer, p *editorial.Passage) error {
	if p.Match == editorial.Unknown {
		fmt.Fprintln(w, "nothing that was ever published is like it")
		return errFound
	}
	said := map[editorial.Match]string{
		editorial.Whole: "the whole passage of", editorial.Excerpt: "a part, word for word, of", editorial.Different: "not an approved passage; the nearest is",
	}[p.Match]
	state := "which is served now"
	if !p.Served {
		state = "which is not served any more"
	}
	fmt.Fprintf(w, "%s %s, version %d, %s\nSHA-256 %s\n", said, p.Snippet, p.Revision.Num, state, p.Revision.Hash)
	if p.Match == editorial.Different {
		fmt.Fprintf(w, "\n%s", changedLines(p.Diff))
		return errFound
	}
	return nil
}
