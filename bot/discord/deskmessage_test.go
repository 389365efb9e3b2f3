package discord

import (
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
	"handout/bot/desk"
)

// theirs is a message of a person, mine one of the bot with what a test adds.
func theirs(content string) map[string]any {
	return map[string]any{"id": "77", "content": content, "author": map[string]any{"id": "78"}, "components": []any{map[string]any{"type": 99, "components": "new"}}}
}

func mine(more map[string]any) map[string]any {
	m := map[string]any{"id": "77", "content": "", "author": map[string]any{"id": fakeUser, "bot": true}, "embeds": []any{map[string]any{"title": "Owls", "description": "hear well"}}}
	for k, v := range more {
		m[k] = v
	}
	return m
}

var votes = []any{map[string]any{"type": 1, "components": []any{
	map[string]any{"type": 2, "custom_id": "s:other"}, map[string]any{"type": 2, "custom_id": "+s:owls-hearing"}, map[string]any{"type": 2, "custom_id": "-s:owls-hearing"}}}}

func TestMenusOfMessages(t *testing.T) {
	question := theirs("<@" + fakeUser + "> can <@79> hear?")
	reference := map[string]any{"message_id": "900000000000000076", "channel_id": "900000000000000075"}
	deleted := map[string]any{"message_id": "900000000000000001", "channel_id": "900000000000000075"}
	for name, tc := range map[string]struct {
		command string
		about   map[string]any
		want    desk.Input
		no      string
	}{
		"suggest":            {suggestCommand, theirs("ask <@!79> or <@&80>"), desk.Input{Action: desk.Suggest, Text: "ask @someone or @someone"}, ""},
		"flag":               {flagCommand, mine(map[string]any{"components": votes}), desk.Input{Action: desk.Flag, Text: "Owls\nhear well", Vote: "+s:owls-hearing"}, ""},
		"flag theirs":        {flagCommand, theirs("x"), desk.Input{}, "not one of my answers"},
		"flag a card":        {flagCommand, mine(nil), desk.Input{}, "shows no handout"},
		"why theirs":         {whyCommand, theirs("x"), desk.Input{}, "not one of my answers"},
		"why, shown":         {whyCommand, mine(map[string]any{"components": votes, "referenced_message": question}), desk.Input{Action: desk.Why, Text: "Owls\nhear well", Vote: "+s:owls-hearing", Asked: "can @someone hear?"}, ""},
		"why, looked up":     {whyCommand, mine(map[string]any{"components": votes, "message_reference": reference}), desk.Input{Action: desk.Why, Text: "Owls\nhear well", Vote: "+s:owls-hearing", Asked: "can @someone hear?"}, ""},
		"why, deleted":       {whyCommand, mine(map[string]any{"components": votes, "message_reference": deleted}), desk.Input{Action: desk.Why, Text: "Owls\nhear well", Vote: "+s:owls-hearing"}, ""},
		"why, of a command":  {whyCommand, mine(map[string]any{"components": votes}), desk.Input{Action: desk.Why, Text: "Owls\nhear well", Vote: "+s:owls-hearing"}, ""},
		"why no match":       {whyCommand, mine(map[string]any{"referenced_message": question}), desk.Input{Action: desk.Why, Text: "Owls\nhear well", Asked: "can @someone hear?"}, ""},
		"why, nothing known": {whyCommand, mine(nil), desk.Input{}, "shows no handout"},
		"forged target":      {whyCommand, nil, desk.Input{}, "not one of my answers"},
	} {
		f := newFake(t)
		f.stored = map[string]any{"/channels/900000000000000075/messages/900000000000000076": question}
		d := showing(desk.View{Title: "Seen"})
		r := atDesk(t, f, d)
		r.menu(tc.command, f.moderator("mod", editorRole), tc.about)
		p := r.next()
		if !p.Ephemeral || tc.no != "" && !strings.Contains(p.Text, tc.no) {
			t.Errorf("%s: %v", name, p.Raw)
		}
		if tc.no != "" {
			if len(d.steps) != 0 {
				t.Errorf("%s: the desk was asked", name)
			}
			continue
		}
		if got := d.next(t).in; got.Action != tc.want.Action || got.Text != tc.want.Text || got.Vote != tc.want.Vote || got.Asked != tc.want.Asked {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTheMenuKnowsARealAnswersSnippetAndQuestion(t *testing.T) {
	f := newFake(t)
	d := showing(desk.View{Title: "Why"})
	r := atDesk(t, f, d)
	r.Say(bottest.Say{Chat: "general", Group: true, Mention: true, Text: bottest.PlainQuestion})
	answer := f.own(r.next().ID)
	answer["referenced_message"] = theirs("<@" + fakeUser + "> " + bottest.PlainQuestion)
	r.menu(whyCommand, f.moderator("mod", editorRole), answer)
	r.next()
	got := d.next(t).in
	if got.Asked != bottest.PlainQuestion || got.Vote != (bot.Option{Snippet: bottest.Plain, Vote: bot.Up}).Action() {
		t.Errorf("%+v", got)
	}
}
