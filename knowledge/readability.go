package knowledge

import (
	"regexp"
	"strings"
	"unicode"
)

// Grade is the Flesch-Kincaid grade level of a text (Kincaid et al., 1975:
// 0.39 words/sentence + 11.8 syllables/word - 15.59), with the names of
// medicines, classes and conditions counted as one short word each, because a
// reader cannot do without them. A list item counts as a sentence.
func (v *Vocabulary) Grade(text string) float64 {
	words, sentences, syllables := 0, 0, 0
	for _, sentence := range splitSentences(text) {
		list := v.mask(Words(sentence))
		if len(list) == 0 {
			continue
		}
		sentences++
		words += len(list)
		for _, w := range list {
			syllables += v.syllablesOf(w)
		}
	}
	if words == 0 {
		return 0
	}
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59
}

// splitSentences cuts at line breaks and at marks that end a sentence.
func splitSentences(text string) []string {
	var out []string
	runes := []rune(text)
	start := 0
	for i, r := range runes {
		if r == '\n' || strings.ContainsRune(".!?:", r) && endsWord(runes[i+1:]) {
			out = append(out, string(runes[start:i+1]))
			start = i + 1
		}
	}
	return append(out, string(runes[start:]))
}

// endsWord reports whether a space comes next, behind any closing quotes.
func endsWord(rest []rune) bool {
	for _, r := range rest {
		if !strings.ContainsRune("\"'”’)", r) {
			return unicode.IsSpace(r)
		}
	}
	return true
}

// mask replaces the names of things by a word of one syllable.
func (v *Vocabulary) mask(words []string) []string {
	var out []string
	for i := 0; i < len(words); {
		n := 1
		for k := min(4, len(words)-i); k > 0; k-- {
			if v.masked[strings.Join(words[i:i+k], " ")] {
				out, n = append(out, "it"), k
				break
			}
			if k == 1 {
				out = append(out, words[i])
			}
		}
		i += n
	}
	return out
}

// Words that the rules below get wrong and health texts are full of.
var syllables = map[string]int{
	"business": 2, "diabetes": 4, "forehead": 2, "household": 2, "hundred": 2, "recipe": 3, "argue": 2,
}

var (
	// consonant uses of u and y: quality, player, you
	glide = regexp.MustCompile(`(q)u|(^|[aeiou])y([aeiou])`)
	vowel = regexp.MustCompile(`[aeiouyáàâäéèêëíìîïóòôöúùûü]+`)
	// e that is written but not heard
	silent = regexp.MustCompile(`[^aeiouy]e$|[^aeiouy]es$|[^aeiouy]ed$|gue$` +
		`|[aeiouy][^aeiouy]+e(?:ly|less|ful|fully|ness|ments?)$|^(?:some|there)[^s]`)
	// … unless it is, after all
	heard = regexp.MustCompile(`[^aeiouyl]le[sd]?$|[td]ed$|(?:[sxz]|[cg]|[^a]ch|each|oach|sh)es$|[tb]re$|lements?$`)
	// two vowels side by side that are both heard
	hiatus = regexp.MustCompile(`ia|io|eo|iu|uo|ua|area|idea|react|creat|nausea|rh(?:o?ea)|[^aeiou]ying|[eo]ing|uing|iet|scien|` +
		`[rdln]ien[tc]|[^aeiouyp]ier|[^aeiouyr]iest|uen|sm$|thm$|[ds]nt$`)
	// … and those that are one sound
	single = regexp.MustCompile(`ion|[tcsgx]iou|[ct]ia[ln]|iage|people|geo[nu]|gua|frien`)
)

// syllablesOf is countSyllables of a word, which is counted once: the same
// words make up most of a corpus.
func (v *Vocabulary) syllablesOf(word string) int {
	if n, ok := v.counted.Load(word); ok {
		return n.(int)
	}
	n := countSyllables(word)
	v.counted.Store(word, n)
	return n
}

// countSyllables estimates the syllables of an English word: groups of vowels,
// less the silent ones, more where a group is two sounds.
func countSyllables(word string) int {
	if n, ok := syllables[word]; ok {
		return n
	}
	w := glide.ReplaceAllString(word, "$1$2.$3")
	count := func(re *regexp.Regexp) int { return len(re.FindAllStringIndex(w, -1)) }
	return max(count(vowel)-count(silent)+count(heard)+count(hiatus)-count(single), 1)
}
