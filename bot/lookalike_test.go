package bot_test

import (
	"slices"
	"strings"
	"testing"

	"handout/bot"
	"handout/knowledge"
)

// alike are letters of other scripts that pass for Latin ones.
var alike = map[rune][]rune{
	'a': {'а', 'α'}, 'b': {'в', 'β', 'ь'}, 'c': {'с'}, 'd': {'ԁ'}, 'e': {'е', 'ε'}, 'h': {'һ', 'н'}, 'i': {'і', 'ι', 'ı'}, 'j': {'ј'}, 'k': {'к', 'κ'},
	'l': {'ӏ'}, 'm': {'м'}, 'n': {'η', 'ո', 'п'}, 'o': {'о', 'ο'}, 'p': {'р', 'ρ'}, 'q': {'ԛ'}, 'r': {'г'}, 's': {'ѕ'}, 't': {'т', 'τ'}, 'u': {'υ'}, 'v': {'ν', 'ѵ'},
	'w': {'ԝ', 'ω'}, 'x': {'х', 'χ'}, 'y': {'у'},
}

// disguises are ways to write a name that look alike: one letter from another
// script, and as many as there are.
func disguises(name string) []string {
	runes := []rune(strings.ToLower(name))
	all := slices.Clone(runes)
	var list []string
	for i, r := range runes {
		for _, a := range alike[r] {
			one := slices.Clone(runes)
			one[i] = a
			list = append(list, string(one))
			all[i] = a
		}
	}
	return append(list, string(all))
}

// TestDisguisedNamesAreReadAsTheyLookOrNotAtAll writes each medicine's names in
// letters that look alike: the answer is that of the name, or about no medicine.
// Where no letter is Latin any more, it is that of the name.
func TestDisguisedNamesAreReadAsTheyLookOrNotAtAll(t *testing.T) {
	c, _ := starter()
	b := newBot(t)
	tried, whole := 0, 0
	for _, e := range c.Vocabulary.Entities {
		if e.Kind != "medicine" {
			continue
		}
		for _, name := range append([]string{e.Name}, e.Brands...) {
			if strings.Contains(name, " ") {
				continue // a word that is all of another script is read as a whole name only, and what is left may be another form
			}
			plain := ask(t, b, "what are the side effects of "+strings.ToLower(name))
			for _, d := range disguises(name) {
				tried++
				r := ask(t, b, "what are the side effects of "+d)
				foreign := len(knowledge.Words(name)) == 1 && strings.IndexFunc(d, func(r rune) bool { return 'a' <= r && r <= 'z' }) < 0
				if foreign {
					whole++
				}
				if r.Outcome == plain.Outcome && r.Snippet == plain.Snippet && slices.Equal(r.Options(), plain.Options()) {
					continue
				}
				if other := about(c, r, e.ID); other != "" || foreign {
					t.Errorf("%q for %s: %s %s, which is about %s", d, name, r.Outcome, r.Snippet, other)
				}
			}
		}
	}
	if tried < 500 || whole < 20 {
		t.Errorf("%d disguises tried, %d without a Latin letter", tried, whole)
	}
}

// about names a medicine other than one that the snippet which is sent is about.
func about(c *knowledge.Corpus, r bot.Reply, id string) string {
	if r.Outcome != bot.Answered {
		return ""
	}
	s := c.Snippet(r.Snippet)
	if s == nil || slices.Contains(s.About, id) {
		return ""
	}
	for _, e := range c.Vocabulary.Entities {
		if e.Kind == "medicine" && slices.Contains(s.About, e.ID) {
			return e.ID
		}
	}
	return ""
}

// Bidi controls, zero-width characters and wide letters change no answer.
func TestTricksOfUnicodeChangeNoAnswer(t *testing.T) {
	b := newBot(t)
	for _, question := range []string{"what are the side effects of rinvoq", "can i drink alcohol on rinvoq", "my chest is really tight and my left arm hurts", "how many mg of rinvoq should i take"} {
		want := ask(t, b, question)
		for name, trick := range map[string]func(string) string{
			"zero width":      func(s string) string { return strings.Join(strings.Split(s, ""), "\u200b") },
			"joiners":         func(s string) string { return strings.ReplaceAll(s, "i", "\u2060i\u200d") },
			"soft hyphens":    func(s string) string { return strings.ReplaceAll(s, "n", "n\u00ad") },
			"bidi override":   func(s string) string { return "\u202e" + s + "\u202c" },
			"bidi isolates":   func(s string) string { return "\u2067" + strings.ReplaceAll(s, " ", "\u2069 \u2066") },
			"byte order mark": func(s string) string { return "\ufeff" + s },
			"variations":      func(s string) string { return strings.ReplaceAll(s, "r", "r\ufe0f") },
			"wide":            wide,
			"tags":            func(s string) string { return s + "\U000e0041\U000e007f" },
			"blanks":          func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0\u2003\t") },
		} {
			got := ask(t, b, trick(question))
			if got.Outcome != want.Outcome || got.Snippet != want.Snippet {
				t.Errorf("%s, %s: %s %s, want %s %s", question, name, got.Outcome, got.Snippet, want.Outcome, want.Snippet)
			}
		}
	}
}

func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if '!' <= r && r <= '~' {
			return r - '!' + '！'
		}
		return r
	}, s)
}

// What the bot quotes of a message cannot turn or hide the lines around it.
func TestWhatIsQuotedTurnsNoLines(t *testing.T) {
	text := ask(t, newBot(t), "is eczema contagious? and does \u202e@everyone\u2066 the\u200b wombat\x07\u2028 fly?").Text()
	if !strings.Contains(text, "does @everyone the wombat fly?") {
		t.Errorf("quoted as:\n%q", text)
	}
	for _, r := range "\u202e\u2066\u200b\x07\u2028" {
		if strings.ContainsRune(text, r) {
			t.Errorf("%U is in the answer", r)
		}
	}
}
