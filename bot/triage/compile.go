package triage

import (
	"iter"
	"slices"

	"handout/knowledge"
)

// patterns are compiled ones with, side by side, the slot of each that has the
// fewest phrases: most patterns are passed over by that alone.
type patterns struct {
	list  []pattern
	rarer []int32
}

// possible yields the patterns that the message has a phrase of the rarest
// slot of.
func (m *message) possible(ps *patterns) iter.Seq[*pattern] {
	return func(yield func(*pattern) bool) {
		for i, slot := range ps.rarer {
			if m.has(int(slot)) && !yield(&ps.list[i]) {
				return
			}
		}
	}
}

// pattern is a compiled [knowledge.Pattern].
type pattern struct {
	parts []part
	slots []int // of all parts, that with the fewest phrases first: without them nothing matches
}

type part struct {
	slots []int
	gap   int
	whole bool // matches only as all that the message says
}

// whole, before the slots of a part, means that the message says nothing else.
const whole = "onlysaid"

// fillers add nothing to what a message says.
var fillers = set("please now i me us we need a an the is this it its am my oh omg god ok hi hello hey someone somebody anyone right away urgent urgently immediately quick quickly fast asap really just so lol and")

func (x *Matcher) compile(list []knowledge.Pattern) patterns {
	var out patterns
	for _, source := range list {
		var p pattern
		for _, side := range source.Parts {
			c := part{gap: slotGap}
			if side.Exact {
				c.gap = 0
			}
			for i, s := range side.Slots {
				if i == 0 && len(s) == 1 && len(s[0]) == 1 && s[0][0] == whole && len(side.Slots) > 1 {
					c.whole = true
					continue
				}
				c.slots = append(c.slots, x.lexicon.slot(s))
			}
			p.parts, p.slots = append(p.parts, c), append(p.slots, c.slots...)
		}
		slices.SortStableFunc(p.slots, func(a, b int) int { return x.lexicon.sizes[a] - x.lexicon.sizes[b] })
		out.list, out.rarer = append(out.list, p), append(out.rarer, int32(p.slots[0]))
	}
	return out
}
