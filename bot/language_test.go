package bot_test

import (
	"strings"
	"testing"

	"handout/bot"
)

// A letter that stands for an English word is no Spanish.
func TestOneLetterIsNoLanguage(t *testing.T) {
	if r := newBot(t).Respond(t.Context(), bot.Message{Text: "y"}); strings.Contains(r.Text(), "español") {
		t.Errorf("why is Spanish:\n%s", r.Text())
	}
}

func TestSpanishIsAnsweredInSpanish(t *testing.T) {
	b := newBot(t)
	const unchecked, footer, foreign = "no ha sido revisada por un profesional clínico", "Consulte a su profesional de salud", "Mis textos sobre salud están en inglés"
	for _, c := range []struct {
		text, region  string
		outcome       bot.Outcome
		snippet, says string
	}{
		{"no puedo respirar", "", bot.Urgent, "em-breathing", "Reino Unido: emergencias 999."},
		{"NO PUEDO RESPIRAR!!", "US", bot.Urgent, "em-breathing", "Estados Unidos: emergencias 911."},
		{"quiero morir", "US", bot.Urgent, "em-suicide", "Llame o envíe un mensaje de texto al 988"},
		{"me duele mucho el pecho y el brazo", "", bot.Urgent, "em-heart", "un infarto"},
		{"mi hijo no respira", "other", bot.Urgent, "", "Otro lugar: el número de emergencias de su país."},
		{"🆘 mi hijo no respira", "", bot.Urgent, "", "Reino Unido: emergencias 999."},
		{"¿qué es el pronóstico del tiempo para hoy?", "", bot.NoMatch, "", "No tengo una respuesta revisada"},
	} {
		r := b.Respond(t.Context(), bot.Message{Text: c.text, Region: c.region})
		text := r.Text()
		if r.Outcome != c.outcome || c.snippet != "" && r.Snippet != c.snippet {
			t.Errorf("%q: %s %s, want %s %s", c.text, r.Outcome, r.Snippet, c.outcome, c.snippet)
		}
		for _, want := range []string{c.says, unchecked, footer} {
			if !strings.Contains(text, want) {
				t.Errorf("%q: no %q in\n%s", c.text, want, text)
			}
		}
		if first := r.Sections()[0]; first.Lang != "es" || (c.outcome == bot.Urgent) != (first.Kind == bot.Alarm) || (c.outcome != bot.Urgent) != strings.Contains(first.Text(), foreign) {
			t.Errorf("%q begins with %q in %q", c.text, first.Text(), first.Lang)
		}
		if strings.Contains(text, "consult your provider") {
			t.Errorf("%q: English words in\n%s", c.text, text)
		}
	}
}

func TestOtherLanguagesAreToldInTheirOwnWords(t *testing.T) {
	b := newBot(t)
	for text, says := range map[string]string{
		"comment utiliser une crème pour ma peau": "Mes textes sont en anglais",
		"wie benutze ich eine Salbe für die Haut": "Meine Texte sind auf Englisch",
		"como posso usar uma pomada na pele":      "Os meus textos estão em inglês",
		"¿cuánto tarda en hacer efecto rinvoq?":   "Mis textos sobre salud están en inglés",
	} {
		r := b.Respond(t.Context(), bot.Message{Text: text})
		if first := r.Sections()[0].Text(); !strings.Contains(first, says) {
			t.Errorf("%q begins with %q, want %q", text, first, says)
		}
	}
}

// An English question is never taken for another language.
func TestEnglishStaysEnglish(t *testing.T) {
	b := newBot(t)
	c, _ := starter()
	texts := []string{"la roche posay cream", "i need it as soon as possible", "pain au chocolat and eczema", "Is de la Roche good for eczema?", "no", "rinvoq", "des moines dermatologist", "die in my sleep"}
	for _, s := range c.Snippets[:40] {
		texts = append(texts, s.Wordings()...)
	}
	for _, text := range texts {
		for _, s := range b.Respond(t.Context(), bot.Message{Text: text}).Sections() {
			if s.Lang != "" {
				t.Errorf("%q is taken for %q", text, s.Lang)
			}
		}
	}
}

func TestLanguageSaysNothingOfTheCountry(t *testing.T) {
	r := newBot(t).Respond(t.Context(), bot.Message{Text: "no puedo respirar"})
	for _, want := range []string{"911", "999", "112", "000", "111"} {
		if !strings.Contains(r.Text(), want) {
			t.Errorf("no %s in\n%s", want, r.Text())
		}
	}
}
