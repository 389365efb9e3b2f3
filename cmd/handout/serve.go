package main

import (
	"context"
	"errors"
	"log/slog"
	"os/signal"
	"syscall"

	"handout/knowledge"
)

type serveCmd struct {
	surfaces
	LogJSON bool `help:"Write the log as JSON." name:"log-json" env:"HANDOUT_LOG_JSON"`
}

// Help is printed below the flags.
func (serveCmd) Help() string {
	return `Every flag can be set by its environment variable instead. The first SIGTERM or
Control-C lets answers in progress finish; a second one exits at once.

Example:

  HANDOUT_ADDR=:8080 HANDOUT_TELEGRAM_TOKEN_FILE=/run/secrets/telegram handout serve`
}

func (s *serveCmd) Run(ctx context.Context, streams stdio, now clock) error {
	var handler slog.Handler = slog.NewTextHandler(streams.err, nil)
	if s.LogJSON {
		handler = slog.NewJSONHandler(streams.err, nil)
	}
	log := slog.New(handler)
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	stopping := make(chan struct{})
	unhook := context.AfterFunc(ctx, func() {
		defer close(stopping)
		stop() // a second signal then exits at once
		log.Info("stopping", "drain", s.Drain)
	})
	defer unhook() // an error is no stop

	c, err := newCore(ctx, log, now, s.Corpus)
	if errors.Is(err, context.Canceled) {
		<-stopping // before it began
		return nil
	}
	if err != nil {
		return err
	}
	defer c.Close()
	s.logCorpus(log, c.corpus, now)
	chats, _ := s.chats(log) // what failed is logged
	err = runAll(ctx, log, c.bot, s.page(log, c), chats)
	if ctx.Err() != nil {
		<-stopping
	}
	return err
}

// logCorpus says what is served, and what its keeper should mend.
func (s *serveCmd) logCorpus(log *slog.Logger, c *knowledge.Corpus, now clock) {
	log.Info("corpus", "name", c.Settings.Name, "snippets", len(c.Snippets))
	problems, err := knowledge.Check(s.Corpus, now())
	if err == nil && len(problems) > 0 {
		log.Warn("corpus has problems", "count", len(problems), "first", problems[0].String(), "fix", "handout check "+s.Corpus)
	}
}
