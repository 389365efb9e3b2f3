package discord

import "handout/bot"

// Preview is a reply as Discord gets it, in its Markdown, a piece for each embed.
func Preview(r bot.Reply) []string {
	var list []string
	for _, page := range embeds(r, false) {
		for _, e := range page.embeds {
			text := e.Description
			if e.Title != "" {
				text = e.Title + "\n\n" + text
			}
			list = append(list, text)
		}
	}
	return list
}
