package bot_test

import (
	"log/slog"
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

func TestSuggestOffersTitlesWhilePeopleType(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	for _, tc := range []struct{ name, typed, first string }{
		{"beginning", "how do ow", bottest.Plain},
		{"another wording", "tell me every", bottest.Long},
		{"in the middle", "their ea", bottest.Plain},
		{"words apart", "markup atta", bottest.Hostile},
		{"found by search only", "rivers show", bottest.Long},
		{"nothing typed yet", "", bottest.Plain},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := b.Suggest(t.Context(), tc.typed, 5)
			if len(got) == 0 || got[0].Snippet != tc.first || got[0].Label == "" {
				t.Errorf("Suggest(%q) = %+v, want %s first", tc.typed, got, tc.first)
			}
			seen := map[string]bool{}
			for _, o := range got {
				if seen[o.Snippet] {
					t.Errorf("%s is offered twice", o.Snippet)
				}
				seen[o.Snippet] = true
			}
		})
	}
	if got := b.Suggest(t.Context(), "", 2); len(got) != 2 {
		t.Errorf("limit 2: %d options", len(got))
	}
	if got := b.Suggest(t.Context(), strings.Repeat("a ", 50_000), 5); got != nil {
		t.Errorf("far too long: %d options", len(got))
	}
}

func TestSuggestOffersAnEmergencyNothingButToAsk(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	got := b.Suggest(t.Context(), bottest.EmergencyText, 5)
	want := bot.Option{Label: bottest.EmergencyText, Question: bottest.EmergencyText}
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %+v, want only %+v", got, want)
	}
}

func TestPreviewIsWhatChoosingWouldSend(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	option := b.Suggest(t.Context(), bottest.PlainQuestion, 1)[0]
	if got, want := b.Preview(t.Context(), option, ""), b.Respond(t.Context(), bot.Message{Snippet: bottest.Plain}); got.Text() != want.Text() {
		t.Errorf("preview:\n%s\nwant:\n%s", got.Text(), want.Text())
	}
	if r := b.Preview(t.Context(), bot.Option{Question: bottest.EmergencyText}, "GB"); r.Outcome != bot.Urgent || !strings.Contains(r.Text(), "999") {
		t.Errorf("emergency: %s\n%s", r.Outcome, r.Text())
	}
}
