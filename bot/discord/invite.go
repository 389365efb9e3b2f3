package discord

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
)

// permissions are the least with which the bot can answer in a channel, in a
// thread, and to a message.
const permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages |
	discordgo.PermissionSendMessagesInThreads | discordgo.PermissionEmbedLinks | discordgo.PermissionReadMessageHistory

// InviteURL is the link by which someone adds the bot to their server.
func InviteURL(app string) string {
	return "https://discord.com/oauth2/authorize?" + url.Values{
		"client_id":   {app},
		"scope":       {"bot applications.commands"},
		"permissions": {strconv.Itoa(permissions)},
	}.Encode()
}

// Invite asks Discord whose token it is and returns the bot's [InviteURL].
func (a *Adapter) Invite(ctx context.Context) (string, error) {
	if err := checkToken(a.token); err != nil {
		return "", err
	}
	app, err := a.api.application(ctx)
	if fatal, ok := asFatal(err); ok {
		return "", fatal
	}
	if err != nil {
		return "", fmt.Errorf("ask discord for the application: %w", err)
	}
	return InviteURL(app.ID), nil
}

// Check examines the token and whether Discord can be reached. It implements
// [bot.Checker].
func (a *Adapter) Check(ctx context.Context) []bot.Finding {
	if err := checkToken(a.token); err != nil {
		return []bot.Finding{failing("token", err)}
	}
	app, err := a.api.application(ctx)
	if err != nil {
		return []bot.Finding{failing("token", err)}
	}
	list := []bot.Finding{{What: "token: accepted, of the application " + app.Name}, {What: "install link: " + InviteURL(app.ID)}}
	if !app.Public {
		list = append(list, bot.Finding{What: "install link: only the bot's owner can use it",
			Fix: "for others to add the bot, turn on Public Bot in the developer portal under Bot"})
	}
	return append(list, a.checkGateway(ctx))
}

func (a *Adapter) checkGateway(ctx context.Context) bot.Finding {
	g, err := a.api.gateway(ctx)
	if err != nil {
		return failing("gateway", err)
	}
	ws, err := dial(ctx, g.URL)
	if err != nil {
		return failing("gateway", err)
	}
	_ = ws.Close() // nothing was started on it
	if g.SessionStartLimit.Remaining == 0 {
		return bot.Finding{What: "gateway: no starts are left for today", Fix: "stop what restarts the bot all the time; starts are possible again within a day"}
	}
	return bot.Finding{What: fmt.Sprintf("gateway: reachable, %d shards, %d starts left", max(g.Shards, 1), g.SessionStartLimit.Remaining)}
}

// failing says what an error means.
func failing(what string, err error) bot.Finding {
	if fatal, ok := asFatal(err); ok {
		return bot.Finding{What: what + ": " + fatal.What, Fix: fatal.Fix}
	}
	return bot.Finding{What: what + ": " + err.Error(),
		Fix: "check that this machine can reach https://discord.com and wss://gateway.discord.gg, and --discord-api if it is set"}
}
