// Package telegram serves the bot on Telegram: direct chats, groups and their
// topics, and inline mode.
//
// An [Adapter] is a [bot.Adapter]. The way of an update: [Adapter.Run] polls or
// listens for it (poll.go, webhook.go); it is decoded by itself (update.go),
// entered in the ledger (ledger.go) and put into its chat's lane (take.go);
// there the turn is run (turn.go, inline.go), and the reply rendered (render.go)
// and sent at the pace that Telegram allows (send.go). An update is confirmed
// to Telegram only when its reply was accepted, so that a restart loses none.
//
// Calls are made by the library's MakeRequest, over an HTTP client of our own
// (client.go): the library knows no context, and its errors hold the token. Its
// loops for updates are not used: they confirm too early, and one update that
// cannot be decoded costs the whole batch.
//
// Moderators have their desk in a direct chat (desk.go): what it shows becomes a
// message with buttons (view.go), and what it asks for is asked field by field
// (form.go).
//
// The adapter keeps nothing on disk. The region that a person chose is known to
// [bot.Regions] under a key that cannot be traced back to them. In memory stay a
// form that a moderator is filling in and, for a day, where answers stand that
// may have to be taken back (recall.go).
package telegram

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"handout/bot"
	"handout/bot/deliver"
	"handout/bot/desk"
)

// Config is what an operator sets.
type Config struct {
	Token string        // of the bot, from BotFather
	API   string        // address of a self-hosted Bot API server; empty means Telegram's own
	Drain time.Duration // how long a stop waits for answers in progress; 0 means 20 s

	// With an address, Telegram sends updates to it; without one they are
	// fetched.
	WebhookURL    string // public, https
	WebhookAddr   string // host:port to listen on, behind the proxy; empty means :8443
	WebhookSecret string // by which Telegram proves itself; empty means a random one

	Regions *bot.Regions // that people chose; nil means that a choice ends with the process

	Desk           desk.Desk // for moderators; nil means that there is none
	Moderators     []int64   // ids of users who may do everything on it
	ModeratorGroup int64     // id of a group whose administrators may too, and that is told what waits for them; 0 means none. The bot must be one of them, or Telegram does not say who is
}

// Adapter is Telegram as a surface. Run it once.
type Adapter struct {
	cfg       Config
	log       *slog.Logger
	client    *client
	sender    *deliver.Sender // of messages
	quick     *deliver.Sender // of what is of use for a short time only
	lanes     *deliver.Lanes  // a lane for each chat
	side      *deliver.Lanes  // what waits for no chat: acknowledgements, votes, notices that the queue is full
	ledger    ledger
	names     names
	recent    deliver.Recent[target]
	regions   *bot.Regions
	told      told // chats that know that the queue is full
	albums    told
	forms     forms
	doubted   chan struct{} // holds something when Telegram refused the token
	turns     chan struct{} // bounds how many turns are run at a time
	responder bot.Responder
	self      atomic.Pointer[user] // the bot's own account, once known

	backoff time.Duration // first wait after a failure
	pace    time.Duration // of polls that return at once with nothing new
	patient time.Duration // when a person is shown that the answer is being written
	parting time.Duration // for the last call, which confirms what is done
	listen  func(ctx context.Context, addr string) (net.Listener, error)
}

const (
	perChat  = 8     // updates of a chat that may wait
	allChats = 5_000 // updates that may wait in all
	mostSide = 1_000
	mostTry  = 40 // tries of a send, over about 20 minutes
	maxWait  = 10 * time.Minute
)

// New makes an adapter. It does not connect yet.
func New(log *slog.Logger, c Config) *Adapter {
	c.API = cmp.Or(c.API, "https://api.telegram.org")
	c.Drain = cmp.Or(c.Drain, 20*time.Second)
	c.WebhookAddr = cmp.Or(c.WebhookAddr, ":8443")
	if c.Regions == nil {
		c.Regions = bot.NewRegions()
	}
	a := &Adapter{
		cfg:     c,
		log:     log.With("surface", surface),
		client:  newClient(c.Token, c.API),
		sender:  newSender(),
		quick:   &deliver.Sender{Tries: 4, Backoff: 500 * time.Millisecond, MaxWait: 10 * time.Second},
		lanes:   deliver.NewLanes(perChat, allChats),
		side:    deliver.NewLanes(perChat, mostSide),
		names:   names{c.Regions.Secret(surface)},
		regions: c.Regions,
		turns:   make(chan struct{}, 16*runtime.GOMAXPROCS(0)),
		doubted: make(chan struct{}, 1),
		backoff: time.Second,
		pace:    300 * time.Millisecond,
		patient: time.Second,
		parting: 5 * time.Second,
		listen: func(ctx context.Context, addr string) (net.Listener, error) {
			return new(net.ListenConfig).Listen(ctx, "tcp", addr)
		},
	}
	a.lanes.Panicked, a.side.Panicked = a.panicked, a.panicked
	return a
}

// newSender keeps to Telegram's limits: 30 messages a second in all, one a
// second to a chat, twenty a minute to a group.
func newSender() *deliver.Sender {
	return &deliver.Sender{
		Global: rate.NewLimiter(30, 1),
		PerKey: func(key string) *rate.Limiter {
			if isGroup(key) {
				return rate.NewLimiter(rate.Every(4*time.Second), 5) // at most 20 in any minute
			}
			return rate.NewLimiter(1, 1)
		},
		Tries:   mostTry,
		Backoff: time.Second,
		MaxWait: maxWait,
		Slots:   make(chan struct{}, mostSends),
	}
}

const surface = "telegram"

// Name is "telegram".
func (a *Adapter) Name() string { return surface }

// Run serves until ctx ends, then finishes what was accepted. While Telegram
// cannot be reached it tries again, for ever. A token that Telegram does not
// know ends it with a [*TokenError].
func (a *Adapter) Run(ctx context.Context, r bot.Responder) error {
	a.responder = r
	if err := a.cfg.validate(); err != nil {
		return err
	}
	work, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	context.AfterFunc(ctx, func() { time.AfterFunc(a.cfg.Drain, abandon) })
	run := a.poll
	if a.cfg.WebhookURL != "" {
		run = a.serve
	}
	err := run(ctx, work)
	rest := a.drain(abandon)
	if isTokenError(err) {
		return err // the rest can only say the same
	}
	return errors.Join(err, rest)
}

// unwinding is what jobs may take to return after they were given up.
const unwinding = 2 * time.Second

// drain waits for what was accepted. What takes too long is given up: it is
// not confirmed, so Telegram sends it again at the next start.
func (a *Adapter) drain(abandon context.CancelFunc) error {
	ctx, cancel := context.WithTimeout(context.Background(), a.cfg.Drain+unwinding)
	defer cancel()
	err := errors.Join(a.lanes.Drain(ctx), a.side.Drain(ctx))
	abandon()
	if n := a.ledger.pending(); n > 0 {
		err = errors.Join(fmt.Errorf("stop: %d updates were left for the next start", n), err)
	}
	return errors.Join(err, a.confirm())
}

func (a *Adapter) panicked(v any, stack []byte) {
	a.log.Error("update panicked", "panic", fmt.Sprintf("%T", v), "stack", string(stack))
}
