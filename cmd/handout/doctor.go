package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"time"

	"handout/bot"
	"handout/knowledge"
)

type doctorCmd struct {
	surfaces
}

// Help is printed below the flags.
func (doctorCmd) Help() string {
	return `Takes the flags and the environment of serve, looks at each part of the setup,
and says what to do about what is wrong. It serves nobody and changes nothing.
The exit status is 1 if anything is wrong.

Example:

  HANDOUT_TELEGRAM_TOKEN_FILE=/run/secrets/telegram handout doctor`
}

// doctorTimeout bounds the examination of one surface.
const doctorTimeout = 20 * time.Second

func (d *doctorCmd) Run(ctx context.Context, streams stdio, now clock) error {
	sick := false
	report := func(name string, list ...bot.Finding) {
		for _, f := range list {
			if f.Fix == "" {
				fmt.Fprintf(streams.out, "ok    %s: %s\n", name, f.What)
				continue
			}
			sick = true
			fmt.Fprintf(streams.out, "mend  %s: %s\n      %s\n", name, f.What, f.Fix)
		}
	}
	report("corpus", examineCorpus(d.Corpus, now))
	report("clock", examineClock(now))
	report("web", d.examinePage(ctx))
	chats, failed := d.chats(slog.New(slog.DiscardHandler), shared{})
	for _, err := range failed {
		report("settings", bot.Finding{What: err.Error(), Fix: "correct the setting"})
	}
	for _, a := range chats {
		if c, ok := a.(bot.Checker); ok {
			ctx, cancel := context.WithTimeout(ctx, doctorTimeout)
			report(a.Name(), c.Check(ctx)...)
			cancel()
		}
	}
	if sick {
		return errFound
	}
	return nil
}

func examineCorpus(path string, now clock) bot.Finding {
	fix := "run: handout check " + path
	problems, err := knowledge.Check(path, now())
	if err != nil {
		return bot.Finding{What: err.Error(), Fix: "correct --corpus"}
	}
	if len(problems) > 0 {
		return bot.Finding{What: fmt.Sprintf("%d problems, the first: %s", len(problems), problems[0]), Fix: fix}
	}
	return bot.Finding{What: "no problems"}
}

// earliest is before this program was written: a clock that says so is wrong,
// and then certificates fail and snippets expire at the wrong time.
var earliest = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func examineClock(now clock) bot.Finding {
	if t := now(); t.Before(earliest) {
		return bot.Finding{What: "it says " + t.UTC().Format(time.DateTime) + " UTC", Fix: "set this machine's clock, for example by NTP"}
	}
	return bot.Finding{What: "it says " + now().UTC().Format(time.DateTime) + " UTC"}
}

// examinePage tells a server that runs from an address that something else
// has taken.
func (d *doctorCmd) examinePage(ctx context.Context) bot.Finding {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", d.Addr)
	if err == nil {
		l.Close()
		return bot.Finding{What: d.Addr + " is free for the page"}
	}
	if _, asked := (&healthCmd{Addr: d.Addr}).ask(ctx); asked == nil {
		return bot.Finding{What: "a server answers at " + d.Addr}
	}
	return bot.Finding{What: err.Error(), Fix: "choose another --addr, or stop what uses this one"}
}
