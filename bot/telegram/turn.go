package telegram

import (
	"context"
	"strings"
	"time"

	"handout/bot"
)

// answer runs a turn and sends its reply.
func (a *Adapter) answer(ctx context.Context, to target, m bot.Message, asker string) error {
	defer a.typing(ctx, to)()
	reply := a.turn(ctx, to, m, asker)
	if reply.Silent {
		return nil
	}
	return a.send(ctx, to, reply)
}

// turn asks the bot for a person in a chat.
func (a *Adapter) turn(ctx context.Context, to target, m bot.Message, asker string) bot.Reply {
	m.Region, m.Asker, m.Origin = a.regions.Of(asker), asker, bot.Origin{Person: asker, Chat: to.key}
	reply := a.respond(ctx, m)
	if reply.Forget {
		a.recent.Forget(to.key)
	}
	return a.regions.Follow(ctx, asker, reply)
}

// crowded answers a message for which the chat's queue has no room: an emergency,
// and otherwise once only.
func (a *Adapter) crowded(ctx context.Context, to target, m bot.Message, asker string, first bool) error {
	m.Hold = bot.Crowded
	reply := a.turn(ctx, to, m, asker)
	if reply.Silent || !first && reply.Outcome != bot.Urgent {
		return nil
	}
	return a.send(ctx, to, reply)
}

// respond asks the bot, a bounded number of times at once.
func (a *Adapter) respond(ctx context.Context, m bot.Message) bot.Reply {
	a.turns <- struct{}{}
	defer func() { <-a.turns }()
	return a.responder.Respond(ctx, m)
}

// typingEvery is a little less than the time for which Telegram shows it.
const typingEvery = 4500 * time.Millisecond

// typing shows that an answer is being written if that takes long, until the
// returned function is called. Whether it could be shown does not matter.
func (a *Adapter) typing(ctx context.Context, to target) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	p := to.params()
	p["action"] = "typing"
	var timer *time.Timer
	begun := make(chan struct{})
	timer = time.AfterFunc(a.patient, func() {
		<-begun
		if ctx.Err() != nil {
			return
		}
		timer.Reset(typingEvery)
		_, _ = call[any](ctx, a.client, "sendChatAction", p)
	})
	close(begun)
	return func() {
		cancel()
		timer.Stop()
	}
}

// isVote reports whether a button says what a person thinks of a snippet.
func isVote(data string) bool {
	return strings.HasPrefix(data, string(bot.Up)) || strings.HasPrefix(data, string(bot.Down))
}

// thank takes a vote. What the bot says to it is shown above the chat, and
// leaves no message behind. A button below a message that was sent inline can
// do no more than that.
func (a *Adapter) thank(ctx context.Context, q *callbackQuery, asker string) error {
	text := ""
	if isVote(q.Data) {
		m := bot.Message{Action: q.Data, Asker: asker, Origin: bot.Origin{Person: asker}, Asked: q.Message.asked(a.self.Load())}
		if m.Asked != "" {
			m.Asker = a.asker(q.Message.ReplyTo)
		}
		if reply := a.respond(ctx, m); !reply.Silent {
			text = toast(reply)
		}
	}
	return a.acknowledge(ctx, q, text)
}

// longestToast is Telegram's limit for a text shown above the chat, in UTF-16
// units; a footer has no room beside it, so no passage may be shown there.
const longestToast = 200

// toast is the fixed words of a reply.
func toast(r bot.Reply) string {
	for _, s := range r.Sections() {
		if s.Kind == bot.Notice {
			return cutUnits(s.Text(), longestToast)
		}
	}
	return ""
}

func (a *Adapter) acknowledge(ctx context.Context, q *callbackQuery, text string) error {
	p := params{"callback_query_id": q.ID}
	if text != "" {
		p["text"] = text
	}
	return a.try(ctx, "answerCallbackQuery", p)
}
