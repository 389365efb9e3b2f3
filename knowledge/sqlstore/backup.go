package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"handout/knowledge/store"
)

// Backup implements [store.Store]. Only the user who runs handout can read the file.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("back up to %s: %w; name a new file", path, fs.ErrExist)
	}
	if err := build(path, place, func(file string) error { return snapshot(ctx, s.db, file) }); err != nil {
		return fmt.Errorf("back up to %s: %w", path, explain(err))
	}
	return nil
}

// Restore puts a copy of a backup into a folder, after it has checked that it
// is a whole database of handout's and that each text is what its hash says. A
// database that is there stays as it is, unless it is to be replaced and no
// process uses it: then kept is the name under which it stays beside the new one.
func Restore(ctx context.Context, from, dir string, replace bool) (kept string, err error) {
	if kept, err = restore(ctx, from, dir, replace); err != nil {
		return "", fmt.Errorf("restore %s into %s: %w", from, dir, explain(err))
	}
	return kept, nil
}

func restore(ctx context.Context, from, dir string, replace bool) (kept string, err error) {
	source, err := openBackup(ctx, from)
	if err != nil {
		return "", err
	}
	defer source.Close() // it was only read
	path, err := file(dir)
	if err != nil {
		return "", err
	}
	fill := func(file string) error { return snapshot(ctx, source, file) }
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		if err := noOrphans(path); err != nil {
			return "", err
		}
		return "", build(path, place, fill)
	}
	if !replace {
		return "", fmt.Errorf("there is a database: %w; name an empty folder, or ask for it to be replaced", fs.ErrExist)
	}
	kept = path + time.Now().UTC().Format(".2006-01-02T150405.000Z")
	return kept, build(path, func(file, path string) error { return swap(ctx, file, path, kept) }, fill)
}

// openBackup opens a backup once it has been found whole.
func openBackup(ctx context.Context, from string) (*sql.DB, error) {
	from, err := filepath.Abs(from)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(from); err != nil {
		return nil, err
	}
	mode := untouched
	if noOrphans(from) != nil {
		mode = readOnly // a folder's database rather than a backup: its journal belongs to it
	}
	db, err := connect(from, mode)
	if err != nil {
		return nil, err
	}
	if err := verify(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// verify reads everything of a ledger.
func verify(ctx context.Context, db *sql.DB) error {
	if err := inspect(ctx, db, fullCheck); err != nil {
		return err
	}
	if _, err := pending(ctx, db, migrations); err != nil {
		return err
	}
	var events, last int64
	if err := db.QueryRowContext(ctx, "SELECT COUNT(*), COALESCE(MAX(seq), 0) FROM event").Scan(&events, &last); err != nil {
		return err
	}
	if events != last {
		return fmt.Errorf("%w (%d of %d events are missing)", errDamaged, last-events, last)
	}
	hashed := func(found row) (store.Event, error) { _, err := scanRevision(found); return store.Event{}, err }
	_, err := collect(ctx, db, hashed, selectRevision)
	return err
}

// swap puts a file in a database's place. At each moment there is one of the two.
func swap(ctx context.Context, file, path, kept string) error {
	held, err := seize(ctx, path)
	switch {
	case err == nil:
		defer held.Close() // it takes its journal away with it
	case isDamage(err):
		err = noOrphans(path)
	}
	if err == nil {
		err = place(path, kept)
	}
	if err != nil {
		return err
	}
	return os.Rename(file, path)
}
