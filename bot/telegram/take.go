package telegram

import (
	"context"
	"runtime/debug"

	"handout/bot"
	"handout/bot/deliver"
)

// take puts an update into the lane of its chat. What is not for the bot is
// done at once, and so is what makes this very code panic.
func (a *Adapter) take(work context.Context, u update, e *entry) {
	defer func() {
		if v := recover(); v != nil {
			a.panicked(v, debug.Stack())
			a.ledger.end(e, true)
		}
	}()
	switch {
	case u.Message != nil:
		a.takeMessage(work, u.Message, e)
	case u.Callback != nil:
		a.takeCallback(work, u.Callback, e)
	case u.Inline != nil:
		key := a.names.key(personKey, u.Inline.From.ID)
		a.lane(work, a.side, key, e, func(ctx context.Context) error { return a.suggest(ctx, u.Inline, key) }, nil)
	case u.Member != nil && u.Member.New.Status == "kicked":
		a.log.Info("somebody has blocked or removed the bot")
		a.ledger.end(e, true)
	default:
		a.ledger.end(e, true)
	}
}

func (a *Adapter) takeMessage(work context.Context, m *message, e *entry) {
	if job := a.deskMessage(m); job != nil {
		to := a.target(m)
		a.lane(work, a.lanes, to.key, e, job, func(ctx context.Context, first bool) error {
			if !first {
				return nil
			}
			return a.show(ctx, &to, crowded, 0)
		})
		return
	}
	question, ok := m.question(a.self.Load())
	if !ok || m.Album != "" && !a.albums.first(m.Album) && question.Text == "" {
		a.ledger.end(e, true)
		return
	}
	to := a.target(m)
	asker := a.asker(m)
	a.lane(work, a.lanes, to.key, e,
		func(ctx context.Context) error { return a.answer(ctx, to, question, asker) },
		func(ctx context.Context, first bool) error { return a.crowded(ctx, to, question, asker, first) })
}

// asker is under which key the region of a message's sender is kept.
func (a *Adapter) asker(m *message) string {
	switch {
	case m.SenderChat != nil:
		return a.names.key(personKey, m.SenderChat.ID)
	case m.From != nil:
		return a.names.key(personKey, m.From.ID)
	}
	return a.names.key(personKey, m.Chat.ID)
}

// elsewhere reports whether a button stands in somebody else's chat with the
// bot. Nobody else sees it, so whatever it would do there was not asked for.
func (q *callbackQuery) elsewhere() bool {
	return q.Message != nil && q.Message.Chat.Type == "private" && q.Message.Chat.ID != q.From.ID
}

// takeCallback handles a pressed button. In a group it works for whoever presses
// it, and answers there. It is acknowledged beside the chat's
// lane, since Telegram shows a clock on the button until then.
func (a *Adapter) takeCallback(work context.Context, q *callbackQuery, e *entry) {
	asker := a.names.key(personKey, q.From.ID)
	if q.elsewhere() {
		q = &callbackQuery{ID: q.ID, From: q.From} // to be acknowledged, and no more
	}
	if q.Message == nil || isVote(q.Data) {
		a.lane(work, a.side, asker, e, func(ctx context.Context) error { return a.thank(ctx, q, asker) }, nil)
		return
	}
	to := a.target(q.Message)
	job := func(ctx context.Context) error { return a.answer(ctx, to, bot.Message{Action: q.Data}, asker) }
	if a.isDesk(q.Data) {
		job = func(ctx context.Context) error { return a.press(ctx, q) }
	}
	acknowledge := func(text string) func() {
		return func() { a.logRefused("button not acknowledged", a.acknowledge(work, q, text)) }
	}
	err := a.lane(work, a.lanes, to.key, e, job, nil)
	text := ""
	if err != nil {
		text = toast(a.respond(work, bot.Message{Hold: bot.Crowded}))
	}
	if a.side.Do(asker, acknowledge(text)) != nil {
		a.log.Warn("button not acknowledged", "err", deliver.ErrFull)
	}
}

// lane runs the job of an update, which is done when the job returns: also
// when it failed for good or panicked, or it would come again for ever. Only
// what a stop cut off stays open. When the queue is full, busy is run beside it,
// and told whether this is the first time; Telegram is not asked to send the
// update again.
func (a *Adapter) lane(work context.Context, lanes *deliver.Lanes, key string, e *entry, job func(context.Context) error, busy func(ctx context.Context, first bool) error) error {
	err := lanes.Do(key, func() {
		done := true
		defer func() { a.ledger.end(e, done) }()
		if work.Err() != nil {
			done = false
			return
		}
		err := job(work)
		if isTokenError(err) {
			a.doubt()
		}
		if err != nil && work.Err() != nil || isTokenError(err) {
			done = false // for the next start, or with the next token
			return
		}
		a.logRefused("reply not accepted", err, "update", e.id)
	})
	if err == nil {
		if lanes.Waiting(key) <= 1 { // nothing was waiting before it
			a.told.forget(key)
		}
		return nil
	}
	first := a.told.first(key)
	if first {
		a.log.Warn("update dropped", "update", e.id, "err", err)
	}
	if busy == nil {
		a.ledger.end(e, true)
		return err
	}
	if a.side.Do(key, func() {
		defer a.ledger.end(e, true)
		a.logRefused("reply not accepted", busy(work, first), "update", e.id)
	}) != nil {
		a.ledger.end(e, true)
	}
	return err
}

// doubt has the token tried, where updates come by themselves. Who fetches
// them tries it anyway.
func (a *Adapter) doubt() {
	select {
	case a.doubted <- struct{}{}:
	default:
	}
}

// logRefused logs what came to nothing, without a word about whom it was for.
func (a *Adapter) logRefused(what string, err error, fields ...any) {
	switch {
	case err == nil:
	case refusal(err).Permanent:
		a.log.Info(what, append(fields, "err", err)...)
	default:
		a.log.Error(what, append(fields, "err", err)...)
	}
}
