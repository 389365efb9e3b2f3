package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"handout/knowledge/editorial"
)

// actorPrefix stands before a user's id in the audit.
const actorPrefix = surface + ":"

// Managing a server makes somebody a moderator where no roles are named.
const managing = discordgo.PermissionManageGuild | discordgo.PermissionAdministrator

// rights is what somebody with the roles may do, who manages the server or not.
func (d *moderators) rights(roles []string, manages bool) editorial.Rights {
	may := func(named []string) bool {
		if len(named) == 0 {
			return manages
		}
		return slices.ContainsFunc(named, func(id string) bool { return slices.Contains(roles, id) })
	}
	return editorial.Rights{Edit: may(d.editors), Review: may(d.reviewers)}
}

// rightsHere are those of who takes a step, as Discord says with each of them.
func (d *moderators) rightsHere(i *interaction) editorial.Rights {
	if i.Member == nil || !slices.Contains(d.guilds, i.Guild) {
		return editorial.Rights{}
	}
	allowed, err := strconv.ParseInt(i.Member.Rights, 10, 64)
	return d.rights(i.Member.Roles, err == nil && allowed&managing != 0)
}

// against is why a step is not for its person, in words for them; empty if it is.
func (d *moderators) against(i *interaction, r editorial.Rights) string {
	switch {
	case i.Guild == "":
		return "The moderators' desk is in a server, not here."
	case !slices.Contains(d.guilds, i.Guild):
		return "The moderators' desk is not set up in this server. Whoever runs this bot can do so; the server's id is " + i.Guild + "."
	case r == editorial.Rights{}:
		return "You have no right to work on the handouts, so nothing was changed. Ask the administrators of this server for the role."
	}
	return ""
}

// Rights asks Discord what a moderator may do now, in any of the servers with a
// desk. Whoever is in none of them may nothing, and so may everybody when
// Discord does not say: the error then is not nil. The id is that of a
// [store.Actor], "discord:" and the user's.
func (a *Adapter) Rights(ctx context.Context, actorID string) (editorial.Rights, error) {
	user, ok := strings.CutPrefix(actorID, actorPrefix)
	if _, err := strconv.ParseUint(user, 10, 64); !ok || err != nil {
		return editorial.Rights{}, errors.New("rights on discord: the id is not that of a user of discord")
	}
	var all editorial.Rights
	for _, guild := range a.desk.guilds {
		r, err := a.rightsIn(ctx, guild, user)
		if err != nil && !unknown(err) {
			return editorial.Rights{}, fmt.Errorf("rights on discord: %w", err)
		}
		all.Edit, all.Review = all.Edit || r.Edit, all.Review || r.Review
	}
	return all, nil
}

// unknown reports whether there is no such member, or the bot is not in the server.
func unknown(err error) bool {
	var e *apiError
	return errors.As(err, &e) && e.Status == http.StatusNotFound || refusedWith(err, discordgo.ErrCodeMissingAccess)
}

func (a *Adapter) rightsIn(ctx context.Context, guild, user string) (editorial.Rights, error) {
	var m member
	if err := a.api.get(ctx, discordgo.EndpointGuildMember(guild, user), &m); err != nil {
		return editorial.Rights{}, err
	}
	if m.silenced(time.Now()) {
		return editorial.Rights{}, nil
	}
	manages := false
	if len(a.desk.editors) == 0 || len(a.desk.reviewers) == 0 {
		var g guildRoles
		if err := a.api.get(ctx, discordgo.EndpointGuild(guild), &g); err != nil {
			return editorial.Rights{}, err
		}
		manages = g.manages(user, m.Roles)
	}
	return a.desk.rights(m.Roles, manages), nil
}

// silenced reports whether a member is timed out. Discord lets them press
// nothing meanwhile.
func (m *member) silenced(now time.Time) bool {
	until, err := time.Parse(time.RFC3339, m.Silent)
	return m.Silent != "" && (err != nil || until.After(now))
}

// guildRoles is the part of a server that says what its members may do.
type guildRoles struct {
	ID    string `json:"id"`
	Owner string `json:"owner_id"`
	Roles []struct {
		ID     string `json:"id"`
		Rights string `json:"permissions"`
	} `json:"roles"`
}

// manages reports whether a member may manage the server: its owner, or by one
// of their roles. The role of everyone has the server's id.
func (g *guildRoles) manages(user string, roles []string) bool {
	if user == g.Owner {
		return true
	}
	for _, r := range g.Roles {
		allowed, err := strconv.ParseInt(r.Rights, 10, 64)
		if err == nil && allowed&managing != 0 && (r.ID == g.ID || slices.Contains(roles, r.ID)) {
			return true
		}
	}
	return false
}
