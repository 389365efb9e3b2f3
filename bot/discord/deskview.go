package discord

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
	"handout/bot/desk"
	"handout/knowledge"
)

// show answers a step. A form is opened at once where that is possible, and
// otherwise by a button.
func (a *Adapter) show(ctx context.Context, t *ticket, v desk.View, person string, written map[string]string) error {
	if v.Form != nil && fits(v.Form) && !t.i.filledIn() { // no form can follow a form
		if opened, err := t.form(ctx, formData(v.Form)); opened {
			return err
		}
	}
	if v.Form != nil {
		v = a.desk.behindButton(v, person)
		v.Blocks = withWritten(v.Blocks, written)
	}
	return t.deliver(ctx, viewEmbeds(v), viewTexts(v))
}

// decline says why a step is not taken, below what the person has before them,
// and returns what they had written.
func (t *ticket) decline(ctx context.Context, why string, written map[string]string) error {
	t.keep()
	v := desk.View{Blocks: withWritten([]knowledge.Block{said(why)}, written)}
	return t.deliver(ctx, viewEmbeds(v), viewTexts(v))
}

// behindButton puts a button in place of a view's form.
func (d *moderators) behindButton(v desk.View, person string) desk.View {
	f := v.Form
	v.Form = nil
	if v.Title == "" {
		v.Title = f.Title
	}
	if !fits(f) {
		v.Blocks = append(slices.Clip(v.Blocks), said(longForForm))
		return v
	}
	open := desk.Button{Label: "Open the form", Action: formID + d.forms.Keep(person, *f, time.Now()), Style: desk.Main}
	v.Buttons = append([][]desk.Button{{open}}, v.Buttons...)
	return v
}

// withWritten adds what a person wrote to what they are told, unless it stands
// there already.
func withWritten(blocks []knowledge.Block, written map[string]string) []knowledge.Block {
	var all strings.Builder
	for _, b := range blocks {
		for _, item := range b.Items {
			all.WriteString(knowledge.PlainText(item) + "\n")
		}
	}
	blocks = slices.Clip(blocks)
	for _, id := range slices.Sorted(maps.Keys(written)) {
		if text := written[id]; strings.TrimSpace(text) != "" && !strings.Contains(all.String(), text) {
			blocks = append(blocks, said(text))
		}
	}
	return blocks
}

func said(text string) knowledge.Block {
	return knowledge.Block{Kind: knowledge.Paragraph, Items: [][]knowledge.Span{{{Text: text}}}}
}

// mostPages is how many messages a view may fill. More is for the browser.
const mostPages = 8

const moreInBrowser = "… The rest is too long for Discord. Use the desk in the browser: /desk with the option web."

// nothing can be seen, but Discord takes no empty message.
const nothing = "\u200b"

// viewEmbeds renders a view. The buttons stand below its last message.
func viewEmbeds(v desk.View) []page {
	title := markdown{}.Text(strings.Join(strings.Fields(v.Title), " "))
	if (markdown{}).Len(title) > mostTitle {
		title = ""
	} else {
		v.Title = ""
	}
	texts := viewPages(v, mostEmbed)
	if len(texts) == 0 {
		title, texts = cmp.Or(title, nothing), []string{""}
	}
	var pages []page
	for _, text := range texts {
		pages = append(pages, page{embeds: []*discordgo.MessageEmbed{{Type: discordgo.EmbedTypeRich, Description: text, Color: calm}}})
	}
	pages[0].embeds[0].Title = title
	return withButtons(pages, v)
}

// viewTexts renders a view without embeds.
func viewTexts(v desk.View) []page {
	texts := viewPages(v, mostContent)
	if len(texts) == 0 {
		texts = []string{nothing}
	}
	var pages []page
	for _, text := range texts {
		pages = append(pages, page{text: text, embeds: []*discordgo.MessageEmbed{}})
	}
	return withButtons(pages, v)
}

func viewPages(v desk.View, limit int) []string {
	pages := bot.Pages(markdown{}, v.Title, v.Blocks, limit)
	if len(pages) > mostPages {
		pages = append(pages[:mostPages-1:mostPages-1], markdown{}.Text(moreInBrowser))
	}
	return pages
}

// withButtons says of each page what can be pressed below it, so that nothing
// stays of what the message had before.
func withButtons(pages []page, v desk.View) []page {
	for n := range pages {
		pages[n].components = []discordgo.MessageComponent{}
	}
	pages[len(pages)-1].components = append([]discordgo.MessageComponent{}, viewButtons(v.Buttons)...)
	return pages
}

// viewButtons keeps the rows of a view if there is room for them.
func viewButtons(rows [][]desk.Button) []discordgo.MessageComponent {
	seen := map[string]bool{}
	var kept [][]discordgo.MessageComponent
	var all []discordgo.MessageComponent
	for _, row := range rows {
		var list []discordgo.MessageComponent
		for _, b := range row {
			if c, ok := viewButton(b); ok && !seen[b.Action+b.URL] {
				seen[b.Action+b.URL] = true
				list = append(list, c)
			}
		}
		all = append(all, list...)
		kept = append(kept, slices.Collect(slices.Chunk(list, rowButtons))...)
	}
	if len(kept) > mostRows {
		kept = slices.Collect(slices.Chunk(all, rowButtons))
	}
	var out []discordgo.MessageComponent
	for _, list := range kept[:min(len(kept), mostRows)] {
		out = append(out, discordgo.ActionsRow{Components: list})
	}
	return out
}

var buttonStyles = map[desk.Style]discordgo.ButtonStyle{desk.Main: discordgo.PrimaryButton, desk.Danger: discordgo.DangerButton}

// Discord's limits for what a button carries.
const (
	mostCustom = 100
	mostURL    = 512
)

// viewButton reports whether Discord takes the button.
func viewButton(b desk.Button) (discordgo.Button, bool) {
	c := button(b.Label, b.Action)
	if style, ok := buttonStyles[b.Style]; ok {
		c.Style = style
	}
	if b.URL == "" {
		return c, c.Label != "" && b.Action != "" && len(b.Action) <= mostCustom
	}
	u, err := url.Parse(b.URL)
	c.CustomID, c.URL, c.Style = "", b.URL, discordgo.LinkButton
	return c, c.Label != "" && err == nil && (u.Scheme == "https" || u.Scheme == "http") && len(b.URL) <= mostURL
}
