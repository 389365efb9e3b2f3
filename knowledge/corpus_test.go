package knowledge

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// The starter corpus is served as it is: what its keepers promise is tested.

func TestStarterCorpusHasNoProblems(t *testing.T) {
	problems, err := Check("", clock)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

func starterCorpus(t *testing.T) *Corpus {
	t.Helper()
	c, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestStarterCorpusCoversItsTopics(t *testing.T) {
	c := starterCorpus(t)
	checkSound(t, c)
	if n := len(c.Snippets); n < 60 {
		t.Errorf("%d snippets, want at least 60", n)
	}
	covered := map[string]bool{}
	for _, s := range c.Snippets {
		if len(s.Questions) < 4 {
			t.Errorf("%s has %d other wordings, want at least 4", s.ID, len(s.Questions))
		}
		for _, id := range s.Topics {
			covered[id] = true
		}
	}
	for _, topic := range c.Settings.Topics {
		for _, id := range topic.IDs {
			if !covered[id] {
				t.Errorf("no snippet has the topic %s", id)
			}
		}
	}
}

func TestStarterCorpusReadsEasily(t *testing.T) {
	c := starterCorpus(t)
	var grades []float64
	for _, s := range c.Snippets {
		g := c.Vocabulary.Grade(s.plain())
		if g > 8 {
			t.Errorf("%s has grade %.1f, want at most 8", s.ID, g)
		}
		grades = append(grades, g)
	}
	slices.Sort(grades)
	if median := grades[len(grades)/2]; median > 6 {
		t.Errorf("median grade %.1f, want at most 6", median)
	} else {
		t.Logf("%d snippets, median grade %.1f, highest %.1f", len(grades), median, grades[len(grades)-1])
	}
}

// Nobody has signed the starter corpus yet, and it says where and when each
// fact was read.
func TestStarterCorpusProvenanceIsHonest(t *testing.T) {
	c := starterCorpus(t)
	written := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC) // the day of its last change
	check := func(what string, sources []Source, review Review) {
		if review.By != "" || !review.On.IsZero() {
			t.Errorf("%s claims a review by %q", what, review.By)
		}
		if len(sources) == 0 {
			t.Errorf("%s has no source", what)
		}
		for _, src := range sources {
			if src.Read.IsZero() && src.Via != "project" {
				t.Errorf("%s: source %q has no day on which it was read", what, src.Title)
			}
			if src.Read.After(written) {
				t.Errorf("%s: source %q was read in the future", what, src.Title)
			}
		}
	}
	for _, s := range c.Snippets {
		check(s.ID, s.Sources, s.Review)
	}
	for _, r := range c.Contacts.Regions {
		check("region "+r.ID, r.Sources, r.Review)
	}
}

var (
	redRE     = regexp.MustCompile(`(?i)\b(?:red|redder|redness|reddened|reddish)\b`)
	rednessRE = regexp.MustCompile(`(?i)\bredness\b`)
	colourRE  = regexp.MustCompile(`(?i)\b(?:brown|purple|gr[ae]y|dark(?:er)?|black|violet|ashen|pale|pink)\b`)
)

// Inflamed skin is red on light skin only: whoever reads of red alone may
// think that it cannot be theirs.
func TestStarterCorpusWorksForAnySkinColour(t *testing.T) {
	for _, s := range starterCorpus(t).Snippets {
		for _, sentence := range splitSentences(s.Title + "\n" + s.plain()) {
			if rednessRE.MatchString(sentence) || redRE.MatchString(sentence) && !colourRE.MatchString(sentence) && !redBlood(sentence) {
				t.Errorf("%s: red is its only colour: %s", s.ID, strings.TrimSpace(sentence))
			}
		}
	}
}

// redBlood is where red is the thing's own colour.
func redBlood(sentence string) bool {
	return strings.Contains(strings.ToLower(sentence), "red blood cell")
}
