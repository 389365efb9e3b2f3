package discord

import (
	"context"
	"hash/maphash"
	"strconv"
	"sync"

	"handout/bot"
)

// once remembers what was said already, without the words.
type once struct {
	mu   sync.Mutex
	seed maphash.Seed
	said map[uint64]bool
}

// mostSaid is how many things are remembered.
const mostSaid = 10_000

// first reports whether it is asked about the thing for the first time.
func (o *once) first(thing string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.said == nil || len(o.said) >= mostSaid {
		o.seed, o.said = maphash.MakeSeed(), map[uint64]bool{}
	}
	h := maphash.String(o.seed, thing)
	defer func() { o.said[h] = true }()
	return !o.said[h]
}

// nonce marks a message, so that a second try is not a second message. Discord
// takes 25 characters.
func nonce(message string, n int, refer bool) string {
	kind := "t"
	if refer {
		kind = "e"
	}
	return shorten(message, 20) + kind + strconv.Itoa(n)
}

// told is who is being told that too much is waiting.
type told struct {
	mu    sync.Mutex
	group sync.WaitGroup
	who   map[string]bool
}

// mostTold is how many are told at a time; a flood goes unanswered.
const mostTold = 32

func (t *told) begin(who string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.who == nil {
		t.who = map[string]bool{}
	}
	if t.who[who] || len(t.who) >= mostTold {
		return false
	}
	t.who[who] = true
	t.group.Add(1)
	return true
}

func (t *told) end(who string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.who, who)
	t.group.Done()
}

func (t *told) wait() { t.group.Wait() }

// tellBusy tells someone that their question could not be taken on, beside the
// queue that is full. It reports whether it does.
func (a *Adapter) tellBusy(who string, tell func(context.Context, bot.Reply)) bool {
	a.log.Warn("queue is full, question not taken", "surface", a.Name())
	if !a.told.begin(who) {
		return false
	}
	go func() {
		defer a.told.end(who)
		a.guard("telling that the queue is full", func() {
			ctx, cancel := context.WithTimeout(a.work, a.jobTimeout)
			defer cancel()
			tell(ctx, a.responder.Respond(ctx, bot.Message{Action: bot.Busy}))
		})
	}()
	return true
}
