package spell

import (
	"maps"
	"testing"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"itch", "itch", 2, 0},
		{"eczma", "eczema", 2, 1},
		{"ezcema", "eczema", 2, 1}, // neighbours swapped
		{"rinvoc", "rinvoq", 2, 1},
		{"itch", "", 2, 3}, // beyond the limit
		{"", "", 2, 0},
		{"tramadol", "triamcinolone", 2, 3},
		{"juckreiz", "jückreiz", 1, 1},
	} {
		if got := Distance(c.a, c.b, c.limit); got != c.want {
			t.Errorf("Distance(%q, %q, %d) = %d, want %d", c.a, c.b, c.limit, got, c.want)
		}
		if got := Distance(c.b, c.a, c.limit); got != c.want {
			t.Errorf("Distance(%q, %q, %d) = %d, want %d", c.b, c.a, c.limit, got, c.want)
		}
	}
}

func TestCorrect(t *testing.T) {
	var d Dictionary
	for word, weight := range map[string]float64{
		"moisturiser": 1, "opzelura": 1, "steroid": 1, "cream": 10, "dream": 1, "creak": 10, "itch": 1, "pitch": 1,
	} {
		d.Add(word, weight)
	}
	for _, c := range []struct {
		word, want string
	}{
		{"moistruiser", "moisturiser"},
		{"opzalurra", "opzelura"},
		{"steriod", "steroid"},
		{"creamm", "cream"}, // once too often; creak is two errors away
		{"crea", ""},        // cream or creak: not clear
		{"ich", ""},         // too short to tell
		{"tramadol", ""},
		{"pitsh", "pitch"},
		{"noisturiser", "moisturiser"}, // the first letter may be wrong in a long word,
		{"oisturiser", "moisturiser"},
		{"omisturiser", "moisturiser"},
		{"amoisturiser", "moisturiser"},
		{"pcream", ""}, // but not in a short one
		{"apzelura", ""},
	} {
		got, ok := d.Correct(c.word)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Correct(%q) = %q, %v, want %q", c.word, got, ok, c.want)
		}
	}
}

func TestCorrectSpellingsOfOneThing(t *testing.T) {
	var d Dictionary
	d.AddAs("exzema", "eczema", 1)
	d.AddAs("excema", "eczema", 1)
	if got, ok := d.Correct("exzcema"); !ok || got != "exzema" && got != "excema" {
		t.Errorf("Correct = %q, %v, want a spelling of eczema", got, ok)
	}
	d.Add("exzcena", 1)
	if got, ok := d.Correct("exzcema"); ok {
		t.Errorf("Correct = %q, though two things are as near", got)
	}
}

func TestNear(t *testing.T) {
	var d Dictionary
	for _, w := range []string{"opzelura", "opzelora", "upzelura", "elidel"} {
		d.Add(w, 1)
	}
	got := map[string]int{}
	for w, errors := range d.Near("opzelura", 1) {
		got[w] = errors
	}
	if want := map[string]int{"opzelura": 0, "opzelora": 1, "upzelura": 1}; !maps.Equal(got, want) {
		t.Errorf("Near = %v, want %v", got, want)
	}
}

func BenchmarkDistance(b *testing.B) {
	for b.Loop() {
		Distance("upadacitanib", "upadacitinib", 2)
	}
}
