package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"handout/bot/deliver"
)

const (
	batch      = 100              // updates fetched at a time, Telegram's most
	longPoll   = 50 * time.Second // how long Telegram holds a poll
	firstSweep = 50 * time.Millisecond
	lastSweep  = time.Second
)

var errNoID = errors.New("an update without an id")

// poll fetches updates until ctx ends. While some are still open, Telegram
// returns them again with each poll, next to what is new: polls are then made
// at a pace, and known updates passed over.
func (a *Adapter) poll(ctx, work context.Context) error {
	if err := a.connect(ctx); err != nil {
		return stopped(ctx, err)
	}
	a.log.Info("surface on", "bot", "@"+a.self.Load().Username, "updates", "fetched")
	sweep := firstSweep
	for {
		start := time.Now()
		list, err := a.fetch(ctx, a.ledger.offset(), longPoll)
		if err != nil {
			return stopped(ctx, err)
		}
		fresh := a.takeAll(work, list)
		switch {
		case fresh > 0:
			sweep = firstSweep
		case len(list) >= batch:
			a.ledger.pass()
		default:
			sweep = min(2*sweep, lastSweep)
		}
		if a.ledger.pending() > 0 {
			a.settle(ctx, sweep)
		} else if fresh == 0 && time.Since(start) < longPoll/2 {
			_ = deliver.Sleep(ctx, a.pace) // a server that does not hold polls
		}
	}
}

// stopped is nil if it was ctx that ended the work.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// settle waits until all open updates are done, or for the given time.
func (a *Adapter) settle(ctx context.Context, most time.Duration) {
	t := time.NewTimer(most)
	defer t.Stop()
	select {
	case <-a.ledger.settled():
	case <-t.C:
	case <-ctx.Done():
	}
}

// takeAll takes on what is new in a batch, each update by itself.
func (a *Adapter) takeAll(work context.Context, list []json.RawMessage) (fresh int) {
	for _, raw := range list {
		u, err := decode(raw)
		if errors.Is(err, errNoID) {
			a.log.Warn("update dropped", "err", err)
			continue
		}
		e, isNew := a.ledger.begin(u.ID)
		if !isNew {
			continue
		}
		fresh++
		if err != nil {
			a.undecodable(e)
			continue
		}
		a.take(work, u, e)
	}
	return fresh
}

// undecodable drops an update. The error is not logged: it may quote the text.
func (a *Adapter) undecodable(e *entry) {
	a.log.Warn("update dropped: it cannot be decoded", "update", e.id)
	a.ledger.end(e, true)
}

// fetch polls once, confirming all updates below the offset. Failures are
// tried again.
func (a *Adapter) fetch(ctx context.Context, offset int, hold time.Duration) (list []json.RawMessage, err error) {
	c := *a.client
	c.timeout += hold
	p := params{
		"offset":          strconv.Itoa(offset),
		"limit":           strconv.Itoa(batch),
		"timeout":         strconv.Itoa(int(hold.Seconds())),
		"allowed_updates": wanted,
	}
	err = a.persist(ctx, "fetch updates", func(ctx context.Context) error {
		list, err = call[[]json.RawMessage](ctx, &c, "getUpdates", p)
		var refused *tgbotapi.Error
		if errors.As(err, &refused) && refused.Code == http.StatusConflict {
			a.conflict(ctx, refused)
		}
		return err
	})
	return list, err
}

// conflict mends what keeps updates away: a webhook that is still set. Another
// program with the same token can only be reported, which the caller does.
func (a *Adapter) conflict(ctx context.Context, refused *tgbotapi.Error) {
	if !strings.Contains(refused.Message, "webhook") {
		return
	}
	if _, err := call[any](ctx, a.client, "deleteWebhook", nil); err != nil {
		a.log.Warn("the webhook could not be removed", "err", err)
		return
	}
	a.log.Info("a webhook was set, and has been removed, because updates are fetched")
}

// confirm tells Telegram at the end what is done. If that fails, answers may
// be given twice after the next start, but none is lost.
func (a *Adapter) confirm() error {
	offset := a.ledger.offset()
	if offset == 0 || a.cfg.WebhookURL != "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), a.parting)
	defer cancel()
	_, err := a.fetch(ctx, offset, 0)
	return err
}
