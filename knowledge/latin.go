package knowledge

import (
	"strings"
	"unicode/utf8"
)

// lookAlikes are Cyrillic, Greek and other letters that pass for Latin ones.
var lookAlikes = strings.NewReplacer(
	"а", "a", "в", "b", "ԁ", "d", "е", "e", "һ", "h", "н", "h", "і", "i", "ј", "j", "к", "k", "ӏ", "l", "м", "m", "о", "o",
	"р", "p", "ԛ", "q", "ѕ", "s", "с", "c", "т", "t", "у", "y", "ѵ", "v", "ԝ", "w", "х", "x",
	"α", "a", "β", "b", "ε", "e", "η", "n", "ι", "i", "κ", "k", "ν", "v", "ο", "o", "ρ", "p", "ς", "c", "τ", "t", "υ", "u", "χ", "x", "ω", "w",
	"ı", "i", "ɑ", "a", "ɡ", "g", "ո", "n", "օ", "o", "ѡ", "w",
)

// Latin reads letters of other scripts among Latin ones as those that they look
// like. A word without a Latin letter stays: it is another language's. The word
// is in lower case.
func Latin(word string) string {
	ascii, latin := true, false
	for i := range len(word) {
		ascii = ascii && word[i] < utf8.RuneSelf
		latin = latin || 'a' <= word[i] && word[i] <= 'z'
	}
	if ascii || !latin {
		return word
	}
	return lookAlikes.Replace(word)
}
