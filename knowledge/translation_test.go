package knowledge

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func starterTranslation(t *testing.T, lang string) (*Corpus, *Translation) {
	t.Helper()
	c, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(c.Translations, func(t *Translation) bool { return t.Lang == lang })
	if i < 0 {
		t.Fatalf("no translation into %s", lang)
	}
	return c, c.Translations[i]
}

// TestSpanishIsWhole: a person in an emergency must not meet words in between
// that they cannot read.
func TestSpanishIsWhole(t *testing.T) {
	c, es := starterTranslation(t, "es")
	v := reflect.ValueOf(es.Messages)
	for i := range v.NumField() {
		if v.Field(i).String() == "" {
			t.Errorf("message %q is not translated", v.Type().Field(i).Tag.Get("yaml"))
		}
	}
	other := c.In(es)
	for i, r := range other.Triage.Rules {
		was := c.Triage.Rules[i]
		if r.ID != was.ID || len(r.Blocks) != len(was.Blocks) || was.Text != "" && (r.Text == was.Text || r.Title == was.Title) || was.Line != "" && r.Line == was.Line {
			t.Errorf("the card of %s is not translated", was.ID)
		}
	}
	if es.Unchecked == "" {
		t.Error("it does not say that no clinician has checked it; name who did in SAFETY.md before this is removed")
	}
}

// TestNumbersAreTranslatedAsTheyAre: a translated contact has the digits of the
// region's own.
func TestNumbersAreTranslatedAsTheyAre(t *testing.T) {
	digits := regexp.MustCompile(`[0-9][0-9 -]*[0-9]|[a-z]+\.org|www\.\S+`)
	c, es := starterTranslation(t, "es")
	for i, r := range c.In(es).Contacts.Regions {
		was := c.Contacts.Regions[i]
		for _, pair := range [][2]string{{was.Emergency, r.Emergency}, {was.Crisis, r.Crisis}, {was.Report, r.Report}, {was.Urgent, r.Urgent}, {was.Poison, r.Poison}} {
			want, got := digits.FindAllString(pair[0], -1), digits.FindAllString(pair[1], -1)
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Errorf("%s: %q says %q, where %q says %q", was.ID, pair[1], got, pair[0], want)
			}
		}
		if r.Name == was.Name && was.ID != "AU" && was.ID != "IN" {
			t.Errorf("%s has no name", was.ID)
		}
		if c.In(es).Contacts.Find(was.Name) == nil {
			t.Errorf("%s is not found by its English name", was.ID)
		}
	}
}

func TestATranslationFallsBack(t *testing.T) {
	c, fr := starterTranslation(t, "fr")
	other := c.In(fr)
	if other.Messages.Footer != c.Messages.Footer || other.Triage.Rules[0] != c.Triage.Rules[0] || other.Contacts.Regions[0] != c.Contacts.Regions[0] {
		t.Error("what French leaves out is not English")
	}
	if c.Messages.Footer == "" || strings.Contains(c.Messages.Footer, "Consulte") {
		t.Error("the corpus's own words have changed")
	}
}

// TestAMissingMessageIsTheStarterCorpuss: what was written for an earlier
// version is served on.
func TestAMissingMessageIsTheStarterCorpuss(t *testing.T) {
	dir := t.TempDir()
	starter := starterMessages()
	for name, text := range map[string]string{
		"messages.yaml": "footer: Ask your own doctor.\n",
		"a.md":          "---\nid: a\ntitle: What is a?\n---\nIt is a.\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if c.Messages.Greetings != starter.Greetings || len(starter.Greetings.List()) < 10 {
		t.Errorf("greetings %q", c.Messages.Greetings)
	}
	if c.Messages.Footer != "Ask your own doctor." || c.Messages.NoMatch != starter.NoMatch || starter.NoMatch == "" {
		t.Errorf("footer %q, no match %q", c.Messages.Footer, c.Messages.NoMatch)
	}
}
