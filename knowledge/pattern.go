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
		if strings.HasPrefix(alternative, `"`) && strings.Contains(alternative, "|") {
			return nil, fmt.Errorf("%s holds a choice: quote the whole side, or each phrase", alternative)
		}
		if name, ok := strings.CutPrefix(alternative, "{"); ok {
			name = strings.TrimSuffix(name, "}")
			list := concepts[name]
			if list == nil {
				return nil, fmt.Errorf("there is no concept %q", name)
			}
			slot = append(slot, list...)
			continue
		}
		if alternative == Number {
			slot = append(slot, Phrase{Number})
			continue
		}
		words := Words(alternative)
		if len(words) == 0 {
			return nil, fmt.Errorf("%q holds no word", word)
		}
		slot = append(slot, words)
	}
	return slot, nil
}

// splitUnquoted cuts at each separator outside quotes, and drops empty pieces.
func splitUnquoted(text string, separator rune) []string {
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == separator && !quoted
	})
}
