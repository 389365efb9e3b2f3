package index

import (
	"slices"
	"strings"

	"handout/knowledge"
)

// reader analyses the snippets of one language for an index that is being
// built. It has its own memory of stems, because readers that shared one would
// wait for each other, and works in the same space for every text.
type reader struct {
	analyzer *analyzer
	stems    map[string]string // of every word read
	words    []word
	stemmed  []string
	lowers   []string
	tokens   []token
	bag      bag            // of the field that is read
	places   map[string]int // of the terms in it
}

func newReader(a *analyzer) *reader {
	return &reader{analyzer: a, stems: map[string]string{}, places: map[string]int{}}
}

// read returns the tokens of a text, which hold until the next.
func (r *reader) read(text string) []token {
	r.words = r.analyzer.appendWords(r.words[:0], text)
	r.stemmed, r.lowers = r.stemmed[:0], r.lowers[:0]
	for _, w := range r.words {
		r.stemmed, r.lowers = append(r.stemmed, r.stem(w.lower)), append(r.lowers, w.lower)
	}
	r.tokens = r.analyzer.appendTokens(r.tokens[:0], r.words, r.stemmed, r.lowers)
	return r.tokens
}

func (r *reader) stem(lower string) string {
	stem, ok := r.stems[lower]
	if !ok {
		lower = strings.Clone(lower) // which is a part of a long text that need not stay
		stem = r.analyzer.stem(lower)
		r.stems[lower] = stem
	}
	return stem
}

// rawEntry is a snippet as analysed.
type rawEntry struct {
	wordings [][]string     // terms in their order
	names    [][]string     // likewise
	fields   map[string]bag // by field
	labels   []string       // words as typed
	uses     uses           // that the labels speak of
}

// bag is the terms of a field, each once, with how often it stands there.
type bag struct {
	terms  []string
	times  []int32
	length int // of the field in terms
}

// raw analyses a snippet.
func (r *reader) raw(s *knowledge.Snippet) *rawEntry {
	raw := &rawEntry{fields: map[string]bag{}}
	raw.wordings = r.labels(raw, s.Title)
	raw.fields[titleField] = r.take()
	raw.wordings = append(raw.wordings, r.labels(raw, s.Questions...)...)
	raw.fields[questionField] = r.take()
	raw.names = r.labels(raw, s.Keywords...)
	for _, id := range s.About {
		r.put(entityTerm(id))
	}
	raw.fields[keywordField] = r.take()
	raw.names = append(raw.names, r.labels(raw, s.Topics...)...)
	raw.fields[topicField] = r.take()
	for _, t := range r.read(s.Body) {
		r.put(t.term)
		r.put(t.parts...)
	}
	raw.fields[bodyField] = r.take()
	return raw
}

// labels analyses texts that say what the snippet answers.
func (r *reader) labels(raw *rawEntry, texts ...string) [][]string {
	lists := make([][]string, len(texts))
	for i, text := range texts {
		tokens := r.read(text)
		for _, t := range tokens {
			raw.labels = append(raw.labels, t.words...)
		}
		raw.uses.read(tokens)
		lists[i] = terms(tokens)
		r.put(lists[i]...)
	}
	return lists
}

// put counts terms of the field that is read.
func (r *reader) put(terms ...string) {
	r.bag.length += len(terms)
	for _, t := range terms {
		i, ok := r.places[t]
		if !ok {
			i = len(r.bag.terms)
			r.places[t] = i
			r.bag.terms, r.bag.times = append(r.bag.terms, t), append(r.bag.times, 0)
		}
		r.bag.times[i]++
	}
}

// take returns what was counted, and begins another field.
func (r *reader) take() bag {
	b := bag{slices.Clone(r.bag.terms), slices.Clone(r.bag.times), r.bag.length}
	clear(r.places)
	r.bag = bag{r.bag.terms[:0], r.bag.times[:0], 0}
	return b
}
