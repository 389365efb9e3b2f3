package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"handout/knowledge/store"
)

// SetChoice implements [store.Choices].
func (s *Store) SetChoice(ctx context.Context, c store.Choice) error {
	return s.write(ctx, "keep a choice", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM choice WHERE person = $1", c.Person)
		if err == nil && c.Region != "" {
			_, err = tx.ExecContext(ctx, "INSERT INTO choice (person, region, day) VALUES ($1, $2, $3)", c.Person, c.Region, midnight(c.Day))
		}
		return err
	})
}

// Choices implements [store.Choices].
func (s *Store) Choices(ctx context.Context, since time.Time) ([]store.Choice, error) {
	err := s.write(ctx, "forget old choices", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM choice WHERE day < $1", midnight(since))
		return err
	})
	if err != nil {
		return nil, err
	}
	list, err := collect(ctx, s.db, scanChoice, "SELECT person, region, day FROM choice ORDER BY day, person")
	if err != nil {
		return nil, fmt.Errorf("read choices: %w", explain(err))
	}
	return list, nil
}

func scanChoice(found row) (c store.Choice, err error) {
	var day int64
	err = found.Scan(&c.Person, &c.Region, &day)
	c.Day = moment(day)
	return c, err
}
