package discord

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
	"handout/bot/deliver"
)

// onInteraction takes on a command, a press or a person's typing.
func (a *Adapter) onInteraction(i *interaction) {
	switch kind := discordgo.InteractionType(i.Type); {
	case kind == discordgo.InteractionApplicationCommandAutocomplete:
		a.suggest(i)
	case !a.fresh("interaction ", i.ID):
	case a.desk.on() && i.atDesk():
		a.takeStep(i)
	case kind == discordgo.InteractionApplicationCommand || kind == discordgo.InteractionMessageComponent:
		a.take(i)
	}
}

// take queues an interaction behind those of the same person in the channel.
func (a *Adapter) take(i *interaction) {
	q, public := i.question()
	if q.Asked = a.asked(i.Message); q.Asked != "" {
		q.Asker = asker(i.Message.Replied.Author.ID)
	}
	t := a.newTicket(i, !public && !i.direct(), false)
	err := a.lanes.Do(i.lane(), func() {
		a.guard("turn", func() {
			defer t.stop()
			ctx, cancel := context.WithTimeout(a.work, a.jobTimeout)
			defer cancel()
			r := a.respond(ctx, i.origin(), q)
			if r.Silent || public && (r.Outcome != bot.Answered || r.Snippet == "") {
				t.hide() // Discord demands an answer; or it was gone meanwhile, or is no handout: no matter for the channel
			}
			a.report(i.Channel, t.send(ctx, r, !public && !i.direct()))
		})
	})
	if errors.Is(err, deliver.ErrFull) {
		told := a.tellBusy(i.lane(), i.origin(), q, func(ctx context.Context, busy bot.Reply) {
			a.report(i.Channel, t.send(ctx, busy, false))
		})
		if !told {
			t.stop()
		}
	}
}

// lane is whose interactions are answered one after another.
func (i *interaction) lane() string { return i.Channel + " " + i.person() }

// origin is who acts, and where.
func (i *interaction) origin() bot.Origin { return origin(i.person(), i.Channel, i.Guild) }

func (i *interaction) person() string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}

// direct reports whether nobody but the person and the bot is in the chat.
func (i *interaction) direct() bool {
	if i.Context != nil {
		return *i.Context == int(discordgo.InteractionContextBotDM)
	}
	return i.Guild == ""
}

// mayEmbed reports whether people would see an embed: without the right,
// Discord takes it and hides it.
func (i *interaction) mayEmbed() bool {
	rights, err := strconv.ParseInt(i.Rights, 10, 64)
	return err != nil || rights&(discordgo.PermissionEmbedLinks|discordgo.PermissionAdministrator) != 0
}

// question is what an interaction asks, and whether the answer is for everyone.
func (i *interaction) question() (q bot.Message, public bool) {
	switch {
	case i.Type == int(discordgo.InteractionMessageComponent):
		return i.pressed()
	case i.Data.Type == int(discordgo.MessageApplicationCommand):
		if m := i.Data.Resolved.Messages[i.Data.Target]; m != nil {
			q.Text, q.Asker = m.text(), asker(m.Author.ID)
		}
		return q, false
	case i.Data.Name == askCommand:
		return asked(i.option(askOption)), false
	}
	return bot.Message{Text: strings.TrimSpace("/" + i.Data.Name + " " + i.option(optionName(i.Data.Name)))}, false
}

func (i *interaction) pressed() (q bot.Message, public bool) {
	if strings.HasPrefix(i.Data.Custom, menuID) {
		if len(i.Data.Values) > 0 {
			q.Action = i.Data.Values[0]
		}
		return q, false
	}
	q.Action, public = strings.CutPrefix(i.Data.Custom, shareAction)
	return q, public
}

// option is the value of a command's option.
func (i *interaction) option(name string) string {
	for _, o := range i.Data.Options {
		if text, ok := o.Value.(string); ok && o.Name == name {
			return text
		}
	}
	return ""
}
