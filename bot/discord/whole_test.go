package discord

import (
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

func TestPassagesAreNotCut(t *testing.T) {
	read := func(pages []page) (list []string) {
		for _, p := range pages {
			text := p.text
			for _, e := range p.embeds {
				text += e.Title + "\n" + e.Description
			}
			list = append(list, unmark(text))
		}
		return list
	}
	t.Run("embeds", func(t *testing.T) {
		bottest.Whole(t, func(r bot.Reply) []string { return read(embeds(r, false)) })
	})
	t.Run("text only", func(t *testing.T) {
		bottest.Whole(t, func(r bot.Reply) []string { return read(texts(r, false)) })
	})
}
