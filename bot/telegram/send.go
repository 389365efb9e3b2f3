package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"handout/bot"
	"handout/bot/deliver"
)

// target is where a reply goes.
type target struct {
	key    string // by which the chat's lane and limit are kept
	chat   int64
	thread int   // the topic; 0 for none
	quote  int   // the message that is answered; 0 to quote none
	posted []int // ids of the messages that were sent there
}

// target is the place of a message. In a group the question is quoted, because
// others write in between.
func (a *Adapter) target(m *message) target {
	to := target{key: a.names.chat(m.Chat), chat: m.Chat.ID}
	if m.InTopic {
		to.thread = m.Thread
	}
	if m.Chat.group() {
		to.quote = m.ID
	}
	return to
}

func (to target) params() params {
	p := params{"chat_id": strconv.FormatInt(to.chat, 10)}
	if to.thread != 0 {
		p["message_thread_id"] = strconv.Itoa(to.thread)
	}
	return p
}

type preview struct {
	Disabled bool `json:"is_disabled"`
}

type inlineKeyboard struct {
	Rows [][]button `json:"inline_keyboard"`
}

type replyParameters struct {
	Message int  `json:"message_id"`
	Anyway  bool `json:"allow_sending_without_reply"` // if the question was deleted
}

var noPreview = toJSON(preview{true})

// send sends a reply, in shorter messages if Telegram finds those too long
// that we do not.
func (a *Adapter) send(ctx context.Context, to target, r bot.Reply) error {
	err := a.sendPages(ctx, &to, r, longest)
	if tooLong(err) {
		a.log.Warn("telegram finds a message too long; sending it in more parts", "err", err)
		err = a.sendPages(ctx, &to, r, longest/2)
	}
	if len(to.posted) > 0 {
		a.recent.Add(deliver.Sent[target]{Chat: to.key, Shows: r.Carries(), Place: to})
	}
	return err
}

// sendPages sends a reply, in several messages if it is longer than the limit.
// The first one quotes the question, the last one has the buttons.
func (a *Adapter) sendPages(ctx context.Context, to *target, r bot.Reply, limit int) error {
	pages := r.Messages(markup{}, limit)
	rows := keyboard(r)
	for i, page := range pages {
		p := to.params()
		p["text"], p["parse_mode"], p["link_preview_options"] = page, "HTML", noPreview
		if i == 0 && to.quote != 0 {
			p["reply_parameters"] = toJSON(replyParameters{to.quote, true})
		}
		if i == len(pages)-1 && rows != nil {
			p["reply_markup"] = toJSON(inlineKeyboard{rows})
		}
		if err := a.post(ctx, to, p); err != nil {
			return err
		}
	}
	return nil
}

// post sends one message at the pace that Telegram allows. A group that became
// a supergroup has another id.
func (a *Adapter) post(ctx context.Context, to *target, p params) error {
	return a.write(ctx, to, "sendMessage", p)
}

// write makes a call that leaves a message as it should be.
func (a *Adapter) write(ctx context.Context, to *target, method string, p params) error {
	return a.sender.Do(ctx, to.key, func(ctx context.Context) error {
		result, err := call[json.RawMessage](ctx, a.client, method, p)
		var refused *tgbotapi.Error
		if errors.As(err, &refused) && refused.MigrateToChatID != 0 {
			to.chat = refused.MigrateToChatID
			p["chat_id"] = strconv.FormatInt(to.chat, 10)
			delete(p, "reply_parameters")
			result, err = call[json.RawMessage](ctx, a.client, method, p)
		}
		if method == "sendMessage" && err == nil {
			to.remember(result)
		}
		if err == nil || errors.Is(err, errCutOff) || asItWas(err) { // it must not be sent twice
			return nil
		}
		return a.again(p, err)
	})
}

// remember keeps the id of a message that was sent. Without one it cannot be
// changed, and that is all.
func (to *target) remember(result json.RawMessage) {
	var sent message
	if json.Unmarshal(result, &sent) == nil && sent.ID != 0 {
		to.posted = append(to.posted, sent.ID)
	}
}

// again says whether to send a message once more: as it is, or in a plainer
// form.
func (a *Adapter) again(p params, err error) *deliver.Refusal {
	r := refusal(err)
	if amend(p, err) {
		a.log.Warn("telegram refuses the form of a message; sending it plainer", "err", err)
		r.Permanent = false
	}
	return r
}

// try makes a call that is of use for a short time only, and counts against no
// limit.
func (a *Adapter) try(ctx context.Context, method string, p params) error {
	return a.quick.Do(ctx, "", func(ctx context.Context) error {
		if _, err := call[any](ctx, a.client, method, p); err != nil {
			return refusal(err)
		}
		return nil
	})
}
