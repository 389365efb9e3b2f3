package background

import "testing"

func TestEnglish(t *testing.T) {
	for _, w := range []string{"weather", "drought", "guitar", "colour", "color", "recognise", "painting"} {
		if !English(w) {
			t.Errorf("%q is not known", w)
		}
	}
	for _, w := range []string{"wether2", "drougth", "guitr", "exzema", "upadacitinib", "rinvoq", ""} {
		if English(w) {
			t.Errorf("%q passes for a word", w)
		}
	}
}

func TestFilterKnowsItsWords(t *testing.T) {
	words := []string{"one", "two", "three"}
	filter := Filter(words)
	for _, w := range words {
		for bit := range bits(w, len(filter)) {
			if filter[bit/8]&(1<<(bit%8)) == 0 {
				t.Errorf("%q is not in its filter", w)
			}
		}
	}
}
