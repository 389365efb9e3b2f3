// Package gaps keeps the questions that people asked in vain, for moderators to
// see what the corpus lacks, without keeping who asked.
//
// A [Queue] is told of every turn. It counts outcomes, and looks at questions
// that found nothing or whose answer was voted down. The way of such a question:
// what tells who asked is taken out ([Mask], in mask.go and names.go); its words
// are compared with those of others (words.go); it waits in memory until enough
// different people have asked the same (groups.go), and only then it is written
// to the store. Who they were is known by a keyed hash, in memory, until that.
// The key is made anew each day; a question keeps the key of the day on which
// it was first asked, so that one person who asks on several days stays one.
//
// Days are kept, not times, so that a question cannot be found by its time in
// the log of a chat.
package gaps

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"handout/bot"
	"handout/knowledge/store"
)

// Config is what an operator sets.
type Config struct {
	Askers int           // how many different people must have asked before anything is kept; 0 means 3
	Keep   time.Duration // how long after it was last asked; 0 means 30 days
	Off    bool          // nothing is kept, not even counts
}

// Store keeps what the queue hands on.
type Store interface {
	store.Gaps
	store.Counts
}

// Queue takes in what became of each message. Run must be running for it to
// keep anything.
type Queue struct {
	log   *slog.Logger
	now   func() time.Time
	store Store
	cfg   Config
	notes chan note
	lost  atomic.Int64 // notes for which there was no room

	// What follows belongs to Run.
	groups *groups
	gaps   map[string]store.Gap         // to be written
	counts map[time.Time]map[string]int // to be written, by day
	due    bool                         // a question is waiting to be shown
	loaded bool                         // the groups know what is kept
	pruned time.Time                    // the last day on which old questions were forgotten
}

// note is one turn.
type note struct {
	at    time.Time
	asker string
	reply bot.Reply
}

const (
	mostNotes  = 1024
	flushEvery = time.Minute
	patience   = 10 * time.Second // with the store
	day        = 24 * time.Hour
)

// New makes a queue on a store. now is the clock by which days are told.
func New(log *slog.Logger, now func() time.Time, s Store, c Config) *Queue {
	c.Askers, c.Keep = cmp.Or(c.Askers, 3), cmp.Or(c.Keep, 30*day)
	return &Queue{
		log: log, now: now, store: s, cfg: c, notes: make(chan note, mostNotes),
		groups: newGroups(c.Askers), gaps: map[string]store.Gap{}, counts: map[time.Time]map[string]int{},
	}
}

// Note tells of a turn. It never waits: if too much is happening, the turn is
// not looked at, and it reports false.
func (q *Queue) Note(m bot.Message, r bot.Reply) bool {
	if q.cfg.Off {
		return true
	}
	select {
	case q.notes <- note{q.now(), m.Asker, r}:
		return true
	default:
		q.lost.Add(1)
		return false
	}
}

// Run keeps what is noted until ctx ends, then writes what is left. What the
// store does not take is tried again a minute later.
func (q *Queue) Run(ctx context.Context) error {
	q.keepHouse(ctx)
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		if q.due && len(q.notes) == 0 {
			q.due = false
			q.logFailed(q.flush(ctx))
		}
		select {
		case n := <-q.notes:
			q.take(n)
		case <-tick.C:
			q.keepHouse(ctx)
		case <-ctx.Done():
			return q.finish(context.WithoutCancel(ctx))
		}
	}
}

// finish writes what has been noted so far.
func (q *Queue) finish(ctx context.Context) error {
	for {
		select {
		case n := <-q.notes:
			q.take(n)
		default:
			return q.flush(ctx)
		}
	}
}

// take looks at one turn. Nothing that a person can write may end the queue.
func (q *Queue) take(n note) {
	defer func() {
		if v := recover(); v != nil {
			q.log.Error("gap panicked", "panic", fmt.Sprintf("%T", v))
		}
	}()
	if n.reply.Forget {
		q.groups.leave(n.asker)
	}
	today := n.at.UTC().Truncate(day)
	q.count(today, n.reply)
	if n.reply.InVain == "" {
		return
	}
	asked := question{subject: subject{why: store.Unanswered}, text: Mask(n.reply.InVain), asker: n.asker, day: today}
	if n.reply.Voted.Vote == bot.Down {
		asked.subject = subject{store.Disliked, n.reply.Voted.Snippet}
	}
	asked.tokens = tokens(asked.text, corrections(n.reply.Corrected))
	if asked.words = set(asked.tokens); len(asked.words) == 0 {
		return
	}
	gap, kept, fresh := q.groups.ask(asked)
	if kept {
		q.add(gap)
	}
	q.due = q.due || fresh
}

// count counts what became of a message.
func (q *Queue) count(today time.Time, r bot.Reply) {
	counts := q.counts[today]
	if counts == nil {
		counts = map[string]int{}
		q.counts[today] = counts
	}
	if r.Searched() {
		counts["outcome:"+string(r.Outcome)]++
	}
	for _, id := range r.Shown() {
		counts["shown:"+id]++
	}
	switch r.Voted.Vote {
	case bot.Up:
		counts["liked:"+r.Voted.Snippet]++
	case bot.Down:
		counts["disliked:"+r.Voted.Snippet]++
	}
}

// add lays a gap aside for the next flush.
func (q *Queue) add(gap store.Gap) {
	if old, ok := q.gaps[gap.ID]; ok {
		old.Count += gap.Count
		old.Last = later(old.Last, gap.Last)
		gap = old
	}
	q.gaps[gap.ID] = gap
}
