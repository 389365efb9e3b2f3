package discord

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
)

// chosen stands before the action of a title that was chosen from the
// suggestions, where a question would stand. Nobody types it.
const chosen = "⟦handout⟧ "

// mostValue is how long Discord allows the value of a suggestion to be.
const mostValue = 100

// suggest offers titles for what was typed so far. Suggestions that come too
// late are dropped: the person types on.
func (a *Adapter) suggest(i *interaction) {
	_ = a.lanes.Do("typing "+i.person(), func() { // when full: no suggestions
		a.guard("suggestions", func() {
			ctx, cancel := context.WithTimeout(a.work, discordgo.InteractionDeadline)
			defer cancel()
			a.report("typing", a.api.respond(ctx, i, suggestions(a.choices(ctx, i))))
		})
	})
}

// suggestions is the answer to typing. discordgo's type leaves out an empty
// list, which Discord demands.
func suggestions(list []*discordgo.ApplicationCommandOptionChoice) any {
	type data struct {
		Choices []*discordgo.ApplicationCommandOptionChoice `json:"choices"`
	}
	return struct {
		Type discordgo.InteractionResponseType `json:"type"`
		Data data                              `json:"data"`
	}{discordgo.InteractionApplicationCommandAutocompleteResult, data{list}}
}

func (a *Adapter) choices(ctx context.Context, i *interaction) []*discordgo.ApplicationCommandOptionChoice {
	choices := []*discordgo.ApplicationCommandOptionChoice{}
	s, ok := a.responder.(bot.Suggester)
	if !ok || i.Data.Name != askCommand {
		return choices
	}
	for _, o := range s.Suggest(ctx, bot.Message{Text: i.option(askOption), Origin: i.origin()}, mostChoices) {
		value := chosen + o.Action()
		if o.Question != "" {
			value = o.Question
		}
		if o.Label != "" && (markdown{}).Len(value) <= mostValue {
			choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: shorten(o.Label, mostValue), Value: value})
		}
	}
	return choices
}

// asked reads the question of /ask, which is typed or chosen.
func asked(text string) bot.Message {
	if action, ok := strings.CutPrefix(text, chosen); ok {
		return bot.Message{Action: action}
	}
	return bot.Message{Text: text}
}
