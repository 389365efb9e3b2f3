package discord

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
)

// self is who the bot is, as the gateway says.
type self struct{ id atomic.Value }

func (s *self) set(id string) { s.id.Store(id) }

// is reports whether an id is the bot's own.
func (s *self) is(id string) bool {
	own, ok := s.id.Load().(string)
	return ok && own != "" && own == id
}

// onReady is called each time a session starts. A server that names no
// application means the bot itself: the two have had one id since 2016.
func (a *Adapter) onReady(user, app string, shards int) {
	app = cmp.Or(app, user)
	a.self.set(user)
	a.started.Do(func() {
		a.log.Info("surface on", "surface", a.Name(), "shards", shards, "invite", InviteURL(app))
	})
	a.register(app)
}

// commands remembers whether the bot's commands are set.
type commands struct {
	mu    sync.Mutex
	busy  bool
	again bool // a session started meanwhile
	done  bool
}

// begin reports whether the commands are to be set now. While they are being
// set, it keeps in mind that another try is due if that one fails.
func (c *commands) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.again = c.busy
	if c.busy || c.done {
		return false
	}
	c.busy = true
	return true
}

// end reports whether they are to be set once more.
func (c *commands) end(done bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done = done
	c.busy = c.again && !done
	c.again = false
	return c.busy
}

// drop gives a try up that could not begin.
func (c *commands) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy, c.again = false, false
}

// commandTime is how long setting the commands may take, with all tries. What
// failed is tried again at the next start of a session.
const commandTime = 5 * time.Minute

// register sets the commands in the background: messages are answered
// meanwhile.
func (a *Adapter) register(app string) {
	if app == "" || !a.commands.begin() {
		return
	}
	err := a.lanes.Do("commands", func() {
		for again := true; again; {
			done := false
			a.guard("setting commands", func() { done = a.setCommands(app) })
			again = a.commands.end(done)
		}
	})
	if err != nil {
		a.commands.drop()
	}
}

// setCommands reports whether they are set.
func (a *Adapter) setCommands(app string) bool {
	ctx, cancel := context.WithTimeout(a.live, commandTime)
	defer cancel()
	list := commandList(ctx, a.responder)
	if a.desk.on() {
		list = append(list, deskCommands()...)
	}
	err := a.api.setCommands(ctx, app, list)
	if err != nil && !errors.Is(err, context.Canceled) {
		a.warn("commands cannot be set", "commands", err)
	}
	return err == nil
}

// Names of commands that the bot has on Discord alone.
const (
	askCommand  = "ask"
	askOption   = "question"
	findCommand = "Find a handout"
)

// commandList is what people see when they type a slash, or open a message's
// menu.
func commandList(ctx context.Context, r bot.Responder) []*discordgo.ApplicationCommand {
	list := []*discordgo.ApplicationCommand{
		everywhere(&discordgo.ApplicationCommand{
			Type: discordgo.ChatApplicationCommand, Name: askCommand, Description: "Ask a question; only you see the answer",
			Options: []*discordgo.ApplicationCommandOption{{
				Type: discordgo.ApplicationCommandOptionString, Name: askOption,
				Description: "In your own words, or choose a title", Required: true, Autocomplete: true,
			}},
		}),
		everywhere(&discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: findCommand}),
	}
	for _, c := range bot.Commands {
		list = append(list, everywhere(&discordgo.ApplicationCommand{
			Type: discordgo.ChatApplicationCommand, Name: c.Name, Description: c.Summary, Options: commandOptions(ctx, r, c.Name),
		}))
	}
	return list
}

// everywhere lets a command be used in servers, in direct messages with the bot
// and, by those who installed it for themselves, in any chat.
func everywhere(c *discordgo.ApplicationCommand) *discordgo.ApplicationCommand {
	c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{
		discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall,
	}
	c.Contexts = &[]discordgo.InteractionContextType{
		discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
	}
	return c
}
