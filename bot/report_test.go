package bot_test

import (
	"strings"
	"testing"

	"handout/bot"
)

func TestSideEffectsSayWhereToReport(t *testing.T) {
	b := newBot(t)
	const medwatch, nowhere = "United States: FDA MedWatch", "a pharmacist can tell you where to report"
	for _, c := range []struct {
		text, region string
		outcome      bot.Outcome
		snippet      string
		says, omits  string
	}{
		{"I had a bad reaction to opzelura", "", bot.Declined, "jak-opzelura-side-effects", medwatch, ""},
		{"i think rinvoq is causing my hair loss", "", bot.Declined, "", nowhere, ""},
		{"my son had an awful reaction after protopic", "US", bot.Declined, "", medwatch, nowhere},
		{"my son had an awful reaction after protopic", "GB", bot.Declined, "", nowhere, medwatch},
		{"I suspect that cibinqo is making me ill", "IN", bot.Declined, "", nowhere, medwatch},
		{"how do I report a side effect", "US", bot.Answered, "jak-side-effects-report", medwatch, nowhere},
		{"how do I report a side effect", "", bot.Answered, "jak-side-effects-report", medwatch, ""},
		// in general, and what is no report
		{"can cibinqo cause a bad reaction", "", bot.Answered, "jak-cibinqo-side-effects", "", nowhere},
		{"is nausea a side effect of cibinqo", "", bot.Answered, "jak-cibinqo-side-effects", "", nowhere},
		{"should i stop taking my cibinqo", "", bot.Declined, "", "", nowhere},
		// an emergency stays one
		{"my throat is closing up, I think cibinqo is causing it", "", bot.Urgent, "em-anaphylaxis", "911", medwatch},
	} {
		r := checked(t, b.Respond(t.Context(), bot.Message{Text: c.text, Region: c.region}))
		text := r.Text()
		if r.Outcome != c.outcome || c.snippet != "" && r.Snippet != c.snippet || !strings.Contains(text, c.says) || c.omits != "" && strings.Contains(text, c.omits) {
			t.Errorf("%q in %q: %s %s, want %s %s with %q, without %q\n%s", c.text, c.region, r.Outcome, r.Snippet, c.outcome, c.snippet, c.says, c.omits, text)
		}
		if strings.Contains(c.says, "MedWatch") && strings.Count(text, medwatch) != 1 {
			t.Errorf("%q: told %d times", c.text, strings.Count(text, medwatch))
		}
	}
	shown := b.Respond(t.Context(), bot.Message{Snippet: "jak-side-effects-report", Region: "US"})
	if !strings.Contains(shown.Text(), medwatch) {
		t.Errorf("its button shows no place:\n%s", shown.Text())
	}
}

func TestDeclinesSayWhoCanHelp(t *testing.T) {
	c, _ := starter()
	n := 0
	for _, rule := range c.Triage.Rules {
		if rule.Tier != "decline" {
			continue
		}
		n++
		if !strings.Contains(rule.Text, "pharmacist") && !strings.Contains(rule.Text, "clinic") {
			t.Errorf("%s names nobody who can help: %s", rule.ID, rule.Text)
		}
		if c.Snippet(rule.Snippet) == nil {
			t.Errorf("%s teaches with no snippet", rule.ID)
		}
	}
	if n < 8 {
		t.Errorf("%d rules decline", n)
	}
}
