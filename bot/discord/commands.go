package discord

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
)

// mostChoices is how many choices Discord takes for an option, and how many
// lines for a menu.
const mostChoices = 25

// optionName is what the one option of a command is called.
func optionName(command string) string {
	switch command {
	case "region":
		return "country"
	case "topics":
		return "topic"
	}
	return "choice"
}

// commandOptions turns what a command offers to choose from, such as the regions
// of /region, into a list that the person sees while typing. More than fit are
// not listed: the person types.
func commandOptions(ctx context.Context, r bot.Responder, name string) []*discordgo.ApplicationCommandOption {
	var choices []*discordgo.ApplicationCommandOptionChoice
	for _, o := range preview(ctx, r, "/"+name).Options() {
		argument, ok := strings.CutPrefix(o.Command, "/"+name+" ")
		if ok && o.Label != "" && argument != "" {
			choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: shorten(o.Label, 100), Value: argument})
		}
	}
	if name == "region" && len(choices) < mostChoices {
		choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: "Forget my country", Value: "none"})
	}
	if len(choices) == 0 {
		return nil
	}
	if len(choices) > mostChoices {
		choices = nil
	}
	return []*discordgo.ApplicationCommandOption{{
		Type: discordgo.ApplicationCommandOptionString, Name: optionName(name), Description: "Choose one, or leave it out to see them all", Choices: choices,
	}}
}

// preview is the reply to a command that nobody has sent, which is not logged
// where that can be avoided.
func preview(ctx context.Context, r bot.Responder, command string) bot.Reply {
	if s, ok := r.(bot.Suggester); ok {
		return s.Preview(ctx, bot.Option{Command: command}, "")
	}
	return r.Respond(ctx, bot.Message{Text: command})
}

// shorten cuts a label at a limit, in the unit of [markdown.Len].
func shorten(s string, limit int) string {
	m := markdown{}
	if m.Len(s) <= limit {
		return s
	}
	room := limit - m.Len("…")
	for i, r := range s {
		if room -= m.Len(string(r)); room < 0 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}
