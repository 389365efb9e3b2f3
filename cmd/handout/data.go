package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
)

// dataFlag is shared by the commands that work on what moderators keep.
type dataFlag struct {
	Data string `help:"Folder in which moderators' work is kept." placeholder:"DIR" env:"HANDOUT_DATA"`
}

// openStore opens the store in a folder, and makes one if there is none.
func openStore(ctx context.Context, dir string) (*sqlstore.Store, error) {
	if dir == "" {
		return nil, errors.New("--data DIR is missing: the folder in which moderators' work is kept")
	}
	return sqlstore.Open(ctx, dir)
}

// openKept opens a store that is there: a slip in the folder's name makes none.
func openKept(ctx context.Context, dir string) (*sqlstore.Store, error) {
	if dir != "" && !hasStore(dir) {
		return nil, fmt.Errorf("--data %s: no corpus is kept there; make one with: handout import PATH --data %s --apply", dir, dir)
	}
	return openStore(ctx, dir)
}

func hasStore(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, sqlstore.File))
	return !errors.Is(err, fs.ErrNotExist)
}

// kept is an editor with its store.
type kept struct {
	*editorial.Editor
	store *sqlstore.Store
}

func (k *kept) Close() error { return k.store.Close() }

// openEditor opens what is kept in a folder. An empty store first takes in the
// corpus at a path, or the embedded one. Close it afterwards.
func openEditor(ctx context.Context, log *slog.Logger, now clock, dir, corpusPath string) (*kept, error) {
	s, err := openStore(ctx, dir)
	if err != nil {
		return nil, err
	}
	if err := seed(ctx, log, s, corpusPath); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return newKept(ctx, log, now, s)
}

// seed does nothing if the store holds anything.
func seed(ctx context.Context, log *slog.Logger, s *sqlstore.Store, corpusPath string) error {
	for _, err := range s.Events(ctx, 0) {
		if err == nil && corpusPath != "" {
			log.Info("the corpus was not read, because the folder for moderators' work holds one already", "corpus", corpusPath, "later", "handout import")
		}
		return err
	}
	c, err := knowledge.Open(corpusPath)
	if err != nil {
		return err
	}
	from := corpusPath
	if from == "" {
		from = knowledge.Embedded
	}
	seeded, err := editorial.Seed(ctx, s, c, from)
	if seeded {
		log.Info("took in a corpus", "from", from, "snippets", len(c.Snippets))
	}
	return err
}

// openKeptEditor opens what is kept in a folder, if something is.
func openKeptEditor(ctx context.Context, now clock, dir string) (*kept, error) {
	s, err := openKept(ctx, dir)
	if err != nil {
		return nil, err
	}
	return newKept(ctx, slog.New(slog.DiscardHandler), now, s)
}

func newKept(ctx context.Context, log *slog.Logger, now clock, s *sqlstore.Store) (*kept, error) {
	e, err := editorial.Open(ctx, editorial.Config{Log: log, Now: now, Store: s})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &kept{e, s}, nil
}
