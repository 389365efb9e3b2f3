package telegram

import (
	"log/slog"
	"strings"
	"testing"
	"unicode/utf8"

	"handout/bot"
	"handout/bot/bottest"
)

func FuzzMarkupCountsAsTelegramDoes(f *testing.F) {
	for _, s := range []string{"", "a<b>&c", "🦉é\u202e", "&amp;lt;", `"><script>`, "\x00\n"} {
		f.Add(s, "https://example.org/?a=1&b=\"<>")
	}
	f.Fuzz(func(t *testing.T, text, url string) {
		text = strings.ToValidUTF8(text, "?")
		if !strings.HasPrefix(url, "http") || strings.Contains(url, "\n") || !utf8.ValidString(url) {
			url = "https://example.org"
		}
		m := markup{}
		marked := m.Link(m.Strong(m.Em(m.Text(text))), url)
		plain, err := readHTML(marked)
		if err != nil || plain != text {
			t.Fatalf("%q came out as %q: %v", text, plain, err)
		}
		if m.Len(marked) != units(text) {
			t.Errorf("Len(%q) = %d, want %d", marked, m.Len(marked), units(text))
		}
	})
}

func TestKeyboardKeepsToTheLimit(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	rows := keyboard(b.Respond(t.Context(), bot.Message{Text: bottest.PlainQuestion}))
	if len(rows) != 2 || len(rows[1]) != 3 {
		t.Errorf("keyboard %+v, want one related title, and two votes and the sources in a row", rows)
	}
	if keyboard(b.Respond(t.Context(), bot.Message{Text: "/privacy"})) != nil {
		t.Error("buttons below a notice")
	}
}

func TestOffersAreNotTooMany(t *testing.T) {
	rows := offers([]bot.Option{{Label: "What are the signs of a stroke?", Snippet: "stroke"}, {Label: "Help", Command: "/help"}})
	if len(rows) != 2 || rows[0][0].Data != "s:stroke" || rows[1][0].Data != "c:/help" {
		t.Errorf("%+v", rows)
	}
	var many []bot.Option
	for i := range 2 * mostButtons {
		many = append(many, bot.Option{Label: "x", Snippet: strings.Repeat("x", i+1)})
	}
	if rows := offers(many); len(rows) != mostButtons-mostFeedback {
		t.Errorf("%d lines, want room for two votes", len(rows))
	}
}

func TestCuts(t *testing.T) {
	for _, tc := range []struct {
		in   string
		n    int
		want string
	}{{"🦉🦉", 3, "🦉"}, {"abc", 3, "abc"}, {"", 0, ""}} {
		if got := cutUnits(tc.in, tc.n); got != tc.want {
			t.Errorf("cutUnits(%q, %d) = %q", tc.in, tc.n, got)
		}
	}
	if got := ellipsis("owls hear well", 8); got != "owls …" {
		t.Errorf("ellipsis = %q", got)
	}
	if got := summary(bot.Reply{}); got != "" {
		t.Errorf("summary of nothing = %q", got)
	}
}
