package bot_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

// FuzzRespond: whatever a message carries, a forged button among it, the turn
// comes to an end without an error, shows nothing but the corpus's own texts, and
// each message that the reply is cut into keeps to the limit and ends with the footer.
func FuzzRespond(f *testing.F) {
	for _, s := range [][3]string{
		{"how do owls hear", "", ""}, {"", "s:owls-hearing", ""}, {"", "c:/region GB", ""}, {"", "c:region", ""}, {"", "+s:owls-hearing", "why owls"},
		{"", "-+?s:owls-hearing", ""}, {"", "h:AAAA", ""}, {"", "?h:", "\x00"}, {"1", "", "1. How do owls hear?"}, {"99999999999999999999", "", "1. a"},
		{"/topics -1", "", ""}, {"/topics 9999999999999999999", "", ""}, {"/region \u202eBG", "", ""}, {"how do owls hear? and does \u202e<b>**@everyone** [x](javascript:1)?", "", ""},
		{"", "s:../../etc/passwd", ""}, {"", "c:/desk", ""}, {strings.Repeat("owl? ", 500), "", strings.Repeat("How do owls hear?\n", 50)}, {"\xff\xfe", "\xff", "\xff"}, {"hola, que es un buho", "", ""}, {"y", "", ""},
	} {
		f.Add(s[0], s[1], s[2], uint16(4096))
	}
	b := bottest.Bot(f, slog.New(slog.DiscardHandler))
	c := bottest.Corpus(f)
	footers := []string{c.Messages.Footer}
	for _, t := range c.Translations {
		footers = append(footers, c.In(t).Messages.Footer)
	}
	f.Fuzz(func(t *testing.T, text, action, replyTo string, limit uint16) {
		r := b.Respond(t.Context(), bot.Message{Text: text, Action: action, ReplyTo: replyTo, Asked: replyTo})
		if strings.Contains(r.Text(), c.Messages.Failed) {
			t.Errorf("failed: %q %q", text, action)
		}
		for _, s := range r.Sections() {
			if s.Kind == bot.Passage && s.Title != c.Snippet(s.Snippet.ID).Title {
				t.Errorf("shows %q", s.Title)
			}
		}
		most := max(int(limit), 2*len(slices.MaxFunc(footers, func(a, b string) int { return len(a) - len(b) })))
		for _, page := range r.Messages(plainText{}, most) {
			ends := func(footer string) bool { return strings.HasSuffix(page, footer) }
			if (plainText{}).Len(page) > most || !slices.ContainsFunc(footers, ends) {
				t.Errorf("a page of %d for %d: %q", len(page), most, page)
			}
		}
	})
}
