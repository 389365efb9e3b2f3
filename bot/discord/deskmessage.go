package discord

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
	"handout/bot/desk"
)

// What moderators are told by the adapter itself.
const (
	notMine     = "That is not one of my answers. Choose a message in which I answered somebody."
	noHandout   = "That message of mine shows no handout. Of an answer in several messages, choose the last: the one with the buttons."
	formIsGone  = "That form is not kept any longer: forms are for an hour, or until I am restarted. Begin that step again; what stands above is still there to copy."
	longForForm = "The form is larger than Discord takes: five fields of 4,000 characters. Use the desk in the browser: /desk with the option web."
)

// chosen is the message whose menu a command was chosen from, or nil.
func (i *interaction) chosen() *message {
	if i.Data.Type != int(discordgo.MessageApplicationCommand) {
		return nil
	}
	if m := i.Data.Resolved.Messages[i.Data.Target]; m != nil {
		return m
	}
	return &message{} // nobody's
}

// aboutMessage adds what a step has to know of the message that it is about. It
// returns why there is nothing to do, if so.
func (a *Adapter) aboutMessage(ctx context.Context, m *message, in *desk.Input) string {
	in.Text = withoutPeople(m.text())
	mine := a.self.is(m.Author.ID)
	if in.Action != desk.Suggest && !mine {
		return notMine
	}
	if mine {
		in.Vote, in.Asked = vote(m.Rows), withoutPeople(a.questionOf(ctx, m))
	}
	if in.Vote == "" && (in.Action == desk.Flag || in.Action == desk.Why && in.Asked == "") {
		return noHandout
	}
	return ""
}

// questionOf is the question that the bot answered with a message. It is looked
// up where it does not come along, and empty if Discord does not tell, as of a
// command's answer.
func (a *Adapter) questionOf(ctx context.Context, m *message) string {
	r := m.Reference
	if m.Replied != nil || r.Message == "" || r.Channel == "" {
		return a.asked(m)
	}
	var question message
	if err := a.api.get(ctx, discordgo.EndpointChannelMessage(r.Channel, r.Message), &question); err != nil {
		a.warn("the question of an answer cannot be read", r.Channel, err)
		return ""
	}
	return a.asked(&message{Replied: &question})
}

// mention is a person or a role in the text of a message, as an id.
var mention = regexp.MustCompile(`<@[!&]?\d+>`)

// withoutPeople takes ids out of a text that moderators may keep.
func withoutPeople(text string) string { return mention.ReplaceAllLiteralString(text, "@someone") }

// control is a component, as far as it matters here.
type control struct {
	Custom string    `json:"custom_id"`
	Value  string    `json:"value"`
	Parts  []control `json:"components"`
	Part   *control  `json:"component"`
}

// controls are the components that have an id; none if they are of a kind that
// the bot does not make.
func controls(rows json.RawMessage) []control {
	var list, found []control
	if json.Unmarshal(rows, &list) != nil {
		return nil
	}
	for len(list) > 0 {
		c := list[0]
		list = append(list[1:], c.Parts...)
		if c.Part != nil {
			list = append(list, *c.Part)
		}
		if c.Custom != "" {
			found = append(found, c)
		}
	}
	return found
}

// vote is the first button that votes for a snippet.
func vote(rows json.RawMessage) string {
	for _, c := range controls(rows) {
		if strings.HasPrefix(c.Custom, string(bot.Up)) {
			return c.Custom
		}
	}
	return ""
}

// values are what was written into a form.
func values(rows json.RawMessage) map[string]string {
	written := map[string]string{}
	for _, c := range controls(rows) {
		written[c.Custom] = c.Value
	}
	return written
}
