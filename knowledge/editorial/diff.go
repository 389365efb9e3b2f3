package editorial

import (
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

// Diff compares two texts word by word.
func Diff(before, after string) []Piece {
	words := &alphabet{byWord: map[string]rune{}}
	a, b := words.encode(before), words.encode(after)
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // the same for everyone; texts are short
	var pieces []Piece
	for _, d := range dmp.DiffCleanupSemantic(dmp.DiffMainRunes(a, b, false)) {
		pieces = append(pieces, Piece{Change(d.Type), words.decode(d.Text)})
	}
	return pieces
}

// alphabet has a letter for each word, since the library compares letters.
type alphabet struct {
	byWord map[string]rune
	words  []string
}

// firstLetter begins a range without surrogates that has room for every word of
// a text.
const firstLetter = 0xE000

func (a *alphabet) encode(text string) []rune {
	var letters []rune
	for text != "" {
		word := text[:wordEnd(text)]
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
