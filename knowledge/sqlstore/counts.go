package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"

	"handout/knowledge/store"
)

// AddCounts implements [store.Counts].
func (s *Store) AddCounts(ctx context.Context, day time.Time, counts map[string]int) error {
	return s.write(ctx, "add counts", func(tx *sql.Tx) error {
		for key, n := range counts {
			_, err := tx.ExecContext(ctx, `INSERT INTO day_count (day, key, n) VALUES ($1, $2, $3)
				ON CONFLICT (day, key) DO UPDATE SET n = day_count.n + excluded.n`, midnight(day), key, n)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Counts implements [store.Counts].
func (s *Store) Counts(ctx context.Context, first, last time.Time) iter.Seq2[store.Count, error] {
	return func(yield func(store.Count, error) bool) {
		list, err := collect(ctx, s.db, scanCount, "SELECT day, key, n FROM day_count WHERE day BETWEEN $1 AND $2 ORDER BY day, key",
			midnight(first), midnight(last))
		if err != nil {
			yield(store.Count{}, fmt.Errorf("read counts: %w", err))
			return
		}
		for _, c := range list {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func scanCount(found row) (c store.Count, err error) {
	var day int64
	err = found.Scan(&day, &c.Key, &c.N)
	c.Day = moment(day)
	return c, err
}

// midnight is when the day of a moment began, in UTC.
func midnight(t time.Time) int64 { return millis(t.UTC().Truncate(24 * time.Hour)) }
