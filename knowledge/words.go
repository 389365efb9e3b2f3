package knowledge

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words splits a text into lower-case words of letters and digits, the same
// way for rules, vocabulary and lint: compatibility forms are folded,
// apostrophes of every kind vanish ("can't" is "cant"), invisible characters
// vanish, and everything else separates words.
func Words(text string) []string {
	letters := make([]byte, 0, len(text)+8) // of all words: one string holds them
	var ends []int
	flush := func() {
		if n := len(letters); n > 0 && (len(ends) == 0 || ends[len(ends)-1] < n) {
			ends = append(ends, n)
		}
	}
	text = strings.ReplaceAll(text, "´", "'") // its compatibility form begins with a space
	for _, r := range norm.NFKC.String(text) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9': // nearly all of it
			letters = append(letters, byte(r))
		case r == ' ':
			flush()
		case Silent(r):
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			letters = utf8.AppendRune(letters, unicode.ToLower(r))
		default:
			flush()
		}
	}
	flush()
	return cut(string(letters), ends)
}

// cut returns the parts of a text that end at the given places.
func cut(text string, ends []int) []string {
	if len(ends) == 0 {
		return nil
	}
	parts := make([]string, len(ends))
	start := 0
	for i, end := range ends {
		parts[i], start = text[start:end], end
	}
	return parts
}

// hasWord reports whether a text says anything.
func hasWord(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// Silent reports whether a rune says nothing inside a word: what people type
// for an apostrophe, and what cannot be seen.
func Silent(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '\'' || r == '`'
	}
	return strings.ContainsRune("’‘‛´ʹʻʼʽˈˊˋ՚׳′‵ꞌ＇", r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}
