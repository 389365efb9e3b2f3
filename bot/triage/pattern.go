package triage

import (
	"slices"
	"sort"
)

const (
	// slotGap is how many other words may stand between two slots.
	slotGap = 2
	// partGap is how many other words may stand between two parts.
	partGap = 8
	// longGap is that of a long message, where words meet by chance.
	longGap = 5
)

// locate finds where each slot's phrases stand in the message.
func (x *Matcher) locate(m *message) {
	if m.reach = partGap; m.long() {
		m.reach = longGap
	}
	for i := range m.words {
		m.words[i].ids = x.lexicon.match(m.words[i].text)
		if m.counts(i) {
			m.words[i].ids = x.lexicon.number
		}
	}
	for i := range m.words {
		for _, id := range m.words[i].ids {
			for _, n := range x.lexicon.byFirst[id] {
				if p := &x.lexicon.phrases[n]; m.reads(i+1, p.rest) {
					m.fill(p.slots, span{i, i + 1 + len(p.rest)})
				}
			}
		}
	}
}

// counted are what a number before them counts: then it is no temperature.
var counted = set("year years mg mcg ml kg kilo kilos lb lbs cm percent people")

// counts reports whether a word is a number of things: "40 years", "40 mg".
func (m *message) counts(i int) bool {
	digit := m.words[i].text[0]
	return '0' <= digit && digit <= '9' && i+1 < len(m.words) && counted[m.words[i+1].text] && m.sentence(i) == m.sentence(i+1)
}

// fill notes where a phrase of the slots stands.
func (m *message) fill(slots []int, s span) {
	for _, slot := range slots {
		list := m.found[slot]
		if slices.Contains(list[max(0, len(list)-4):], s) {
			continue
		}
		m.filled[slot/64] |= 1 << (slot % 64)
		m.found[slot] = append(list, s)
	}
}

// reads reports whether the words from i on are those.
func (m *message) reads(i int, ids []int) bool {
	if i+len(ids) > len(m.words) {
		return false
	}
	for k, id := range ids {
		if !slices.Contains(m.words[i+k].ids, id) {
			return false
		}
	}
	return true
}

func (m *message) sentence(i int) int { return m.words[i].sentence }

// has reports whether a phrase of the slot stands anywhere.
func (m *message) has(slot int) bool { return m.filled[slot/64]&(1<<(slot%64)) != 0 }

// each yields where the pattern matches until yield returns false. A sign does
// not match where it is denied.
func (m *message) each(p *pattern, sign bool, yield func(span) bool) {
	for _, slot := range p.slots {
		if !m.has(slot) {
			return
		}
	}
	parts := make([][]span, len(p.parts))
	for i, part := range p.parts {
		if parts[i] = m.runs(part, sign); len(parts[i]) == 0 {
			return
		}
	}
	for _, first := range parts[0] {
		if s, ok := m.join(first, parts[1:]); ok && !(sign && m.spared(s)) && !yield(s) {
			return
		}
	}
}

// runs returns where the slots of a part follow each other.
func (m *message) runs(p part, sign bool) []span {
	var runs []span
	for _, s := range m.found[p.slots[0]] {
		if !sign || !m.denied[s.start] {
			runs = append(runs, s)
		}
	}
	for _, slot := range p.slots[1:] {
		var longer []span
		for _, r := range runs {
			longer = m.extend(longer, r, m.found[slot], p.gap, sign)
		}
		runs = longer
	}
	if p.whole {
		runs = slices.DeleteFunc(runs, func(s span) bool { return !m.all(s) })
	}
	return runs
}

// all reports whether the message says nothing outside the span.
func (m *message) all(s span) bool {
	for i, w := range m.words {
		if (i < s.start || i >= s.end) && !fillers[w.text] {
			return false
		}
	}
	return true
}

// extend appends to runs the run r with each of the spans that follow it.
func (m *message) extend(runs []span, r span, next []span, gap int, sign bool) []span {
	for i := after(next, r.end); i < len(next) && next[i].start <= r.end+gap; i++ {
		s := span{r.start, next[i].end}
		between := m.words[r.end:next[i].start]
		if m.sentence(r.start) != m.sentence(s.end-1) || sign && (slices.Contains(m.denial[r.end:next[i].start], true) || undone(between)) {
			continue
		}
		if !slices.Contains(runs[max(0, len(runs)-8):], s) {
			runs = append(runs, s)
		}
	}
	return runs
}

// after returns the first of the spans, which are in order, that starts at i
// or later.
func after(spans []span, i int) int {
	return sort.Search(len(spans), func(k int) bool { return spans[k].start >= i })
}

// join adds the nearest spans of the other parts, on either side.
func (m *message) join(have span, others [][]span) (span, bool) {
	if len(others) == 0 {
		return have, true
	}
	for k, spans := range others {
		rest := slices.Concat(others[:k], others[k+1:])
		i := after(spans, have.end)
		if i < len(spans) && spans[i].start-have.end <= m.reach {
			if s, ok := m.join(span{have.start, spans[i].end}, rest); ok && m.together(s) {
				return s, true
			}
		}
		for i = after(spans, have.start) - 1; i >= 0 && have.start-spans[i].end <= partGap; i-- {
			if spans[i].end > have.start {
				continue
			}
			if s, ok := m.join(span{spans[i].start, have.end}, rest); ok && m.together(s) {
				return s, true
			}
			break
		}
	}
	return span{}, false
}

// together reports whether the words are of one sentence, or, in a short
// message, of two neighbours.
func (m *message) together(s span) bool {
	apart := m.sentence(s.end-1) - m.sentence(s.start)
	return apart == 0 || apart == 1 && !m.long()
}
