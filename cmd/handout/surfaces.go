package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"handout/bot"
	"handout/bot/desk"
	"handout/bot/discord"
	"handout/bot/telegram"
)

// surfaces are the flags that say where people can ask. serve and doctor
// share them.
type surfaces struct {
	corpusFlag
	Addr  string        `help:"Address of the web page." default:"127.0.0.1:8080" env:"HANDOUT_ADDR"`
	Drain time.Duration `help:"How long a stop waits for answers in progress." default:"10s" env:"HANDOUT_DRAIN"`

	TelegramToken         string `group:"Telegram" help:"Token of the bot." placeholder:"TOKEN" env:"HANDOUT_TELEGRAM_TOKEN"`
	TelegramTokenFile     string `group:"Telegram" help:"File that holds the token, as containers mount secrets." placeholder:"PATH" env:"HANDOUT_TELEGRAM_TOKEN_FILE"`
	TelegramAPI           string `group:"Telegram" name:"telegram-api" help:"Address of a self-hosted Bot API server." placeholder:"URL" env:"HANDOUT_TELEGRAM_API"`
	TelegramWebhookURL    string `group:"Telegram" help:"Public https address to which Telegram sends updates; without it they are fetched." placeholder:"URL" env:"HANDOUT_TELEGRAM_WEBHOOK_URL"`
	TelegramWebhookAddr   string `group:"Telegram" help:"Address on which the webhook listens, behind a reverse proxy." default:"127.0.0.1:8443" env:"HANDOUT_TELEGRAM_WEBHOOK_ADDR"`
	TelegramWebhookSecret string `group:"Telegram" help:"By which Telegram proves itself; a random one if left out." placeholder:"SECRET" env:"HANDOUT_TELEGRAM_WEBHOOK_SECRET"`

	TelegramModerators     []int64 `group:"Moderators" help:"Ids of the Telegram users who may use the moderators' desk." placeholder:"ID,..." env:"HANDOUT_TELEGRAM_MODERATORS"`
	TelegramModeratorGroup int64   `group:"Moderators" help:"Id of the Telegram group whose administrators may use the desk, and that is told what waits for them. The bot must be one of them." placeholder:"ID" env:"HANDOUT_TELEGRAM_MODERATOR_GROUP"`

	discordFlags
}

// discordFlags are those that reach Discord's API.
type discordFlags struct {
	DiscordToken     string `group:"Discord" help:"Token of the bot." placeholder:"TOKEN" env:"HANDOUT_DISCORD_TOKEN"`
	DiscordTokenFile string `group:"Discord" help:"File that holds the token, as containers mount secrets." placeholder:"PATH" env:"HANDOUT_DISCORD_TOKEN_FILE"`
	DiscordAPI       string `group:"Discord" name:"discord-api" help:"Base of a REST proxy, before /api/v9." placeholder:"URL" env:"HANDOUT_DISCORD_API"`

	DiscordDeskServers   []string `group:"Moderators" help:"Ids of the Discord servers that have a moderators' desk. Whoever may manage the server is a moderator, if no roles are given." placeholder:"ID,..." env:"HANDOUT_DISCORD_DESK_SERVERS"`
	DiscordDeskChannel   string   `group:"Moderators" help:"Id of the Discord channel that is told what waits for moderators." placeholder:"ID" env:"HANDOUT_DISCORD_DESK_CHANNEL"`
	DiscordEditorRoles   []string `group:"Moderators" help:"Ids of the Discord roles that may write and withdraw." placeholder:"ID,..." env:"HANDOUT_DISCORD_EDITOR_ROLES"`
	DiscordReviewerRoles []string `group:"Moderators" help:"Ids of the Discord roles that may approve and publish as well." placeholder:"ID,..." env:"HANDOUT_DISCORD_REVIEWER_ROLES"`
}

// secret is a token given by itself or in a file.
func secret(name, value, file string) (string, error) {
	switch {
	case value != "" && file != "":
		return "", fmt.Errorf("--%s and --%s-file are both set; keep one", name, name)
	case file == "":
		return strings.TrimSpace(value), nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("--%s-file: %w", name, err)
	}
	token := strings.TrimSpace(string(data))
	if token == "" {
		return "", fmt.Errorf("--%s-file: %s is empty", name, file)
	}
	return token, nil
}

// shared is what the chats are given.
type shared struct {
	desk    desk.Desk    // nil without moderators
	regions *bot.Regions // that people chose; nil to keep none beyond the process
}

// telegram is the surface, or nil if no token is set.
func (s *surfaces) telegram(log *slog.Logger, with shared) (bot.Adapter, error) {
	token, err := secret("telegram-token", s.TelegramToken, s.TelegramTokenFile)
	if err != nil || token == "" {
		return nil, err
	}
	return telegram.New(log, telegram.Config{
		Token: token, API: s.TelegramAPI, Drain: s.Drain,
		WebhookURL: s.TelegramWebhookURL, WebhookAddr: s.TelegramWebhookAddr, WebhookSecret: s.TelegramWebhookSecret,
		Regions: with.regions, Desk: with.desk, Moderators: s.TelegramModerators, ModeratorGroup: s.TelegramModeratorGroup,
	}), nil
}

func (s *discordFlags) discord(log *slog.Logger, drain time.Duration, with shared) (*discord.Adapter, error) {
	token, err := secret("discord-token", s.DiscordToken, s.DiscordTokenFile)
	if err != nil || token == "" {
		return nil, err
	}
	return discord.New(log, discord.Config{
		Token: token, API: s.DiscordAPI, Drain: drain,
		Regions: with.regions, Desk: with.desk, DeskGuilds: s.DiscordDeskServers, DeskChannel: s.DiscordDeskChannel, EditorRoles: s.DiscordEditorRoles, ReviewerRoles: s.DiscordReviewerRoles,
	}), nil
}

// chats are the chat surfaces that are set up. A setting that cannot be used turns
// off its own surface only.
func (s *surfaces) chats(log *slog.Logger, with shared) (adapters []bot.Adapter, failed []error) {
	add := func(name, set string, a bot.Adapter, err error) {
		switch {
		case err != nil:
			log.Error("surface off", "surface", name, "err", err)
			failed = append(failed, fmt.Errorf("%s: %w", name, err))
		case a == nil:
			log.Info("surface off", "surface", name, "set", set)
		default:
			adapters = append(adapters, a)
		}
	}
	a, err := s.telegram(log, with)
	add("telegram", "HANDOUT_TELEGRAM_TOKEN", a, err)
	d, err := s.discord(log, s.Drain, with)
	if d == nil { // no typed nil in the interface
		add("discord", "HANDOUT_DISCORD_TOKEN", nil, err)
	} else {
		add("discord", "", d, err)
	}
	return adapters, failed
}

// runAll runs the page and the chats until ctx ends. A chat that cannot go on
// is logged and the others stay; without its page the program ends.
func runAll(ctx context.Context, log *slog.Logger, r bot.Responder, page bot.Adapter, chats []bot.Adapter) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, a := range append(chats, page) {
		group.Go(func() error {
			err := a.Run(ctx, r)
			switch {
			case err == nil || errors.Is(err, context.Canceled):
				log.Info("surface stopped", "surface", a.Name())
				return nil
			case a == page:
				return fmt.Errorf("%s: %w", a.Name(), err)
			}
			log.Error("surface off", "surface", a.Name(), "err", err)
			return nil
		})
	}
	return group.Wait()
}
