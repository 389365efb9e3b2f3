package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"handout/knowledge/store"
)

// AddGaps implements [store.Gaps].
func (s *Store) AddGaps(ctx context.Context, gaps []store.Gap) error {
	return s.write(ctx, "add gaps", func(tx *sql.Tx) error {
		for _, g := range gaps {
			if err := addGap(ctx, tx, g); err != nil {
				return err
			}
		}
		return nil
	})
}

func addGap(ctx context.Context, tx *sql.Tx, g store.Gap) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO gap (id, text, why, snippet, count, first_at, last_at, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET
			count = gap.count + excluded.count,
			first_at = CASE WHEN excluded.first_at < gap.first_at THEN excluded.first_at ELSE gap.first_at END,
			last_at = CASE WHEN excluded.last_at > gap.last_at THEN excluded.last_at ELSE gap.last_at END`,
		g.ID, g.Text, string(g.Why), g.Snippet, g.Count, millis(g.First), millis(g.Last), string(g.State))
	return err
}

// Gaps implements [store.Gaps].
func (s *Store) Gaps(ctx context.Context, state store.GapState) ([]store.Gap, error) {
	list, err := collect(ctx, s.db, scanGap, `SELECT id, text, why, snippet, count, first_at, last_at, state FROM gap
		WHERE state = $1 ORDER BY count DESC, last_at DESC, id`, string(state))
	if err != nil {
		return nil, fmt.Errorf("read gaps: %w", err)
	}
	return list, nil
}

func scanGap(found row) (g store.Gap, err error) {
	var first, last int64
	err = found.Scan(&g.ID, &g.Text, &g.Why, &g.Snippet, &g.Count, &first, &last, &g.State)
	g.First, g.Last = moment(first), moment(last)
	return g, err
}

// CloseGap implements [store.Gaps].
func (s *Store) CloseGap(ctx context.Context, id string, state store.GapState, e store.Event) error {
	if err := (store.Change{Events: []store.Event{e}}).Check(); err != nil {
		return fmt.Errorf("close gap: %w", err)
	}
	return s.write(ctx, "close gap", func(tx *sql.Tx) error {
		var closed string
		err := tx.QueryRowContext(ctx, "UPDATE gap SET state = $1 WHERE id = $2 AND state = $3 RETURNING id",
			string(state), id, string(store.Open)).Scan(&closed)
		if err != nil {
			return orNotFound(err)
		}
		events, err := complete(ctx, tx, []store.Event{e}, nil)
		if err == nil {
			_, err = appendEvents(ctx, tx, events, s.Now())
		}
		return err
	})
}

// PruneGaps implements [store.Gaps].
func (s *Store) PruneGaps(ctx context.Context, before time.Time) error {
	err := s.write(ctx, "prune gaps", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM gap WHERE state = $1 AND last_at < $2", string(store.Open), millis(before)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE gap SET text = '' WHERE state <> $1 AND text <> ''", string(store.Open))
		return err
	})
	if err != nil {
		return err
	}
	if err := s.scrub(ctx); err != nil {
		return fmt.Errorf("prune gaps: %w", explain(err))
	}
	return nil
}
