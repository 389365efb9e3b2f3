package editorial

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Change says what became of a piece of text.
type Change int

// The changes.
const (
	Kept    Change = 0
	Added   Change = 1
	Removed Change = -1
)

// Piece is some words of a diff.
type Piece struct {
	Change Change
	Text   string
}

// mostCompared is how many words, or lines, of two texts are compared, beside
// those with which both begin and end. What that takes grows with its square: 4,000
// take some 0.3 s if all of them differ.
const mostCompared = 4000

// Diff compares two texts word by word; long ones that differ in much, line by
// line, or not at all.
func Diff(before, after string) []Piece {
	for _, end := range []func(string) int{wordEnd, lineEnd} {
		words := &alphabet{end: end, byWord: map[string]rune{}}
		a, b := words.encode(before), words.encode(after)
		if differing(a, b) <= mostCompared {
			return words.diff(a, b)
		}
	}
	return []Piece{{Removed, before}, {Added, after}}
}

// differing is how many letters lie between what two texts begin and end with.
func differing(a, b []rune) int {
	n, all := 0, min(len(a), len(b))
	for n < all && a[n] == b[n] {
		n++
	}
	a, b, all = a[n:], b[n:], all-n
	for n = 0; n < all && a[len(a)-1-n] == b[len(b)-1-n]; {
		n++
	}
	return len(a) + len(b) - 2*n
}

// alphabet has a letter for each word, since the library compares letters.
type alphabet struct {
	end    func(text string) int // of the first word
	byWord map[string]rune
	words  []string
}

func (a *alphabet) diff(before, after []rune) []Piece {
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // the same for everyone
	var pieces []Piece
	for _, d := range dmp.DiffCleanupSemantic(dmp.DiffMainRunes(before, after, false)) {
		pieces = append(pieces, Piece{Change(d.Type), a.decode(d.Text)})
	}
	return pieces
}

// firstLetter begins a range without surrogates that has room for every word of
// a text.
const firstLetter = 0xE000

func (a *alphabet) encode(text string) []rune {
	var letters []rune
	for text != "" {
		word := text[:a.end(text)]
		text = text[len(word):]
		letter, ok := a.byWord[word]
		if !ok {
			letter = firstLetter + rune(len(a.words))
			a.byWord[word], a.words = letter, append(a.words, word)
		}
		letters = append(letters, letter)
	}
	return letters
}

func (a *alphabet) decode(letters string) string {
	var text []byte
	for _, letter := range letters {
		text = append(text, a.words[letter-firstLetter]...)
	}
	return string(text)
}

// wordEnd is the length of the first word, or of the first space or mark.
func wordEnd(text string) int {
	for i, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if i > 0 {
				return i
			}
			_, size := utf8.DecodeRuneInString(text)
			return size
		}
	}
	return len(text)
}

// lineEnd is the length of the first line.
func lineEnd(text string) int {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}
