package discord

import (
	"context"
	"crypto/rand"

	"github.com/bwmarrin/discordgo"

	"handout/bot/desk"
)

// Announce shows a view to the moderators, in their channel. Without one, or
// without a desk, it does nothing. It may be called before Run.
func (a *Adapter) Announce(ctx context.Context, v desk.View) error {
	if !a.desk.on() || a.desk.channel == "" {
		return nil
	}
	to := &message{ID: rand.Text()[:16], Channel: a.desk.channel}
	sent, err := a.sendPages(ctx, to, viewEmbeds(v), false)
	if len(sent) == 0 && refusedWith(err, missingPermissions) {
		to.ID = rand.Text()[:16]
		_, err = a.sendPages(ctx, to, viewTexts(v), false)
	}
	return err
}

// settle takes the buttons off a card whose matter is over, and says so above it.
func (a *Adapter) settle(ctx context.Context, i *interaction, title string) error {
	w := &discordgo.WebhookEdit{Components: &[]discordgo.MessageComponent{}, AllowedMentions: nobody}
	if text := (markdown{}).Text(title); i.Message.Content == "" && text != "" {
		w.Content = new(shorten(text, mostContent))
	}
	return a.api.rewrite(ctx, i.Channel, i.Message.ID, w)
}
