package index

import (
	"slices"
	"strings"

	"handout/knowledge"
)

// entry is what ranking knows of a snippet.
type entry struct {
	number   int32 // its place in Index.entries
	snippet  *knowledge.Snippet
	wordings []wording // of the title and of each other wording
	weights  []float64 // of all terms of each wording, then of each keyword and topic: other words for what it is about
	labels   []termID  // sorted: terms of the wordings, keywords, topics and entities, which say what the snippet answers
	body     []termID  // sorted
	about    entities
	aboutIDs []termID // of the terms of these
	uses     uses     // that the labels speak of
	alarm    bool     // see alarms
}

// wording is one way to ask for a snippet.
type wording struct {
	text  textID // the terms in their order
	pairs []pair // sorted: terms that follow each other
}

// pair is two terms in the order in which they stand.
type pair struct{ first, second termID }

func comparePairs(a, b pair) int {
	if a.first != b.first {
		return int(a.first) - int(b.first)
	}
	return int(a.second) - int(b.second)
}

func newEntry(number int, s *knowledge.Snippet, v *knowledge.Vocabulary) *entry {
	return &entry{number: int32(number), snippet: s, about: entitiesOf(s.About, v)}
}

// enumerate takes over the terms as ids.
func (e *entry) enumerate(l *lexicon, raw *rawEntry) {
	e.uses = raw.uses
	e.wordings = make([]wording, len(raw.wordings))
	e.weights = make([]float64, len(raw.wordings)+len(raw.names))
	for i, list := range raw.wordings {
		ids := l.number(list)
		e.wordings[i] = wording{l.addText(strings.Join(list, " ")), pairsOf(ids)}
		l.mention(e, i, ids)
	}
	for i, list := range raw.names {
		l.mention(e, len(e.wordings)+i, l.number(list))
	}
	for _, field := range labelFields {
		e.labels = append(e.labels, l.number(raw.fields[field].terms)...)
	}
	e.labels = distinct(e.labels)
	l.mention(e, nowhere, e.labels)
	e.body = l.number(raw.fields[bodyField].terms)
	slices.Sort(e.body)
	for _, list := range e.about.byKind {
		for _, thing := range list {
			e.aboutIDs = append(e.aboutIDs, l.id(entityTerm(thing.ID)))
		}
	}
}

func pairsOf(ids []termID) []pair {
	pairs := make([]pair, max(0, len(ids)-1))
	for i := range pairs {
		pairs[i] = pair{ids[i], ids[i+1]}
	}
	slices.SortFunc(pairs, comparePairs)
	return pairs
}

func distinct(ids []termID) []termID {
	slices.Sort(ids)
	return slices.Clone(slices.Compact(ids))
}

// covers reports whether what is said about the snippet's entities holds for a
// thing because it is one of them.
func (e *entry) covers(t *asked) bool {
	return slices.ContainsFunc(t.classIDs, func(id termID) bool { return id != unknown && slices.Contains(e.aboutIDs, id) })
}
