package discord

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"handout/bot"
	"handout/bot/deliver"
)

// Types of messages that people write.
const (
	plainMessage = 0
	replyMessage = 19
)

// onMessage takes on a message that is meant for the bot.
func (a *Adapter) onMessage(m *message) {
	if !a.addressed(m) {
		return
	}
	q := bot.Message{Text: a.withoutMention(m.Content), ReplyTo: a.repliedText(m)}
	if m.Guild != "" && q.Text == "" && !strings.Contains(m.Content, "<@") {
		return // a reply that mentions nobody: its text is kept from bots
	}
	if !a.fresh("message ", m.ID) {
		return
	}
	err := a.lanes.Do(m.Channel, func() {
		a.guard("turn", func() {
			ctx, cancel := context.WithTimeout(a.work, a.jobTimeout)
			defer cancel()
			if r := a.respond(ctx, m.origin(), q); !r.Silent {
				a.send(ctx, m, r)
			}
		})
	})
	if errors.Is(err, deliver.ErrFull) {
		a.tellBusy(m.Channel, m.origin(), q, func(ctx context.Context, busy bot.Reply) { a.send(ctx, m, busy) })
	}
}

// fresh reports whether something was not taken on before. Within a session what
// is repeated is known by its number; this is for what comes again in another.
func (a *Adapter) fresh(kind, id string) bool { return id == "" || a.taken.first(kind+id) }

// addressed reports whether a person speaks to the bot: in a direct message, by
// a mention, or in reply to one of its messages.
func (a *Adapter) addressed(m *message) bool {
	switch {
	case m.Author.ID == "" || m.Author.Bot || m.Webhook != "" || a.self.is(m.Author.ID):
		return false
	case m.Type != plainMessage && m.Type != replyMessage:
		return false
	}
	mine := func(u user) bool { return a.self.is(u.ID) }
	return m.Guild == "" || slices.ContainsFunc(m.Mentions, mine) || m.Replied != nil && mine(m.Replied.Author)
}

// withoutMention takes the bot's mention out of what was said.
func (a *Adapter) withoutMention(text string) string {
	id, _ := a.self.id.Load().(string)
	return strings.TrimSpace(strings.NewReplacer("<@"+id+">", "", "<@!"+id+">", "").Replace(text))
}

// repliedText is the bot's own message that a message replies to.
func (a *Adapter) repliedText(m *message) string {
	if m.Replied == nil || !a.self.is(m.Replied.Author.ID) {
		return ""
	}
	return m.Replied.text()
}

// asked is the person's message that one of the bot's refers to, if Discord
// shows it. The answer to a command refers to none.
func (a *Adapter) asked(m *message) string {
	if m == nil || m.Replied == nil || m.Replied.Author.Bot {
		return ""
	}
	return a.withoutMention(m.Replied.Content)
}

// text is all that a message shows.
func (m *message) text() string {
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" })
	return strings.Join(parts, "\n")
}

// asker names a person for [bot.Message.Asker].
func asker(user string) string { return surface + ":" + user }

// origin is who wrote a message, and where.
func (m *message) origin() bot.Origin { return origin(m.Author.ID, m.Channel, m.Guild) }

func origin(user, channel, guild string) bot.Origin {
	o := bot.Origin{Person: asker(user), Chat: surface + ":" + channel}
	if guild != "" {
		o.Server = surface + ":" + guild
	}
	return o
}

// respond runs a turn for a person.
func (a *Adapter) respond(ctx context.Context, from bot.Origin, m bot.Message) bot.Reply {
	m.Region, m.Asker, m.Origin = a.regions.Of(from.Person), cmp.Or(m.Asker, from.Person), from
	r := a.responder.Respond(ctx, m)
	if r.Forget {
		a.recent.Forget(strings.TrimPrefix(from.Chat, surface+":"))
	}
	return a.regions.Follow(ctx, from.Person, r)
}
