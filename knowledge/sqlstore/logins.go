package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"handout/knowledge/store"
)

// What a login is used as.
const (
	link    = "link"
	session = "session"
)

// AddLink implements [store.Logins].
func (s *Store) AddLink(ctx context.Context, l store.Login) error {
	return s.addLogin(ctx, link, l)
}

// AddSession implements [store.Logins].
func (s *Store) AddSession(ctx context.Context, l store.Login) error {
	return s.addLogin(ctx, session, l)
}

func (s *Store) addLogin(ctx context.Context, use string, l store.Login) error {
	return s.write(ctx, "add "+use, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO login (hash, use, actor_id, actor_name, expires) VALUES ($1, $2, $3, $4, $5)",
			l.Hash, use, l.Actor.ID, l.Actor.Name, millis(l.Expires))
		return err
	})
}

// TakeLink implements [store.Logins]. It forgets what has expired, links and sessions.
func (s *Store) TakeLink(ctx context.Context, hash string, now time.Time) (l store.Login, err error) {
	err = s.write(ctx, "take link", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM login WHERE expires <= $1", millis(now)); err != nil {
			return err
		}
		l, err = scanLogin(tx.QueryRowContext(ctx, `DELETE FROM login WHERE use = $1 AND hash = $2
			RETURNING hash, actor_id, actor_name, expires`, link, hash))
		return err
	})
	if err != nil {
		return store.Login{}, err
	}
	return l, nil
}

// Session implements [store.Logins].
func (s *Store) Session(ctx context.Context, hash string, now time.Time) (store.Login, error) {
	l, err := scanLogin(s.db.QueryRowContext(ctx, `SELECT hash, actor_id, actor_name, expires FROM login
		WHERE use = $1 AND hash = $2 AND expires > $3`, session, hash, millis(now)))
	if err != nil {
		return store.Login{}, fmt.Errorf("read session: %w", explain(err))
	}
	return l, nil
}

// EndSession implements [store.Logins].
func (s *Store) EndSession(ctx context.Context, hash string) error {
	return s.write(ctx, "end session", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM login WHERE use = $1 AND hash = $2", session, hash)
		return err
	})
}

func scanLogin(found row) (l store.Login, err error) {
	var expires int64
	err = found.Scan(&l.Hash, &l.Actor.ID, &l.Actor.Name, &expires)
	l.Expires = moment(expires)
	return l, orNotFound(err)
}

// orNotFound is [store.ErrNotFound] if a query found no row.
func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	return err
}
