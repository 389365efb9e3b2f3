package web

import (
	"strings"

	"handout/bot"
)

// Preview is a reply as the page shows it, in HTML, without what can be pressed.
func Preview(r bot.Reply) []string {
	var b strings.Builder
	for _, section := range r.Sections() {
		if section.Kind == bot.Options {
			continue
		}
		if err := pageTemplate.ExecuteTemplate(&b, "section", section); err != nil {
			panic(err) // it writes to memory, what the page itself writes
		}
	}
	// Line breaks of the template are none of the text, whose own are <br>.
	return []string{strings.ReplaceAll(b.String(), "\n", "")}
}
