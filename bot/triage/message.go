package triage

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"handout/knowledge"
)

// maxWords bounds the work for one message; nobody describes an emergency in
// more.
const maxWords = 3000

// shortMessage is the number of words up to which a pattern may take its parts
// from two neighbouring sentences.
const shortMessage = 40

// message is a text on its way through the rules. Its memory is used again by
// the next: a table of all slots costs more than the rest of the work.
type message struct {
	words  []word
	found  [][]span // by slot: where its phrases stand, in order
	filled []uint64 // a bit for each slot that has such a place
	denied []bool   // by word: a sign that begins here is denied
	denial []bool   // by word: a negation begins here

	education, past []bool // by segment
	story, current  bool
}

type word struct {
	text     string
	ids      []int // words of the lexicon that it may stand for
	sentence int
	clause   int  // part of a sentence that one negation reaches
	segment  int  // part of a sentence between commas
	comma    bool // a comma, or something stronger, stands before it
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
	m.words = split(m.words[:0], text)
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
	m.story, m.current = false, false
	x.pool.Put(m)
}

// split appends the words of a text with their sentences and clauses.
func split(words []word, text string) []word {
	text = emoji.Replace(text)
	sentence, clause, segment, comma := 0, 0, 0, false
	add := func(part string) {
		for _, w := range plain(knowledge.Words(part)) {
			if len(words) == maxWords {
				return
			}
			if contrast[w] || narrows[w] && len(words) > 0 && !denies(words[len(words)-1].text) || resumes[w] && len(words) > 0 && words[len(words)-1].text == "and" {
				clause++
			}
			words = append(words, word{text: w, sentence: sentence, clause: clause, segment: segment, comma: comma})
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
		if comma = true; strings.ContainsRune(".!?;\n…", r) {
			sentence, clause = sentence+1, clause+1
		}
	}
	add(text[start:])
	return words
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

func denies(w string) bool { return w != "no" && (negative(w) || w == "never") }

// resumes begins a clause of its own behind "and": "not himself and has a fever".
var resumes = map[string]bool{
	"i": true, "we": true, "he": true, "she": true, "they": true, "it": true, "my": true, "his": true, "her": true, "their": true,
	"the": true, "is": true, "are": true, "am": true, "has": true, "have": true, "now": true, "feels": true, "looks": true,
}

// emoji that name a sign.
var emoji = strings.NewReplacer("🫀", " heart ", "🤮", " vomiting ", "🤒", " fever ", "🩸", " blood ", "👁", " eye ", "🚑", " ambulance ")

// plain puts typed forms into the form that the rules are compiled in: chat
// spellings and short forms written out, accents dropped, "can not" as "cant".
func plain(typed []string) []string {
	var words []string
	for _, w := range typed {
		if w = letters(w); w == "" {
			continue
		}
		if full, ok := typedForms[w]; ok {
			words = append(words, strings.Fields(full)...)
			continue
		}
		if n := len(words); w == "not" && n > 0 && auxiliaries[words[n-1]] != "" {
			words[n-1] = auxiliaries[words[n-1]]
			continue
		}
		if n := len(words); (w == "o" || w == "out") && n > 0 && words[n-1] == "with" { // "w/o"
			words[n-1] = "without"
			continue
		}
		if strings.IndexFunc(w, unspaced) < 0 {
			words = append(words, w)
			continue
		}
		for _, r := range w { // such a run is found by its characters
			words = append(words, string(r))
		}
	}
	return words
}

// unspaced reports whether a script puts no blanks between words.
func unspaced(r rune) bool {
	return r > unicode.MaxASCII && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// letters drops accents, reads look-alike letters of other scripts among Latin
// ones as what they look like, and reads digits between letters as the letters that
// they are typed for.
func letters(w string) string {
	if strings.IndexFunc(w, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		w = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(w))
		w = knowledge.Latin(w)
	}
	var b []byte
	for i := 1; i < len(w)-1; i++ {
		if k := strings.IndexByte("01345", w[i]); k >= 0 && isLetter(w[i-1]) && isLetter(w[i+1]) {
			if b == nil {
				b = []byte(w)
			}
			b[i] = "oieas"[k]
		}
	}
	if b != nil {
		return string(b)
	}
	return w
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' }

var auxiliaries = map[string]string{
	"can": "cant", "could": "couldnt", "do": "dont", "does": "doesnt", "did": "didnt", "is": "isnt", "are": "arent",
	"was": "wasnt", "will": "wont", "would": "wouldnt", "should": "shouldnt", "has": "hasnt", "have": "havent", "had": "hadnt",
}

// typedForms are chat spellings and short forms. Slang with a meaning of its
// own belongs to the concepts of the rules.
var typedForms = map[string]string{
	"u": "you", "r": "are", "n": "and", "y": "why", "ur": "your", "ya": "you", "b4": "before", "w": "with", "rn": "right now",
	"im": "i am", "iam": "i am", "ive": "i have", "hes": "he is", "shes": "she is", "theyre": "they are", "youre": "you are",
	"its": "it is", "thats": "that is", "whats": "what is", "theres": "there is", "cud": "could", "cld": "could", "shud": "should",
	"shld": "should", "shuld": "should", "shoud": "should", "wud": "would", "wld": "would", "hav": "have", "havin": "having", "wanna": "want to",
	"gonna": "going to", "gunna": "going to", "gotta": "got to", "cannot": "cant", "cnt": "cant", "carnt": "cant", "dnt": "dont", "dunno": "dont know",
	"abt": "about", "bc": "because", "cos": "because", "cuz": "because", "coz": "because", "tonite": "tonight", "2nite": "tonight",
	"2day": "today", "2moro": "tomorrow", "tmrw": "tomorrow", "tmr": "tomorrow", "tomoz": "tomorrow", "pls": "please", "plz": "please",
	"tabs": "tablets", "tab": "tablet", "meds": "medicines", "med": "medicine", "mins": "minutes", "hrs": "hours", "hr": "hour", "yr": "year", "yrs": "years",
	"tho": "though", "thru": "through", "sumthing": "something", "summat": "something", "smth": "something", "nite": "night", "ppl": "people",
	"doc": "doctor", "docs": "doctors", "derm": "dermatologist", "pic": "photo", "pics": "photo", "picture": "photo", "pictures": "photo",
	"gf": "girlfriend", "bf": "boyfriend", "aint": "isnt", "alot": "a lot", "thx": "thanks", "doin": "doing", "goin": "going",
	"breathin": "breathing", "brething": "breathing", "somthing": "something", "someting": "something", "urself": "yourself", "myslef": "myself",
	"kil": "kill", "blu": "blue", "overdoes": "overdose", "pian": "pain",
}
