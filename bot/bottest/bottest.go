// Package bottest is the suite that every adapter passes: transcripts and
// faults, through the real core, against a fake of the platform on loopback.
//
// An adapter's test is a dozen lines:
//
//	func TestConformance(t *testing.T) {
//		bottest.Run(t, func(t *testing.T) bottest.Platform { return newFake(t) })
//	}
//
// What the adapter's package brings is the fake: a server that speaks the
// platform's protocol, with the abilities of [Platform]. The suite plays the
// people in the chats and looks at what the platform accepted. It knows no
// SDK, and no more of a platform than that interface says.
//
// The suite brings its own small corpus ([Corpus]), so that no outcome hangs
// on the ranking of a large one. Its snippets and the questions that surely
// lead to them are named in corpus.go.
package bottest

import (
	"log/slog"
	"testing"

	"handout/bot"
)

// Platform is a fake platform and the people on it. Its methods are called
// from several goroutines. A failure of the fake itself ends the test.
type Platform interface {
	// Adapter makes an adapter that talks to the fake, as a newly started
	// process would: nothing is shared with an earlier one. Waits between
	// tries are a few milliseconds; the limits on sending are lifted.
	Adapter(log *slog.Logger) bot.Adapter

	// Say lets a person write a message. It does not wait for the bot.
	Say(s Say)

	// Press lets a person press a button of a message, and returns when the
	// bot has acknowledged it as the platform demands.
	Press(p Posted, b Button)

	// Suggest lets a person type into what the platform has for suggestions
	// (Telegram's inline mode, Discord's autocomplete) and returns them.
	Suggest(text string) []Suggestion

	// Pick lets the person choose one. What is then shown comes out of Posted.
	Pick(s Suggestion)

	// Posted yields each message that the fake accepted from the bot, in the
	// order in which it did. A message that was edited counts again; what only
	// says "thinking" does not count.
	Posted() <-chan Posted

	// Fail lets the next calls that post something fail in the given way, as
	// many times as given. What failed was not accepted.
	Fail(f Fault, times int)

	// Failed counts the calls that failed by Fail so far.
	Failed() int

	// Undecodable sends the bot an update of a shape that its library cannot
	// decode, as a newer platform might.
	Undecodable()

	// Disconnect cuts the connection by which updates come, once. Updates are
	// kept until the bot is back.
	Disconnect()

	// Redelivers reports whether the platform gives an update again that the
	// bot had got but not yet confirmed when it died.
	Redelivers() bool

	// Kill cuts the latest adapter off for good, as if its process had died: the
	// fake takes nothing from it any more and gives it nothing. It is called
	// only where Redelivers is true.
	Kill()

	// Secrets are what may stand in no log line: the token, people's ids and
	// names, chats' ids.
	Secrets() []string
}

// Factory starts a fake of its own for one test, and stops it by t.Cleanup.
// Nobody has spoken and no bot is connected yet.
type Factory func(t *testing.T) Platform

// Say is a message of a person.
type Say struct {
	Chat    string  // a name: the same name is the same chat
	Group   bool    // several people are in the chat (a group, a server's channel)
	Topic   string  // a topic or thread in the group; empty for none
	Mention bool    // the person mentions the bot, before the text, as the platform writes it
	ReplyTo *Posted // the message of the bot that this replies to; nil if none
	Text    string
}

// Posted is a message of the bot as people see it.
type Posted struct {
	ID      string // as the platform names it
	Chat    string // the name in [Say.Chat], or empty if it was posted by Pick
	Topic   string // likewise
	Text    string // as a person reads it from top to bottom: markup undone, embeds and small print included
	Buttons []Button
	Size    int      // in the unit of the platform's limit, as it counts
	Limit   int      // of the platform for such a message
	Pings   []string // who was notified by a mention in it
}

// Button is one that can be pressed. A link is none.
type Button struct {
	Label string
	Data  string // as the platform carries it
}

// Suggestion is one line offered while a person types.
type Suggestion struct {
	Title string
	Data  any // for the fake: what Pick needs
}

// Fault is a way in which a platform fails.
type Fault int

// The faults of [Platform.Fail].
const (
	Limited Fault = iota // 429 that asks for a wait of the shortest time the platform can name, at most 1 s; an adapter under test waits by its own clock
	Broken               // 500 in the platform's form
	Garbage              // 502 with a page of HTML
	Dropped              // the connection is closed without an answer
	Silent               // no answer until the adapter gives up waiting
)

// Faults lists them.
var Faults = map[string]Fault{"limited": Limited, "broken": Broken, "garbage": Garbage, "dropped": Dropped, "silent": Silent}
