package discord

import (
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
)

// Discord's limits for what can be pressed.
const (
	mostRows    = 5
	rowButtons  = 5
	mostButtons = 10 // of options; more are a menu
	mostLabel   = 80
	mostLine    = 100 // of a menu's line
)

// shareAction stands before the action of an answer that is to be shown to
// everyone, menuID before the number of a menu.
const (
	shareAction = "share "
	menuID      = "menu "
)

// components are the buttons below an answer: what it offers, and a last row to
// share it and to say whether it helped.
func components(r bot.Reply, share bool) []discordgo.MessageComponent {
	last := feedback(r, share)
	room := mostRows
	if len(last) > 0 {
		room--
	}
	var rows []discordgo.MessageComponent
	if options := r.Options(); len(options) > mostButtons || long(options) {
		rows = menus(options, room)
	} else {
		rows = buttons(options)
	}
	if len(last) > 0 {
		rows = append(rows, discordgo.ActionsRow{Components: last})
	}
	return rows
}

// long reports whether a title would be cut on a button but not in a menu.
func long(options []bot.Option) bool {
	return slices.ContainsFunc(options, func(o bot.Option) bool { return (markdown{}).Len(o.Label) > mostLabel })
}

func buttons(options []bot.Option) []discordgo.MessageComponent {
	var rows []discordgo.MessageComponent
	for row := range slices.Chunk(options, rowButtons) {
		var list []discordgo.MessageComponent
		for _, o := range row {
			list = append(list, button(o.Label, o.Action()))
		}
		rows = append(rows, discordgo.ActionsRow{Components: list})
	}
	return rows
}

func button(label, action string) discordgo.Button {
	return discordgo.Button{Label: shorten(label, mostLabel), Style: discordgo.SecondaryButton, CustomID: action}
}

// menus are as many as there is room for, of 25 lines each.
func menus(options []bot.Option, room int) []discordgo.MessageComponent {
	var rows []discordgo.MessageComponent
	for chunk := range slices.Chunk(options, mostChoices) {
		if len(rows) == room {
			break
		}
		menu := discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: menuID + strconv.Itoa(len(rows)), Placeholder: "Choose a title", MaxValues: 1}
		for _, o := range chunk {
			menu.Options = append(menu.Options, discordgo.SelectMenuOption{Label: shorten(o.Label, mostLine), Value: o.Action()})
		}
		rows = append(rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{menu}})
	}
	return rows
}

// feedback is the last row. Only an answer can be shared: what was said about
// an emergency, or declined, is about the person who asked.
func feedback(r bot.Reply, share bool) []discordgo.MessageComponent {
	var row []discordgo.MessageComponent
	if share && r.Outcome == bot.Answered && r.Snippet != "" {
		b := button("Share with the channel", shareAction+bot.Option{Snippet: r.Snippet}.Action())
		b.Style = discordgo.PrimaryButton
		row = append(row, b)
	}
	for _, o := range r.Feedback() {
		row = append(row, button(o.Label, o.Action()))
	}
	return row
}
