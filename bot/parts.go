package bot

import (
	"strings"
	"unicode"

	"handout/knowledge"
)

const (
	// mostParts is how many questions of one message are answered.
	mostParts = 3
	// leastPart is how many words a question has at least.
	leastPart = 2
)

// Words by which an English question is known. Other languages are parted at
// their question marks only.
const (
	helping = "do does did can could will would should may might dont doesnt cant wont shld wld cld shud wud cud"
	doing   = "i we you he she it they there this that these those the a an my our your his her its their people anyone everyone"
)

var (
	helps   = wordSet(helping)
	joins   = wordSet("and also plus then but n & +")
	asks    = wordSet("what whats wheres whens whos which how hows why who wat wats wot wots " + helping)
	asksOf  = wordSet("is are am was were has have had isnt arent when where") // a question if what follows is its subject
	doers   = wordSet(doing)
	subject = wordSet("is are " + helping + " " + doing)
	opens   = wordSet("explain tell any tips")                           // of a whole question, not within a sentence
	fronts  = wordSet("if when for with at in on after before as since") // "if I stop it, what …"
	openly  = wordSet("what whats why how hows")
	knowing = wordSet("no not know knows sure idea wonder wondering tell ask asked see say says said thats guess about im ive hi on of to me")
	leads   = wordSet("so ok okay hi hello hey well um like wait please oh yes no just lol then btw first second firstly secondly")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// parts returns the questions of a message that holds two or three, each in
// the person's own words; nil if it holds one, or more than anybody asks. What
// is said before a question in its sentence stays with it.
func parts(text string) []string {
	var list []string
	start, asked, begun := 0, false, -1
	cut := func(end int) {
		if part := trimPart(text[start:end]); enough(part, text[start:end]) &&
			(asked || strings.HasSuffix(part, "?") || opensQuestion(strings.Fields(part))) {
			list = append(list, part)
		}
		start, asked = end, false
	}
	for i, r := range text {
		switch {
		case i < start:
		case r == '?' || r == '!' || r == ';' || r == '\n' || r == '.' && !insideWord(text, i):
			cut(i + 1)
		case r == ' ' || r == ',':
			if i > begun && asksAnew(text[start:i], text[i:], asked) {
				if asked || opensQuestion(strings.Fields(text[start:i])) {
					cut(i)
				}
				asked, begun = true, i+1 // not again at the blank after a comma
			}
		}
	}
	cut(len(text))
	if len(list) < 2 || len(list) > mostParts {
		return nil
	}
	return list
}

// enough reports whether a part, with the word that joins it to the one before
// and without, is no mere "really?" or "and why?".
func enough(part, joined string) bool {
	n := len(knowledge.Words(part))
	return n >= leastPart || n == 1 && !asks[fold(part)] && len(knowledge.Words(joined)) >= leastPart
}

// fragment reports whether a part asks nothing of its own: "with JAKs?", "what
// about children?"
func fragment(part string) bool {
	words := strings.Fields(part)
	return !opensQuestion(words) || len(words) > 1 && plainWord(words[1]) == "about"
}

func insideWord(text string, i int) bool { return i+1 < len(text) && text[i+1] > ' ' }

// asksAnew reports whether a question begins after what stands before it in a
// sentence, which may be known to ask: "… and does it", "…, does it".
func asksAnew(before, after string, asked bool) bool {
	rest := strings.TrimLeft(after, ", ")
	comma := strings.Contains(after[:len(after)-len(rest)], ",")
	words := strings.Fields(firstRunes(rest, 60))
	joined := false
	for len(words) > 0 && joins[plainWord(words[0])] {
		joined, words = true, words[1:]
	}
	if !joined && !comma || len(words) < leastPart {
		return false
	}
	anew := begins(words)
	further := joined && (isOf(words) || comma && topicFirst(words)) // only after a question
	closer := !joined && asksOf[plainWord(words[0])]                 // "…, is it one or two" goes on with a question
	if !anew && !further || len(knowledge.Words(before)) < leastPart {
		return false
	}
	asked = asked || opensQuestion(strings.Fields(before))
	return asked && !closer || anew && !asked
}

// topicFirst reports whether words name a thing and then ask: "grapefruit why
// not", but not "no idea why".
func topicFirst(words []string) bool {
	for i, w := range words[:min(len(words), 3)] {
		switch plain := plainWord(w); {
		case openly[plain]:
			return i > 0
		case asks[plain] || subject[plain] || knowing[plain]:
			return false
		}
	}
	return false
}

// isOf reports whether words begin with "is" or "are", which asks only where a
// question may begin: "is protopic a steroid", but not "my skin is dry and is
// itchy".
func isOf(words []string) bool {
	first := plainWord(words[0])
	return first == "is" || first == "are"
}

// opensQuestion reports whether a sentence is a question, whatever its end.
func opensQuestion(words []string) bool {
	for len(words) > 1 && leads[plainWord(words[0])] {
		words = words[1:]
	}
	if len(words) == 0 {
		return false
	}
	first := plainWord(words[0])
	return begins(words) || isOf(words) || opens[first] || topicFirst(words) ||
		fronts[first] && inverted(words)
}

// inverted reports whether a question begins within words: "if I stop it what
// happens", "when it itches can I", but not "if I see what he does I will cry".
func inverted(words []string) bool {
	for i := range len(words) - 1 {
		if first := plainWord(words[i]); asks[first] && helps[first] == doers[plainWord(words[i+1])] {
			return true
		}
	}
	return false
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

func plainWord(w string) string {
	if w == "&" || w == "+" {
		return w
	}
	return fold(w)
}

// begins reports whether words begin a question.
func begins(words []string) bool {
	first := plainWord(words[0])
	return asks[first] || asksOf[first] && len(words) > 1 && subject[plainWord(words[1])]
}

// trimPart leaves out the words that join a part to the one before.
func trimPart(part string) string {
	part = strings.TrimFunc(part, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	words := strings.Fields(part)
	for len(words) > 0 && joins[plainWord(words[0])] {
		part = strings.TrimLeftFunc(strings.TrimPrefix(part, words[0]), unicode.IsSpace)
		words = words[1:]
	}
	return part
}
