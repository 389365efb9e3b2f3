package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os/signal"
	"syscall"

	"handout/bot/limit"
	"handout/bot/web"
)

type serveCmd struct {
	surfaces
	keepFlags
	limitFlags
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

	err := s.serve(ctx, log, now)
	if ctx.Err() != nil {
		<-stopping
	}
	if errors.Is(err, context.Canceled) { // before it began
		return nil
	}
	return err
}

// serve answers until ctx ends.
func (s *serveCmd) serve(ctx context.Context, log *slog.Logger, now clock) error {
	l, err := s.keepFlags.open(ctx, log, now, s.Corpus)
	if err != nil {
		return err
	}
	defer l.Close()
	l.bot = s.limitFlags.before(now, l.bot)
	l.log(log)
	socket, err := new(net.ListenConfig).Listen(ctx, "tcp", s.Addr)
	if err != nil {
		return fmt.Errorf("web: %w; choose another address with --addr", err)
	}
	page := &web.Server{Log: log, Addr: s.Addr, Drain: s.Drain, Corpus: l.corpus,
		Listen: func(context.Context, string) (net.Listener, error) { return socket, nil }}
	var m *moderators
	with := shared{regions: l.regions}
	if l.kept != nil {
		m = newModerators(log, now, l.kept.Editor, cmp.Or(string(s.URL), "http://"+socket.Addr().String()))
		page.Console, with.desk = m.console, m.desk
	}
	chats, _ := s.chats(log, with) // what failed is logged
	if m != nil {
		m.add(chats)
		m.invite(ctx)
		l.run = append(l.run, m.channels()...)
	}
	l.run = append(l.run, l.recall(chats)...)
	return l.serveWith(ctx, func(ctx context.Context) error { return runAll(ctx, log, l.bot, page, chats) })
}

// limitFlags say how much is answered.
type limitFlags struct {
	LimitPerson int `group:"Limits" help:"Messages a minute that are answered for one person, half of them at once; 0 for any number. Of suggestions while typing, ten times as many. Emergencies are always answered." default:"20" env:"HANDOUT_LIMIT_PERSON"`
	LimitChat   int `group:"Limits" help:"The same for one chat or channel, without suggestions." default:"60" env:"HANDOUT_LIMIT_CHAT"`
	LimitServer int `group:"Limits" help:"The same for one Discord server, with suggestions." default:"600" env:"HANDOUT_LIMIT_SERVER"`
}

func (f *limitFlags) before(now clock, next limit.Answers) limit.Answers {
	return limit.New(now, next, limit.Rates{Person: f.LimitPerson, Chat: f.LimitChat, Server: f.LimitServer})
}

// log says what is served, and what its keeper should mend.
func (l *live) log(log *slog.Logger) {
	c := l.corpus()
	log.Info("corpus", "name", c.Settings.Name, "snippets", len(c.Snippets))
	if problems := l.faults(); len(problems) > 0 {
		log.Warn("corpus has problems", "count", len(problems), "first", problems[0].String(), "fix", "handout check lists them")
	}
}
