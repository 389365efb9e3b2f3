// Package discord serves the bot on Discord.
//
// An [Adapter] is a [bot.Adapter]. Slash commands, suggestions while a person
// types, buttons and a message's context menu come as interactions; direct
// messages and mentions come as messages. Neither needs a privileged intent.
// In a server an answer to a command is seen by the asker alone, who may share
// it. No message of the bot notifies anyone.
//
// The way of an event: a [shard] reads it from the gateway and decodes what it
// needs; a lane for each channel keeps the order; the turn is run; the reply is
// rendered as embeds and sent, with a wait and another try where that helps.
// Requests and their types are those of discordgo. The gateway's connection is
// kept here, because discordgo's hides close codes and cannot wait.
//
// Moderators have a desk in the servers that the operator names, and in no
// other: a [desk.Desk] says what they see, and each step brings the person's
// roles and permissions with it. What they see is ephemeral. A form that can no
// longer be opened at once, because the desk took too long, waits behind a button.
//
// The adapter keeps nothing on disk. The region that a person chose is known to
// [bot.Regions] under a key that cannot be traced back to them. Where answers
// stand that may have to be taken back is in memory for a day.
package discord

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"handout/bot"
	"handout/bot/deliver"
	"handout/bot/desk"
)

// Config is what an operator sets.
type Config struct {
	Token string        // of the bot, from the developer portal
	API   string        // base of a REST proxy, before /api/v9; empty for Discord itself
	Drain time.Duration // how long a stop waits for answers in progress; 0 means 10 s
	Rate  int           // calls a second, over all; 0 means Discord's 50

	Regions *bot.Regions // that people chose; nil means that a choice ends with the process

	Desk          desk.Desk // of the moderators; nil for none
	DeskGuilds    []string  // ids of the servers whose moderators it is for; none means nobody's
	DeskChannel   string    // id of the channel where reviews are announced; empty for none
	EditorRoles   []string  // ids of the roles that may write; none means whoever may manage the server
	ReviewerRoles []string  // ids of the roles that may approve as well; likewise
}

// Adapter is Discord as a surface. Run it once.
type Adapter struct {
	log       *slog.Logger
	token     string
	drain     time.Duration
	api       *api
	lanes     *deliver.Lanes
	regions   *bot.Regions
	recent    deliver.Recent[placed]
	responder bot.Responder
	started   sync.Once // says that the surface is on
	told      told      // who is being told that the queue is full
	refused   once      // which refusals have been logged
	taken     once      // which messages and interactions were taken on
	commands  commands
	self      self
	desk      moderators

	live       context.Context                            // that of Run
	work       context.Context                            // that of answers, which ends after it
	sleep      func(context.Context, time.Duration) error // between tries of a connection
	greetTime  time.Duration                              // for the gateway to take a session on
	deferAfter time.Duration                              // when an interaction is told to wait
	jobTimeout time.Duration                              // for one answer with all its tries
}

// How many jobs may wait or run.
const (
	perLane  = 30
	allLanes = 5000
)

// New makes the adapter. It connects to nothing yet.
func New(log *slog.Logger, c Config) *Adapter {
	if c.Regions == nil {
		c.Regions = bot.NewRegions()
	}
	return &Adapter{
		log:        log,
		token:      cleanToken(c.Token),
		drain:      cmp.Or(c.Drain, 10*time.Second),
		api:        newAPI(c),
		lanes:      deliver.NewLanes(perLane, allLanes),
		regions:    c.Regions,
		desk:       newModerators(c),
		sleep:      deliver.Sleep,
		greetTime:  time.Minute,
		deferAfter: 1500 * time.Millisecond,
		jobTimeout: 2 * time.Minute,
	}
}

const surface = "discord"

// Name is "discord".
func (a *Adapter) Name() string { return surface }

// Run serves until ctx ends, then finishes what it accepted. It waits for a
// network that is not there; it returns a [*FatalError] when Discord says that
// no further try can help.
func (a *Adapter) Run(ctx context.Context, r bot.Responder) error {
	if err := checkToken(a.token); err != nil {
		return err
	}
	a.responder = r
	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWork()
	a.live, a.work = ctx, work
	err := a.serve(ctx)
	if ctx.Err() != nil {
		err = nil // it was asked to stop
	}
	return a.finish(stopWork, err)
}

// serve keeps the shards connected until ctx ends or one cannot go on.
func (a *Adapter) serve(ctx context.Context) error {
	gateway, err := a.reach(ctx)
	if err != nil {
		return err
	}
	start := newStarter(a.log.With("surface", a.Name()), gateway.SessionStartLimit, a.sleep)
	count := max(gateway.Shards, 1)
	group, ctx := errgroup.WithContext(ctx)
	for id := range count {
		s := &shard{adapter: a, start: start, id: id, count: count, gateway: gateway.URL}
		group.Go(func() error { return s.run(ctx) })
	}
	return group.Wait()
}

// finish lets the answers in progress come to their end, within the drain time.
func (a *Adapter) finish(stopWork context.CancelFunc, err error) error {
	done := make(chan struct{})
	go func() {
		a.lanes.Wait()
		a.told.wait()
		close(done)
	}()
	limit := time.NewTimer(a.drain)
	defer limit.Stop()
	select {
	case <-done:
		return err
	case <-limit.C:
	}
	stopWork()
	<-done
	a.log.Warn("stopped with answers unsent", "surface", a.Name(), "waited", a.drain.String())
	return err
}

// guard runs a job and survives its panic.
func (a *Adapter) guard(what string, job func()) {
	defer func() {
		if v := recover(); v != nil {
			a.log.Error(what+" panicked", "surface", a.Name(), "panic", fmt.Sprintf("%T", v), "at", caller())
		}
	}()
	job()
}
