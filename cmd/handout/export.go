package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

type exportCmd struct {
	dataFlag
	Path      string `arg:"" help:"Folder, or a file that ends in .csv, .jsonl or .zip."`
	Overwrite bool   `help:"Replace what has been changed at that place."`
}

// Help is printed below the flags.
func (exportCmd) Help() string {
	return `A folder or a .zip holds every document byte for byte, and remembers in a hidden
file what was exported, so that handout import can tell who has changed what. The
folder may be a Git repository: only the documents in it are written. A table holds
the snippets; what it cannot express is said on standard error.

Examples:

  handout export --data my-desk my-texts
  handout export --data my-desk my-texts.csv`
}

func (e *exportCmd) Run(ctx context.Context, streams stdio, now clock) error {
	d, err := openKeptEditor(ctx, now, e.Data)
	if err != nil {
		return err
	}
	defer d.Close()
	x := d.Edition()
	if !isFile(e.Path) {
		files, err := x.Files()
		if err != nil {
			return err
		}
		if err := writeFolder(e.Path, files, e.Overwrite); err != nil {
			return err
		}
		fmt.Fprintf(streams.err, "exported %d documents to %s\n", len(x.Documents()), e.Path)
		return nil
	}
	data, lost, err := x.Export(e.Path)
	if err != nil {
		return err
	}
	if err := e.writeFile(data); err != nil {
		return err
	}
	fmt.Fprintf(streams.err, "exported %d snippets to %s\n", len(x.Corpus.Snippets), e.Path)
	for _, what := range lost {
		fmt.Fprintf(streams.err, "not in it, because a %s file cannot express it: %s\n", filepath.Ext(e.Path), what)
	}
	return nil
}

// isFile reports whether a path that need not exist is meant as a file's.
func isFile(path string) bool {
	if info, err := os.Stat(path); err == nil {
		return !info.IsDir()
	}
	return filepath.Ext(path) != "" && !strings.HasSuffix(path, string(filepath.Separator))
}

// writeFile writes the whole file or nothing.
func (e *exportCmd) writeFile(data []byte) error {
	if old, err := os.ReadFile(e.Path); err == nil && string(old) != string(data) && !e.Overwrite {
		return fmt.Errorf("%s is there and differs; name another file, or add --overwrite", e.Path)
	}
	folder, err := os.OpenRoot(filepath.Dir(e.Path))
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer folder.Close()
	return put(folder, filepath.Base(e.Path), data)
}
