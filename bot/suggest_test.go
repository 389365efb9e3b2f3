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
			got := b.Suggest(t.Context(), bot.Message{Text: tc.typed}, 5)
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
	if got := b.Suggest(t.Context(), bot.Message{Text: ""}, 2); len(got) != 2 {
		t.Errorf("limit 2: %d options", len(got))
	}
	if got := b.Suggest(t.Context(), bot.Message{Text: strings.Repeat("a ", 50_000)}, 5); got != nil {
		t.Errorf("far too long: %d options", len(got))
	}
}

func TestSuggestOffersAnEmergencyNothingButToAsk(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	got := b.Suggest(t.Context(), bot.Message{Text: bottest.EmergencyText}, 5)
	want := bot.Option{Label: bottest.EmergencyText, Question: bottest.EmergencyText}
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %+v, want only %+v", got, want)
	}
}

func TestPreviewIsWhatChoosingWouldSend(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	option := b.Suggest(t.Context(), bot.Message{Text: bottest.PlainQuestion}, 1)[0]
	if got, want := b.Preview(t.Context(), option, ""), b.Respond(t.Context(), bot.Message{Snippet: bottest.Plain}); got.Text() != want.Text() {
		t.Errorf("preview:\n%s\nwant:\n%s", got.Text(), want.Text())
	}
	if r := b.Preview(t.Context(), bot.Option{Question: bottest.EmergencyText}, "GB"); r.Outcome != bot.Urgent || !strings.Contains(r.Text(), "999") {
		t.Errorf("emergency: %s\n%s", r.Outcome, r.Text())
	}
}

// With a hold there is no suggestion, but that to ask about an emergency.
func TestSuggestUnderAHold(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	for _, hold := range []bot.Hold{bot.Crowded, bot.Limited, bot.Flooding} {
		for text, want := range map[string]int{bottest.PlainQuestion: 0, "": 0, "how do ow": 0, bottest.EmergencyText: 1} {
			if got := b.Suggest(t.Context(), bot.Message{Text: text, Hold: hold}, 5); len(got) != want {
				t.Errorf("%s, %q: %+v, want %d", hold, text, got, want)
			}
		}
	}
}

// What is offered in an emergency is the card that asking would get, also in
// another language, wherever the message may come from.
func TestPreviewOfAnEmergency(t *testing.T) {
	b := newBot(t)
	for _, text := range []string{"i cant breathe", "my chest is really tight and my left arm hurts", "no puedo respirar", "me duele mucho el pecho"} {
		for _, region := range []string{"", "GB"} {
			list := b.Suggest(t.Context(), bot.Message{Text: text}, 5)
			if len(list) != 1 {
				t.Fatalf("%s: %+v", text, list)
			}
			got, want := b.Preview(t.Context(), list[0], region), b.Respond(t.Context(), bot.Message{Text: text, Region: region})
			if got.Outcome != bot.Urgent || got.Text() != want.Text() {
				t.Errorf("%s, %q:\n%s\nwant:\n%s", text, region, got.Text(), want.Text())
			}
		}
	}
}
