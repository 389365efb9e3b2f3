package bot_test

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"handout/bot"
	"handout/knowledge"
)

// without is a record in which one snippet is withdrawn.
type without string

func (w without) Withdrawn(s *knowledge.Snippet) bool  { return s.ID == string(w) }
func (without) Edition(*knowledge.Snippet) bot.Edition { return bot.Edition{} }

// shows reports how a reply shows or offers a snippet; empty if it does not.
func shows(r bot.Reply, s *knowledge.Snippet) string {
	for _, section := range r.Sections() {
		if section.Snippet != nil && section.Snippet.ID == s.ID {
			return "as a passage"
		}
		for _, o := range section.Options {
			if o.Snippet == s.ID {
				return "among the options"
			}
		}
	}
	for _, o := range append(r.Options(), r.Feedback()...) {
		if o.Snippet == s.ID {
			return "on a button"
		}
	}
	if strings.Contains(r.Text(), s.Body) || r.Outcome != bot.Urgent && r.Snippet == s.ID || slices.Contains(r.Also, s.ID) {
		return "in the text"
	}
	for _, m := range r.Matches {
		if m.Snippet.ID == s.ID {
			return "among the matches"
		}
	}
	return ""
}

// ways are all messages that could bring a snippet up.
func ways(c *knowledge.Corpus, s *knowledge.Snippet) map[string]bot.Message {
	all := map[string]bot.Message{
		"link":                {Snippet: s.ID},
		"button":              {Action: bot.Option{Snippet: s.ID}.Action()},
		"sources button":      {Action: "?s:" + s.ID},
		"liked":               {Action: bot.Option{Snippet: s.ID, Vote: bot.Up}.Action()},
		"title":               {Text: s.Title},
		"number":              {Text: "1", ReplyTo: "1. " + s.Title},
		"reply to it":         {Text: "and what about that", ReplyTo: s.Title + "\n\n" + s.Body},
		"two questions":       {Text: s.Title + " And is eczema contagious?"},
		"declined":            {Text: "should i stop my medicine? " + s.Title},
		"mentioned emergency": {Text: "can it cause chest pain? " + s.Title},
		"held":                {Text: s.Title, Hold: bot.Limited},
		"crowded":             {Text: s.Title, Hold: bot.Crowded},
		"why":                 {Text: s.Title, Matches: 10},
		"start":               {Text: "/start"},
		"sources":             {Text: "/sources"},
	}
	for i, w := range s.Questions {
		all[fmt.Sprint("wording ", i)] = bot.Message{Text: w}
	}
	for i := range c.Settings.Topics {
		all[fmt.Sprint("topic ", i)] = bot.Message{Text: fmt.Sprint("/topics ", i+1)}
	}
	for _, other := range c.Snippets {
		if slices.Contains(other.With, s.ID) || slices.Contains(other.SeeAlso, s.ID) {
			all["shown with "+other.ID] = bot.Message{Snippet: other.ID}
			all["asked with "+other.ID] = bot.Message{Text: other.Title}
		}
	}
	return all
}

// TestWithdrawnComesUpOnNoWay takes one snippet after the other out of the
// corpus and tries every way that there is to it.
func TestWithdrawnComesUpOnNoWay(t *testing.T) {
	c, _ := starter()
	b := newBot(t)
	reached := map[string]bool{}
	for i, s := range c.Snippets {
		if testing.Short() && i%10 != 0 {
			continue
		}
		held := b.Under(without(s.ID))
		for name, m := range ways(c, s) {
			if how := shows(checked(t, held.Respond(t.Context(), m)), s); how != "" {
				t.Errorf("%s is withdrawn and comes up by %s, %s", s.ID, name, how)
			}
			if i%10 == 0 && shows(b.Respond(t.Context(), m), s) != "" {
				reached[name] = true
			}
		}
		for _, typed := range []string{"", s.Title, s.Title[:len(s.Title)/2]} {
			for _, o := range held.Suggest(t.Context(), bot.Message{Text: typed}, 25) {
				if o.Snippet == s.ID {
					t.Errorf("%s is withdrawn and suggested for %q", s.ID, typed)
				}
			}
		}
		if how := shows(held.Preview(t.Context(), bot.Option{Snippet: s.ID}, ""), s); how != "" {
			t.Errorf("%s is withdrawn and previewed %s", s.ID, how)
		}
	}
	for _, name := range []string{"link", "button", "sources button", "title", "number", "two questions", "wording 0", "topic 0", "declined"} {
		if !reached[name] {
			t.Errorf("nothing comes up by %s even if it may: the test looks at nothing", name)
		}
	}
}

// An emergency has its card whatever becomes of the snippet that explains it, also
// where only the wordings of that snippet tell of it.
func TestCardsOutlastTheirSnippets(t *testing.T) {
	c, x := starter()
	now := today
	b := bot.New(slog.New(slog.DiscardHandler), func() time.Time { return now }, c, x)
	far := bot.New(slog.New(slog.DiscardHandler), func() time.Time { return now.AddDate(30, 0, 0) }, c, x)
	tried := 0
	for _, rule := range c.Triage.Rules {
		s := c.Snippet(rule.Snippet)
		if !rule.Tier.Urgent() || s == nil {
			continue
		}
		for _, text := range append(slices.Clone(s.Questions), s.Title) {
			r := b.Respond(t.Context(), bot.Message{Text: text})
			if r.Outcome != bot.Urgent {
				continue
			}
			tried++
			for name, held := range map[string]*bot.Bot{"withdrawn": b.Under(without(s.ID)), "past due": far} {
				got := checked(t, held.Respond(t.Context(), bot.Message{Text: text}))
				if got.Outcome != bot.Urgent || got.Snippet != r.Snippet || got.Sections()[0].Text() != r.Sections()[0].Text() {
					t.Errorf("%q, %s is %s: %s %s", text, s.ID, name, got.Outcome, got.Snippet)
				}
				if how := shows(got, s); how != "" && name == "withdrawn" {
					t.Errorf("%q, %s is %s and comes up %s", text, s.ID, name, how)
				}
			}
		}
	}
	if tried < 5 {
		t.Errorf("%d emergencies tried", tried)
	}
}

func TestWhatReplacesATextIsOffered(t *testing.T) {
	c, _ := starter()
	b := newBot(t)
	offered := 0
	for _, s := range c.Snippets {
		r := checked(t, b.Under(without(s.ID)).Respond(t.Context(), bot.Message{Action: bot.Option{Snippet: s.ID}.Action()}))
		if r.Outcome != bot.NoMatch || !strings.Contains(r.Text(), "taken back") {
			t.Errorf("%s: %s\n%s", s.ID, r.Outcome, r.Text())
		}
		if len(r.Options()) > 0 {
			offered++
		}
	}
	if offered < len(c.Snippets)*8/10 {
		t.Errorf("for %d of %d snippets something else is offered", offered, len(c.Snippets))
	}
	if r := b.Respond(t.Context(), bot.Message{Snippet: "never-was"}); len(r.Options()) > 0 {
		t.Errorf("what never was is replaced: %s", r.Text())
	}
}

// A heading under which nothing is left is not offered, nor whom nothing that is
// sent rests on.
func TestNothingIsSaidOfWhatIsGone(t *testing.T) {
	c, x := starter()
	far := bot.New(slog.New(slog.DiscardHandler), func() time.Time { return today.AddDate(30, 0, 0) }, c, x)
	for _, text := range []string{"/start", "/topics", "best shampoo for a ferret"} {
		if r := checked(t, far.Respond(t.Context(), bot.Message{Text: text})); len(r.Options()) > 0 {
			t.Errorf("%s offers %+v", text, r.Options())
		}
	}
	sources, none := ask(t, newBot(t), "/sources").Text(), far.Respond(t.Context(), bot.Message{Text: "/sources"}).Text()
	if len(none) > len(sources)/2 {
		t.Errorf("the sources of nothing:\n%s", none)
	}
}
