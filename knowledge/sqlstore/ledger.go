package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"handout/knowledge/store"
)

// Commit implements [store.Ledger].
func (s *Store) Commit(ctx context.Context, c store.Change) (store.Written, error) {
	if err := c.Check(); err != nil {
		return store.Written{}, fmt.Errorf("commit: %w", err)
	}
	var w store.Written
	err := s.write(ctx, "commit", func(tx *sql.Tx) error {
		if err := upToDate(ctx, tx, c); err != nil {
			return err
		}
		var err error
		w, err = put(ctx, tx, c, s.Now())
		return err
	})
	if err != nil {
		return store.Written{}, err
	}
	return w, nil
}

// upToDate returns [*store.Stale] if what the change rests on has changed.
func upToDate(ctx context.Context, tx *sql.Tx, c store.Change) error {
	for _, r := range c.Revisions {
		if err := latestIs(ctx, tx, r.Doc, r.Base); err != nil {
			return err
		}
	}
	for doc, num := range c.Expect {
		if err := latestIs(ctx, tx, doc, num); err != nil {
			return err
		}
	}
	if c.Served == nil {
		return nil
	}
	served, err := served(ctx, tx)
	if err == nil && served != *c.Served {
		err = &store.Stale{}
	}
	return err
}

func latestIs(ctx context.Context, tx *sql.Tx, doc string, want int) error {
	latest, err := scanRevision(tx.QueryRowContext(ctx, selectRevision+" WHERE doc = $1 ORDER BY num DESC LIMIT 1", doc))
	switch {
	case errors.Is(err, store.ErrNotFound) && want == 0:
		return nil
	case err != nil:
		return fmt.Errorf("revision %d of %s: %w", want, doc, err)
	case latest.Num != want:
		return &store.Stale{Doc: doc, Latest: latest}
	}
	return nil
}

// served is what [store.State] calls Served.
func served(ctx context.Context, tx *sql.Tx) (seq int64, err error) {
	kinds := make([]any, len(store.Serving))
	for i, kind := range store.Serving {
		kinds[i] = string(kind)
	}
	err = tx.QueryRowContext(ctx, "SELECT seq FROM event WHERE kind IN ("+params(1, len(kinds))+") ORDER BY seq DESC LIMIT 1", kinds...).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, err
}

// params are n placeholders, from a number on.
func params(from, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("$%d", from+i)
	}
	return strings.Join(list, ", ")
}

func put(ctx context.Context, tx *sql.Tx, c store.Change, now time.Time) (store.Written, error) {
	var w store.Written
	for _, r := range c.Revisions {
		r.Num, r.Hash, r.At = r.Base+1, store.Hash(r.Text), moment(millis(now))
		if err := insertRevision(ctx, tx, r); err != nil {
			return w, fmt.Errorf("write revision of %s: %w", r.Doc, err)
		}
		w.Revisions = append(w.Revisions, r)
	}
	events, err := complete(ctx, tx, c.Events, w.Revisions)
	if err != nil {
		return w, err
	}
	w.Events, err = appendEvents(ctx, tx, events, now)
	return w, err
}

// complete gives events the revision and the hash that they are about.
func complete(ctx context.Context, tx *sql.Tx, events []store.Event, written []store.Revision) ([]store.Event, error) {
	fresh := map[string]int{}
	for _, r := range written {
		fresh[r.Doc] = r.Num
	}
	list := make([]store.Event, 0, len(events))
	for _, e := range events {
		if e.Num == 0 {
			e.Num = fresh[e.Doc]
		}
		if e.Num != 0 {
			var err error
			if e.Hash, err = boundHash(ctx, tx, e); err != nil {
				return nil, err
			}
		}
		list = append(list, e)
	}
	return list, nil
}

// boundHash is the hash of the revision that an event is about. The event may
// name it as well, but no other: what was approved is what was read.
func boundHash(ctx context.Context, tx *sql.Tx, e store.Event) (hash string, err error) {
	err = tx.QueryRowContext(ctx, "SELECT hash FROM revision WHERE doc = $1 AND num = $2", e.Doc, e.Num).Scan(&hash)
	if err != nil {
		return "", fmt.Errorf("event %q about revision %d of %s: %w", e.Kind, e.Num, e.Doc, orNotFound(err))
	}
	if e.Hash != "" && e.Hash != hash {
		return "", fmt.Errorf("event %q: revision %d of %s is another text", e.Kind, e.Num, e.Doc)
	}
	return hash, nil
}

func insertRevision(ctx context.Context, tx *sql.Tx, r store.Revision) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO revision ("+revisionColumns+") VALUES ("+params(1, 9)+")",
		r.Doc, r.Num, r.Base, r.Text, r.Hash, r.Author.ID, r.Author.Name, millis(r.At), r.Note)
	return err
}

// appendEvents numbers the events and writes them. The caller's transaction is the only one that writes.
func appendEvents(ctx context.Context, tx *sql.Tx, events []store.Event, now time.Time) ([]store.Event, error) {
	var last int64
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(seq), 0) FROM event").Scan(&last); err != nil {
		return nil, fmt.Errorf("number events: %w", err)
	}
	for i := range events {
		e := &events[i]
		last++
		e.Seq, e.At = last, moment(millis(now))
		_, err := tx.ExecContext(ctx, "INSERT INTO event ("+eventColumns+") VALUES ("+params(1, 10)+")",
			e.Seq, millis(e.At), e.Actor.ID, e.Actor.Name, string(e.Kind), e.Doc, sql.NullInt64{Int64: int64(e.Num), Valid: e.Num != 0}, e.Hash, e.Note, e.More)
		if err != nil {
			return nil, fmt.Errorf("write event %q: %w", e.Kind, err)
		}
	}
	return events, nil
}
