package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"handout/knowledge/store"
)

const (
	revisionColumns = "doc, num, base, text, hash, author_id, author_name, at, note"
	selectRevision  = "SELECT " + revisionColumns + " FROM revision"
	eventColumns    = "seq, at, actor_id, actor_name, kind, doc, num, hash, note, more"
)

// Revision implements [store.Ledger].
func (s *Store) Revision(ctx context.Context, doc string, num int) (*store.Revision, error) {
	r, err := scanRevision(s.db.QueryRowContext(ctx, selectRevision+" WHERE doc = $1 AND num = $2", doc, num))
	if err != nil {
		return nil, fmt.Errorf("read revision %d of %s: %w", num, doc, explain(err))
	}
	return r, nil
}

// Revisions implements [store.Ledger].
func (s *Store) Revisions(ctx context.Context, doc string) ([]*store.Revision, error) {
	list, err := collect(ctx, s.db, scanRevision, selectRevision+" WHERE doc = $1 ORDER BY num", doc)
	if err != nil {
		return nil, fmt.Errorf("read revisions of %s: %w", doc, err)
	}
	return list, nil
}

// Texts implements [store.Ledger].
func (s *Store) Texts(ctx context.Context, want map[string]int) (map[string]*store.Revision, error) {
	const most = 250 // in one query
	found := make(map[string]*store.Revision, len(want))
	for docs := range slices.Chunk(slices.Sorted(maps.Keys(want)), most) {
		query, args := textsQuery(docs, want)
		list, err := collect(ctx, s.db, scanRevision, query, args...)
		if err != nil {
			return nil, fmt.Errorf("read texts: %w", err)
		}
		for _, r := range list {
			found[r.Doc] = r
		}
	}
	for doc, num := range want {
		if found[doc] == nil {
			return nil, fmt.Errorf("read texts: revision %d of %s: %w", num, doc, store.ErrNotFound)
		}
	}
	return found, nil
}

// textsQuery asks for one revision of each document. The casts say what the
// placeholders are where nothing else does.
func textsQuery(docs []string, want map[string]int) (query string, args []any) {
	pairs := make([]string, len(docs))
	for i, doc := range docs {
		pairs[i] = fmt.Sprintf("(CAST($%d AS TEXT), CAST($%d AS INTEGER))", 2*i+1, 2*i+2)
		args = append(args, doc, want[doc])
	}
	return selectRevision + " WHERE (doc, num) IN (VALUES " + strings.Join(pairs, ", ") + ")", args
}

// Events implements [store.Ledger]. It holds nothing open between two events.
func (s *Store) Events(ctx context.Context, after int64) iter.Seq2[store.Event, error] {
	const page = 500
	return func(yield func(store.Event, error) bool) {
		for {
			list, err := collect(ctx, s.db, scanEvent, "SELECT "+eventColumns+" FROM event WHERE seq > $1 ORDER BY seq LIMIT $2", after, page)
			if err != nil {
				yield(store.Event{}, fmt.Errorf("read events: %w", err))
				return
			}
			for _, e := range list {
				if !yield(e, nil) {
					return
				}
				after = e.Seq
			}
			if len(list) < page {
				return
			}
		}
	}
}

// row is what a query found.
type row interface{ Scan(into ...any) error }

// collect reads all rows of a query.
func collect[T any](ctx context.Context, db *sql.DB, scan func(row) (T, error), query string, args ...any) (list []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, explain(err)
		}
		list = append(list, one)
	}
	if err := rows.Err(); err != nil {
		return nil, explain(err)
	}
	return list, nil
}

// scanRevision reads a revision, and refuses a text that is not what was written.
func scanRevision(found row) (*store.Revision, error) {
	var r store.Revision
	var at int64
	err := found.Scan(&r.Doc, &r.Num, &r.Base, &r.Text, &r.Hash, &r.Author.ID, &r.Author.Name, &at, &r.Note)
	if err != nil {
		return nil, orNotFound(err)
	}
	if store.Hash(r.Text) != r.Hash {
		return nil, fmt.Errorf("revision %d of %s is not the text that was written: %w", r.Num, r.Doc, errDamaged)
	}
	r.At = moment(at)
	return &r, nil
}

func scanEvent(found row) (store.Event, error) {
	var e store.Event
	var at int64
	var num sql.NullInt64
	err := found.Scan(&e.Seq, &at, &e.Actor.ID, &e.Actor.Name, &e.Kind, &e.Doc, &num, &e.Hash, &e.Note, &e.More)
	e.At, e.Num = moment(at), int(num.Int64)
	return e, err
}
