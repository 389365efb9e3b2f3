package bottest

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// Run holds an adapter to the suite.
func Run(t *testing.T, f Factory) {
	type transcript struct {
		name string
		test func(*stage)
	}
	transcripts := []transcript{
		{"direct question", direct},
		{"group without mention", unmentioned},
		{"group with mention", mentioned},
		{"topic", topic},
		{"reply in context", inContext},
		{"greeting and thanks", courteous},
		{"button", pressed},
		{"forged buttons", forged},
		{"choose", choose},
		{"vote", voted},
		{"suggestions", suggested},
		{"suggestions for an emergency", suggestedEmergency},
		{"long answer", long},
		{"hostile snippet", hostileSnippet},
		{"hostile text", hostileText},
		{"undecodable update", undecodable},
		{"dropped connection", disconnected},
		{"panic in a turn", panicked},
		{"order in a chat, chats side by side", ordered},
		{"graceful stop", stopped},
	}
	if f(t).Redelivers() {
		transcripts = append(transcripts, transcript{"killed before it replied", killed})
	}
	for _, tc := range transcripts {
		t.Run(tc.name, func(t *testing.T) {
			s := newStage(t, f)
			tc.test(s)
			s.private()
		})
	}
	for _, name := range slices.Sorted(maps.Keys(Faults)) {
		t.Run("fault: "+name, func(t *testing.T) {
			s := newStage(t, f)
			fault(s, Faults[name])
			s.private()
		})
	}
}

var group = Say{Chat: "the owl club", Group: true}

func direct(s *stage) {
	s.platform.Say(Say{Chat: "ann", Text: PlainQuestion})
	p := s.expect(Plain)[0]
	if p.Chat != "ann" {
		s.t.Errorf("answered in %q", p.Chat)
	}
	for _, label := range []string{s.core.corpus.Snippet(Long).Title, "👍", "👎"} {
		if _, ok := p.button(label); !ok {
			s.t.Errorf("no button %q in %+v", label, p.Buttons)
		}
	}
}

func (p Posted) button(label string) (Button, bool) {
	for _, b := range p.Buttons {
		if strings.Contains(b.Label, label) || strings.HasPrefix(label, strings.TrimSuffix(b.Label, "…")) {
			return b, true
		}
	}
	return Button{}, false
}

func (s *stage) press(p Posted, label string) {
	s.t.Helper()
	b, ok := p.button(label)
	if !ok {
		s.t.Fatalf("no button %q in %+v", label, p.Buttons)
	}
	s.platform.Press(p, b)
}

func unmentioned(s *stage) {
	say := group
	say.Text = PlainQuestion
	s.platform.Say(say)
	say.Mention, say.Text = true, HostileQuery
	s.platform.Say(say)
	s.expect(Hostile)
	if m := s.hear(); !strings.Contains(m.Text, HostileQuery) {
		s.t.Errorf("the core was asked %q", m.Text)
	}
}

func mentioned(s *stage) {
	say := group
	say.Mention, say.Text = true, PlainQuestion
	s.platform.Say(say)
	p := s.expect(Plain)[0]
	if m := s.hear(); strings.TrimSpace(m.Text) != PlainQuestion {
		s.t.Errorf("the core was asked %q, want the question without the mention", m.Text)
	}
	if p.Chat != group.Chat {
		s.t.Errorf("answered in %q", p.Chat)
	}
}

func topic(s *stage) {
	say := group
	say.Topic, say.Mention, say.Text = "hearing", true, PlainQuestion
	s.platform.Say(say)
	if p := s.expect(Plain)[0]; p.Topic != say.Topic || p.Chat != say.Chat {
		s.t.Errorf("answered in chat %q, topic %q", p.Chat, p.Topic)
	}
}

func inContext(s *stage) {
	for _, say := range []Say{{Chat: "ann"}, {Chat: group.Chat, Group: true, Mention: true}} {
		say.Text = PlainQuestion
		s.platform.Say(say)
		p := s.expect(Plain)[0]
		s.hear()
		say.ReplyTo, say.Text = &p, HostileQuery
		s.platform.Say(say)
		s.expect(Hostile)
		if m := s.hear(); !strings.Contains(m.ReplyTo, s.core.corpus.Snippet(Plain).Title) {
			s.t.Errorf("the core does not hear what %q replies to: %q", m.Text, m.ReplyTo)
		}
	}
}

func courteous(s *stage) {
	for text, want := range map[string]string{"hello": s.core.corpus.Messages.Start, "thank you!": s.core.corpus.Messages.Welcome} {
		say := group
		say.Mention, say.Text = true, text
		s.platform.Say(say)
		if p := s.next(); !strings.Contains(squash(p.Text), squash(want)) {
			s.t.Errorf("%q is answered with:\n%s", text, p.Text)
		}
	}
}

func pressed(s *stage) {
	s.platform.Say(Say{Chat: "ann", Text: PlainQuestion})
	p := s.expect(Plain)[0]
	s.press(p, s.core.corpus.Snippet(Long).Title)
	s.expect(Long)
}

// forged presses what no button of the bot carries. It gets fixed words or
// nothing, if it is not what its sender could have typed as well: then it gets that.
func forged(s *stage) {
	s.platform.Say(Say{Chat: "ann", Text: PlainQuestion})
	p := s.expect(Plain)[0]
	for _, data := range []string{
		"forged", " ", "s:", "s:forged", "h:forged", "c:", "c:forged", "c:how do owls hear", "c:/forged", "+s:forged", "-h:forged", "?s:forged", "+c:/help", "++", "?",
		"d:forged", "d:ok:x:1", "form forged", "menu 0", "share ", "share forged", "share c:/help", "share share s:forged",
		"2:s:" + Plain, "S:" + Plain, "s:" + Plain + " ", "s:" + Plain + "\n", "{\"snippet\":\"forged\"}", "s:\u202e" + Plain, "s:" + strings.Repeat("forged", 1000), "\xff\xfe",
	} {
		s.platform.Press(p, Button{Data: data})
		s.settled(Say{Chat: "ann"})
	}
	s.platform.Press(p, Button{Data: "s:" + Hostile}) // another snippet's
	s.expect(Hostile)
	if log := s.log.String(); strings.Contains(log, "forged") || strings.Contains(log, "vote=") {
		s.t.Errorf("the log holds what was forged:\n%s", log)
	}
}

// settled asks once more in the same chat, and reads until that is answered.
// Notices that come before are only checked.
func (s *stage) settled(say Say) {
	s.t.Helper()
	say.Text = PlainQuestion
	s.platform.Say(say)
	for range 100 {
		if s.holds(squash(s.next().Text), Plain) {
			return
		}
	}
	s.t.Error("the next question is not answered")
}

// choose asks what two titles fit alike. Buttons cut long titles, so the text
// must hold each in full, with the number that its button begins with.
func choose(s *stage) {
	s.platform.Say(Say{Chat: "ann", Text: ChoiceQuestion})
	p := s.next()
	for _, id := range Choices {
		title := squash(s.core.corpus.Snippet(id).Title)
		at := slices.IndexFunc(p.Buttons, func(b Button) bool {
			n, _, _ := strings.Cut(b.Label, " ")
			return strings.Contains(squash(p.Text), n+"."+title)
		})
		if at < 0 || strings.Count(squash(p.Text), title) != 1 {
			s.t.Fatalf("the text must hold %q once, with a button's number:\n%s\n%+v", title, p.Text, p.Buttons)
		}
		s.platform.Press(p, p.Buttons[at])
		s.expect(id)
	}
}

func voted(s *stage) {
	s.platform.Say(Say{Chat: "ann", Text: PlainQuestion})
	p := s.expect(Plain)[0]
	s.press(p, "👍")
	s.settled(Say{Chat: "ann"})
	asked, pressed := s.hear(), s.hear()
	if asked.Asker == "" || pressed.Asker != asked.Asker {
		s.t.Errorf("the asker is %q, who presses the button %q", asked.Asker, pressed.Asker)
	}
	s.settled(Say{Chat: "bob"})
	if s.hear(); s.hear().Asker == asked.Asker {
		s.t.Error("two people are told apart by nothing")
	}
	if want := "snippet=" + Plain + " vote=+"; !strings.Contains(s.log.String(), want) {
		s.t.Errorf("the log lacks %q:\n%s", want, s.log)
	}
}

func suggested(s *stage) {
	list := s.platform.Suggest("how do ow")
	if len(list) == 0 || list[0].Title != s.core.corpus.Snippet(Plain).Title {
		s.t.Fatalf("suggestions: %+v", list)
	}
	s.platform.Pick(list[0])
	s.expect(Plain)
	s.platform.Suggest("") // must be answered in some way
	s.platform.Suggest(strings.Repeat("<b>", 60))
}

func suggestedEmergency(s *stage) {
	list := s.platform.Suggest(EmergencyText)
	if len(list) != 1 || list[0].Title != EmergencyText {
		s.t.Fatalf("suggestions: %+v, want nothing but to ask", list)
	}
	s.platform.Pick(list[0])
	if p := s.next(); !strings.Contains(p.Text, "Call for help now") {
		s.t.Errorf("posted:\n%s", p.Text)
	}
}

func long(s *stage) {
	s.platform.Say(Say{Chat: "ann", Text: LongQuestion})
	if list := s.expect(Long); len(list) < 2 {
		s.t.Errorf("a long answer in %d message", len(list))
	}
	s.settled(Say{Chat: "ann"})
}

func hostileSnippet(s *stage) {
	s.platform.Say(Say{Chat: "ann", Text: HostileQuery})
	s.expect(Hostile)
}

func hostileText(s *stage) {
	for _, text := range []string{
		"<b>bold</b> &amp; <a href='https://evil.example'>x</a> </b></i>", "**x** __y__ `z` ```\nfence", "@everyone @here <@1> <@&1> <#1> @somebody",
		"\u202egnp.exe\u202c \u2066x\u2069 \u200b", strings.Repeat("owls hear ", 10_000), "", " ", "\x00", "\xff\xfe", "/", "/nosuch", "/region " + strings.Repeat("x", 500),
		"%s %d %!v(PANIC)", `{"update_id":1}`, "\U0001F989\U0001F989", "s:" + Plain, "what is e\u0301" + strings.Repeat("\u0301", 2000),
	} {
		s.platform.Say(Say{Chat: "ann", Text: text})
		s.settled(Say{Chat: "ann"})
	}
	for _, text := range []string{"@everyone hello", "<b>"} {
		say := group
		say.Mention, say.Text = true, text
		s.platform.Say(say)
	}
	say := group
	say.Mention = true
	s.settled(say)
}
