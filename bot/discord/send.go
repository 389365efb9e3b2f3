package discord

import (
	"context"
	"errors"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
	"handout/bot/deliver"
)

// Discord's codes for what a channel does not allow.
const (
	missingPermissions = 50013
	noHistory          = 160002 // a reply needs Read Message History
)

// send answers a message where it was written.
func (a *Adapter) send(ctx context.Context, to *message, r bot.Reply) {
	plain := false
	sent, err := a.sendPages(ctx, to, embeds(r, false), true)
	if len(sent) == 0 && refusedWith(err, missingPermissions, noHistory) {
		plain = true
		sent, err = a.sendPages(ctx, to, texts(r, false), false) // neither embed nor reference
	}
	a.report(to.Channel, err)
	if len(sent) > 0 {
		a.recent.Add(deliver.Sent[placed]{Chat: to.Channel, Shows: r.Carries(), Place: placed{channel: to.Channel, ids: sent, plain: plain}})
	}
}

// sendPages returns the ids of those that were accepted.
func (a *Adapter) sendPages(ctx context.Context, to *message, pages []page, refer bool) (sent []string, err error) {
	for n, p := range pages {
		m := &discordgo.MessageSend{Content: p.text, Embeds: p.embeds, Components: p.components, AllowedMentions: nobody, Flags: p.flags(false)}
		if refer && n == 0 && to.Guild != "" {
			m.Reference = &discordgo.MessageReference{MessageID: to.ID, FailIfNotExists: new(bool)}
		}
		id, err := a.api.post(ctx, to.Channel, newMessage{m, nonce(to.ID, n, refer), true})
		if err != nil {
			return sent, err
		}
		sent = append(sent, id)
	}
	return sent, nil
}

// report logs why an answer was not sent.
func (a *Adapter) report(place string, err error) {
	if err != nil {
		a.warn("answer not sent", place, err)
	}
}

// warn logs what failed. What cannot change by itself is logged once for each
// place.
func (a *Adapter) warn(what, place string, err error) {
	var refusal *deliver.Refusal
	permanent := errors.As(err, &refusal) && refusal.Permanent
	if permanent && !a.refused.first(place+" "+err.Error()) {
		return
	}
	a.log.Warn(what, "surface", a.Name(), "err", err, "permanent", permanent)
}
