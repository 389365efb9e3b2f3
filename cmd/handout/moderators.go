package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"handout/bot"
	"handout/bot/desk"
	"handout/bot/discord"
	"handout/bot/telegram"
	"handout/bot/web"
	"handout/knowledge/console"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// moderators is how those who keep the corpus reach it: the console, the desk
// in chats, and the channels in which they are told what waits.
type moderators struct {
	log     *slog.Logger
	editor  *editorial.Editor
	console *console.Server
	desk    desk.Desk
	chats   map[string]chat // by platform
}

// chat is a platform on which moderators can be.
type chat interface {
	Rights(ctx context.Context, actorID string) (editorial.Rights, error)
	Announce(ctx context.Context, v desk.View) error
}

// newModerators makes the console and the desk. base is the address under which
// the console is reached.
func newModerators(log *slog.Logger, now clock, e *editorial.Editor, base string) *moderators {
	m := &moderators{log: log, editor: e, chats: map[string]chat{}}
	m.console = newConsole(log, now, e, base, m.rights)
	m.desk = desk.New(log, now, e, m.console.Link)
	return m
}

type rightsOf = func(context.Context, store.Actor) (editorial.Rights, error)

func newConsole(log *slog.Logger, now clock, e *editorial.Editor, base string, rights rightsOf) *console.Server {
	return console.New(console.Config{
		Log: log, Now: now, Editor: e, BaseURL: base, Rights: rights,
		Previews: []console.Preview{
			{Name: "Page", Render: web.Preview, HTML: true},
			{Name: "Telegram", Render: telegram.Preview, HTML: true},
			{Name: "Discord", Render: discord.Preview},
		},
	})
}

// rights asks somebody's platform what they may do now.
func (m *moderators) rights(ctx context.Context, a store.Actor) (editorial.Rights, error) {
	platform, _, _ := strings.Cut(a.ID, ":")
	if c := m.chats[platform]; c != nil {
		return c.Rights(ctx, a.ID)
	}
	return editorial.Rights{}, nil
}

// add makes the chats known that are set up.
func (m *moderators) add(chats []bot.Adapter) {
	for _, a := range chats {
		if c, ok := a.(chat); ok {
			m.chats[a.Name()] = c
		}
	}
}

// channels tell each chat what waits.
func (m *moderators) channels() []func(context.Context) error {
	var list []func(context.Context) error
	for name, c := range m.chats {
		channel := editorial.Channel{Name: name, Tell: func(ctx context.Context, a editorial.Announcement) error {
			return c.Announce(ctx, m.desk.Card(ctx, a))
		}}
		list = append(list, func(ctx context.Context) error {
			tick := time.NewTicker(followEvery)
			defer tick.Stop()
			return m.editor.RunChannel(ctx, channel, tick.C)
		})
	}
	return list
}

// invite puts a link into the console into the log, until somebody has used one.
func (m *moderators) invite(ctx context.Context) {
	for e, err := range m.editor.Store.Events(ctx, 0) {
		if err != nil || e.Kind == store.SignedIn {
			return
		}
	}
	link, err := m.console.Link(ctx, operator(userName()).Actor)
	if err != nil {
		m.log.ErrorContext(ctx, "no link into the console", "err", err)
		return
	}
	m.log.InfoContext(ctx, "nobody has signed in to the moderators' console yet; this link works once, for ten minutes", "link", link, "later", "handout login")
}
