package bot

import (
	"slices"
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
var (
	joins   = wordSet("and also plus then but n & +")
	asks    = wordSet("what whats wheres whens whos which how hows why who do does did can could will would should may might dont doesnt cant")
	asksOf  = wordSet("is are am was were has have had isnt arent when where") // a question if what follows is its subject
	subject = wordSet("i we you he she it they there this that these those the a an my our your his her its their people anyone everyone do does can could will would should is are")
	opens   = wordSet("explain tell any tips")                           // of a whole question, not within a sentence
	fronts  = wordSet("if when for with at in on after before as since") // "if I stop it, what …"
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
// the person's own words; nil if it holds one, or more than anybody asks.
func parts(text string) []string {
	var list []string
	start := 0
	cut := func(end int) {
		if part, asking := question(text[start:end]); asking {
			list = append(list, part)
		}
		start = end
	}
	for i, r := range text {
		switch {
		case i < start:
		case r == '?' || r == '!' || r == ';' || r == '\n' || r == '.' && !insideWord(text, i):
			cut(i + 1)
		case r == ' ' || r == ',':
			if asksAnew(text[start:i], text[i:]) {
				cut(i)
			}
		}
	}
	cut(len(text))
	if len(list) < 2 || len(list) > mostParts {
		return nil
	}
	return list
}

func insideWord(text string, i int) bool { return i+1 < len(text) && text[i+1] > ' ' }

// asksAnew reports whether a second question begins after a first: "… and does
// it", "…, does it".
func asksAnew(before, after string) bool {
	comma := strings.HasPrefix(after, ",")
	words := strings.Fields(firstRunes(after, 60))
	joined := false
	for len(words) > 0 && joins[plainWord(words[0])] {
		joined, words = true, words[1:]
	}
	if !joined && !comma || len(knowledge.Words(before)) < leastPart || len(words) < leastPart {
		return false
	}
	return begins(words) || joined && isOf(words) && opensQuestion(strings.Fields(before))
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
	return begins(words) || isOf(words) || opens[first] ||
		fronts[first] && slices.ContainsFunc(words, func(w string) bool { return asks[plainWord(w)] })
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return strings.TrimLeft(s, ", ")
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

// question trims a part, and reports whether it asks something.
func question(part string) (string, bool) {
	part = strings.TrimFunc(part, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	words := strings.Fields(part)
	for len(words) > 0 && joins[plainWord(words[0])] {
		part = strings.TrimLeftFunc(strings.TrimPrefix(part, words[0]), unicode.IsSpace)
		words = words[1:]
	}
	if len(knowledge.Words(part)) < leastPart {
		return "", false
	}
	if strings.HasSuffix(part, "?") {
		return part, true
	}
	return part, opensQuestion(words)
}
