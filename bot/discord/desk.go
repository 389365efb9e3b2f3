package discord

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
	"handout/bot/deliver"
	"handout/bot/desk"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// moderators is the desk as Discord has it.
type moderators struct {
	desk      desk.Desk
	guilds    []string
	channel   string
	editors   []string
	reviewers []string
	forms     desk.Forms // that could not be opened at once
}

func newModerators(c Config) moderators {
	return moderators{desk: c.Desk, guilds: c.DeskGuilds, channel: c.DeskChannel, editors: c.EditorRoles, reviewers: c.ReviewerRoles}
}

func (d *moderators) on() bool { return d.desk != nil }

// Names of the desk's commands, and of the options of /desk.
const (
	deskCommand    = "desk"
	searchOption   = "search"
	webOption      = "web"
	suggestCommand = "Suggest a handout"
	flagCommand    = "Flag this handout"
	whyCommand     = "Why this handout?"
)

// menuActions are what the commands in a message's menu do.
var menuActions = map[string]string{suggestCommand: desk.Suggest, flagCommand: desk.Flag, whyCommand: desk.Why}

// deskCommands are shown to those who may manage the server, until its
// administrators choose otherwise in Discord.
func deskCommands() []*discordgo.ApplicationCommand {
	list := []*discordgo.ApplicationCommand{{
		Type: discordgo.ChatApplicationCommand, Name: deskCommand, Description: "The moderators' desk; only you see it",
		Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: searchOption, Description: "Find a handout by its words"},
			{Type: discordgo.ApplicationCommandOptionBoolean, Name: webOption, Description: "Get a link to the desk in the browser"},
		},
	}}
	for _, name := range []string{suggestCommand, flagCommand, whyCommand} {
		list = append(list, &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: name})
	}
	for _, c := range list {
		c.DefaultMemberPermissions = new(int64(discordgo.PermissionManageGuild))
		c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
		c.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	}
	return list
}

// atDesk reports whether an interaction is a step at the desk.
func (i *interaction) atDesk() bool {
	switch discordgo.InteractionType(i.Type) {
	case discordgo.InteractionApplicationCommand:
		return i.Data.Name == deskCommand || menuActions[i.Data.Name] != ""
	case discordgo.InteractionMessageComponent:
		return strings.HasPrefix(i.Data.Custom, desk.Prefix) || strings.HasPrefix(i.Data.Custom, formID)
	}
	return i.filledIn()
}

func (i *interaction) filledIn() bool { return i.Type == int(discordgo.InteractionModalSubmit) }

// onOwnView reports whether a step was taken on something that its person alone
// sees, which the next view replaces.
func (i *interaction) onOwnView() bool {
	return i.Message != nil && discordgo.MessageFlags(i.Message.Flags)&discordgo.MessageFlagsEphemeral != 0
}

// takeStep queues a step behind those of the same person in the channel.
func (a *Adapter) takeStep(i *interaction) {
	t := a.newTicket(i, true, i.onOwnView())
	err := a.lanes.Do(i.lane(), func() {
		a.guard("step at the desk", func() {
			defer t.stop()
			ctx, cancel := context.WithTimeout(a.work, a.jobTimeout)
			defer cancel()
			a.report(i.Channel, a.step(ctx, t))
		})
	})
	if errors.Is(err, deliver.ErrFull) {
		t.keep()
		told := a.tellBusy(i.lane(), i.origin(), bot.Message{}, func(ctx context.Context, busy bot.Reply) { a.report(i.Channel, t.send(ctx, busy, false)) })
		if !told {
			t.stop()
		}
	}
}

// step does what the person wants, if they may, and shows what comes of it.
func (a *Adapter) step(ctx context.Context, t *ticket) error {
	i := t.i
	p := editorial.Person{Actor: i.actor(), Rights: a.desk.rightsHere(i)}
	in := i.input()
	if no := a.desk.against(i, p.Rights); no != "" {
		return t.decline(ctx, no, in.Values)
	}
	if key, ok := strings.CutPrefix(in.Action, formID); ok {
		f, ok := a.desk.forms.Find(p.ID, key, time.Now())
		if !ok {
			return t.decline(ctx, formIsGone, nil)
		}
		return a.show(ctx, t, desk.View{Form: &f}, p.ID, nil)
	}
	if m := i.chosen(); m != nil {
		if no := a.aboutMessage(ctx, m, &in); no != "" {
			return t.decline(ctx, no, nil)
		}
	}
	v := a.desk.desk.Do(ctx, p, in)
	err := a.show(ctx, t, v, p.ID, in.Values)
	if v.Over && i.Message != nil && !i.onOwnView() {
		err = errors.Join(err, a.settle(ctx, i, v.Title))
	}
	return err
}

// actor is who takes a step.
func (i *interaction) actor() store.Actor {
	who := store.Actor{ID: actorPrefix + i.person()}
	if i.Member != nil && i.Member.User != nil {
		names := []string{i.Member.Nick, i.Member.User.Global, i.Member.User.Name}
		if n := slices.IndexFunc(names, func(s string) bool { return s != "" }); n >= 0 {
			who.Name = names[n]
		}
	}
	return who
}

// input is what a step says by itself.
func (i *interaction) input() desk.Input {
	switch {
	case i.filledIn():
		return desk.Input{Action: i.Data.Custom, Values: values(i.Data.Rows)}
	case i.Type == int(discordgo.InteractionMessageComponent):
		return desk.Input{Action: i.Data.Custom}
	case i.Data.Name != deskCommand:
		return desk.Input{Action: menuActions[i.Data.Name]}
	case i.flag(webOption):
		return desk.Input{Action: desk.Web}
	}
	return desk.Input{Text: strings.TrimSpace(i.option(searchOption))}
}

// flag is the value of a command's option that is on or off.
func (i *interaction) flag(name string) bool {
	for _, o := range i.Data.Options {
		if on, ok := o.Value.(bool); ok && o.Name == name {
			return on
		}
	}
	return false
}
