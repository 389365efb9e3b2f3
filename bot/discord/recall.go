package discord

import (
	"context"
	"errors"
	"time"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
	"handout/bot/deliver"
)

var _ bot.Recaller = (*Adapter)(nil)

// placed is where an answer is, so that it can be changed: messages in a channel, or
// what an interaction was answered with.
type placed struct {
	channel string
	ticket  *interaction // nil for messages in a channel
	until   time.Time    // as long as the ticket holds
	ids     []string     // of the messages; with a ticket, of those after the first
	plain   bool         // without embeds
}

// Recall implements [bot.Recaller]. What only the asker sees can be changed for
// a quarter of an hour.
func (a *Adapter) Recall(ctx context.Context, serves func(snippet string) bool) {
	for _, s := range a.recent.Take(serves) {
		if s.Place.ticket != nil && time.Now().After(s.Place.until) {
			continue
		}
		err := a.takeBack(ctx, s.Place, bot.Message{Snippet: s.Gone(serves)})
		var refused *deliver.Refusal
		if err != nil && !(errors.As(err, &refused) && refused.Permanent) {
			a.recent.Add(s) // for the next time
		}
		if err != nil {
			a.warn("an answer that was taken back still stands", s.Chat, err)
		}
	}
}

// takeBack changes all messages of an answer; the last one gets the buttons.
func (a *Adapter) takeBack(ctx context.Context, at placed, m bot.Message) error {
	ctx, cancel := context.WithTimeout(ctx, a.jobTimeout)
	defer cancel()
	reply := a.responder.Respond(ctx, m)
	pages := embeds(reply, false)
	if at.plain {
		pages = texts(reply, false)
	}
	first, last := pages[0], pages[0]
	first.components = []discordgo.MessageComponent{} // none, not as before
	last.components = append(first.components, last.components...)
	var failed error
	if at.ticket != nil {
		if len(at.ids) == 0 {
			first = last
		}
		failed = a.api.edit(ctx, at.ticket, first.edit())
	}
	for i, id := range at.ids {
		p := first
		if i == len(at.ids)-1 {
			p = last
		}
		failed = errors.Join(failed, a.rewrite(ctx, at, id, p.edit()))
	}
	return failed
}

func (a *Adapter) rewrite(ctx context.Context, at placed, id string, w *discordgo.WebhookEdit) error {
	if at.ticket != nil {
		return a.api.editFollow(ctx, at.ticket, id, w)
	}
	return a.api.rewrite(ctx, at.channel, id, w)
}
