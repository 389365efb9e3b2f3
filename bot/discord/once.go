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
	who   map[string]int
}

// mostTold is how many are told at a time; a flood goes unanswered.
const mostTold = 32

// begin reports whether to tell them; of an emergency always.
func (t *told) begin(who string, urgent bool) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.who == nil {
		t.who = map[string]int{}
	}
	if !urgent && (t.who[who] > 0 || len(t.who) >= mostTold) {
		return false
	}
	t.who[who]++
	t.group.Add(1)
	return true
}

func (t *told) end(who string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.who[who]--; t.who[who] == 0 {
		delete(t.who, who)
	}
	t.group.Done()
}

func (t *told) wait() { t.group.Wait() }

// tellBusy tells someone that their question could not be taken on, or what to
// do in an emergency, beside the queue that is full. It reports whether it does.
func (a *Adapter) tellBusy(who string, from bot.Origin, q bot.Message, tell func(context.Context, bot.Reply)) bool {
	a.log.Warn("queue is full, question not taken", "surface", a.Name())
	q.Hold = bot.Crowded
	reply := a.respond(a.work, from, q)
	if reply.Silent || !a.told.begin(who, reply.Outcome == bot.Urgent) {
		return false
	}
	go func() {
		defer a.told.end(who)
		a.guard("telling that the queue is full", func() {
			ctx, cancel := context.WithTimeout(a.work, a.jobTimeout)
			defer cancel()
			tell(ctx, reply)
		})
	}()
	return true
}
