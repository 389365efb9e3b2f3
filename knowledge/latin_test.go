package knowledge

import (
	"slices"
	"strings"
	"testing"
)

func TestLatin(t *testing.T) {
	c, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"rinvoq": "rinvoq", "café": "café", "naïve": "naïve", "ⅳ": "ⅳ", "": "", "4": "4",

		// A letter of another script or several, among Latin ones.
		"rіnvоq": "rinvoq", "οlumiant": "olumiant", "хеljanz": "xeljanz", "сівіnqо": "cibinqo", "еmergеncy": "emergency",
		// Greek capitals, of which the small ones look otherwise.
		"rινvοq": "rinvoq", "cιβιnqο": "cibinqo", "οluμιaνt": "olumiant", "ηydrocortιsoνe": "hydrocortisone",

		// No letter is Latin, and it is a medicine's name.
		"гіпѵоԛ": "rinvoq", "сівіпԛо": "cibinqo", "орѕеӏυга": "opselura", "ορζεlura": "opzelura", "еӏіԁеӏ": "elidel", "торісаӏ": "торісаӏ", "ѕусӏоѕрогіп": "ѕусӏоѕрогіп",
		"аԁвгу": "adbry", "ԁυріхепт": "dupixent", "рготоріс": "protopic", "νтама": "vtama", "ріпνоԛ": "ріпνоԛ",

		// Words of other languages, of such letters only or not.
		"экзема": "экзема", "сосо": "сосо", "έκζεμα": "έκζεμα", "рука": "рука", "нос": "нос", "сок": "сок", "тест": "тест", "весна": "весна",
		"рот": "рот", "кров": "кров", "крем": "крем", "ангина": "ангина", "простуда": "простуда", "орех": "орех", "вот": "вот", "ура": "ура",
		"опасность": "опасность", "препарат": "препарат", "такролимус": "такролимус", "ринвок": "ринвок", "тара": "тара", "νερο": "νερο",
		"τωρα": "τωρα", "πονο": "πονο", "ні": "ні", "око": "око", "сонце": "сонце",
	} {
		if got := c.Vocabulary.Latin(word); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

// inRussianLetters are the names of medicines that can be written with letters
// of Russian only. None looks like a Russian word.
var inRussianLetters = strings.Fields(`abro atarax banophen betacap botox concerta corectem etanercept maxtrex methatrexat methatrexate
	methetrexate metho methotraxate methotrexat methotrexate methotrexte methrotrexate metotrexate mtx xanax xatmep`)

// A new name of that kind has to be looked at: is it a Russian word, as letters
// go? Then it must not be in the vocabulary as a word of its own.
func TestNamesThatRussianLettersCanWriteAreKnown(t *testing.T) {
	c, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	letters := ""
	for letter, latin := range small {
		if 'а' <= letter && letter <= 'я' {
			letters += string(latin)
		}
	}
	var found []string
	for name := range c.Vocabulary.medicines {
		if strings.Trim(name, letters) == "" {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	if !slices.Equal(found, inRussianLetters) {
		t.Errorf("names in Russian letters:\n%s", strings.Join(found, " "))
	}
}

func BenchmarkLatin(b *testing.B) {
	c, err := Open("")
	if err != nil {
		b.Fatal(err)
	}
	for _, word := range []string{"hydrocortisone", "hydrосоrtisone", "препарат"} {
		b.Run(word, func(b *testing.B) {
			for b.Loop() {
				c.Vocabulary.Latin(word)
			}
		})
	}
}
