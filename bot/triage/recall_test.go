package triage

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"handout/knowledge"
)

// verdicts counts, by what the messages of a file are, those taken for an
// emergency and those declined.
type verdicts struct{ of, urgent, declined int }

func judged(t *testing.T, x *Matcher, name string) map[string]verdicts {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	counts := map[string]verdicts{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		text, rest, _ := strings.Cut(lines.Text(), "\t")
		kind, _, _ := strings.Cut(rest, "\t")
		v, c := x.Match(text), counts[kind]
		c.of++
		if len(v.Urgent) > 0 {
			c.urgent++
		} else if v.Decline != nil {
			c.declined++
		}
		counts[kind] = c
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return counts
}

// The floors are a little below what the rules reach, so that a change that
// loses some of it is seen. The package comment says what the figures are worth.
func TestRecallOfWrittenSets(t *testing.T) {
	x := starter(t)
	for _, set := range []struct {
		file                 string
		now, crisis, today   float64 // least share taken for an emergency
		declinedOrUrgent     float64 // least share of personal questions
		falseAlarms, decline float64 // greatest shares of the others
	}{
		{"one.tsv", 0.97, 0.93, 0.95, 0, 0.03, 0.14},
		{"two.tsv", 0.95, 0.92, 0.95, 0.95, 0.015, 0.03},
		{"own.tsv", 0.95, 0.88, 0.95, 0, 0.035, 0.08},
	} {
		got := judged(t, x, set.file)
		least := func(kind string, floor float64) {
			if c := got[kind]; c.of > 0 && float64(c.urgent) < floor*float64(c.of) {
				t.Errorf("%s: %d of %d %s are taken for an emergency, want %.0f%%", set.file, c.urgent, c.of, kind, 100*floor)
			}
		}
		least(string(knowledge.Now), set.now)
		least(string(knowledge.Crisis), set.crisis)
		least(string(knowledge.Today), set.today)
		if c := got["personal"]; float64(c.urgent+c.declined) < set.declinedOrUrgent*float64(c.of) {
			t.Errorf("%s: %d of %d personal questions are declined or urgent, want %.0f%%", set.file, c.urgent+c.declined, c.of, 100*set.declinedOrUrgent)
		}
		none := got["none"]
		if none.of < 100 || float64(none.urgent) > set.falseAlarms*float64(none.of) || float64(none.declined) > set.decline*float64(none.of) {
			t.Errorf("%s: of %d others %d are taken for an emergency and %d declined, want at most %.1f%% and %.1f%%",
				set.file, none.of, none.urgent, none.declined, 100*set.falseAlarms, 100*set.decline)
		}
	}
}
