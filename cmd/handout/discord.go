package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

type discordCmd struct {
	Invite inviteCmd `cmd:"" help:"Print the link by which a server's owner adds the bot."`
}

type inviteCmd struct {
	discordFlags
}

// Help is printed below the flags.
func (inviteCmd) Help() string {
	return `The link asks for the least rights with which the bot can answer.

Example:

  HANDOUT_DISCORD_TOKEN_FILE=/run/secrets/discord handout discord invite`
}

func (i *inviteCmd) Run(ctx context.Context, streams stdio) error {
	a, err := i.discord(slog.New(slog.DiscardHandler), 0, shared{})
	if err != nil {
		return err
	}
	if a == nil {
		return errors.New("no token; set HANDOUT_DISCORD_TOKEN or HANDOUT_DISCORD_TOKEN_FILE")
	}
	url, err := a.Invite(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(streams.out, url)
	return nil
}
