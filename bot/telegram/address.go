package telegram

import (
	"slices"
	"strings"
	"unicode/utf16"

	"handout/bot"
)

// question returns what a message asks the bot, and whether it is meant for
// the bot at all. In a group that is so for its commands, mentions of it, and
// replies to it.
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
	command, other := commanded(text, entities, self)
	text, mentioned := stripMentions(text, entities, self)
	reply := m.repliedTo(self)
	if m.Chat.group() && !mentioned && !command && (reply == nil || other) {
		return q, false
	}
	q.Text = text
	if reply != nil {
		q.ReplyTo, _ = reply.content()
	}
	return q, true
}

// asked is the person's message that one of the bot's quotes, if it is known.
// In direct chats nothing is quoted.
func (m *message) asked(self *user) string {
	if m == nil || m.ReplyTo == nil || len(m.ReplyTo.NewTopic) > 0 || m.ReplyTo.From != nil && m.ReplyTo.From.ID == self.ID {
		return ""
	}
	text, entities := m.ReplyTo.content()
	text, _ = stripMentions(text, entities, self)
	return text
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

// commanded reports whether a text begins with a command of the bot's menu, or
// with one that names another bot. Telegram's apps leave the name out where
// they know of one bot only, as when a command in the bot's own text is tapped.
func commanded(text string, entities []entity, self *user) (ours, other bool) {
	if len(entities) == 0 || entities[0].Type != "bot_command" || entities[0].Offset != 0 || entities[0].Length > len(text) {
		return false, false
	}
	name, addressee, named := strings.Cut(strings.TrimPrefix(text[:max(entities[0].Length, 0)], "/"), "@")
	if named {
		return false, !strings.EqualFold(addressee, self.Username)
	}
	return slices.ContainsFunc(bot.Commands, func(c bot.Command) bool { return strings.EqualFold(c.Name, name) }), false
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
