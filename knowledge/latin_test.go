package knowledge

import "testing"

func TestLatin(t *testing.T) {
	for word, want := range map[string]string{
		"rinvoq": "rinvoq", "rіnvоq": "rinvoq", "οlumiant": "olumiant", "хеljanz": "xeljanz", "café": "café",
		"экзема": "экзема", "сосо": "сосо", "έκζεμα": "έκζεμα", "": "", "naïve": "naïve", "ⅳ": "ⅳ",
	} {
		if got := Latin(word); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
