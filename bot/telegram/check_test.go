package telegram

import (
	"net/http"
	"strings"
	"testing"

	"handout/bot"
)

var _ bot.Checker = (*Adapter)(nil)

func TestCheckSaysWhatToDo(t *testing.T) {
	f := newFake(t)
	f.answerTo["getWebhookInfo"] = func(w http.ResponseWriter) {
		grant(w, map[string]any{"url": "https://old.example", "pending_update_count": 3, "last_error_message": "Wrong response from the webhook: 502"})
	}
	good := f.Adapter(discard).(*Adapter)
	wrong := f.config()
	wrong.Token = "1:wrong"
	nowhere := Config{Token: fakeToken, API: "http://127.0.0.1:1"}
	for _, tc := range []struct {
		name string
		a    *Adapter
		want []string
	}{
		{"works", good, []string{"@" + botName, "inline mode is on", "privacy mode is on", "https://old.example", "502", "3 updates"}},
		{"wrong token", New(discard, wrong), []string{"wrong or revoked", "@BotFather"}},
		{"malformed token", New(discard, Config{}), []string{"not of the form"}},
		{"unreachable", New(discard, nowhere), []string{"refused", "--telegram-api"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var all strings.Builder
			for _, f := range tc.a.Check(t.Context()) {
				all.WriteString(f.What + "\n" + f.Fix + "\n")
			}
			for _, want := range tc.want {
				if !strings.Contains(all.String(), want) {
					t.Errorf("lacks %q:\n%s", want, all.String())
				}
			}
			if strings.Contains(all.String(), fakeToken) || strings.Contains(all.String(), "1:wrong") {
				t.Errorf("holds the token:\n%s", all.String())
			}
		})
	}
}

func TestCheckOfTheModeratorsGroup(t *testing.T) {
	f := newFake(t)
	a := f.Adapter(discard).(*Adapter)
	a.cfg.ModeratorGroup = group
	said := func() string {
		var b strings.Builder
		for _, finding := range a.Check(t.Context()) {
			b.WriteString(finding.What + "\n")
		}
		return b.String()
	}
	for want, answer := range map[string]func(http.ResponseWriter){
		"no administrator of":       func(w http.ResponseWriter) { grant(w, map[string]any{"status": "member"}) },
		"is an administrator of":    func(w http.ResponseWriter) { grant(w, map[string]any{"status": "administrator"}) },
		"group cannot be looked at": func(w http.ResponseWriter) { refuse(w, 400, "Bad Request: chat not found", nil) },
	} {
		f.answerOnce("getChatMember", answer)
		if got := said(); !strings.Contains(got, want) {
			t.Errorf("%q is not said:\n%s", want, got)
		}
	}
}
