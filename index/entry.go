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
	names    []wording // keywords and topics: other words for what it is about
	labels   []termID  // sorted: terms of the wordings, keywords, topics and entities, which say what the snippet answers
	body     []termID  // sorted
	about    entities
	aboutIDs []termID  // of the terms of these
	raw      *rawEntry // until the lexicon and Bleve have it
}

// wording is one way to ask for a snippet.
type wording struct {
	text   textID   // the terms in their order
	terms  []termID // sorted; only while the lexicon is made
	pairs  []pair   // sorted: terms that follow each other
	weight float64  // of all terms
}

// pair is two terms in the order in which they stand.
type pair struct{ first, second termID }

func comparePairs(a, b pair) int {
	if a.first != b.first {
		return int(a.first) - int(b.first)
	}
	return int(a.second) - int(b.second)
}

// rawEntry is a snippet as analysed.
type rawEntry struct {
	wordings [][]string          // terms in their order
	names    [][]string          // likewise
	fields   map[string][]string // terms by field
	labels   []string            // words as typed
	body     []string            // words as typed
}

func newEntry(s *knowledge.Snippet, a *analyzer, v *knowledge.Vocabulary) *entry {
	raw := &rawEntry{fields: map[string][]string{}}
	add := func(field, text string) []string {
		tokens := a.analyze(text)
		raw.labels = append(raw.labels, typed(tokens)...)
		list := terms(tokens)
		raw.fields[field] = append(raw.fields[field], list...)
		return list
	}
	raw.wordings = append(raw.wordings, add(titleField, s.Title))
	for _, text := range s.Questions {
		raw.wordings = append(raw.wordings, add(questionField, text))
	}
	for _, text := range s.Keywords {
		raw.names = append(raw.names, add(keywordField, text))
	}
	for _, text := range s.Topics {
		raw.names = append(raw.names, add(topicField, text))
	}
	for _, id := range s.About {
		raw.fields[keywordField] = append(raw.fields[keywordField], entityTerm(id))
	}
	body := a.analyze(s.Body)
	raw.fields[bodyField], raw.body = terms(body), typed(body)
	return &entry{snippet: s, about: entitiesOf(s.About, v), raw: raw}
}

// enumerate replaces the terms by their ids.
func (e *entry) enumerate(l *lexicon) {
	for _, list := range e.raw.wordings {
		ids := l.number(list)
		w := wording{text: l.addText(strings.Join(list, " "))}
		for i := 1; i < len(ids); i++ {
			w.pairs = append(w.pairs, pair{ids[i-1], ids[i]})
		}
		slices.SortFunc(w.pairs, comparePairs)
		slices.Sort(ids)
		w.terms = slices.Clip(slices.Compact(ids))
		e.wordings = append(e.wordings, w)
	}
	for _, list := range e.raw.names {
		e.names = append(e.names, wording{terms: distinct(l.number(list))})
	}
	for field, list := range e.raw.fields {
		if field == bodyField {
			e.body = distinct(l.number(list))
		} else {
			e.labels = append(e.labels, l.number(list)...)
		}
	}
	e.labels = distinct(e.labels)
	for _, list := range e.about.byKind {
		for _, thing := range list {
			e.aboutIDs = append(e.aboutIDs, l.id(entityTerm(thing.ID)))
		}
	}
}

func distinct(ids []termID) []termID {
	slices.Sort(ids)
	return slices.Clone(slices.Compact(ids))
}

func typed(tokens []token) []string {
	var words []string
	for _, t := range tokens {
		words = append(words, t.words...)
	}
	return words
}

// covers reports whether what is said about the snippet's entities holds for a
// thing because it is one of them.
func (e *entry) covers(t *asked) bool {
	return slices.ContainsFunc(t.classIDs, func(id termID) bool { return id != unknown && slices.Contains(e.aboutIDs, id) })
}
