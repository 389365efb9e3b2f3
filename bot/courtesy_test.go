package bot_test

import (
	"strings"
	"testing"

	"handout/bot"
)

func TestCourtesy(t *testing.T) {
	b := newBot(t)
	start := b.Respond(t.Context(), bot.Message{Text: "/start"}).Text()
	c, _ := starter()
	for _, text := range []string{"hi", "Hello!", "hey there", "GOOD MORNING", "hi, how are you?", "hey 👋"} {
		if r := b.Respond(t.Context(), bot.Message{Text: text, Why: true}); r.Text() != start || r.Why.Reason != "greeting" || r.Searched() {
			t.Errorf("%q: %s, searched %t\n%s", text, r.Why.Reason, r.Searched(), r.Text())
		}
	}
	for _, text := range []string{"thanks", "Thank you so much!!", "cheers", "ok thanks", "hi, thanks a lot", "ok, bye"} {
		r := checked(t, b.Respond(t.Context(), bot.Message{Text: text, Why: true}))
		if !strings.HasPrefix(r.Text(), c.Messages.Welcome) || r.Why.Reason != "courtesy" || r.Outcome != bot.Answered || r.Searched() || r.InVain != "" {
			t.Errorf("%q: %s %s, searched %t, in vain %q\n%s", text, r.Outcome, r.Why.Reason, r.Searched(), r.InVain, r.Text())
		}
	}
}

// TestCourtesyIsNoMoreThanThat: whatever else is said is answered as ever.
func TestCourtesyIsNoMoreThanThat(t *testing.T) {
	b := newBot(t)
	for text, want := range map[string]bot.Outcome{
		"hello i cant breathe":                     bot.Urgent,
		"thanks, i want to die":                    bot.Urgent,
		"hi can i drink alcohol on rinvoq":         bot.Answered,
		"hello, should i stop taking my cibinqo":   bot.Declined,
		"thank you for the lift to the station":    bot.NoMatch,
		"hi hi hi hi hi hi hi":                     bot.NoMatch,
		"good evening class for pottery beginners": bot.NoMatch,
	} {
		if r := b.Respond(t.Context(), bot.Message{Text: text, Why: true}); r.Outcome != want || r.Why.Reason == "greeting" || r.Why.Reason == "courtesy" {
			t.Errorf("%q: %s, %s; want %s", text, r.Outcome, r.Why.Reason, want)
		}
	}
}

func TestCourtesyInOtherLanguages(t *testing.T) {
	b := newBot(t)
	for _, c := range []struct{ text, lang, says string }{
		{"hola", "es", "Hágame una pregunta"},
		{"Buenos días", "es", "Hágame una pregunta"},
		{"buenos dias, gracias", "es", "De nada"},
		{"ok gracias", "es", "De nada"},
		{"MERCI beaucoup !", "fr", "Je vous en prie"},
		{"bonjour", "fr", "Mes textes sont en anglais"},
		{"Danke schön", "de", "Gern geschehen"},
		{"guten Morgen", "de", "Meine Texte sind auf Englisch"},
		{"ola", "pt", "Os meus textos estão em inglês"},
		{"obrigada", "pt", "Pode fazer-me outra pergunta"},
		{"hi", "", "Ask me a question"},
		{"ok", "", "You are welcome"},
	} {
		found := false
		for _, s := range b.Respond(t.Context(), bot.Message{Text: c.text}).Sections() {
			if strings.Contains(s.Text(), c.says) {
				found = true
				if s.Lang != c.lang {
					t.Errorf("%q: %q is said to be in %q, want %q", c.text, c.says, s.Lang, c.lang)
				}
			}
		}
		if !found {
			t.Errorf("%q: does not say %q", c.text, c.says)
		}
	}
}
