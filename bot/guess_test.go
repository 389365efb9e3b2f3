package bot_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"handout/bot"
)

func TestDidYouMean(t *testing.T) {
	b := newBot(t)
	for text, want := range map[string]string{
		"side effects of jupixent": "Did you mean Dupixent?",
		"what is clobetaso":        "Did you mean clobetasol / clobetasone?",
	} {
		r := ask(t, b, text)
		if r.Outcome != bot.Choose || !strings.Contains(r.Text(), want) || len(r.Options()) == 0 {
			t.Fatalf("%q: %s with %d options, want a choice saying %q\n%s", text, r.Outcome, len(r.Options()), want, r.Text())
		}
		for _, o := range r.Options() {
			pressed := checked(t, b.Respond(t.Context(), bot.Message{Action: o.Action()}))
			if pressed.Outcome != bot.Answered || pressed.Snippet != o.Snippet {
				t.Errorf("%q: the button %q gives %s %s", text, o.Label, pressed.Outcome, pressed.Snippet)
			}
		}
	}
	for _, text := range []string{"what is rinvoq", "rinvok side efects", "xarelto side effects", "i want to kill myself with clobetaso"} {
		if r := ask(t, b, text); strings.Contains(r.Text(), "Did you mean") {
			t.Errorf("%q: %s\n%s", text, r.Outcome, r.Text())
		}
	}
}

// What would no longer be served is not asked for.
func TestDidYouMeanOffersNothingExpired(t *testing.T) {
	c, x := starter()
	later := bot.New(slog.New(slog.DiscardHandler), func() time.Time { return today.AddDate(20, 0, 0) }, c, x)
	if r := ask(t, later, "side effects of jupixent"); strings.Contains(r.Text(), "Did you mean") {
		t.Errorf("%s\n%s", r.Outcome, r.Text())
	}
}
