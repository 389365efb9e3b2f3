package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrations are the steps from nothing to the tables as they are now.
var migrations = sub(embedded, "migrations")

func sub(fsys fs.FS, dir string) fs.FS {
	s, err := fs.Sub(fsys, dir)
	if err != nil {
		panic(err) // the name is fixed
	}
	return s
}

// errNewer means that the database has been migrated further than this version knows.
var errNewer = errors.New("a newer version of handout made this database; start the newer handout")

func provider(db *sql.DB, steps fs.FS) (*goose.Provider, error) {
	return goose.NewProvider(goose.DialectSQLite3, db, steps,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
}

// migrate brings a database up to date that nobody else uses.
func migrate(ctx context.Context, db *sql.DB, steps fs.FS) error {
	p, err := provider(db, steps)
	if err == nil {
		_, err = p.Up(ctx)
	}
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// pending reports whether a database is older than this version; it is [errNewer] if it is newer.
func pending(ctx context.Context, db *sql.DB, steps fs.FS) (bool, error) {
	p, err := provider(db, steps)
	if err != nil {
		return false, err
	}
	have, want, err := p.GetVersions(ctx)
	if err == nil && have > want {
		err = errNewer
	}
	return have < want, err
}

// upgrade migrates a database with nobody else in it: an older handout that
// still serves from it would not know the new tables, and two that migrate at
// once would take a step twice.
func upgrade(ctx context.Context, path string, steps fs.FS) error {
	db, err := seize(ctx, path)
	if err != nil {
		return fmt.Errorf("upgrade: %w", err)
	}
	return errors.Join(migrate(ctx, db, steps), db.Close())
}
