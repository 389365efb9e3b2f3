package main

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"

	"handout/bot"
)

type chatCmd struct {
	answerFlags
}

// Help is printed below the flags.
func (chatCmd) Help() string {
	return `Type a question and press Enter. A number chooses from the list that was last
shown; a line that begins with "and" or "+" asks more about the last answer.
Control-D ends the talk. With --data, a question that finds nothing is kept for
moderators, masked, once it is asked.

Example:

  handout chat --corpus my-corpus/`
}

func (c *chatCmd) Run(ctx context.Context, streams stdio, now clock) error {
	core, err := c.open(ctx, now)
	if err != nil {
		return err
	}
	defer core.Close()
	l := &live{bot: core.bot}
	if core.kept != nil { // whoever has the terminal may see what was asked in it
		l = (&keepFlags{GapAskers: 1}).moderated(slog.New(slog.DiscardHandler), now, core.kept)
	}
	return l.serveWith(ctx, func(ctx context.Context) error { return c.talk(ctx, streams, l.bot) })
}

func (c *chatCmd) talk(ctx context.Context, streams stdio, b bot.Responder) error {
	talk := &talk{bot: b, streams: streams}
	talk.say(ctx, bot.Message{Text: "/start"})
	err := eachLine(streams.in, func(line string) error {
		talk.say(ctx, talk.message(line))
		return nil
	})
	fmt.Fprintln(streams.out)
	return err
}

// talk is one conversation; what it remembers ends with the process.
type talk struct {
	bot     bot.Responder
	streams stdio
	last    bot.Reply
	options []bot.Option
	region  string
}

func (t *talk) message(line string) bot.Message {
	line = strings.TrimSpace(line)
	m := bot.Message{Text: line, Region: t.region, Asker: "terminal"}
	if n, err := strconv.Atoi(strings.TrimRight(line, ".)")); err == nil && n >= 1 && n <= len(t.options) {
		o := t.options[n-1]
		m.Text, m.Snippet = o.Command, o.Snippet
		return m
	}
	first, _, _ := strings.Cut(strings.ToLower(line), " ")
	if rest, ok := strings.CutPrefix(line, "+"); ok || first == "and" {
		m.Text, m.ReplyTo = rest, t.last.Text()
	}
	return m
}

func (t *talk) say(ctx context.Context, m bot.Message) {
	t.last = t.bot.Respond(ctx, m)
	if t.last.Region != nil {
		t.region = *t.last.Region
	}
	t.options = nil
	for _, s := range t.last.Sections() {
		options := s.Options
		s.Options = nil
		if text := s.Text(); text != "" {
			fmt.Fprintf(t.streams.out, "%s\n", text)
		}
		for _, o := range options {
			t.options = append(t.options, o)
			fmt.Fprintf(t.streams.out, "  %d. %s\n", len(t.options), o.Label)
		}
		fmt.Fprintln(t.streams.out)
	}
	fmt.Fprint(t.streams.out, "> ")
}
