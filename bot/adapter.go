package bot

import "context"

// Adapter connects one platform to the bot.
type Adapter interface {
	Name() string
	// Run serves until ctx ends, then finishes what it accepted and returns.
	Run(ctx context.Context, r Responder) error
}

// Responder answers messages. It is safe for concurrent use.
type Responder interface {
	Respond(ctx context.Context, m Message) Reply
}

// Checker is an [Adapter] that can examine its own setup.
type Checker interface {
	// Check tries tokens, rights and addresses without serving anyone.
	Check(ctx context.Context) []Finding
}

// Recaller is an [Adapter] that can change what it has sent.
type Recaller interface {
	// Recall puts the words for a text that was taken back in the place of the
	// latest messages that show what is no longer served.
	Recall(ctx context.Context, serves func(snippet string) bool)
}

// Finding is one thing that an examination of the setup looked at.
type Finding struct {
	What string // what was looked at, and what was found
	Fix  string // what to do about it; empty when all is well
}
