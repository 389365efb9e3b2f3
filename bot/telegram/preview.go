package telegram

import "handout/bot"

// Preview is a reply as Telegram gets it, in its HTML, a piece for each message.
func Preview(r bot.Reply) []string { return r.Messages(markup{}, longest) }
