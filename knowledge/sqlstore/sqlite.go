package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a SQLite file as handout's: "hndt" in ASCII.
const applicationID = 0x686e6474

// The modes in which a file is opened. None but making makes one.
const (
	making    = "mode=rwc"
	readWrite = "mode=rw"
	readOnly  = "mode=ro"
	untouched = "mode=ro&immutable=1" // leaves nothing beside the file, and needs it to stay as it is
)

// perConnection holds for each connection: what was committed survives a loss
// of power, what was deleted is overwritten, and a writer waits for another one.
const perConnection = "_pragma=busy_timeout(15000)&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(1)&_pragma=secure_delete(1)&_txlock=immediate"

// connect opens a file by its absolute path. Connections stay open until the
// database is closed, so that others can tell that it is in use.
func connect(path, mode string) (*sql.DB, error) {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a drive of Windows
	}
	address := url.URL{Scheme: "file", Path: slashed, RawQuery: mode + "&" + perConnection}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return nil, err
	}
	const connections = 4
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// initialize fills a new file.
func initialize(ctx context.Context, db *sql.DB, steps fs.FS) error {
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return err
	}
	if err := useWAL(ctx, db); err != nil {
		return err
	}
	return migrate(ctx, db, steps)
}

// useWAL lets readers go on while somebody writes. The file remembers it.
func useWAL(ctx context.Context, db *sql.DB) error {
	return journal(ctx, db, "wal")
}

func journal(ctx context.Context, db *sql.DB, mode string) error {
	var got string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode = "+mode).Scan(&got); err != nil {
		return err
	}
	if got != mode {
		return fmt.Errorf("the file system allows no journal of kind %s; put the folder on a local disk", mode)
	}
	return nil
}

// The checks of [inspect], from cheap to thorough.
const (
	quickCheck = "PRAGMA quick_check(1)"
	fullCheck  = "PRAGMA integrity_check(1)"
)

var (
	errForeign = errors.New("this is no database of handout's; move it away, or name another folder")
	errDamaged = errors.New("the database is damaged; bring a backup back with handout restore")
)

// inspect refuses what is not a whole database of handout's, without changing it.
func inspect(ctx context.Context, db *sql.DB, check string) error {
	var id int
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if id != applicationID {
		return errForeign
	}
	var found string
	if err := db.QueryRowContext(ctx, check).Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("%w (%s)", errDamaged, found)
	}
	return nil
}

// snapshot writes a copy into a new file, as of one moment, while others write.
func snapshot(ctx context.Context, db *sql.DB, file string) error {
	_, err := db.ExecContext(ctx, "VACUUM INTO $1", file)
	return err
}

// seize takes a database over from everybody and folds its journal into the
// file, so that this is all there is. It is held until closed.
func seize(ctx context.Context, path string) (*sql.DB, error) {
	db, err := connect(path, readWrite)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, "PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE")
	if err == nil {
		err = journal(ctx, db, "delete")
	}
	if err == nil {
		_, err = db.ExecContext(ctx, "BEGIN EXCLUSIVE; ROLLBACK")
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// scrub overwrites what was deleted in the journal too, as far as nobody reads it just now.
func (s *Store) scrub(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

// explain says how to mend what the database or the file system complains of.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		if errors.Is(err, fs.ErrPermission) {
			return fmt.Errorf("%w; let the user who runs handout write to the folder", err)
		}
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", errForeign, err)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: %w", errDamaged, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("another process holds the database; stop it or try again: %w", err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fmt.Errorf("let the user who runs handout write to the folder and to %s: %w", File, err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("the disk is full; make room: %w", err)
	}
	return err
}

// isDamage reports whether the file cannot be read as a database at all.
func isDamage(err error) bool {
	var e *sqlite.Error
	if errors.As(err, &e) {
		code := e.Code() & 0xff
		return code == sqlite3.SQLITE_NOTADB || code == sqlite3.SQLITE_CORRUPT
	}
	return false
}

// journals are the files beside a database without which it is not whole.
var journals = []string{"-wal", "-journal"}

// noOrphans refuses to put a database beside the journal of another one, which
// would be taken for its own.
func noOrphans(path string) error {
	for _, suffix := range journals {
		if _, err := os.Lstat(path + suffix); err == nil {
			return fmt.Errorf("%s is there without %s, to which it belongs; put that back or move it away", filepath.Base(path)+suffix, filepath.Base(path))
		}
	}
	return nil
}
