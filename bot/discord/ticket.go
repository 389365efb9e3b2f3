package discord

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
	"handout/bot/deliver"
)

// ticket is the right to answer an interaction. Discord takes it back after
// three seconds, unless it was told to wait.
type ticket struct {
	adapter   *Adapter
	i         *interaction
	ephemeral bool // seen by the asker alone; decided when Discord is told to wait
	update    bool // takes the place of the message with the button; likewise
	timer     *time.Timer

	mu       sync.Mutex
	deferred bool // Discord was told to wait
	done     bool
	plain    bool     // answered without embeds
	followed []string // ids of the messages after the first
}

// newTicket starts the clock.
func (a *Adapter) newTicket(i *interaction, ephemeral, update bool) *ticket {
	t := &ticket{adapter: a, i: i, ephemeral: ephemeral, update: update}
	t.timer = time.AfterFunc(a.deferAfter, t.wait)
	return t
}

// wait tells Discord to wait: the person sees that the bot is thinking.
func (t *ticket) wait() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done {
		return
	}
	ctx, cancel := context.WithTimeout(t.adapter.work, discordgo.InteractionDeadline)
	defer cancel()
	err := t.adapter.api.respond(ctx, t.i, t.later())
	t.deferred = err == nil || refusedWith(err, acknowledged)
	if !t.deferred {
		t.adapter.report(t.i.Channel, err)
	}
}

func (t *ticket) later() *discordgo.InteractionResponse {
	if t.update {
		return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	}
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Flags: page{}.flags(t.ephemeral)},
	}
}

// keep leaves the message with the button as it is, if that can still be
// decided: the answer comes below it.
func (t *ticket) keep() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.update = t.update && t.deferred
}

// hide makes the answer one for the asker alone, if that can still be decided.
func (t *ticket) hide() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ephemeral = t.ephemeral || !t.deferred
}

// stop gives the ticket up.
func (t *ticket) stop() {
	t.timer.Stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = true
}

// acknowledged is Discord's code for an interaction that has its first answer:
// a try whose outcome was lost did arrive.
const acknowledged = discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged

// Discord's codes for a ticket that it has taken back.
const (
	unknownInteraction = discordgo.ErrCodeUnknownInteraction
	unknownWebhook     = discordgo.ErrCodeUnknownWebhook
)

// expired reports whether an answer comes too late, or would.
func expired(err error) bool {
	var e *apiError
	return refusedWith(err, unknownInteraction, unknownWebhook) || errors.As(err, &e) && e.Status == http.StatusTooManyRequests
}

// send answers as the place allows. Who is alone with the bot gets as a message
// what comes too late for the ticket; in a server it would be seen by others.
func (t *ticket) send(ctx context.Context, r bot.Reply, share bool) error {
	err := t.deliver(ctx, embeds(r, share), texts(r, share))
	if err == nil {
		t.adapter.recent.Add(deliver.Sent[placed]{Chat: t.i.Channel, Shows: r.Carries(), Place: t.sent()})
	}
	return err
}

// sent is what can be changed of an answer for as long as the ticket holds.
func (t *ticket) sent() placed {
	t.mu.Lock()
	defer t.mu.Unlock()
	right := &interaction{ID: t.i.ID, App: t.i.App, Token: t.i.Token} // and none of what was asked, and by whom
	return placed{ticket: right, ids: t.followed, plain: t.plain, until: time.Now().Add(ticketTime)}
}

// ticketTime is for how long Discord lets an answer be changed, less a little.
const ticketTime = 14 * time.Minute

func (t *ticket) deliver(ctx context.Context, pages, plain []page) error {
	if !t.i.mayEmbed() {
		pages, t.plain = plain, true
	}
	sent, err := t.answer(ctx, pages)
	if sent == 0 && refusedWith(err, missingPermissions) {
		pages, t.plain = plain, true
		sent, err = t.answer(ctx, pages)
	}
	if expired(err) && t.i.direct() {
		_, err = t.adapter.sendPages(ctx, &message{ID: t.i.ID, Channel: t.i.Channel}, pages[sent:], false)
	}
	return err
}

// answer sends the pages, the first one in the place of "thinking" if that is
// shown. It returns how many were accepted.
func (t *ticket) answer(ctx context.Context, pages []page) (int, error) {
	t.timer.Stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = true
	if err := t.first(ctx, pages[0]); err != nil {
		return 0, err
	}
	for n, p := range pages[1:] {
		id, err := t.adapter.api.follow(ctx, t.i, p.followUp(t.ephemeral))
		if err != nil {
			return n + 1, err
		}
		t.followed = append(t.followed, id)
	}
	return len(pages), nil
}

func (t *ticket) first(ctx context.Context, p page) error {
	if !t.deferred {
		response := p.response(t.ephemeral)
		if t.update {
			response.Type = discordgo.InteractionResponseUpdateMessage
		}
		err := t.adapter.api.respond(ctx, t.i, response)
		if !refusedWith(err, acknowledged) {
			return err
		}
	}
	return t.adapter.api.edit(ctx, t.i, p.edit())
}

// form opens a form. It reports whether it could: when Discord was told to
// wait, only a message can follow.
func (t *ticket) form(ctx context.Context, f *discordgo.InteractionResponseData) (bool, error) {
	t.timer.Stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.deferred {
		return false, nil
	}
	t.done = true
	err := t.adapter.api.respond(ctx, t.i, modal(f))
	if refusedWith(err, acknowledged) {
		err = nil
	}
	return true, err
}

func (p page) response(ephemeral bool) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{
			Content: p.text, Embeds: p.embeds, Components: p.components, AllowedMentions: nobody, Flags: p.flags(ephemeral),
		},
	}
}

func (p page) edit() *discordgo.WebhookEdit {
	return &discordgo.WebhookEdit{Content: &p.text, Embeds: &p.embeds, Components: &p.components, AllowedMentions: nobody}
}

func (p page) followUp(ephemeral bool) *discordgo.WebhookParams {
	return &discordgo.WebhookParams{
		Content: p.text, Embeds: p.embeds, Components: p.components, AllowedMentions: nobody, Flags: p.flags(ephemeral),
	}
}
