// Package limit keeps a flood of messages from drowning out the rest.
//
// A [Responder] counts what each person, chat and server sends, with token
// buckets. Who sends too much is told so once, in fixed words, and then gets no
// answer until it is calm again: until half of what may come at once could come.
// An emergency is answered all the same. Suggestions while a person types are counted by
// themselves, so that typing uses up no answer: beyond what is typed for the
// answers there may be, the list is empty. Who is who is known by a keyed hash, in
// memory, for as long as it matters; the key ends with the process.
package limit

import (
	"context"
	"hash/maphash"
	"sync"
	"time"

	"handout/bot"
)

// Rates are how many messages a minute are answered, half of them at once; 0
// means any number.
type Rates struct{ Person, Chat, Server int }

// Answers is what a Responder stands before.
type Answers interface {
	bot.Responder
	bot.Suggester
}

// Responder passes messages on, with [bot.Message.Hold] set on those that are too many.
type Responder struct {
	Answers
	now   func() time.Time
	rates Rates

	mu      sync.Mutex
	seed    maphash.Seed
	buckets map[uint64]*bucket
}

// New puts limits before what answers. now is the clock by which they are counted.
func New(now func() time.Time, next Answers, r Rates) *Responder {
	return &Responder{Answers: next, now: now, rates: r, seed: maphash.MakeSeed(), buckets: map[uint64]*bucket{}}
}

// Respond answers, or says that it is too much, with [bot.Reply.Silent] from the
// second time on. The card of an emergency is silent only if the same person got
// [mostCards] of them a minute ago or less.
func (r *Responder) Respond(ctx context.Context, m bot.Message) bot.Reply {
	told := false
	if m.Hold == "" {
		m.Hold, told = r.judge(m.Origin)
	}
	reply := r.Answers.Respond(ctx, m)
	switch {
	case m.Hold == "":
	case reply.Outcome == bot.Urgent:
		reply.Silent = !r.mayCard(m.Origin)
	default:
		reply.Silent = told
	}
	return reply
}

// perMessage is in how many steps, with suggestions for each, a message is typed.
const perMessage = 10

// Suggest offers what may be typed, and nothing but the card of an emergency where
// that is asked too often. Nobody is told: an empty list says enough.
func (r *Responder) Suggest(ctx context.Context, typed bot.Message, limit int) []bot.Option {
	if typed.Hold == "" && r.typesTooMuch(typed.Origin) {
		typed.Hold = bot.Flooding
	}
	return r.Answers.Suggest(ctx, typed, limit)
}

// typesTooMuch counts a step of typing. As with messages, what is too much for a
// person does not count against their server.
func (r *Responder) typesTooMuch(o bot.Origin) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	return r.bucket("typing person ", o.Person, perMessage*r.rates.Person).over(now) ||
		r.bucket("typing server ", o.Server, perMessage*r.rates.Server).over(now)
}

// judge counts a message. What is too much for a person does not count against
// their chat, nor what is too much for a chat against its server: one who floods
// a chat silences nobody else in it.
func (r *Responder) judge(o bot.Origin) (h bot.Hold, told bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	person, chat := r.bucket("person ", o.Person, r.rates.Person), r.bucket("chat ", o.Chat, r.rates.Chat)
	teller := person
	switch {
	case person.over(now):
	case chat.over(now), r.bucket("server ", o.Server, r.rates.Server).over(now):
		teller = chat
	default:
		person.told, chat.told = false, false
		return "", false
	}
	told, teller.told = teller.told, true
	if !person.looks.AllowN(now, 1) {
		return bot.Flooding, told
	}
	return bot.Limited, told
}

func (r *Responder) mayCard(o bot.Origin) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bucket("person ", o.Person, r.rates.Person).cards.AllowN(r.now(), 1)
}
