package triage

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain puts typed forms into the form that the rules are compiled in: chat
// spellings and short forms written out, accents dropped, "can not" as "cant".
// latin is [knowledge.Vocabulary.Latin].
func plain(typed []string, latin func(word string) string) []string {
	var words []string
	for _, w := range typed {
		if w = letters(w, latin); w == "" {
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

// letters drops accents, reads letters of other scripts that pass for Latin ones
// as what they look like, and reads digits between letters as the letters that
// they are typed for.
func letters(w string, latin func(word string) string) string {
	if strings.IndexFunc(w, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		w = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(w))
		w = latin(w)
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
