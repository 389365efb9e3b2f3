package discord

import (
	"context"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// ticket is the right to answer an interaction. Discord takes it back after
// three seconds, unless it was told to wait.
type ticket struct {
	adapter   *Adapter
	i         *interaction
	ephemeral bool // seen by the asker alone; decided when Discord is told to wait
	timer     *time.Timer

	mu       sync.Mutex
	deferred bool // Discord was told to wait
	done     bool
}

// newTicket starts the clock.
func (a *Adapter) newTicket(i *interaction, ephemeral bool) *ticket {
	t := &ticket{adapter: a, i: i, ephemeral: ephemeral}
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
	err := t.adapter.api.respond(ctx, t.i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Flags: page{}.flags(t.ephemeral)},
	})
	t.deferred = err == nil || refusedWith(err, acknowledged)
	if !t.deferred {
		t.adapter.report(t.i.Channel, err)
	}
}

// hide makes the answer one for the asker alone, if that can still be decided.
func (t *ticket) hide() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ephemeral = t.ephemeral || !t.deferred && !t.i.direct()
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

// answer sends the pages, the first one in the place of "thinking" if that is
// shown.
func (t *ticket) answer(ctx context.Context, pages []page) error {
	t.timer.Stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = true
	if err := t.first(ctx, pages[0]); err != nil {
		return err
	}
	for _, p := range pages[1:] {
		if err := t.adapter.api.follow(ctx, t.i, p.followUp(t.ephemeral)); err != nil {
			return err
		}
	}
	return nil
}

func (t *ticket) first(ctx context.Context, p page) error {
	if !t.deferred {
		err := t.adapter.api.respond(ctx, t.i, p.response(t.ephemeral))
		if !refusedWith(err, acknowledged) {
			return err
		}
	}
	return t.adapter.api.edit(ctx, t.i, p.edit())
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
