package gaps

import (
	"cmp"
	"hash/fnv"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"handout/knowledge"
)

// word stands for a stem: its 64-bit FNV-1a hash, which is the same in every
// process.
type word uint64

// token is where a word of content stands in a text. A script that writes no
// spaces has one at each letter, for it and the next.
type token struct {
	start, end int
	words      []word
}

// tokens finds the words of content, each as what search took it for. What
// says nothing of the subject is left out, as long as there is anything else.
func tokens(text string, meant map[string]string) []token {
	var content, all []token
	for start, end := range runs(text) {
		run := text[start:end]
		if first, _ := utf8.DecodeRuneInString(run); unspaced(first) {
			content = append(content, pairs(run, start)...)
			continue
		}
		t := token{start: start, end: end}
		says := false
		for _, typed := range knowledge.Words(run) {
			for w := range strings.FieldsSeq(cmp.Or(meant[typed], typed)) { // several may have been typed as one
				t.words = append(t.words, stem(w))
				says = says || !common(w)
			}
		}
		if len(t.words) > 0 {
			all = append(all, t)
		}
		if says {
			content = append(content, t)
		}
	}
	if len(content) == 0 {
		return all
	}
	return content
}

// runs yields where the words of a text begin and end. One without spaces is
// one word.
func runs(text string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		const none, spaced, unbroken = 0, 1, 2
		start, kind := 0, none
		for i, r := range text + " " {
			now := none
			switch {
			case unspaced(r):
				now = unbroken
			case r == '\'' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
				now = spaced
			}
			if now == kind {
				continue
			}
			if kind != none && !yield(start, i) {
				return
			}
			start, kind = i, now
		}
	}
}

// pairs are the tokens of a run of letters, each with the one after it, the
// last one with the one before.
func pairs(run string, at int) []token {
	var list []token
	letters := []rune(run)
	for i, r := range letters {
		end := at + utf8.RuneLen(r)
		from := max(0, min(i, len(letters)-2))
		list = append(list, token{at, end, []word{hashed(string(letters[from:min(from+2, len(letters))]))}})
		at = end
	}
	return list
}

// corrections reads what search says of typing errors, "typed→meant".
func corrections(list []string) map[string]string {
	meant := map[string]string{}
	for _, c := range list {
		if typed, word, ok := strings.Cut(c, "→"); ok {
			meant[strings.Join(knowledge.Words(typed), " ")] = strings.Join(knowledge.Words(word), " ")
		}
	}
	return meant
}

func stem(w string) word {
	if strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return hashed(w)
	}
	env := snowballstem.NewEnv(w)
	english.Stem(env)
	return hashed(env.Current())
}

// unspaced reports whether a letter is of a script that puts no space between
// words.
func unspaced(r rune) bool {
	return r > unicode.MaxLatin1 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func hashed(s string) word {
	h := fnv.New64a()
	h.Write([]byte(s)) // never fails
	return word(h.Sum64())
}

// set is the words of tokens, sorted, each once.
func set(tokens []token) []word {
	var list []word
	for _, t := range tokens {
		list = append(list, t.words...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// dice is the Sørensen-Dice coefficient of two sorted sets: twice what they
// share, by the size of both.
func dice(a, b []word) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			both++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}
