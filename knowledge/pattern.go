package knowledge

import (
	"fmt"
	"strings"
)

// Pattern is what a triage rule looks for in one sentence of a message. It
// is written as words; words that stand side by side must follow each other,
// few others between them. Further:
//
//	a|b|"c d"  either word, or the words of the phrase
//	{hurt}     any phrase of the concept "hurt"
//	#          any number, also with letters behind it (38, 30mg)
//	{x} + {y}  both sides, in any order, not far apart
//	"a|b c"    a whole side in quotes: nothing may stand between the words
type Pattern struct {
	Source string
	Parts  []Part
}

// Part is a run of slots that follow each other.
type Part struct {
	Slots []Slot
	Exact bool // nothing may stand between the slots
}

// Slot is one place of a part, filled by any of its phrases.
type Slot []Phrase

// Phrase is words that follow each other directly.
type Phrase []string

// Number is the word of a phrase that any number matches.
const Number = "#"

func phrases(list []string) []Phrase {
	var out []Phrase
	for _, text := range list {
		if words := Words(text); len(words) > 0 {
			out = append(out, words)
		}
	}
	return out
}

// ParsePattern reads a pattern; concepts are what it may name in braces.
func ParsePattern(text string, concepts map[string][]Phrase) (Pattern, error) {
	p := Pattern{Source: text}
	for _, side := range strings.Split(text, " + ") {
		var part Part
		side = strings.TrimSpace(side)
		switch quotes := strings.Count(side, `"`); {
		case quotes%2 == 1:
			return p, fmt.Errorf("a quote is not closed")
		case quotes == 2 && side[0] == '"' && strings.HasSuffix(side, `"`):
			side, part.Exact = strings.Trim(side, `"`), true
		}
		for _, word := range splitUnquoted(side, ' ') {
			if word == "" {
				continue
			}
			slot, err := parseSlot(word, concepts)
			if err != nil {
				return p, err
			}
			part.Slots = append(part.Slots, slot)
		}
		if len(part.Slots) == 0 {
			return p, fmt.Errorf("a side of + is empty")
		}
		p.Parts = append(p.Parts, part)
	}
	return p, nil
}

func parseSlot(word string, concepts map[string][]Phrase) (Slot, error) {
	var slot Slot
	for _, alternative := range splitUnquoted(word, '|') {
		list, err := parseAlternative(alternative, concepts)
		if err != nil {
			return nil, err
		}
		slot = append(slot, list...)
	}
	return slot, nil
}

// parseAlternative reads a word, a phrase in quotes, or a concept in braces.
func parseAlternative(text string, concepts map[string][]Phrase) ([]Phrase, error) {
	bare := text
	if strings.HasPrefix(text, `"`) {
		bare = strings.TrimSuffix(text[1:], `"`)
	}
	switch {
	case text == "":
		return nil, fmt.Errorf("a choice lacks a word before or after |: write a|b, without blanks")
	case strings.Contains(bare, `"`):
		return nil, fmt.Errorf("%s holds a quote: put quotes round a whole phrase", text)
	case strings.Contains(bare, "|"):
		return nil, fmt.Errorf("%s holds a choice: quote the whole side, or each phrase", text)
	case strings.Contains(bare, "+"):
		return nil, fmt.Errorf("%s holds a +: it needs a blank on either side, and words there", text)
	case text == Number:
		return []Phrase{{Number}}, nil
	case strings.Contains(bare, Number):
		return nil, fmt.Errorf("%s holds a #: it stands alone, and matches letters behind the number too", text)
	}
	if strings.ContainsAny(text, "{}") {
		name, ok := strings.CutSuffix(strings.TrimPrefix(text, "{"), "}")
		if text[0] != '{' || !ok || strings.ContainsAny(name, "{}") {
			return nil, fmt.Errorf("%s is neither a word nor a concept in braces", text)
		}
		if concepts[name] == nil {
			return nil, fmt.Errorf("there is no concept %q", name)
		}
		return concepts[name], nil
	}
	words := Words(bare)
	if len(words) == 0 {
		return nil, fmt.Errorf("%q holds no word", text)
	}
	return []Phrase{words}, nil
}

// splitUnquoted cuts at each separator outside quotes.
func splitUnquoted(text string, separator rune) []string {
	var pieces []string
	start, quoted := 0, false
	for i, r := range text {
		if r == '"' {
			quoted = !quoted
		}
		if r == separator && !quoted {
			pieces = append(pieces, text[start:i])
			start = i + len(string(r))
		}
	}
	return append(pieces, text[start:])
}
