package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"handout/bot"
	"handout/bot/limit"
	"handout/knowledge"
	"handout/knowledge/gaps"
)

// keepFlags are about what moderators keep.
type keepFlags struct {
	Data      string  `group:"Moderators" help:"Folder in which moderators' work is kept, handout-data if left out. Without it, a corpus of your own is served as it is." placeholder:"DIR" env:"HANDOUT_DATA"`
	URL       pageURL `group:"Moderators" name:"url" help:"Address under which moderators reach the web page, for links into the console." placeholder:"URL" env:"HANDOUT_URL"`
	GapAskers int     `group:"Moderators" help:"How many different people must have asked a question in vain before it is kept for moderators, masked." default:"3" env:"HANDOUT_GAP_ASKERS"`
	NoGaps    bool    `group:"Moderators" help:"Keep nothing of what people ask, not even counts." env:"HANDOUT_NO_GAPS"`
}

// defaultData is where moderators' work is kept if nothing else is said.
const defaultData = "handout-data"

// live is what serve answers from.
type live struct {
	bot     limit.Answers
	serves  func(snippet string) bool
	corpus  func() *knowledge.Corpus
	kept    *kept                     // nil if nobody can change the corpus
	regions *bot.Regions              // that people chose; nil if they are not kept
	faults  func() knowledge.Problems // that its keeper should mend
	run     []func(context.Context) error
	Close   func() error
}

// open serves what moderators keep or, without a folder for that, a corpus as
// it is.
func (f *keepFlags) open(ctx context.Context, log *slog.Logger, now clock, corpusPath string) (*live, error) {
	if f.GapAskers < 1 {
		return nil, fmt.Errorf("--gap-askers %d: give at least 1; to keep nothing, --no-gaps", f.GapAskers)
	}
	if f.Data == "" && corpusPath != "" {
		return fixed(ctx, log, now, corpusPath)
	}
	dir := cmp.Or(f.Data, defaultData)
	d, err := openEditor(ctx, log, now, dir, corpusPath)
	var cannot *fs.PathError
	if f.Data == "" && errors.As(err, &cannot) {
		log.Warn("moderators cannot work: no folder for it", "err", err, "fix", "give one with --data or HANDOUT_DATA")
		return fixed(ctx, log, now, corpusPath)
	}
	if err != nil {
		return nil, err
	}
	log.Info("moderators' work is kept", "data", dir)
	regions, err := openRegions(ctx, log, now, dir, d.store)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	l := f.moderated(log, now, d)
	l.regions = regions
	return l, nil
}

func fixed(ctx context.Context, log *slog.Logger, now clock, path string) (*live, error) {
	c, err := newCore(ctx, log, now, path)
	if err != nil {
		return nil, err
	}
	faults := func() knowledge.Problems {
		problems, _ := knowledge.Check(path, now()) // it could be read just now
		return problems
	}
	return &live{bot: c.bot, serves: c.bot.Serves, corpus: func() *knowledge.Corpus { return c.corpus }, faults: faults, Close: c.Close}, nil
}

func (f *keepFlags) moderated(log *slog.Logger, now clock, d *kept) *live {
	queue := gaps.New(log, now, d.store, gaps.Config{Askers: f.GapAskers, Off: f.NoGaps})
	l := &live{
		serves: func(snippet string) bool { return d.Edition().Bot.Serves(snippet) },
		bot:    noting{d.Editor, queue}, kept: d, Close: d.Close,
		corpus: func() *knowledge.Corpus { return d.Edition().Corpus },
		faults: func() knowledge.Problems { return d.Edition().Problems },
	}
	follow := func(ctx context.Context) error {
		tick := time.NewTicker(followEvery)
		defer tick.Stop()
		return d.Run(ctx, tick.C)
	}
	l.run = []func(context.Context) error{queue.Run, follow}
	return l
}

// followEvery is how soon what another process publishes is served.
const followEvery = time.Second

// noting tells the queue of each turn.
type noting struct {
	limit.Answers
	queue *gaps.Queue
}

// Respond answers, and lets the queue look at what came of it. A queue that is
// too full to hear that somebody wants to be forgotten has not forgotten them.
func (n noting) Respond(ctx context.Context, m bot.Message) bot.Reply {
	r := n.Answers.Respond(ctx, m)
	if noted := n.queue.Note(m, r); r.Forget && !noted {
		return r.NotDeleted()
	}
	return r
}

// serveWith serves while the background runs, which ends after it, so that
// what people asked last is taken in too.
func (l *live) serveWith(ctx context.Context, serve func(context.Context) error) error {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	group, background := errgroup.WithContext(background)
	for _, run := range l.run {
		group.Go(func() error { return run(background) })
	}
	err := serve(ctx)
	stop()
	return errors.Join(err, group.Wait())
}

// recall has each chat change what it has sent lately and what is no longer served.
func (l *live) recall(chats []bot.Adapter) []func(context.Context) error {
	var list []func(context.Context) error
	for _, a := range chats {
		r, ok := a.(bot.Recaller)
		if !ok {
			continue
		}
		list = append(list, func(ctx context.Context) error {
			tick := time.NewTicker(followEvery)
			defer tick.Stop()
			for {
				select {
				case <-tick.C:
					r.Recall(ctx, l.serves)
				case <-ctx.Done():
					return nil
				}
			}
		})
	}
	return list
}
