package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
)

// Discord's limits for a bot, in characters.
const (
	mostTitle   = 256
	mostEmbed   = 4096
	mostContent = 2000
)

// Colours of the line beside an answer.
const (
	calm   = 0x3a7ca5
	urgent = 0xc0392b
)

// page is one message of an answer: an embed, or plain text where embeds are
// not allowed.
type page struct {
	embeds     []*discordgo.MessageEmbed
	text       string
	components []discordgo.MessageComponent
}

// nobody is who may be notified.
var nobody = &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}

// embeds renders a reply. The buttons stand below its last message.
func embeds(r bot.Reply, share bool) []page {
	var pages []page
	for i, text := range r.Messages(markdown{}, mostEmbed) {
		e := &discordgo.MessageEmbed{Type: discordgo.EmbedTypeRich, Description: text, Color: calm}
		if r.Outcome == bot.Urgent {
			e.Color = urgent
		}
		if i == 0 {
			e.Title, e.Description = cutTitle(r, text)
		}
		pages = append(pages, page{embeds: []*discordgo.MessageEmbed{e}})
	}
	pages[len(pages)-1].components = components(r, share)
	return pages
}

// cutTitle moves a title that stands first into the embed's own.
func cutTitle(r bot.Reply, text string) (title, rest string) {
	m := markdown{}
	title = m.Text(r.Sections()[0].Title)
	rest, ok := strings.CutPrefix(text, m.Strong(title)+"\n\n")
	if title == "" || !ok || m.Len(title) > mostTitle {
		return "", text
	}
	return title, rest
}

// texts renders a reply without embeds.
func texts(r bot.Reply, share bool) []page {
	var pages []page
	for _, text := range r.Messages(markdown{}, mostContent) {
		pages = append(pages, page{text: text})
	}
	pages[len(pages)-1].components = components(r, share)
	return pages
}

// flags keep Discord from adding previews of the links.
func (p page) flags(ephemeral bool) discordgo.MessageFlags {
	var f discordgo.MessageFlags
	if p.text != "" {
		f |= discordgo.MessageFlagsSuppressEmbeds
	}
	if ephemeral {
		f |= discordgo.MessageFlagsEphemeral
	}
	return f
}
