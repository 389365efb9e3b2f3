package evaluate

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func named(text string, r Result) Result {
	r.Text = text
	return r
}

func jsonFile(t *testing.T, p *Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	return write(t, "report.json", b.String())
}

func TestCompare(t *testing.T) {
	former := Summarize([]Result{
		named("mended", asked("", "a", noMatch, 0.1, "a")),
		named("broken", asked("", "a", answered, 1, "a")),
		named("same", asked("", "a", answered, 1, "a")),
		named("twice", asked("", "a", answered, 1, "a")),
		named("twice", asked("", "b", answered, 1, "b")),
		named("gone", asked("", "a", answered, 1, "a")),
		named("moved", asked("", "", noMatch, 0.1, "a")),
	}, Run{})
	base, err := ReadBaseline(jsonFile(t, former))
	if err != nil {
		t.Fatal(err)
	}
	now := Summarize([]Result{
		named("mended", asked("", "a", answered, 0.8, "a")),
		named("new", asked("", "a", answered, 1, "a")),
		named("broken", asked("", "a", answered, 0.9, "b")),
		named("same", asked("", "a", answered, 0.7, "a")), // confidence alone is no change
		named("twice", asked("", "a", answered, 1, "a")),
		named("twice", asked("", "b", answered, 1, "b")),
		named("moved", asked("", "", noMatch, 0.1, "b")),
	}, Run{})
	now.Compare(base)
	c := now.Changes
	if c.Compared != 6 || c.WasRight != 5 || c.NowRight != 5 || c.Better != 1 || c.Worse != 1 || c.Other != 1 || c.Added != 1 || c.Gone != 1 {
		t.Errorf("%+v", c)
	}
	var b bytes.Buffer
	if err := now.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(b.String(), "\nAgainst the baseline: ")
	want := `1 better, 1 worse, 1 changed otherwise, of 6 questions in both
right: 5 → 5; new questions: 1; gone: 1

Worse
  :0: broken
    answered a 1.00 right → answered b 0.90 wrong

Better
  :0: mended
    no_match a 0.10 wrong → answered a 0.80 right

Changed otherwise
  :0: moved
    no_match a 0.10 right → no_match b 0.10 right
`
	if got != want {
		t.Errorf("prints\n%s\nwant\n%s", got, want)
	}
}

func TestReadBaselineRefuses(t *testing.T) {
	for _, text := range []string{"", "{}", `{"results": []}`, "[1]", `{"results": 5}`} {
		if _, err := ReadBaseline(write(t, "b.json", text)); err == nil || !strings.Contains(err.Error(), "--json") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// The line goes through the points that a count by hand gives.
func TestCurve(t *testing.T) {
	got := curve([]Result{
		asked("", "a", answered, 0.9, "a"), asked("", "a", answered, 0.8, "x"), asked("", "a", noMatch, 0.2, "a"), asked("", "a", noMatch, 0),
		asked("far", "", answered, 0.8, "x"), asked("far", "", urgent, 0.95, "x"),
	})
	want := []point{
		{1, 0, 0, 0},
		{0.95, 0, 0, 0},        // taken by triage
		{0.9, 0.25, 0, 0},      // the first of four
		{0.8, 0.5, 0.5, 0.25},  // two at once
		{0.2, 0.75, 0.5, 0.25}, // the last that found anything
	}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("point %d is %v, want %v", i, got[i], want[i])
		}
	}
}

func TestSVG(t *testing.T) {
	for name, results := range map[string][]Result{
		"both":            {asked("", "a", answered, 0.9, "a"), asked("", "a", answered, 0.8, "x"), asked("far", "", answered, 0.7, "x"), asked("far", "", noMatch, 0.1, "x")},
		"answerable only": {asked("", "a", answered, 0.9, "a")},
		"nothing found":   {asked("", "a", noMatch, 0), asked("far", "", noMatch, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := Summarize(results, Run{}).WriteSVG(&b); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") {
				t.Errorf("not a number in\n%s", &b)
			}
			elements := map[string]int{}
			for d := xml.NewDecoder(&b); ; {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if e, ok := token.(xml.StartElement); ok {
					elements[e.Name.Local]++
				}
			}
			if elements["title"] != 1 || elements["desc"] != 1 || elements["circle"] == 0 {
				t.Errorf("elements %v", elements)
			}
		})
	}
}

func TestPrintable(t *testing.T) {
	if got, want := Printable(" a\tb\n\x1b[31mc\u202e "), "a b �[31mc�"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
