package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/time/rate"

	"handout/bot/deliver"
)

// api makes calls to Discord's REST interface.
type api struct {
	err      error // of the configuration, reported by each call
	token    string
	client   *http.Client
	buckets  *buckets
	messages *deliver.Sender // what counts against the bot's limit
	answers  *deliver.Sender // interactions, which do not
	acks     *deliver.Sender // first answers to interactions
	sleep    func(context.Context, time.Duration) error
	timeout  time.Duration // of one try
	ackTime  time.Duration // of one try at the first answer to an interaction
}

// discordRate is how many calls a second Discord allows a bot.
const discordRate = 50

// mostWait is how long an answer may have to wait for Discord's limits; after
// that it would come as a surprise.
const mostWait = 90 * time.Second

// connections are kept open to a REST proxy, which speaks HTTP/1.1, so that
// none must be made for a message. Answers to interactions have a few of their own.
const (
	connections  = 64
	mostMessages = connections - 16
)

func newAPI(c Config) *api {
	base, err := parseBase(c.API)
	next := http.DefaultTransport.(*http.Transport).Clone()
	next.MaxIdleConns, next.MaxIdleConnsPerHost = connections, connections
	limits := &buckets{}
	limit := cmp.Or(c.Rate, discordRate)
	return &api{
		err:      err,
		token:    "Bot " + cleanToken(c.Token),
		client:   &http.Client{Transport: &transport{base, next, limits}, CheckRedirect: noRedirect},
		buckets:  limits,
		messages: &deliver.Sender{Global: rate.NewLimiter(rate.Limit(limit), limit), Tries: 6, Backoff: 500 * time.Millisecond, MaxWait: mostWait, Slots: make(chan struct{}, mostMessages)},
		answers:  &deliver.Sender{Tries: 6, Backoff: 100 * time.Millisecond, MaxWait: mostWait},
		acks:     &deliver.Sender{Tries: 6, Backoff: 100 * time.Millisecond, MaxWait: discordgo.InteractionDeadline},
		sleep:    deliver.Sleep,
		timeout:  10 * time.Second,
		ackTime:  1500 * time.Millisecond,
	}
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// session is a discordgo session for one call. discordgo's own limiter would
// hold all webhooks behind one lock.
func (a *api) session() *discordgo.Session {
	return &discordgo.Session{
		Token:       a.token,
		Client:      a.client,
		UserAgent:   "DiscordBot (https://github.com/bwmarrin/discordgo, v" + discordgo.VERSION + ")",
		Ratelimiter: discordgo.NewRatelimiter(),
	}
}

// call is one request, tried once.
func (a *api) call(ctx context.Context, timeout time.Duration, method, address string, body, out any) error {
	if a.err != nil {
		return a.err
	}
	if err := a.waitBucket(ctx, address); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	data, err := a.session().RequestWithBucketID(method, address, body, "",
		discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0))
	if err != nil {
		return clean(err)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("decode answer: %w", err)
	}
	return nil
}

func (a *api) waitBucket(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	if wait := a.buckets.wait(u.Path); wait > 0 {
		return a.sleep(ctx, wait)
	}
	return nil
}

// gateway asks where to connect and with how many shards.
func (a *api) gateway(ctx context.Context) (*discordgo.GatewayBotResponse, error) {
	var g discordgo.GatewayBotResponse
	err := a.call(ctx, a.timeout, http.MethodGet, discordgo.EndpointGatewayBot, nil, &g)
	if err == nil && g.URL == "" {
		err = fmt.Errorf("the answer names no gateway")
	}
	return &g, err
}

// application is the part of the bot's entry in the developer portal that is
// used here.
type application struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Public bool   `json:"bot_public"`
}

// application asks what Discord knows about the bot.
func (a *api) application(ctx context.Context) (application, error) {
	var app application
	err := a.call(ctx, a.timeout, http.MethodGet, discordgo.EndpointApplication("@me"), nil, &app)
	return app, err
}

// setCommands replaces the bot's commands.
func (a *api) setCommands(ctx context.Context, app string, list []*discordgo.ApplicationCommand) error {
	return a.messages.Do(ctx, "commands", func(ctx context.Context) error {
		return a.call(ctx, a.timeout, http.MethodPut, discordgo.EndpointApplicationGlobalCommands(app), list, nil)
	})
}

// newMessage is a message as discordgo sends it, with a mark by which Discord
// tells a second try from a second message.
type newMessage struct {
	*discordgo.MessageSend
	Nonce   string `json:"nonce,omitempty"`
	Enforce bool   `json:"enforce_nonce,omitempty"`
}

// post returns the id of the new message.
func (a *api) post(ctx context.Context, channel string, m newMessage) (string, error) {
	var sent message
	err := a.messages.Do(ctx, channel, func(ctx context.Context) error {
		return a.call(ctx, a.timeout, http.MethodPost, discordgo.EndpointChannelMessages(channel), m, &sent)
	})
	return sent.ID, err
}

// rewrite replaces what a message of the bot shows.
func (a *api) rewrite(ctx context.Context, channel, id string, w *discordgo.WebhookEdit) error {
	return a.messages.Do(ctx, channel, func(ctx context.Context) error {
		return a.call(ctx, a.timeout, http.MethodPatch, discordgo.EndpointChannelMessage(channel, id), w, nil)
	})
}

// get reads an object.
func (a *api) get(ctx context.Context, address string, out any) error {
	return a.messages.Do(ctx, address, func(ctx context.Context) error {
		return a.call(ctx, a.timeout, http.MethodGet, address, nil, out)
	})
}

// respond gives an interaction its first answer, which Discord awaits for 3 s.
func (a *api) respond(ctx context.Context, i *interaction, r any) error {
	return a.acks.Do(ctx, i.ID, func(ctx context.Context) error {
		return a.call(ctx, a.ackTime, http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token), r, nil)
	})
}

// edit replaces the first answer.
func (a *api) edit(ctx context.Context, i *interaction, w *discordgo.WebhookEdit) error {
	return a.answers.Do(ctx, i.ID, func(ctx context.Context) error {
		return a.call(ctx, a.timeout, http.MethodPatch, discordgo.EndpointInteractionResponseActions(i.App, i.Token), w, nil)
	})
}

// follow adds a further answer, and returns its id.
func (a *api) follow(ctx context.Context, i *interaction, w *discordgo.WebhookParams) (string, error) {
	var sent message
	err := a.answers.Do(ctx, i.ID, func(ctx context.Context) error {
		return a.call(ctx, a.timeout, http.MethodPost, discordgo.EndpointFollowupMessage(i.App, i.Token), w, &sent)
	})
	return sent.ID, err
}

// editFollow replaces a further answer.
func (a *api) editFollow(ctx context.Context, i *interaction, id string, w *discordgo.WebhookEdit) error {
	return a.answers.Do(ctx, i.ID, func(ctx context.Context) error {
		return a.call(ctx, a.timeout, http.MethodPatch, discordgo.EndpointFollowupMessageActions(i.App, i.Token, id), w, nil)
	})
}
