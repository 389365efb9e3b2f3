package gate

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"handout/bot"
	"handout/index"
	"handout/knowledge"
)

// day is the day of every test.
var day = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

func over(c *knowledge.Corpus, x *index.Index, now time.Time) *bot.Bot {
	return bot.New(slog.New(slog.DiscardHandler), func() time.Time { return now }, c, x)
}

func starter(tb testing.TB) *knowledge.Corpus {
	tb.Helper()
	c, err := knowledge.Open("")
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// answer asks a corpus its own questions and others.
func answer(tb testing.TB, c *knowledge.Corpus, now time.Time, others []Question) Answers {
	tb.Helper()
	own, err := Questions(c)
	if err != nil {
		tb.Fatal(err)
	}
	x, err := index.Build(tb.Context(), c)
	if err != nil {
		tb.Fatal(err)
	}
	defer x.Close()
	questions := Union(own, others)
	outcomes, err := Ask(context.Background(), over(c, x, now), questions)
	if err != nil {
		tb.Fatal(err)
	}
	return Answers{Corpus: c, Questions: questions, Outcomes: outcomes}
}

// base is the corpus that most tests change.
func base() map[string]string {
	return map[string]string{
		"tea.md":            document("tea", "How long does tea steep?", "how long for tea", "steeping time"),
		"pots.md":           document("pots", "Which pot keeps tea warm?", "is an iron pot any good", "cast iron or china"),
		"parking.md":        document("parking", "Where can I park?", "is there a car park", "parking at the hall"),
		"triage/rules.yaml": rules("cannot breathe"),
		"golden/known.tsv":  "question\trelevant\tkind\nany place to leave my car near the hall car park\tparking\t\nwhat holds the heat for an hour\tpots\t\n",
		"golden/none.tsv":   "question\trelevant\tkind\nwhich kettle whistles loudest\tnone\tother things\ni cannot breathe\tnone\temergency\n",
	}
}

// rules are triage of the least kind, with one emergency.
func rules(when string) string {
	return `rules:
  - {id: breath, tier: now, title: Call for help now, text: Call your emergency number., line: That is an emergency., contacts: [emergency], when: ["` + when + `"], snippet: choking}
  - {id: crisis, tier: crisis, title: Please call someone, text: You matter., line: There is help., contacts: [crisis], when: ["zzzcrisis"]}
  - {id: dose, tier: decline, title: Ask your doctor, text: I cannot say how much., when: ["how much should i"]}
`
}

func document(id, title string, questions ...string) string {
	text := "---\nid: " + id + "\ntitle: " + title + "\nquestions:\n"
	for _, q := range questions {
		text += "  - " + q + "\n"
	}
	return text + "---\nThe text of " + id + ".\n"
}

func open(tb testing.TB, documents map[string]string) *knowledge.Corpus {
	tb.Helper()
	c, _, err := knowledge.CheckFS("", knowledge.Folder(documents), time.Now())
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// diff is what the gate says of a change to the base.
func diff(tb testing.TB, change func(documents map[string]string)) *Diff {
	tb.Helper()
	documents := base()
	change(documents)
	before := answer(tb, open(tb, base()), day, nil)
	after := answer(tb, open(tb, documents), day, before.Questions)
	changed, err := Changed(before.Corpus, after.Corpus)
	if err != nil {
		tb.Fatal(err)
	}
	return Compare(before, after, changed)
}
