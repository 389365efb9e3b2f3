package gaps

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"handout/knowledge/store"
)

// keepHouse does what is to be done every minute.
func (q *Queue) keepHouse(ctx context.Context) {
	err := q.load(ctx)
	if n := q.lost.Swap(0); n > 0 {
		q.log.WarnContext(ctx, "turns not looked at for gaps", "count", n)
	}
	q.logFailed(errors.Join(err, q.flush(ctx), q.prune(ctx)))
}

func (q *Queue) logFailed(err error) {
	if err != nil {
		q.log.Error("gaps not kept; trying again in a minute", "err", err)
	}
}

// flush writes what was laid aside.
func (q *Queue) flush(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var failed []error
	if len(q.gaps) > 0 {
		list := slices.SortedFunc(maps.Values(q.gaps), func(a, b store.Gap) int { return cmp.Compare(a.ID, b.ID) })
		if err := q.store.AddGaps(ctx, list); err != nil {
			failed = append(failed, fmt.Errorf("add gaps: %w", err))
		} else {
			clear(q.gaps)
		}
	}
	for today, counts := range q.counts {
		if err := q.store.AddCounts(ctx, today, counts); err != nil {
			failed = append(failed, fmt.Errorf("add counts: %w", err))
			break
		}
		delete(q.counts, today)
	}
	return errors.Join(failed...)
}

// load takes in what is kept, once. Closed questions too: they must not come
// back in other words.
func (q *Queue) load(ctx context.Context) error {
	if q.loaded || q.cfg.Off {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for _, state := range []store.GapState{store.Open, store.Linked, store.Drafted, store.Dismissed} {
		list, err := q.store.Gaps(ctx, state)
		if err != nil {
			return fmt.Errorf("read gaps: %w", err)
		}
		for _, gap := range list {
			q.groups.restore(gap)
		}
	}
	q.loaded = true
	return nil
}

// prune forgets what is too old, once a day.
func (q *Queue) prune(ctx context.Context) error {
	today := q.now().UTC().Truncate(day)
	if !today.After(q.pruned) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	before := today.Add(-q.cfg.Keep)
	q.groups.forget(before)
	if err := q.store.PruneGaps(ctx, before); err != nil {
		return fmt.Errorf("forget gaps: %w", err)
	}
	q.pruned = today
	return nil
}
