package knowledge

import (
	"strings"
	"unicode/utf8"
)

// lookAlikes are letters of other scripts, in lower case, and the Latin letters
// for which they pass.
type lookAlikes map[rune]rune

// small is by the shape of small letters, capitals by that of capitals, where
// it is another: Ν passes for N, and ν for v.
var (
	small = alike("аaвbьbԁdеeɡgԍgһhнhіiјjкkӏlмmпnоoрpԛqгrѕsсcтtуyѵvԝwѡwхx" +
		"αaβbεeηnιiκkνvοoρpςcτtυuχxωw" + "ıiɑaոnօo")
	capitals = small.but("ηhνnυyμmζz")
)

// alike reads pairs of a letter and the Latin one.
func alike(pairs string) lookAlikes {
	table, letters := lookAlikes{}, []rune(pairs)
	for i := 0; i < len(letters); i += 2 {
		table[letters[i]] = letters[i+1]
	}
	return table
}

// but is the table with other readings of some letters.
func (t lookAlikes) but(pairs string) lookAlikes {
	other := alike(pairs)
	for letter, latin := range t {
		if _, given := other[letter]; !given {
			other[letter] = latin
		}
	}
	return other
}

// read puts Latin letters in place of those that look like them. It reports
// whether nothing is left that is not ASCII.
func (t lookAlikes) read(word string) (latin string, whole bool) {
	whole = true
	latin = strings.Map(func(r rune) rune {
		if l, ok := t[r]; ok {
			return l
		}
		whole = whole && r < utf8.RuneSelf
		return r
	}, word)
	return latin, whole
}

// Latin reads letters of other scripts as the Latin ones that they look like: in
// a word that has Latin letters too, and in one that then is a medicine's name.
// Any other word without a Latin letter stays: it is another language's. The
// word is in lower case.
func (v *Vocabulary) Latin(word string) string {
	ascii, latin := true, false
	for i := range len(word) {
		ascii = ascii && word[i] < utf8.RuneSelf
		latin = latin || 'a' <= word[i] && word[i] <= 'z'
	}
	if ascii {
		return word
	}
	read, whole := small.read(word)
	if whole && v.medicines[read] {
		return read
	}
	if name, whole := capitals.read(word); whole && v.medicines[name] {
		return name
	}
	if latin {
		return read
	}
	return word
}
