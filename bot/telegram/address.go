package telegram

import (
	"slices"
	"strings"
	"unicode/utf16"

	"handout/bot"
)

// question returns what a message asks the bot, and whether it is meant for
// the bot at all. In a group that is so for commands with the bot's name,
// mentions of it, and replies to it.
func (m *message) question(self *user) (q bot.Message, ok bool) {
	if m.ViaBot != nil && m.ViaBot.ID == self.ID {
		return q, false // our own text, which the person chose inline
	}
	if m.From != nil && m.From.IsBot && m.SenderChat == nil {
		return q, false // two bots would talk for ever; an anonymous admin is one with a SenderChat
	}
	text, entities := m.content()
	if text == "" && !m.Attachment.any() {
		return q, false // somebody joined, a topic was opened, and the like
	}
	text, mentioned := stripMentions(text, entities, self)
	reply := m.repliedTo(self)
	if m.Chat.group() && !mentioned && reply == nil {
		return q, false
	}
	q.Text = text
	if reply != nil {
		q.ReplyTo, _ = reply.content()
	}
	return q, true
}

// content is the text, or what stands below a picture.
func (m *message) content() (string, []entity) {
	if m.Text == "" {
		return m.Caption, m.CaptionEntities
	}
	return m.Text, m.Entities
}

// repliedTo is the bot's message that this one replies to. Every message of a
// topic replies to the notice that opened it, which does not count.
func (m *message) repliedTo(self *user) *message {
	r := m.ReplyTo
	if r == nil || r.From == nil || r.From.ID != self.ID || len(r.NewTopic) > 0 {
		return nil
	}
	return r
}

// stripMentions takes the bot's name out of a text, and reports whether it was
// there: as a mention, or behind a command, where it stays.
func stripMentions(text string, entities []entity, self *user) (rest string, mentioned bool) {
	if len(entities) == 0 {
		return text, false
	}
	units := utf16.Encode([]rune(text))
	for _, e := range slices.Backward(entities) {
		if e.Offset < 0 || e.Length <= 0 || e.Offset > len(units)-e.Length {
			continue
		}
		marked := string(utf16.Decode(units[e.Offset : e.Offset+e.Length]))
		_, name, _ := strings.Cut(marked, "@")
		ours := self.Username != "" && strings.EqualFold(name, self.Username)
		switch {
		case e.Type == "bot_command" && ours:
			mentioned = true
		case e.Type == "mention" && ours, e.Type == "text_mention" && e.User != nil && e.User.ID == self.ID:
			mentioned = true
			units = slices.Delete(units, e.Offset, e.Offset+e.Length)
		}
	}
	return strings.TrimSpace(string(utf16.Decode(units))), mentioned
}
