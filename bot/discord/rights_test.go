package discord

import (
	"context"
	"testing"
	"time"

	"handout/knowledge/editorial"
)

const (
	otherGuild = "900000000000000033"
	adminRole  = "900000000000000013"
	modUser    = "900000000000000051"
)

var (
	both   = editorial.Rights{Edit: true, Review: true}
	edit   = editorial.Rights{Edit: true}
	review = editorial.Rights{Review: true}
	none   editorial.Rights
)

func TestRightsOfAStep(t *testing.T) {
	roles := Config{DeskGuilds: []string{fakeGuild}, EditorRoles: []string{editorRole}, ReviewerRoles: []string{reviewerRole}}
	open := Config{DeskGuilds: []string{fakeGuild}}
	for name, tc := range map[string]struct {
		config  Config
		guild   string
		roles   []string
		allowed string
		want    editorial.Rights
	}{
		"editor":              {roles, fakeGuild, []string{editorRole}, "0", edit},
		"reviewer":            {roles, fakeGuild, []string{reviewerRole}, "0", review},
		"both":                {roles, fakeGuild, []string{"1", reviewerRole, editorRole}, "0", both},
		"admin without role":  {roles, fakeGuild, nil, "8", none},
		"manager, no roles":   {open, fakeGuild, nil, manageServer, both},
		"admin, no roles":     {open, fakeGuild, nil, "8", both},
		"member, no roles":    {open, fakeGuild, []string{editorRole}, "2048", none},
		"unreadable":          {open, fakeGuild, nil, "all of them", none},
		"admin elsewhere":     {open, otherGuild, nil, "9007199254740991", none},
		"nowhere":             {Config{}, fakeGuild, []string{editorRole}, "8", none},
		"reviewers by role":   {Config{DeskGuilds: open.DeskGuilds, ReviewerRoles: roles.ReviewerRoles}, fakeGuild, nil, manageServer, edit},
		"no guild at all":     {Config{}, "", nil, "8", none},
		"guild of empty name": {open, "", nil, "8", none},
	} {
		d := newModerators(tc.config)
		i := &interaction{Guild: tc.guild, Member: &member{Roles: tc.roles, Rights: tc.allowed}}
		if got := d.rightsHere(i); got != tc.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if d := newModerators(open); d.rightsHere(&interaction{Guild: fakeGuild}) != none {
		t.Error("nobody has rights")
	}
}

// servers are what Discord says of two servers and their members.
func servers(owner string) map[string]any {
	role := func(id, allowed string) map[string]any { return map[string]any{"id": id, "permissions": allowed} }
	member := func(roles ...string) map[string]any {
		return map[string]any{"user": map[string]any{"id": modUser}, "roles": roles, "communication_disabled_until": nil}
	}
	return map[string]any{
		"/guilds/" + fakeGuild:                             map[string]any{"id": fakeGuild, "owner_id": owner, "roles": []any{role(fakeGuild, "2048"), role(adminRole, "8"), role(editorRole, "0")}},
		"/guilds/" + otherGuild:                            map[string]any{"id": otherGuild, "owner_id": "1", "roles": []any{role(otherGuild, "2048")}},
		"/guilds/" + fakeGuild + "/members/" + modUser:     member(adminRole),
		"/guilds/" + otherGuild + "/members/" + modUser:    member(editorRole),
		"/guilds/" + fakeGuild + "/members/" + fakeUser:    member(),
		"/guilds/" + fakeGuild + "/members/" + fakeApp:     map[string]any{"roles": []string{adminRole}, "communication_disabled_until": time.Now().Add(time.Hour).Format(time.RFC3339)},
		"/guilds/" + fakeGuild + "/members/" + editorRole:  map[string]any{"roles": []string{adminRole}, "communication_disabled_until": "2020-01-02T03:04:05.678000+00:00"},
		"/guilds/" + otherGuild + "/members/" + editorRole: member(),
	}
}

func TestRightsAreAskedOfDiscord(t *testing.T) {
	f := newFake(t)
	f.stored = servers(fakeUser)
	a := f.adapter(nil)
	for name, tc := range map[string]struct {
		config Config
		id     string
		want   editorial.Rights
	}{
		"an admin's role":     {Config{DeskGuilds: []string{fakeGuild}}, modUser, both},
		"a role in another":   {Config{DeskGuilds: []string{otherGuild}, EditorRoles: []string{editorRole}}, modUser, edit},
		"of two servers":      {Config{DeskGuilds: []string{fakeGuild, otherGuild}, EditorRoles: []string{editorRole}, ReviewerRoles: []string{adminRole}}, modUser, both},
		"the owner":           {Config{DeskGuilds: []string{fakeGuild}}, fakeUser, both},
		"the owner, by roles": {Config{DeskGuilds: []string{fakeGuild}, EditorRoles: []string{editorRole}, ReviewerRoles: []string{editorRole}}, fakeUser, none},
		"timed out":           {Config{DeskGuilds: []string{fakeGuild}}, fakeApp, none},
		"was timed out":       {Config{DeskGuilds: []string{fakeGuild}}, editorRole, both},
		"a plain member":      {Config{DeskGuilds: []string{otherGuild}}, editorRole, none},
		"no member":           {Config{DeskGuilds: []string{fakeGuild, otherGuild}}, "900000000000000404", none},
		"no such server":      {Config{DeskGuilds: []string{"900000000000000404"}}, modUser, none},
		"no desk":             {Config{}, modUser, none},
	} {
		a.desk = newModerators(tc.config)
		if got, err := a.Rights(t.Context(), "discord:"+tc.id); err != nil || got != tc.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestWithoutAnAnswerThereAreNoRights(t *testing.T) {
	f := newFake(t)
	f.stored = servers("1")
	a := f.adapter(nil)
	a.desk = newModerators(Config{DeskGuilds: []string{otherGuild, fakeGuild}, EditorRoles: []string{editorRole}, ReviewerRoles: []string{adminRole}})
	calls := f.called("GET")
	for _, id := range []string{"", "telegram:" + modUser, "discord:", "discord:../../users/@me", "discord:" + modUser + "/x", modUser, "discord:-5"} {
		if got, err := a.Rights(t.Context(), id); err == nil || got != none {
			t.Errorf("%q: %+v, %v", id, got, err)
		}
	}
	if f.called("GET") != calls {
		t.Error("Discord was asked about a forged id")
	}
	f.hook(func(c call) *answer {
		if c.path != "/guilds/"+fakeGuild+"/members/"+modUser {
			return nil
		}
		a := refuse(500, 0, "500: Internal Server Error")
		return &a
	})
	if got, err := a.Rights(t.Context(), "discord:"+modUser); err == nil || got != none {
		t.Errorf("while Discord fails: %+v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := a.Rights(ctx, "discord:"+modUser); err == nil || got != none {
		t.Errorf("without time: %+v, %v", got, err)
	}
}

func TestARoleThatIsTakenAwayCountsAtOnce(t *testing.T) {
	f := newFake(t)
	f.stored = servers("1")
	a := f.adapter(nil)
	a.desk = newModerators(Config{DeskGuilds: []string{fakeGuild}})
	if got, err := a.Rights(t.Context(), "discord:"+modUser); err != nil || got != both {
		t.Fatalf("%+v, %v", got, err)
	}
	f.stored["/guilds/"+fakeGuild+"/members/"+modUser] = map[string]any{"roles": []string{}}
	if got, err := a.Rights(t.Context(), "discord:"+modUser); err != nil || got != none {
		t.Errorf("%+v, %v", got, err)
	}
}
