package telegram

import (
	"context"
	"errors"
	"strconv"

	"handout/bot"
	"handout/bot/deliver"
)

var _ bot.Recaller = (*Adapter)(nil)

// Recall implements [bot.Recaller]. What was sent inline is not known here, and
// stays.
func (a *Adapter) Recall(ctx context.Context, serves func(snippet string) bool) {
	for _, s := range a.recent.Take(serves) {
		err := a.takeBack(ctx, s.Place, bot.Message{Snippet: s.Gone(serves)})
		a.logRefused("an answer that was taken back still stands", err)
		var refused *deliver.Refusal
		if err != nil && !(errors.As(err, &refused) && refused.Permanent) {
			a.recent.Add(s) // for the next time
		}
	}
}

// takeBack changes all messages of an answer; the last one gets the buttons.
func (a *Adapter) takeBack(ctx context.Context, at target, m bot.Message) error {
	ctx, cancel := context.WithTimeout(ctx, longestAnnouncement)
	defer cancel()
	reply := a.respond(ctx, m)
	text := reply.Messages(markup{}, longest)[0]
	var failed error
	for i, id := range at.posted {
		p := params{"chat_id": strconv.FormatInt(at.chat, 10), "message_id": strconv.Itoa(id), "text": text, "parse_mode": "HTML", "link_preview_options": noPreview}
		if rows := keyboard(reply); i == len(at.posted)-1 && rows != nil {
			p["reply_markup"] = toJSON(inlineKeyboard{rows})
		}
		failed = errors.Join(failed, a.write(ctx, &at, "editMessageText", p))
	}
	return failed
}
