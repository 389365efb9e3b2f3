package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters are a word's letters in order of the alphabet.
func letters(word string) string {
	list := []rune(word)
	slices.Sort(list)
	return string(list)
}

// unstretched undoes letters typed over and over, itchyyyy or sooo, if that
// makes a word.
func (s *speller) unstretched(w string) string {
	twice, once := squeeze(w, 2), squeeze(w, 1)
	if twice == w {
		return ""
	}
	last, _ := utf8.DecodeLastRuneInString(twice)
	for _, short := range []string{twice, once, strings.TrimSuffix(twice, string(last))} {
		if s.knows(short) {
			return short
		}
	}
	return ""
}

// squeeze shortens the runs of three and more of a letter to the length given.
func squeeze(w string, length int) string {
	var b strings.Builder
	list := []rune(w)
	for i := 0; i < len(list); {
		n := 1
		for i+n < len(list) && list[i+n] == list[i] {
			n++
		}
		short := n
		if n > 2 {
			short = length
		}
		b.WriteString(strings.Repeat(string(list[i]), short))
		i += n
	}
	return b.String()
}

// unaccented leaves out the marks above and below letters.
func unaccented(w string) string {
	if !strings.ContainsFunc(w, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return w
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(w)))
}
