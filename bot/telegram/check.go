package telegram

import (
	"context"
	"fmt"

	"handout/bot"
)

type webhookInfo struct {
	URL       string `json:"url"`
	Pending   int    `json:"pending_update_count"`
	LastError string `json:"last_error_message"`
}

// Check tries the token and looks at what BotFather and the webhook are set
// to. It changes nothing.
func (a *Adapter) Check(ctx context.Context) []bot.Finding {
	if err := a.cfg.validate(); err != nil {
		return []bot.Finding{{What: err.Error(), Fix: "correct the setting"}}
	}
	me, err := call[user](ctx, a.client, "getMe", nil)
	if err != nil {
		fix := "check the network, and --telegram-api if it is set"
		if isTokenError(err) {
			fix = "send /mybots to @BotFather, choose the bot, and copy its API token"
		}
		return []bot.Finding{{What: err.Error(), Fix: fix}}
	}
	list := []bot.Finding{{What: "the token works, for @" + me.Username}}
	list = append(list, rights(me)...)
	list = append(list, a.deskState(ctx, me)...)
	hook, err := call[webhookInfo](ctx, a.client, "getWebhookInfo", nil)
	if err != nil {
		return append(list, bot.Finding{What: "the webhook's state cannot be read: " + err.Error(), Fix: "try again later"})
	}
	return append(list, a.webhookState(hook)...)
}

// deskState looks at whether Telegram will say who the moderators are.
func (a *Adapter) deskState(ctx context.Context, me user) []bot.Finding {
	if a.cfg.ModeratorGroup == 0 {
		return nil
	}
	f := bot.Finding{What: "the bot is an administrator of the moderators' group"}
	switch status, err := a.statusIn(ctx, a.cfg.ModeratorGroup, me.ID); {
	case err != nil:
		f = bot.Finding{What: "the moderators' group cannot be looked at: " + err.Error(), Fix: "check its id, and add the bot to the group"}
	case status != "creator" && status != "administrator":
		f = bot.Finding{What: "the bot is no administrator of the moderators' group, so Telegram may not say who is", Fix: "make it one, in the group's settings; it needs no rights there"}
	}
	return []bot.Finding{f}
}

func rights(me user) []bot.Finding {
	inline := bot.Finding{What: "inline mode is on"}
	if !me.Inline {
		inline = bot.Finding{What: "inline mode is off", Fix: "send /setinline to @BotFather"}
	}
	privacy := bot.Finding{What: "privacy mode is on: in groups, Telegram passes on only what is meant for the bot"}
	if me.ReadsAll {
		privacy = bot.Finding{What: "privacy mode is off: Telegram passes on every message of a group", Fix: "send /setprivacy to @BotFather and choose Enable"}
	}
	return []bot.Finding{inline, privacy}
}

func (a *Adapter) webhookState(hook webhookInfo) []bot.Finding {
	var list []bot.Finding
	switch {
	case hook.URL == a.cfg.WebhookURL && hook.URL == "":
		list = append(list, bot.Finding{What: "no webhook is set: updates are fetched"})
	case hook.URL == a.cfg.WebhookURL:
		list = append(list, bot.Finding{What: "the webhook is set to " + hook.URL})
	case a.cfg.WebhookURL == "":
		list = append(list, bot.Finding{What: "a webhook is set to " + hook.URL + "; the next start removes it, because updates are to be fetched", Fix: "give --telegram-webhook-url if that is not meant"})
	default:
		list = append(list, bot.Finding{What: fmt.Sprintf("the webhook is set to %q; the next start sets it to %s", hook.URL, a.cfg.WebhookURL)})
	}
	if hook.LastError != "" && hook.URL != "" {
		list = append(list, bot.Finding{What: "Telegram could not deliver to the webhook: " + hook.LastError, Fix: "check the proxy, its certificate, and that it passes on to " + a.cfg.WebhookAddr})
	}
	if hook.Pending > 0 {
		list = append(list, bot.Finding{What: fmt.Sprintf("%d updates wait to be handled", hook.Pending)})
	}
	return list
}
