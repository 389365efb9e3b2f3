package gate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"handout/bot"
)

// listed is "class: question" of each change, with a star before what nobody
// need sign for.
func listed(d *Diff) string {
	var lines []string
	for _, c := range d.Changes {
		mark := ""
		if c.Own {
			mark = "* "
		}
		lines = append(lines, fmt.Sprintf("%s%s: %s", mark, c.Class, c.Question.Text))
	}
	return strings.Join(lines, "\n")
}

func TestDiff(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(map[string]string)
		want   string
	}{
		{"nothing", func(map[string]string) {}, ""},
		{"another body", func(d map[string]string) { d["tea.md"] += "\nOr five minutes.\n" }, ""},
		{"a new snippet", func(d map[string]string) { d["dogs.md"] = document("dogs", "May I bring a dog?", "are dogs allowed") }, ""},
		{"a new snippet steals a wording", func(d map[string]string) {
			d["china.md"] = document("china", "Cast iron or china?", "cast iron or china, which", "china or cast iron")
			d["pots.md"] = document("pots", "Which pot keeps tea warm?", "is an iron pot any good", "cast iron or china")
		}, "Another snippet answers: cast iron or china"},
		{"a wording is removed", func(d map[string]string) {
			d["parking.md"] = document("parking", "Where can I park?", "is there a car park")
		}, "Loses its answer: any place to leave my car near the hall car park\nLoses its answer: parking at the hall"},
		{"a wording is removed, and leads home all the same", func(d map[string]string) {
			d["parking.md"] = document("parking", "Where can I park?", "is there a car park", "parking near the hall")
		}, ""},
		{"an id is renamed", func(d map[string]string) {
			delete(d, "tea.md")
			d["brewing.md"] = document("brewing", "How long does tea steep?", "how long for tea", "steeping time")
		}, "Another snippet answers: How long does tea steep?\nAnother snippet answers: how long for tea\nAnother snippet answers: steeping time"},
		{"a snippet is removed", func(d map[string]string) {
			delete(d, "parking.md")
			delete(d, "golden/known.tsv")
		}, "Loses its answer: Where can I park?\nLoses its answer: is there a car park\nLoses its answer: parking at the hall\nLoses its answer: any place to leave my car near the hall car park"},
		{"a snippet has expired", func(d map[string]string) {
			d["tea.md"] = strings.Replace(d["tea.md"], "---\nThe", "review: {due: 2020-01-01}\n---\nThe", 1)
		}, "Loses its answer: How long does tea steep?\nLoses its answer: how long for tea\nLoses its answer: steeping time"},
		{"a negative gains an answer", func(d map[string]string) {
			d["kettles.md"] = document("kettles", "Which kettle is loud?", "which kettle whistles the loudest")
			d["golden/none.tsv"] += "which kettle whistles the loudest of all\tnone\tother things\n"
		}, "Gains a wrong answer: which kettle whistles loudest\nNew question that is not answered as it should be: which kettle whistles the loudest of all"},
		{"a negative becomes a wording", func(d map[string]string) {
			d["kettles.md"] = document("kettles", "Which kettle is loud?", "which kettle whistles loudest")
			delete(d, "golden/none.tsv")
		}, "Gains its right answer: which kettle whistles loudest"},
		{"an emergency is lost", func(d map[string]string) { d["triage/rules.yaml"] = rules("hot kettle") },
			"No longer taken for an emergency: i cannot breathe"},
		{"an emergency is gained", func(d map[string]string) { d["triage/rules.yaml"] = rules(`cannot breathe", "leave my car`) },
			"Now taken for an emergency: any place to leave my car near the hall car park"},
		{"an emergency's own wording", func(d map[string]string) {
			d["choking.md"] = document("choking", "What are the signs of choking?", "he cannot breathe, what now")
		}, ""},
		{"a new wording leads elsewhere", func(d map[string]string) {
			d["parking.md"] = document("parking", "Where can I park?", "is there a car park", "parking at the hall", "they cannot breathe")
		}, "New question that is not answered as it should be: they cannot breathe"},
		{"a changed snippet gains its known question", func(d map[string]string) {
			d["pots.md"] = document("pots", "Which pot keeps tea warm?", "is an iron pot any good", "cast iron or china", "something that holds the heat for an hour")
		}, "* Gains its right answer: what holds the heat for an hour"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := diff(t, tt.change)
			if got := listed(d); got != tt.want {
				t.Errorf("found\n%s\nwant\n%s\n%s", got, tt.want, d.Text())
			}
		})
	}
}

// Nothing but the day has changed.
func TestExpiry(t *testing.T) {
	documents := base()
	documents["tea.md"] = strings.Replace(documents["tea.md"], "---\nThe", "review: {due: 2026-12-01}\n---\nThe", 1)
	c := open(t, documents)
	before := answer(t, c, day, nil)
	d := Compare(before, answer(t, c, day.AddDate(0, 1, 0), nil), nil)
	if got, want := listed(d), "Loses its answer: How long does tea steep?\nLoses its answer: how long for tea\nLoses its answer: steeping time"; got != want {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
}

func outcomeOf(o bot.Outcome, confidence float64, ids ...string) Outcome {
	return Outcome{Outcome: o, Snippets: ids, Confidence: confidence}
}

// compared is the diff of one question.
func compared(t *testing.T, q Question, was, is Outcome, changed ...string) *Diff {
	t.Helper()
	c := open(t, base())
	q.Text = "q"
	before := Answers{Corpus: c, Questions: []Question{q}, Outcomes: []Outcome{was}}
	after := Answers{Corpus: c, Questions: []Question{q}, Outcomes: []Outcome{is}}
	ids := map[string]bool{}
	for _, id := range changed {
		ids[id] = true
	}
	return Compare(before, after, ids)
}

func TestClass(t *testing.T) {
	wording := Question{Want: []string{"tea"}, Snippet: "tea"}
	known := Question{Want: []string{"tea", "pots"}}
	none, personal, emergency := Question{}, Question{Kind: "personal"}, Question{Kind: "emergency", Urgent: true}
	tea, pots, parking := outcomeOf(bot.Answered, 0.9, "tea"), outcomeOf(bot.Answered, 0.8, "pots"), outcomeOf(bot.Answered, 0.7, "parking")
	both := outcomeOf(bot.Answered, 0.9, "tea", "pots")
	noMatch, choose := outcomeOf(bot.NoMatch, 0.1), outcomeOf(bot.Choose, 0.4)
	urgent, declined := outcomeOf(bot.Urgent, 0, "breath"), outcomeOf(bot.Declined, 0.3)
	for _, c := range []struct {
		q       Question
		was, is Outcome
		changed string
		want    string
	}{
		{wording, tea, tea, "", ""},
		{wording, tea, outcomeOf(bot.Answered, 0.6, "tea"), "", ""}, // confidence alone is no change
		{wording, choose, outcomeOf(bot.Choose, 0.3), "", ""},
		{wording, tea, pots, "", "Another snippet answers"},
		{wording, tea, pots, "tea", "Another snippet answers"}, // its own question leads elsewhere
		{wording, tea, pots, "pots", "Another snippet answers"},
		{wording, tea, both, "pots", "Another snippet answers"},
		{wording, choose, tea, "", "Gains its right answer"},
		{wording, choose, tea, "pots", "Gains its right answer"},
		{wording, choose, tea, "tea", "* Gains its right answer"},
		{wording, pots, tea, "tea", "* Gains its right answer"},
		{wording, tea, both, "tea", "* Another snippet answers"},
		{wording, tea, choose, "tea", "Loses its answer"},
		{wording, noMatch, pots, "", "Gains a wrong answer"},
		{wording, pots, noMatch, "", "Loses a wrong answer"},
		{wording, noMatch, choose, "", "Another reply, without an answer"},
		{known, tea, pots, "pots", "* Another snippet answers"},
		{known, tea, pots, "tea", "Another snippet answers"},
		{known, choose, both, "", "Gains its right answer"},
		{known, choose, outcomeOf(bot.Answered, 0.9, "tea", "parking"), "", "Gains a wrong answer"},
		{none, noMatch, parking, "parking", "Gains a wrong answer"},
		{none, parking, choose, "parking", "Loses a wrong answer"},
		{none, noMatch, urgent, "", "Now taken for an emergency"},
		{personal, declined, noMatch, "", "Another reply, without an answer"},
		{personal, declined, tea, "tea", "Gains a wrong answer"},
		{emergency, urgent, tea, "tea", "No longer taken for an emergency"},
		{emergency, urgent, outcomeOf(bot.Urgent, 0, "crisis"), "", "Another reply, without an answer"},
		{emergency, noMatch, urgent, "", "Now taken for an emergency"},
	} {
		got := strings.TrimSuffix(listed(compared(t, c.q, c.was, c.is, c.changed)), ": q")
		if got != c.want {
			t.Errorf("%v: %v to %v with %q changed is %q, want %q", c.q, c.was, c.is, c.changed, got, c.want)
		}
	}
}

// A signature holds for a list, however surely the same answers are given.
func TestHash(t *testing.T) {
	q := Question{Want: []string{"tea"}, Snippet: "tea", From: "a wording of tea"}
	tea, pots := outcomeOf(bot.Answered, 0.9, "tea"), outcomeOf(bot.Answered, 0.8, "pots")
	hash := compared(t, q, tea, pots).Hash()
	moved := q
	moved.From = "golden/q.tsv:3"
	for name, d := range map[string]*Diff{
		"another confidence": compared(t, q, tea, outcomeOf(bot.Answered, 0.7, "pots")),
		"another line":       compared(t, moved, tea, pots),
	} {
		if d.Hash() != hash {
			t.Errorf("%s needs another signature", name)
		}
	}
	for name, d := range map[string]*Diff{
		"another snippet": compared(t, q, tea, outcomeOf(bot.Answered, 0.8, "parking")),
		"no answer":       compared(t, q, tea, outcomeOf(bot.NoMatch, 0.2)),
		"from elsewhere":  compared(t, q, outcomeOf(bot.Answered, 0.9, "parking"), pots),
		"nothing":         compared(t, q, tea, tea),
	} {
		if d.Hash() == hash {
			t.Errorf("%s has the same signature", name)
		}
	}
}

func TestChanged(t *testing.T) {
	documents := base()
	documents["tea.md"] += "More.\n"
	documents["dogs.md"] = document("dogs", "May I bring a dog?")
	delete(documents, "parking.md")
	delete(documents, "golden/known.tsv")
	changed, err := Changed(open(t, base()), open(t, documents))
	if got := slices.Sorted(maps.Keys(changed)); err != nil || !slices.Equal(got, []string{"dogs", "parking", "tea"}) {
		t.Errorf("%v, %v", got, err)
	}
	if changed, err := Changed(open(t, base()), open(t, base())); err != nil || len(changed) > 0 {
		t.Errorf("%v, %v of the same", changed, err)
	}
}
