package bot_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"handout/bot"
	"handout/index"
	"handout/knowledge"
)

var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// starter is the bot over the starter corpus, built once.
var starter = sync.OnceValues(func() (*knowledge.Corpus, *index.Index) {
	c, err := knowledge.Open("")
	if err != nil {
		panic(err)
	}
	x, err := index.Build(context.Background(), c)
	if err != nil {
		panic(err)
	}
	return c, x
})

func newBot(t testing.TB) *bot.Bot {
	t.Helper()
	c, x := starter()
	return bot.New(slog.New(slog.DiscardHandler), func() time.Time { return today }, c, x)
}

func ask(t testing.TB, b *bot.Bot, text string) bot.Reply {
	t.Helper()
	return checked(t, b.Respond(t.Context(), bot.Message{Text: text}))
}

// checked holds what every reply promises: the footer ends it, and passages
// are the approved text, byte for byte.
func checked(t testing.TB, r bot.Reply) bot.Reply {
	t.Helper()
	c, _ := starter()
	sections := r.Sections()
	if last := sections[len(sections)-1]; last.Kind != bot.Footer || !strings.Contains(last.Text(), "consult your provider") {
		t.Errorf("the reply does not end with the footer:\n%s", r.Text())
	}
	if !strings.HasSuffix(r.Text(), c.Messages.Footer) {
		t.Errorf("the text does not end with the footer:\n%s", r.Text())
	}
	for _, s := range sections {
		if s.Kind == bot.Passage && !strings.Contains(r.Text(), c.Snippet(s.Snippet.ID).Body) {
			t.Errorf("the body of %s is not verbatim in:\n%s", s.Snippet.ID, r.Text())
		}
	}
	return r
}

func TestTurn(t *testing.T) {
	b := newBot(t)
	for _, c := range []struct {
		text    string
		outcome bot.Outcome
		snippet string // or rule; "" for any
		says    string
	}{
		{"what is a jak inhibitor?", bot.Answered, "jak-basics", "Source: "},
		{"can i drink alcohol on rinvoq", bot.Answered, "jak-alcohol", "Not yet reviewed by a clinician."},
		{"best shampoo for a ferret", bot.NoMatch, "", "no checked answer"},
		{"who won the match last night", bot.NoMatch, "", "no checked answer"},
		{"my chest is really tight and my left arm hurts", bot.Urgent, "em-heart", "911"},
		{"i want to kill myself", bot.Urgent, "em-suicide", "988"},
		{"how many mg of rinvoq should i take", bot.Declined, "", ""},
		{"do i have eczema?", bot.Declined, "", ""},
		{"should i stop taking my cibinqo", bot.Declined, "", ""},
		{"", bot.NoMatch, "", "send me a question"},
		{"🤷", bot.NoMatch, "", "send me a question"},
		{"/start", bot.Answered, "", "JAK inhibitors"},
		{"/help@handout_bot", bot.Answered, "", "/region"},
		{"/privacy", bot.Answered, "", "do not keep"},
		{"/sources", bot.Answered, "", "NICE"},
		{"/topics", bot.Answered, "", "Eczema"},
		{"/topics eczema", bot.Answered, "", "What is eczema?"},
		{"/region", bot.Answered, "", "United Kingdom"},
		{"/region atlantis", bot.NoMatch, "", "no numbers"},
		{"help", bot.Answered, "", "/region"},
		{"Topics?", bot.Answered, "", "Eczema"},
		{"/region Scotland", bot.Answered, "", "United Kingdom"},
		{"/region USA", bot.Answered, "", "United States"},
		{"/nonsense", bot.Answered, "", "/topics"},
		{strings.Repeat("word ", 3000), bot.NoMatch, "", "too long"},
	} {
		r := ask(t, b, c.text)
		if r.Outcome != c.outcome || c.snippet != "" && !strings.HasPrefix(r.Snippet, c.snippet) || !strings.Contains(r.Text(), c.says) {
			t.Errorf("%.60q: %s %s, want %s %s saying %q\n%s", c.text, r.Outcome, r.Snippet, c.outcome, c.snippet, c.says, r.Text())
		}
	}
}

func TestUrgentComesFirstAndListsEveryRegionUntilOneIsChosen(t *testing.T) {
	b := newBot(t)
	const text = "chest pain and i cant breathe"
	all := checked(t, b.Respond(t.Context(), bot.Message{Text: text}))
	if first := all.Sections()[0]; first.Kind != bot.Alarm {
		t.Fatalf("the first section is of kind %d, want the alarm", first.Kind)
	}
	c, _ := starter()
	for _, r := range c.Contacts.Regions {
		if !strings.Contains(all.Text(), r.Name+": ") {
			t.Errorf("no contacts for %s in:\n%s", r.Name, all.Text())
		}
	}
	chosen := checked(t, b.Respond(t.Context(), bot.Message{Text: text, Region: "GB"}))
	if !strings.Contains(chosen.Text(), "999") || strings.Contains(chosen.Text(), "911") {
		t.Errorf("with region GB:\n%s", chosen.Text())
	}
	if unknown := b.Respond(t.Context(), bot.Message{Text: text, Region: "XX"}); unknown.Text() != all.Text() {
		t.Errorf("an unknown region must show all:\n%s", unknown.Text())
	}
}

type searcher func(index.Query) (index.Result, error)

func (s searcher) Search(_ context.Context, q index.Query) (index.Result, error) { return s(q) }

// What is suspected for its words is not when they are denied, or asked about in
// general.
func TestNotSuspected(t *testing.T) {
	b := newBot(t)
	for _, text := range []string{
		"no trouble breathing but my rash itches", "i dont want to kill myself", "can i wear contact lenses with eczema near my eyes",
		"how do i make clotted cream", "i have never had a heart attack", "my poo is green",
	} {
		if r := ask(t, b, text); r.Outcome == bot.Urgent {
			t.Errorf("%q is taken for %s", text, r.Snippet)
		}
	}
}

func TestBrokenSearch(t *testing.T) {
	c, _ := starter()
	for name, x := range map[string]searcher{
		"error": func(index.Query) (index.Result, error) { return index.Result{}, errors.New("disk on fire") },
		"panic": func(index.Query) (index.Result, error) { panic("canary question") },
		"empty": func(index.Query) (index.Result, error) { return index.Result{}, nil },
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			b := bot.New(slog.New(slog.NewTextHandler(&log, nil)), func() time.Time { return today }, c, x)
			if r := ask(t, b, "i want to end my life"); r.Outcome != bot.Urgent {
				t.Errorf("an emergency must not depend on search, got %s", r.Outcome)
			}
			if r := ask(t, b, "what is eczema"); r.Outcome != bot.NoMatch || strings.Contains(r.Text(), "fire") {
				t.Errorf("got %s:\n%s", r.Outcome, r.Text())
			}
			if strings.Contains(log.String(), "eczema") || strings.Contains(log.String(), "canary") {
				t.Errorf("the log holds text of a person:\n%s", log.String())
			}
		})
	}
}

func TestFollowUp(t *testing.T) {
	b := newBot(t)
	first := ask(t, b, "what is rinvoq")
	r := checked(t, b.Respond(t.Context(), bot.Message{Text: "and side effects?", ReplyTo: first.Text()}))
	if r.Snippet != "jak-rinvoq-side-effects" {
		t.Errorf("side effects in reply to Rinvoq: %s %s", r.Outcome, r.Snippet)
	}
	r = checked(t, b.Respond(t.Context(), bot.Message{Text: "what are the side effects of opzelura", ReplyTo: first.Text()}))
	if r.Snippet != "jak-opzelura-side-effects" {
		t.Errorf("a medicine that the question names outranks the context: %s %s", r.Outcome, r.Snippet)
	}
	r = checked(t, b.Respond(t.Context(), bot.Message{Text: "what does a wet wrap do for eczema", ReplyTo: first.Text()}))
	if r.Snippet != "ecz-wet-wraps" {
		t.Errorf("a new question in reply to an old answer: %s %s", r.Outcome, r.Snippet)
	}
}

func TestExpiredSnippetsAreNotServed(t *testing.T) {
	c, x := starter()
	later := func() time.Time { return c.Snippet("jak-alcohol").Review.Due.AddDate(0, 0, 1) }
	b := bot.New(slog.New(slog.DiscardHandler), later, c, x)
	for name, m := range map[string]bot.Message{
		"search": {Text: "can i drink alcohol on rinvoq"},
		"button": {Action: bot.Option{Snippet: "jak-alcohol"}.Action()},
		"link":   {Snippet: "jak-alcohol"},
	} {
		r := checked(t, b.Respond(t.Context(), m))
		if strings.Contains(r.Text(), c.Snippet("jak-alcohol").Body) {
			t.Errorf("%s: an expired snippet was sent", name)
		}
		for _, o := range r.Options() {
			if s := c.Snippet(o.Snippet); s != nil && !s.Current(later()) {
				t.Errorf("%s: the expired %s is offered", name, s.ID)
			}
		}
	}
	if r := b.Respond(t.Context(), bot.Message{Text: "chest pain, cant breathe"}); r.Outcome != bot.Urgent {
		t.Errorf("emergency cards do not expire, got %s", r.Outcome)
	}
}

func TestWithAccompanies(t *testing.T) {
	b := newBot(t)
	c, _ := starter()
	for _, s := range c.Snippets {
		r := checked(t, b.Respond(t.Context(), bot.Message{Snippet: s.ID}))
		for _, id := range s.With {
			if !strings.Contains(r.Text(), c.Snippet(id).Body) {
				t.Errorf("%s was sent without %s", s.ID, id)
			}
		}
	}
}

func TestActions(t *testing.T) {
	b := newBot(t)
	c, _ := starter()
	for _, s := range c.Snippets {
		action := bot.Option{Snippet: s.ID}.Action()
		if len(action) > 56 {
			t.Errorf("the action of %s takes %d bytes", s.ID, len(action))
		}
		if r := b.Respond(t.Context(), bot.Message{Action: action}); r.Snippet != s.ID {
			t.Errorf("%s led to %q", action, r.Snippet)
		}
	}
}

// A forged button can do no more than its sender could by typing: it asks no
// question, counts no vote, and changes nothing but what a command changes.
func TestForgedActions(t *testing.T) {
	c, _ := starter()
	b := newBot(t)
	id := c.Snippets[0].ID
	for action, want := range map[string]string{
		"x": c.Messages.Expired, " ": c.Messages.Expired, "s:": c.Messages.Expired, "s:nothing": c.Messages.Expired, "h:": c.Messages.Expired, "h:nothing": c.Messages.Expired,
		"s:" + id + " ": c.Messages.Expired, "S:" + id: c.Messages.Expired, "2:s:" + id: c.Messages.Expired, "s:../" + id: c.Messages.Expired, "s:\xff": c.Messages.Expired,
		"c:": c.Messages.Expired, "c:nothing": c.Messages.Expired, "c:i want to die": c.Messages.Expired, "c:forget": c.Messages.Expired, " c:/forget": c.Messages.Expired,
		"+": c.Messages.Expired, "+s:nothing": c.Messages.Expired, "-h:nothing": c.Messages.Expired, "?s:nothing": c.Messages.Expired, "+c:/forget": c.Messages.Expired, "d:ok": c.Messages.Expired,
		"s:" + strings.Repeat("x", 100_000): c.Messages.Expired, strings.Repeat("+", 100_000): c.Messages.Expired,
		"c:/nothing": c.Messages.Help, "c:/topics 99": c.Messages.Topics, "c:/region nowhere": c.Messages.RegionNone,
	} {
		r := b.Respond(t.Context(), bot.Message{Action: action, Asked: "what is eczema"})
		checked(t, r)
		first, _, _ := strings.Cut(want, "\n")
		if !strings.HasPrefix(r.Text(), first) || r.Snippet != "" || r.Region != nil || r.Forget || r.Voted != (bot.Option{}) || r.InVain != "" {
			t.Errorf("%.40q: %+v\n%s", action, r.Voted, r.Text())
		}
	}
	if r := b.Respond(t.Context(), bot.Message{Action: "c:/forget"}); !r.Forget {
		t.Errorf("a command that could be typed: %s", r.Text())
	}
}

func TestLogHoldsNoQuestion(t *testing.T) {
	c, x := starter()
	var log bytes.Buffer
	b := bot.New(slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), func() time.Time { return today }, c, x)
	for _, text := range []string{"canary what is eczema", "canary chest pain cant breathe", "canary should i stop my rinvoq", "/region canary"} {
		ask(t, b, text)
	}
	if strings.Contains(strings.ToLower(log.String()), "canary") {
		t.Errorf("the log holds a question:\n%s", log.String())
	}
}

func BenchmarkRespond(b *testing.B) {
	handout := newBot(b)

	for b.Loop() {
		handout.Respond(context.Background(), bot.Message{Text: "can i drink alcohol while im on rinvoq"})
	}
}
