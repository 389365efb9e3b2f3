package gate

import (
	"fmt"
	"strings"
	"testing"

	"handout/bot"
)

// sample has a change that stops, a harmless one, and a new question.
func sample(t *testing.T) *Diff {
	t.Helper()
	c := open(t, base())
	before := Answers{Corpus: c, Questions: []Question{
		{Text: "how long | <b>@all</b>\x1b[31m", Want: []string{"tea"}, Snippet: "tea", From: "a wording of tea"},
		{Text: "warm pots", Want: []string{"pots"}, From: "golden/known.tsv:7"},
		{Text: "same", From: "golden/none.tsv:9", Kind: "chit-chat"},
	}, Outcomes: []Outcome{outcomeOf(bot.Answered, 0.834, "tea"), outcomeOf(bot.Choose, 0.4), outcomeOf(bot.NoMatch, 0)}}
	after := before
	after.Questions = append(before.Questions[:3:3], Question{Text: "see #12", Want: []string{"parking"}, Snippet: "parking", From: "a wording of parking"})
	after.Outcomes = []Outcome{outcomeOf(bot.Answered, 0.71, "pots"), outcomeOf(bot.Answered, 0.6, "pots"), outcomeOf(bot.NoMatch, 0.01), outcomeOf(bot.Urgent, 0, "breath")}
	return Compare(before, after, map[string]bool{"pots": true})
}

func TestText(t *testing.T) {
	d := sample(t)
	want := `3 of 4 questions get another reply than before. 2 of them stop the publish until somebody signs.

Another snippet answers (1)
  how long | <b>@all</b>�[31m (a wording of tea)
    was answered by "How long does tea steep?" (83% sure), now by "Which pot keeps tea warm?" (71% sure)

New question that is not answered as it should be (1)
  see #12 (a wording of parking)
    is taken for an emergency, "Call for help now"

Nobody need sign for these: they belong to changed snippets, and lead to them (1)
  warm pots (golden/known.tsv:7)
    was given titles to choose from (40% sure), now answered by "Which pot keeps tea warm?" (60% sure)

A signature holds for exactly this list: ` + d.Hash()[:12] + `.
`
	if got := d.Text(); got != want {
		t.Errorf("text\n%s\nwant\n%s", got, want)
	}
	want = `Another snippet answers: "how long | <b>@all</b>�[31m" (a wording of tea) was answered by "How long does tea steep?" (83% sure), now by "Which pot keeps tea warm?" (71% sure)`
	if got := d.Stops()[0].String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	d.SignedBy = "Anna"
	if got, want := strings.SplitN(d.Text(), "\n", 2)[0], "3 of 4 questions get another reply than before. Anna has signed for 2 of them."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMarkdown(t *testing.T) {
	d := sample(t)
	want := `**3 of 4 questions get another reply than before. 2 of them stop the publish until somebody signs.**

| what | question | before | now |
| --- | --- | --- | --- |
| Another snippet answers | how long \| &#60;b&#62;\@` + "\u2060" + `all&#60;/b&#62;�\[31m<br>(a wording of tea) | answered by "How long does tea steep?" (83% sure) | answered by "Which pot keeps tea warm?" (71% sure) |
| New question that is not answered as it should be | see \#` + "\u2060" + `12<br>(a wording of parking) | not asked | taken for an emergency, "Call for help now" |

A signature holds for exactly this list: ` + d.Hash()[:12] + `.

<details><summary>Nobody need sign for these: they belong to changed snippets, and lead to them (1)</summary>

| what | question | before | now |
| --- | --- | --- | --- |
| Gains its right answer | warm pots<br>(golden/known.tsv:7) | given titles to choose from (40% sure) | answered by "Which pot keeps tea warm?" (60% sure) |

</details>
`
	if got := d.Markdown(); got != want {
		t.Errorf("markdown\n%s\nwant\n%s", got, want)
	}
}

// A comment that is too long would not be shown at all.
func TestMarkdownLong(t *testing.T) {
	c := open(t, base())
	before, after := Answers{Corpus: c}, Answers{Corpus: c}
	for i := range 2000 {
		q := Question{Text: fmt.Sprintf("%d %s", i, strings.Repeat("x", 400)), From: "golden/q.tsv"}
		before.Questions, after.Questions = append(before.Questions, q), append(after.Questions, q)
		before.Outcomes, after.Outcomes = append(before.Outcomes, outcomeOf(bot.NoMatch, 0)), append(after.Outcomes, outcomeOf(bot.Answered, 1, "tea"))
	}
	text := Compare(before, after, nil).Markdown()
	if len(text) > 60_000 || !strings.Contains(text, " more, which `handout check --against` lists") || strings.Count(text, "\n| Gains") < 50 {
		t.Errorf("%d bytes, ending in %q", len(text), text[len(text)-200:])
	}
}

func TestNoChange(t *testing.T) {
	d := diff(t, func(map[string]string) {})
	if got, want := d.Text(), "No answer changes: 13 questions asked.\n"; got != want || len(d.Stops()) > 0 {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := d.Markdown(), "**No answer changes: 13 questions asked.**\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Asked again, on all cores, it is the same to the letter.
func TestDeterministic(t *testing.T) {
	change := func(documents map[string]string) {
		documents["china.md"] = document("china", "Cast iron or china?", "china or cast iron", "is there a china park")
		documents["tea.md"] = document("tea", "How long does coffee brew?", "how long for coffee")
	}
	first, second := diff(t, change), diff(t, change)
	if len(first.Stops()) < 2 {
		t.Fatalf("nothing to compare:\n%s", first.Text())
	}
	if first.Text() != second.Text() || first.Markdown() != second.Markdown() || first.Hash() != second.Hash() {
		t.Errorf("one run\n%s\nanother\n%s", first.Text(), second.Text())
	}
}
