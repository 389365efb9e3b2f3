package gate

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"handout/bot"
	"handout/knowledge"
)

func TestQuestions(t *testing.T) {
	questions, err := Questions(open(t, base()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, q := range questions {
		line := q.Text + "|" + strings.Join(q.Want, ",") + "|" + q.whose() + "|" + q.Snippet
		if q.Urgent {
			line += "|urgent"
		}
		got = append(got, line)
	}
	want := []string{
		"Where can I park?|parking|the title of parking|parking",
		"is there a car park|parking|a wording of parking|parking",
		"parking at the hall|parking|a wording of parking|parking",
		"Which pot keeps tea warm?|pots|the title of pots|pots",
		"is an iron pot any good|pots|a wording of pots|pots",
		"cast iron or china|pots|a wording of pots|pots",
		"How long does tea steep?|tea|the title of tea|tea",
		"how long for tea|tea|a wording of tea|tea",
		"steeping time|tea|a wording of tea|tea",
		"any place to leave my car near the hall car park|parking|golden/known.tsv:2|",
		"what holds the heat for an hour|pots|golden/known.tsv:3|",
		"which kettle whistles loudest||golden/none.tsv:2, other things|",
		"i cannot breathe||golden/none.tsv:3, emergency||urgent",
	}
	if !slices.Equal(got, want) {
		t.Errorf("questions\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The same text in several places is asked once.
func TestQuestionsTwice(t *testing.T) {
	documents := base()
	documents["china.md"] = document("china", "China, or what?", "cast iron or china")
	documents["golden/known.tsv"] += "cast iron or china\ttea\t\nsteeping time\tnone\tpersonal\nis there a car park\tnone\temergency\n"
	documents["golden/long.tsv"] = "long\tshort\nI wonder how long\thow long\n"
	documents["golden/more.csv"] = "question\nhow\n"
	documents["golden/gone.tsv"] = "question\trelevant\nhow\tgone\n"
	questions, err := Questions(open(t, documents))
	var problems knowledge.Problems
	if !errors.As(err, &problems) || len(problems.Fatal()) > 0 {
		t.Fatalf("error %v", err)
	}
	want := `golden/gone.tsv:2: no snippet has the id "gone"; correct it, or write none if nothing answers the question
golden/known.tsv:5: "steeping time" is also a wording of tea, and one of them says that nothing may answer it; keep one
golden/long.tsv:2: a long and a short form without a known answer; write the question and what is relevant
golden/more.csv: not read because of its name; let it end in .tsv`
	if err.Error() != want {
		t.Errorf("problems\n%v\nwant\n%s", err, want)
	}
	find := func(text string) Question {
		return questions[slices.IndexFunc(questions, func(q Question) bool { return q.Text == text })]
	}
	if q := find("cast iron or china"); q.Snippet != "china" || !slices.Equal(q.Want, []string{"china", "pots", "tea"}) {
		t.Errorf("%+v", q)
	}
	if q := find("steeping time"); q.Want != nil || q.Kind != "personal" {
		t.Errorf("%+v", q)
	}
	if q := find("is there a car park"); !q.Urgent || q.Snippet != "parking" {
		t.Errorf("%+v", q)
	}
	if slices.ContainsFunc(questions, func(q Question) bool { return q.Text == "how" }) {
		t.Error("a question that names no snippet is asked as if nothing should answer it")
	}
}

func TestUnion(t *testing.T) {
	questions := Union([]Question{{Text: "a", Want: []string{"x"}}}, []Question{{Text: "a", Want: []string{"y"}}, {Text: "b"}})
	if len(questions) != 2 || !slices.Equal(questions[0].Want, []string{"x"}) || questions[1].Text != "b" {
		t.Errorf("%+v", questions)
	}
}

// The starter corpus's wordings lead home, if triage does not come first, and its
// standing emergencies are seen.
func TestStarter(t *testing.T) {
	a := answer(t, starter(t), day, nil)
	kinds := map[string]int{}
	for i, q := range a.Questions {
		kinds[q.Kind]++
		if q.Urgent && strings.HasPrefix(q.From, "golden/emergencies.tsv") && a.Outcomes[i].Outcome != bot.Urgent {
			t.Errorf("%q is not taken for an emergency", q.Text)
		}
		if q.Snippet != "" && a.Outcomes[i].Outcome != bot.Urgent && !leadsTo(a.Corpus, a.Outcomes[i], q.Snippet) {
			t.Errorf("%q, %s, is %s %v", q.Text, q.From, a.Outcomes[i].Outcome, a.Outcomes[i].Snippets)
		}
	}
	for _, kind := range []string{"", "answerable", "emergency", "personal", "other disease", "other medicine", "chit-chat", "look-alike"} {
		if kinds[kind] == 0 {
			t.Errorf("no question of kind %q", kind)
		}
	}
}

// echo answers with the question.
type echo struct{}

func (echo) Respond(_ context.Context, m bot.Message) bot.Reply {
	return bot.Reply{Outcome: bot.Answered, Snippet: m.Text, Also: []string{"more"}, Confidence: 0.5}
}

func TestAsk(t *testing.T) {
	var questions []Question
	for i := range 1000 {
		questions = append(questions, Question{Text: strings.Repeat("x", i+1)})
	}
	outcomes, err := Ask(t.Context(), echo{}, questions)
	if err != nil || len(outcomes) != len(questions) {
		t.Fatalf("%d outcomes, %v", len(outcomes), err)
	}
	for i, o := range outcomes {
		if want := outcomeOf(bot.Answered, 0.5, questions[i].Text, "more"); !o.same(want) || o.Confidence != want.Confidence {
			t.Fatalf("outcome %d is %+v", i, o)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Ask(ctx, echo{}, questions); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v when stopped", err)
	}
}
