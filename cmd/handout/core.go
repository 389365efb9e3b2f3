package main

import (
	"context"
	"log/slog"

	"handout/bot"
	"handout/index"
	"handout/knowledge"
)

// core is the bot with what it stands on.
type core struct {
	corpus *knowledge.Corpus
	index  *index.Index
	bot    *bot.Bot
}

// newCore opens and indexes a corpus. Close it afterwards.
func newCore(ctx context.Context, log *slog.Logger, now clock, path string) (*core, error) {
	c, err := knowledge.Open(path)
	if err != nil {
		return nil, err
	}
	x, err := index.Build(ctx, c)
	if err != nil {
		return nil, err
	}
	return &core{c, x, bot.New(log, now, c, x)}, nil
}

func (c *core) Close() error { return c.index.Close() }
