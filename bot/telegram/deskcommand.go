package telegram

import (
	"context"
	"strings"

	"handout/bot/desk"
	"handout/knowledge"
)

// deskMessage is what to do with a message that is for the desk: its command,
// or words for a form. It is nil for all others.
func (a *Adapter) deskMessage(m *message) func(ctx context.Context) error {
	if a.cfg.Desk == nil || m.From == nil || m.From.IsBot || m.SenderChat != nil {
		return nil
	}
	words, ours := a.deskWords(m)
	form := !m.Chat.group() && !strings.HasPrefix(m.Text, "/") && (a.forms.open(a.formKey(m.From)) || a.isPrompt(m))
	stop := !m.Chat.group() && isCancel(m.Text) && a.forms.open(a.formKey(m.From))
	to := a.target(m)
	switch {
	case ours:
		return func(ctx context.Context) error { return a.open(ctx, to, m, words) }
	case form:
		return func(ctx context.Context) error { return a.fillIn(ctx, to, m) }
	case stop:
		return func(ctx context.Context) error { return a.stopForm(ctx, to, m.From) }
	}
	return nil
}

func (a *Adapter) hasModerators() bool { return len(a.cfg.Moderators) > 0 || a.cfg.ModeratorGroup != 0 }

var (
	elsewhere = notice("Moderators' desk", "Please write /desk to me in a private chat.")
	notSetUp  = notice("Moderators' desk", "The desk is not set up here. Whoever runs this bot has to say who its moderators are.")
	unchecked = notice("Moderators' desk", "Telegram does not say at the moment what you may do here. Nothing was changed. Please try again in a minute.")
	crowded   = notice("Moderators' desk", "Too much is waiting. Your last message was not read; please send it again in a minute.")
	writeMe   = notice("Moderators' desk", "I cannot write to you yet. Send /desk to me in a private chat, then do that again.")
	replyOnly = notice("Moderators' desk", "Write that as a reply to the message that it is about.")
	unasked   = notice("Moderators' desk", "Telegram does not show me what that message answers. Write /desk why as a reply to the question instead.")
)

func notice(title, text string) desk.View {
	return desk.View{Title: title, Blocks: []knowledge.Block{textBlock(text)}}
}

// deskWords is what stands behind the desk's command.
func (a *Adapter) deskWords(m *message) (words string, ours bool) {
	first, rest, _ := strings.Cut(m.Text, " ")
	name, addressee, named := strings.Cut(strings.TrimPrefix(first, "/"), "@")
	if !strings.HasPrefix(first, "/") || !strings.EqualFold(name, deskCommand) || named && !strings.EqualFold(addressee, a.self.Load().Username) {
		return "", false
	}
	return strings.TrimSpace(rest), true
}

// open carries out the command. What it says of a message in a group is between
// the bot and whoever wrote the command.
func (a *Adapter) open(ctx context.Context, to target, m *message, words string) error {
	in, notice := a.deskInput(m, words)
	switch {
	case m.Chat.group() && in.Action == "" && notice == nil, m.Chat.group() && in.Action == desk.Web:
		notice = &elsewhere
	case !m.Chat.group() && !a.hasModerators():
		notice = &notSetUp
	}
	switch {
	case notice != nil:
		return a.show(ctx, &to, *notice, 0)
	case m.Chat.group():
		return a.alone(ctx, to, m.From, a.step(ctx, m.From, in))
	}
	return a.result(ctx, to, m.From, a.step(ctx, m.From, in), 0)
}

// aboutMessages are words behind the command for what is done about the message
// that it replies to.
var aboutMessages = map[string]string{"flag": desk.Flag, "suggest": desk.Suggest, "why": desk.Why}

// deskInput is what words behind the command mean, or else what there is to say
// to them. Words that are no command are looked for.
func (a *Adapter) deskInput(m *message, words string) (in desk.Input, notice *desk.View) {
	word := strings.ToLower(words)
	if word == "web" {
		return desk.Input{Action: desk.Web}, nil
	}
	action, ours := aboutMessages[word]
	if !ours {
		return desk.Input{Text: words}, nil
	}
	if m.ReplyTo == nil || len(m.ReplyTo.NewTopic) > 0 {
		return in, &replyOnly
	}
	in.Action = action
	in.Text, _ = m.ReplyTo.content()
	if in.Asked = a.askedIn(m); action == desk.Why && in.Asked == "" {
		return in, &unasked
	}
	if in.Text == "" {
		return in, &replyOnly
	}
	return in, nil
}

// askedIn is the question that a message replies to, or whose answer it replies
// to. Telegram leaves the latter out of most updates.
func (a *Adapter) askedIn(m *message) string {
	self := a.self.Load()
	if answer := m.repliedTo(self); answer != nil {
		return answer.asked(self)
	}
	return m.asked(self)
}
