package knowledge

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Words splits a text into lower-case words of letters and digits, the same
// way for rules, vocabulary and lint: compatibility forms are folded,
// apostrophes of every kind vanish ("can't" is "cant"), invisible characters
// vanish, and everything else separates words.
func Words(text string) []string {
	var words []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			words = append(words, b.String())
			b.Reset()
		}
	}
	text = strings.ReplaceAll(text, "´", "'") // its compatibility form begins with a space
	for _, r := range norm.NFKC.String(text) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9': // nearly all of it
			b.WriteByte(byte(r))
		case Apostrophe(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			b.WriteRune(unicode.ToLower(r))
		default:
			flush()
		}
	}
	flush()
	return words
}

// hasWord reports whether a text says anything.
func hasWord(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// Apostrophe reports whether people type the rune for an apostrophe.
func Apostrophe(r rune) bool { return strings.ContainsRune("'’‘`´ʼ′＇", r) }
