// Package sqlstore is a [store.Store] on one SQLite file, [File], in a folder.
//
// Its SQL is what SQLite and PostgreSQL share; what only SQLite has stands in
// sqlite.go. Several processes may have the same folder open.
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

// File is the name of the database in its folder.
const File = "handout.db"

// Store is an open database. It is safe for concurrent use.
type Store struct {
	Now func() time.Time // gives revisions and events their time

	db     *sql.DB
	writer chan struct{} // held while writing: cheaper to wait for than SQLite's lock
}

var _ store.Store = (*Store)(nil)

// Open opens the database in a folder and brings it up to date, or makes the
// folder, for nobody else to read, and an empty database. It leaves alone what
// is no database of handout's, what is damaged, and what a newer version made.
func Open(ctx context.Context, dir string) (*Store, error) {
	s, err := open(ctx, dir, migrations)
	if err != nil {
		return nil, fmt.Errorf("open store in %s: %w", dir, explain(err))
	}
	return s, nil
}

func open(ctx context.Context, dir string, steps fs.FS) (*Store, error) {
	path, err := file(dir)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := create(ctx, path, steps); err != nil && !errors.Is(err, fs.ErrExist) { // it exists if another process was faster
			return nil, err
		}
	}
	if err := admit(ctx, path, steps); err != nil {
		return nil, err
	}
	db, err := connect(path, readWrite)
	if err != nil {
		return nil, err
	}
	s := &Store{Now: time.Now, db: db, writer: make(chan struct{}, 1)}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// file makes the folder and returns the absolute path of its database.
func file(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, File), os.MkdirAll(dir, 0o700)
}

// create makes an empty database. It is whole as soon as it is there.
func create(ctx context.Context, path string, steps fs.FS) error {
	if err := noOrphans(path); err != nil {
		return err
	}
	return build(path, place, func(file string) error {
		db, err := connect(file, making)
		if err != nil {
			return err
		}
		return errors.Join(initialize(ctx, db, steps), db.Close())
	})
}

// admit looks at a database before anything is written to it, and upgrades it if it is older.
func admit(ctx context.Context, path string, steps fs.FS) error {
	db, err := connect(path, readOnly)
	if err != nil {
		return err
	}
	err = inspect(ctx, db, quickCheck)
	older := false
	if err == nil {
		older, err = pending(ctx, db, steps)
	}
	if err = errors.Join(err, db.Close()); err != nil || !older {
		return err
	}
	return upgrade(ctx, path, steps)
}

// prepare makes sure that the file can be written and read at the same time.
func (s *Store) prepare(ctx context.Context) error {
	if err := useWAL(ctx, s.db); err != nil {
		return err
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE login SET use = use WHERE use = ''") // none, but refused if the file can only be read
		return err
	})
}

// Close ends what uses the database.
func (s *Store) Close() error {
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// write runs a transaction, one at a time. When it returns without an error,
// what it wrote is on the disk.
func (s *Store) write(ctx context.Context, what string, do func(*sql.Tx) error) error {
	select {
	case s.writer <- struct{}{}:
		defer func() { <-s.writer }()
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", what, ctx.Err())
	}
	if err := s.transact(ctx, do); err != nil {
		return fmt.Errorf("%s: %w", what, explain(err))
	}
	return nil
}

func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func millis(t time.Time) int64 { return t.UnixMilli() }

func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
