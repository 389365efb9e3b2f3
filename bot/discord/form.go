package discord

import (
	"cmp"
	"slices"

	"github.com/bwmarrin/discordgo"

	"handout/bot/desk"
)

// Discord's limits for a form.
const (
	mostFields    = 5
	mostFormTitle = 45 // and of a field's label
	mostHint      = 100
	mostField     = 4000 // of what is written
)

// modal answers with a form.
func modal(f *discordgo.InteractionResponseData) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: f}
}

// fits reports whether Discord can show a form without cutting what it holds.
func fits(f *desk.Form) bool {
	long := func(x desk.Field) bool { return (markdown{}).Len(x.Value) > mostField }
	return len(f.Fields) > 0 && len(f.Fields) <= mostFields && !slices.ContainsFunc(f.Fields, long)
}

// formData is a form as Discord wants it.
func formData(f *desk.Form) *discordgo.InteractionResponseData {
	data := &discordgo.InteractionResponseData{CustomID: f.Action, Title: shorten(cmp.Or(f.Title, "Form"), mostFormTitle)}
	for _, x := range f.Fields {
		data.Components = append(data.Components, discordgo.ActionsRow{Components: []discordgo.MessageComponent{textInput(x)}})
	}
	return data
}

func textInput(f desk.Field) discordgo.TextInput {
	in := discordgo.TextInput{
		CustomID: f.ID, Label: shorten(cmp.Or(f.Label, f.ID), mostFormTitle), Style: discordgo.TextInputShort,
		Placeholder: shorten(f.Hint, mostHint), Value: f.Value, Required: f.Required,
		MaxLength: min(max(cmp.Or(f.Max, mostField), (markdown{}).Len(f.Value)), mostField),
	}
	if f.Long {
		in.Style = discordgo.TextInputParagraph
	}
	return in
}

// formID stands before the key of a kept form, on the button that opens it.
const formID = "form "
