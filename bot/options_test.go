package bot_test

import (
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"handout/bot"
	"handout/index"
)

// plainText is a markup without marks, whose unit is a character.
type plainText struct{}

func (plainText) Text(s string) string    { return s }
func (plainText) Strong(s string) string  { return s }
func (plainText) Em(s string) string      { return s }
func (plainText) Link(s, _ string) string { return s }
func (plainText) Len(s string) int        { return utf8.RuneCountInString(s) }

// found is a searcher that finds snippets of the starter corpus with the
// confidences, each with a why.
func found(list ...index.Match) searcher {
	return func(index.Query) (index.Result, error) {
		return index.Result{Matches: slices.Clone(list), Reading: &index.Reading{}}, nil
	}
}

func match(id string, confidence float64) index.Match {
	c, _ := starter()
	return index.Match{Snippet: c.Snippet(id), Confidence: confidence, Score: 10 * confidence, Why: &index.Why{}}
}

func botOn(s searcher) *bot.Bot {
	c, _ := starter()
	return bot.New(slog.New(slog.DiscardHandler), func() time.Time { return today }, c, s)
}

// Buttons cut long titles: where a person has to choose between them, the text
// lists each in full, with the number that its button begins with.
func TestTitlesToChooseFromStandInTheText(t *testing.T) {
	c, _ := starter()
	for name, tc := range map[string]struct {
		found   searcher
		outcome bot.Outcome
		titles  int
	}{
		"unsure":   {found(match("jak-alcohol", 0.4), match("jak-acne", 0.2)), bot.Choose, 2},
		"tied":     {found(match("jak-alcohol", 0.9), match("jak-acne", 0.9)), bot.Choose, 2},
		"no match": {found(match("jak-alcohol", 0.2), match("jak-acne", 0.1), match("ecz-itch", 0.06)), bot.NoMatch, 3},
		"did you mean": {func(index.Query) (index.Result, error) {
			return index.Result{Guesses: []index.Guess{{Typed: "x", Name: "Rinvoq", Matches: []index.Match{match("jak-alcohol", 0.9), match("jak-acne", 0.8)}}}}, nil
		}, bot.Choose, 2},
	} {
		r := ask(t, botOn(tc.found), "anything")
		page := r.Messages(plainText{}, 4096)[0]
		lines := strings.Split(page, "\n")
		options := r.Options()
		if r.Outcome != tc.outcome || len(options) != tc.titles || strings.Count(page, "\n1. ") != 1 {
			t.Errorf("%s: %s with %d options:\n%s", name, r.Outcome, len(options), page)
		}
		for i, o := range options {
			number, label, _ := strings.Cut(o.Label, "  ")
			if number != strconv.Itoa(i+1) || label != c.Snippet(o.Snippet).Title || !slices.Contains(lines, number+". "+label) {
				t.Errorf("%s: button %q, in the text:\n%s", name, o.Label, page)
			}
		}
		if !strings.HasSuffix(page, c.Messages.Footer) {
			t.Errorf("%s: the footer is not last:\n%s", name, page)
		}
	}
}

// A number in reply to such a list chooses from it, and nothing else is a choice.
func TestNumberInReplyChooses(t *testing.T) {
	b := newBot(t)
	list := ask(t, b, "/topics 1")
	page := list.Messages(plainText{}, 4096)[0]
	if !strings.Contains(page, "\n2. ") {
		t.Fatalf("titles are not numbered:\n%s", page)
	}
	guess := ask(t, b, "what is clobetaso")
	for _, c := range []struct{ text, replyTo, want string }{
		{"2", page, list.Options()[1].Snippet},
		{" 2. ", page, list.Options()[1].Snippet},
		{"1", guess.Text(), guess.Options()[0].Snippet},
		{"99", page, ""},
		{"2", "", ""},
	} {
		r := b.Respond(t.Context(), bot.Message{Text: c.text, ReplyTo: c.replyTo})
		if r.Snippet != c.want {
			t.Errorf("%q in reply to %.40q: %s, want %s", c.text, c.replyTo, r.Snippet, c.want)
		}
	}
}

// Related titles below an answer, and topics, are buttons only.
func TestOtherOptionsAreButtonsOnly(t *testing.T) {
	b := newBot(t)
	for _, text := range []string{"What is a JAK inhibitor?", "how do I change a bicycle tyre", "/topics"} {
		r := ask(t, b, text)
		page := r.Messages(plainText{}, 4096)[0]
		if len(r.Options()) == 0 {
			t.Errorf("%q: no options", text)
		}
		for _, o := range r.Options() {
			if strings.Contains(page, o.Label+"\n") || strings.HasPrefix(o.Label, "1 ") {
				t.Errorf("%q: %q is listed in the text:\n%s", text, o.Label, page)
			}
		}
	}
}

// Two guesses that lead to one snippet are one title.
func TestGuessesOfOneSnippetAreOneTitle(t *testing.T) {
	r := ask(t, newBot(t), "what is clobetaso")
	if list := r.Options(); len(list) != 1 || list[0].Label != "1  clobetasol / clobetasone: How strong is my steroid cream?" {
		t.Errorf("options %+v", list)
	}
}

// Two emergencies may share a teaching snippet, and a match may be found
// twice: it is offered once.
func TestOptionsAreOfferedOnce(t *testing.T) {
	r := ask(t, botOn(found(match("jak-alcohol", 0.4), match("jak-alcohol", 0.3), match("jak-acne", 0.2))), "anything")
	var labels []string
	for _, o := range r.Options() {
		labels = append(labels, o.Snippet)
	}
	if !slices.Equal(labels, []string{"jak-alcohol", "jak-acne"}) {
		t.Errorf("options %v", labels)
	}
}
