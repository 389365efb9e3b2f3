package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"handout/bot"
	"handout/bot/web"
	"handout/knowledge"
)

type serveCmd struct {
	corpusFlag
	Addr    string        `help:"Address of the web page." default:"127.0.0.1:8080" env:"HANDOUT_ADDR"`
	Drain   time.Duration `help:"How long a stop waits for answers in progress." default:"10s" env:"HANDOUT_DRAIN"`
	LogJSON bool          `help:"Write the log as JSON." name:"log-json" env:"HANDOUT_LOG_JSON"`
}

// Help is printed below the flags.
func (serveCmd) Help() string {
	return `Every flag can be set by its environment variable instead. The first SIGTERM or
Control-C lets answers in progress finish; a second one exits at once.

Example:

  HANDOUT_ADDR=:8080 handout serve --corpus my-corpus/`
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
	context.AfterFunc(ctx, func() {
		defer close(stopping)
		stop() // a second signal then exits at once
		log.Info("stopping", "drain", s.Drain)
	})

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
	page := &web.Server{Log: log, Addr: s.Addr, Drain: s.Drain, Corpus: c.corpus}
	err = runAll(ctx, log, c.bot, page)
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

// runAll runs the adapters until ctx ends or one of them fails.
func runAll(ctx context.Context, log *slog.Logger, r bot.Responder, adapters ...bot.Adapter) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, a := range adapters {
		group.Go(func() error {
			if err := a.Run(ctx, r); err != nil && !errors.Is(err, context.Canceled) {
				return fmt.Errorf("%s: %w", a.Name(), err)
			}
			log.Info("surface stopped", "surface", a.Name())
			return nil
		})
	}
	return group.Wait()
}
