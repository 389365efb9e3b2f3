package triage

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"handout/index/background"
	"handout/index/memo"
	"handout/index/spell"
	"handout/knowledge"
)

// fuzzyFrom is the length from which a word may be mistyped. Shorter ones are
// too near to others: their usual misspellings are listed in the concepts.
const fuzzyFrom = 5

// lexicon holds every word, phrase and slot of the rules once.
type lexicon struct {
	latin   func(word string) string
	ids     map[string]int   // word to its id
	byStem  map[string][]int // ids of the words with that stem
	byStart map[rune][]entry // words long enough to be mistyped, by first letter
	phrases []phrase
	byFirst [][]int        // phrases by the id of their first word
	known   map[string]int // phrases and slots by their words
	slots   int
	number  []int             // the word that stands for any number
	sizes   []int             // by slot: how many phrases fill it
	typed   memo.Words[[]int] // what match worked out
}

type entry struct {
	word string
	id   int
}

type phrase struct {
	rest  []int // ids of the words after the first
	slots []int // that it fills
}

// saying is the number of words from which a phrase is meant of anyone: "wish i
// was dead" also reads "wishes she were dead". Of "hurt myself" two are enough.
const saying = 3

// anyone lists what stands for a word that changes with the person, in phrases
// of that length.
var anyone = classes(map[string]string{
	"(subject)": "i he she they we", "(owner)": "my his her their our", "(object)": "me him her them us",
	"(self)": "myself himself herself themselves themself", "(dont)": "dont doesnt", "(have)": "have has", "(am)": "am is are", "(was)": "was were",
	"(wasnt)": "wasnt werent isnt arent", "(havent)": "havent hasnt",
})

func classes(of map[string]string) map[string][]string {
	m := map[string][]string{}
	for _, class := range slices.Sorted(maps.Keys(of)) {
		for _, w := range strings.Fields(of[class]) {
			m[w] = append(m[w], class)
		}
	}
	return m
}

func newLexicon(v *knowledge.Vocabulary) *lexicon {
	l := &lexicon{latin: v.Latin, ids: map[string]int{}, byStem: map[string][]int{}, byStart: map[rune][]entry{}, known: map[string]int{}}
	l.number = []int{l.word(knowledge.Number)}
	return l
}

// slot returns the number of a slot, the same for the same phrases.
func (l *lexicon) slot(s knowledge.Slot) int {
	var texts []string
	for _, p := range s {
		texts = append(texts, strings.Join(plain(p, l.latin), " "))
	}
	key := strings.Join(texts, "|") + "|"
	if n, ok := l.known[key]; ok {
		return n
	}
	n := l.slots
	l.slots++
	l.sizes = append(l.sizes, len(texts))
	l.known[key] = n
	for _, text := range texts {
		p := &l.phrases[l.phrase(text)]
		if !slices.Contains(p.slots, n) {
			p.slots = append(p.slots, n)
		}
	}
	return n
}

func (l *lexicon) phrase(text string) int {
	if n, ok := l.known[text]; ok {
		return n
	}
	var ids []int
	words := strings.Fields(text)
	for _, w := range words {
		if class := anyone[w]; class != nil && (len(words) >= saying || len(words) > 1 && class[0] == "(self)") {
			w = class[0]
		}
		ids = append(ids, l.word(w))
	}
	n := len(l.phrases)
	l.known[text] = n
	l.phrases = append(l.phrases, phrase{rest: ids[1:]})
	l.byFirst[ids[0]] = append(l.byFirst[ids[0]], n)
	return n
}

func (l *lexicon) word(w string) int {
	if id, ok := l.ids[w]; ok {
		return id
	}
	id := len(l.ids)
	l.ids[w] = id
	l.byFirst = append(l.byFirst, nil)
	l.byStem[stem(w)] = append(l.byStem[stem(w)], id)
	if utf8.RuneCountInString(w) >= fuzzyFrom {
		first, _ := utf8.DecodeRuneInString(w)
		l.byStart[first] = append(l.byStart[first], entry{w, id})
	}
	return id
}

// match returns the ids of the words that a typed one may stand for.
func (l *lexicon) match(typed string) []int { return l.typed.Get(typed, l.workOut) }

func (l *lexicon) workOut(typed string) []int {
	var ids []int
	if typed[0] >= '0' && typed[0] <= '9' {
		ids = append(ids, l.number...)
	}
	forms := []string{typed}
	if once := squeeze(typed, 1); once != typed {
		if twice := squeeze(typed, 2); twice != typed {
			forms = append(forms, twice, once)
		}
	}
	for _, form := range forms {
		ids = append(ids, l.byStem[stem(form)]...)
	}
	for _, class := range anyone[typed] {
		if id, ok := l.ids[class]; ok {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		ids = l.near(forms[len(forms)-1])
	}
	return ids
}

// near finds the words that a misspelt one may stand for: the first letter is
// right, or swapped with the second.
func (l *lexicon) near(typed string) []int {
	if utf8.RuneCountInString(typed) < fuzzyFrom || background.Known(typed) {
		return nil
	}
	first, size := utf8.DecodeRuneInString(typed)
	second, _ := utf8.DecodeRuneInString(typed[size:])
	starts := []rune{first}
	if second != first {
		starts = append(starts, second)
	}
	var ids []int
	for _, start := range starts {
		for _, e := range l.byStart[start] {
			allowed := min(spell.Allowed(typed), spell.Allowed(e.word))
			if spell.Distance(typed, e.word, allowed) <= allowed {
				ids = append(ids, e.id)
			}
		}
	}
	return ids
}

// squeeze shortens runs of one letter, if any is longer than two, to n.
func squeeze(w string, n int) string {
	var b strings.Builder
	run, last := 0, rune(-1)
	for _, r := range w {
		if r != last {
			run, last = 0, r
		}
		if run++; run <= n || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func stem(w string) string {
	env := snowballstem.NewEnv(w)
	english.Stem(env)
	return env.Current()
}
