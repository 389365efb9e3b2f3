package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

type importCmd struct {
	dataFlag
	Path      string `arg:"" help:"Folder, or a .csv, .jsonl or .zip file."`
	Apply     bool   `help:"Take it in. Without it, only what would happen is shown."`
	Drafts    bool   `help:"Take it in as drafts, which go through review, instead of publishing it."`
	Conflicts string `help:"Which side is right where both have changed: \"refuse\" to take anything in, or let the text in the \"file\" or in the \"store\" win (${default})." enum:"refuse,file,store" default:"refuse" placeholder:"SIDE"`
	Sign      string `help:"Accept in this name what stops it: faults, and other questions' answers that change." placeholder:"NAME"`
	As        string `help:"Who takes it in, for the history; your user name if left out." placeholder:"NAME"`
}

// Help is printed below the flags.
func (importCmd) Help() string {
	return `Shows what was added and changed, what has changed on both sides since it was
exported, and what the file lacks. Nothing is ever removed: a snippet that should not
be sent any more is withdrawn by a moderator. Then follow faults, and questions that
would be answered otherwise. A table changes only the fields for which it has a column.

With --apply all of it is taken in, or nothing. A folder in which nothing is kept yet
is filled with it. The exit status is 1 if --apply would be refused, or was.

Examples:

  handout import --data my-desk my-texts
  handout import --data my-desk my-texts.csv --apply --as anna`
}

func (i *importCmd) Run(ctx context.Context, streams stdio, now clock) error {
	if i.Data != "" && !hasStore(i.Data) {
		return i.first(ctx, streams, now)
	}
	bundle, err := readBundle(i.Path)
	if err != nil {
		return err
	}
	d, err := openKeptEditor(ctx, now, i.Data)
	if err != nil {
		return err
	}
	defer d.Close()
	plan, err := d.PlanImport(ctx, bundle, editorial.Conflicts(i.Conflicts))
	if err != nil {
		return err
	}
	showPlan(streams.out, plan)
	o := editorial.ImportOptions{Note: "import of " + filepath.Base(i.Path), Drafts: i.Drafts}
	if sign := strings.TrimSpace(i.Sign); sign != "" && plan.Report != nil {
		o.Signature, o.Signer = plan.Report.Signature(), operator(sign).Actor
	}
	if !i.Apply {
		return i.dryRun(streams.out, d, plan, o)
	}
	written, err := d.ApplyImport(ctx, i.person(), plan, o)
	if err != nil {
		return fmt.Errorf("nothing has been changed: %w%s", err, i.hint(plan))
	}
	fmt.Fprintln(streams.out, i.done(len(written.Revisions)))
	return nil
}

// dryRun says what --apply would come to.
func (i *importCmd) dryRun(w io.Writer, d *kept, plan *editorial.Plan, o editorial.ImportOptions) error {
	if err := d.MayImport(i.person(), plan, o); err != nil {
		fmt.Fprintf(w, "nothing has been changed, and it cannot be taken in: %v%s\n", err, i.hint(plan))
		return errFound
	}
	if plan.Report == nil {
		fmt.Fprintln(w, "there is nothing to take in")
		return nil
	}
	fmt.Fprintf(w, "nothing has been changed yet; to take it in: %s\n", i.again("--apply"))
	return nil
}

// again is the command with more flags.
func (i *importCmd) again(flags ...string) string {
	words := []string{"handout import --data", i.Data, i.Path}
	if i.Drafts {
		words = append(words, "--drafts")
	}
	if i.Conflicts != string(editorial.RefuseConflicts) {
		words = append(words, "--conflicts", i.Conflicts)
	}
	if i.Sign != "" {
		words = append(words, "--sign", i.Sign)
	}
	return strings.Join(append(words, flags...), " ")
}

// hint says which flags are missing.
func (i *importCmd) hint(plan *editorial.Plan) string {
	switch {
	case len(plan.Problems) > 0:
		return ""
	case len(plan.Of(editorial.Conflicting)) > 0 && i.Conflicts == string(editorial.RefuseConflicts):
		return ": --conflicts file or --conflicts store"
	case plan.Report != nil && len(plan.Report.Problems.Fatal()) == 0 && plan.Report.Signature() != "" && !i.Drafts:
		return ": --sign NAME"
	}
	return ""
}

func (i *importCmd) done(n int) string {
	switch {
	case n == 0:
		return "there was nothing to take in"
	case i.Drafts:
		return fmt.Sprintf("taken in as drafts: %d; they wait on the desk", n)
	}
	return fmt.Sprintf("taken in and published: %d", n)
}

func (i *importCmd) person() editorial.Person {
	return operator(cmp.Or(strings.TrimSpace(i.As), userName()))
}

// operator is somebody who runs the bot, and may do everything.
func operator(name string) editorial.Person {
	return editorial.Person{Actor: store.Actor{ID: editorial.OperatorPrefix + name, Name: name}, Rights: editorial.Rights{Edit: true, Review: true}}
}

func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "operator"
}

// first fills a folder in which nothing is kept yet.
func (i *importCmd) first(ctx context.Context, streams stdio, now clock) error {
	problems, err := knowledge.Check(i.Path, now())
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		fmt.Fprintf(streams.out, "%v\n\n", problems)
	}
	if len(problems.Fatal()) > 0 {
		return errors.New("nothing has been changed: this corpus cannot be served before that is mended")
	}
	if !i.Apply {
		fmt.Fprintf(streams.out, "nothing is kept in %s yet; to fill it with %s: %s\n", i.Data, i.Path, i.again("--apply"))
		return nil
	}
	d, err := openEditor(ctx, slog.New(slog.DiscardHandler), now, i.Data, i.Path)
	if err != nil {
		return err
	}
	fmt.Fprintf(streams.out, "%s now keeps %d documents; nobody has approved them yet\n", i.Data, len(d.Edition().Documents()))
	return d.Close()
}

func readBundle(path string) (*editorial.Bundle, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	if info.IsDir() {
		return editorial.ReadFolder(path, os.DirFS(path))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, editorial.MaxBundle+1))
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	return editorial.Read(filepath.Base(path), data)
}
