package editorial

import (
	"context"

	"handout/bot"
)

// Respond answers from the edition that is served.
func (e *Editor) Respond(ctx context.Context, m bot.Message) bot.Reply {
	return e.Edition().Bot.Respond(ctx, m)
}

// Suggest offers what the edition that is served holds.
func (e *Editor) Suggest(ctx context.Context, typed bot.Message, limit int) []bot.Option {
	return e.Edition().Bot.Suggest(ctx, typed, limit)
}

// Preview is what an option would get.
func (e *Editor) Preview(ctx context.Context, o bot.Option, region string) bot.Reply {
	return e.Edition().Bot.Preview(ctx, o, region)
}
