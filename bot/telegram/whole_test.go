package telegram

import (
	"html"
	"regexp"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

func TestPassagesAreNotCut(t *testing.T) {
	tag := regexp.MustCompile(`<[^>]*>`)
	bottest.Whole(t, func(r bot.Reply) []string {
		messages := r.Messages(markup{}, longest)
		for i, m := range messages {
			messages[i] = html.UnescapeString(tag.ReplaceAllString(m, ""))
		}
		return messages
	})
}
