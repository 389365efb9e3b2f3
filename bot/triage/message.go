package triage

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"handout/knowledge"
)

// maxWords bounds the work for one message; nobody describes an emergency in
// more.
const maxWords = 3000

// shortMessage is the number of words up to which a message is about one
// thing: a pattern may take its parts from two neighbouring sentences, and what is
// said to be there now is so for all of it.
const shortMessage = 40

// message is a text on its way through the rules. Its memory is used again by
// the next: a table of all slots costs more than the rest of the work.
type message struct {
	words  []word
	reach  int      // how many other words may stand between two parts of a pattern
	found  [][]span // by slot: where its phrases stand, in order
	filled []uint64 // a bit for each slot that has such a place
	denied []bool   // by word: a sign that begins here is denied
	denial []bool   // by word: a negation begins here

	education, lasting           []bool // by segment
	past, over, present          []bool // by piece
	acute, turn, current, theory []bool // by sentence
	story                        bool
}

type word struct {
	text     string
	ids      []int // words of the lexicon that it may stand for
	sentence int
	clause   int  // part of a sentence that one negation reaches
	segment  int  // part of a sentence between commas
	piece    int  // part of a sentence within one clause and between commas
	comma    bool // a comma, or something stronger, stands before it
	asked    bool // its sentence ends in a question mark
}

// span is a range of words.
type span struct{ start, end int }

// read takes a message apart and finds everything that the rules may ask for.
// Forget must follow.
func (x *Matcher) read(text string) *message {
	m, _ := x.pool.Get().(*message)
	if m == nil {
		m = &message{found: make([][]span, x.lexicon.slots), filled: make([]uint64, x.lexicon.slots/64+1)}
	}
	m.words = split(m.words[:0], text, x.lexicon.latin)
	x.locate(m)
	m.weigh(&x.frames)
	return m
}

// keptWords is the length of a message up to which its memory is worth keeping.
const keptWords = 400

func (x *Matcher) forget(m *message) {
	if len(m.words) > keptWords {
		return
	}
	for i, set := range m.filled {
		for ; set != 0; set &= set - 1 {
			slot := i*64 + bits.TrailingZeros64(set)
			m.found[slot] = m.found[slot][:0]
		}
	}
	clear(m.filled)
	clear(m.words) // what a person typed does not stay
	m.story = false
	x.pool.Put(m)
}

// split appends the words of a text with their sentences and clauses.
func split(words []word, text string, latin func(word string) string) []word {
	text = emoji.Replace(text)
	sentence, clause, segment, comma := 0, 0, 0, false
	add := func(part string) {
		for _, w := range plain(knowledge.Words(part), latin) {
			if len(words) == maxWords {
				return
			}
			if contrast[w] || narrows[w] && len(words) > 0 && !denies(words[len(words)-1].text) || resumes[w] && len(words) > 0 && words[len(words)-1].text == "and" {
				clause++
			}
			words = append(words, word{text: w, sentence: sentence, clause: clause, segment: segment, piece: clause + segment, comma: comma})
			comma = false
		}
	}
	start := 0
	for i, r := range text {
		if i < start || !strings.ContainsRune(".!?;\n…¿¡,:()–—", r) || insideNumber(text, i) {
			continue
		}
		add(text[start:i])
		start = i + utf8.RuneLen(r)
		segment++
		if comma = true; strings.ContainsRune(".!?;\n", r) && !hesitates(text, i) {
			for k := len(words) - 1; r == '?' && k >= 0 && words[k].sentence == sentence; k-- {
				words[k].asked = true
			}
			sentence, clause = sentence+1, clause+1
		}
	}
	add(text[start:])
	return words
}

// hesitates reports whether a dot is one of several, which end no sentence.
func hesitates(text string, i int) bool {
	return text[i] == '.' && (i > 0 && text[i-1] == '.' || i+1 < len(text) && text[i+1] == '.')
}

func insideNumber(text string, i int) bool {
	digit := func(b byte) bool { return '0' <= b && b <= '9' }
	return i > 0 && i+1 < len(text) && digit(text[i-1]) && digit(text[i+1])
}

// contrast begins a clause that a negation before it does not reach.
var contrast = map[string]bool{
	"but": true, "however": true, "although": true, "though": true, "except": true, "yet": true, "because": true, "pero": true,
}

// narrows begins one too, unless it is itself denied: "no fever just chest
// pain", but not "not just a rash".
var narrows = set("just only merely mainly mostly")

// resumes begins a clause of its own behind "and": "not himself and has a fever".
var resumes = map[string]bool{
	"i": true, "we": true, "he": true, "she": true, "they": true, "it": true, "my": true, "his": true, "her": true, "their": true,
	"the": true, "is": true, "are": true, "am": true, "has": true, "have": true, "now": true, "feels": true, "looks": true,
}

// emoji that name a sign.
var emoji = strings.NewReplacer("🫀", " heart ", "🤮", " vomiting ", "🤒", " fever ", "🩸", " blood ", "👁", " eye ", "🚑", " ambulance ", "🆘", " sos ")
