package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"handout/knowledge/sqlstore"
)

type backupCmd struct {
	dataFlag
	File string `arg:"" help:"New file."`
}

// Help is printed below the flags.
func (backupCmd) Help() string {
	return `The file holds the corpus with its whole history, the questions that found no
answer, and who is signed in. It is whole as of one moment, and there is no file
until it is. A server may go on meanwhile.

Example:

  handout backup --data my-desk my-desk.backup`
}

func (b *backupCmd) Run(ctx context.Context, streams stdio) error {
	s, err := openKept(ctx, b.Data)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Backup(ctx, b.File); err != nil {
		return err
	}
	fmt.Fprintf(streams.err, "backed up to %s\nto bring it back: handout restore --data %s %s\n", b.File, b.Data, b.File)
	return nil
}

type restoreCmd struct {
	dataFlag
	File    string `arg:"" help:"Backup to bring back."`
	Replace bool   `help:"Put it in the place of what is kept there, which stays beside it under another name."`
}

// Help is printed below the flags.
func (restoreCmd) Help() string {
	return `The backup is read whole, and each text compared with its hash, before anything is
written. Stop the server first if you replace what it serves.

Example:

  handout restore --data my-desk my-desk.backup`
}

func (r *restoreCmd) Run(ctx context.Context, streams stdio) error {
	if r.Data == "" {
		_, err := openStore(ctx, "")
		return err
	}
	kept, err := sqlstore.Restore(ctx, r.File, r.Data, r.Replace)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("restore: moderators' work is kept in %s already; name an empty folder with --data, or put the backup in its place with --replace", r.Data)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(streams.err, "restored into %s\n", r.Data)
	if kept != "" {
		fmt.Fprintf(streams.err, "what was there is now %s\n", kept)
	}
	return nil
}
