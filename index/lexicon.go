package index

import (
	"context"
	"iter"
	"math"
	"strings"

	"handout/index/background"
)

// termID is a term's number in one index; unknown stands for every term that
// no snippet holds.
type termID int32

const unknown termID = -1

// textID is the number of a wording's terms in their order; noText stands for
// every text that is no wording.
type textID int32

const noText textID = -1

// lexicon knows how much a word says, in the corpus and in general.
type lexicon struct {
	docs      float64
	ids       map[string]termID
	texts     map[string]textID  // of the wordings
	labelDocs []int32            // snippets whose labels hold the term
	allDocs   []int32            // snippets that hold it anywhere
	mentions  [][]mention        // of the terms, by entry
	weights   []float64          // of the terms, see weight
	common    map[string]float64 // share of texts in general that hold the stem
	clinical  map[string]bool    // stems that are mostly used in names of conditions
	entities  map[string]float64 // surprise of each entity's term
	spelling  *speller
}

// rarest is the surprise of a word that the background has never seen: one in
// 100,000 texts.
var rarest = -math.Log(1e-5)

// newLexicon takes over the entries as they come. All words of the corpus are
// known by then.
func newLexicon(ctx context.Context, x *Index, portions <-chan portion, all iter.Seq[string]) (*lexicon, error) {
	l := &lexicon{docs: float64(len(x.entries)), ids: map[string]termID{}, texts: map[string]textID{}, common: map[string]float64{}, clinical: map[string]bool{}, entities: map[string]float64{}}
	tabled := false
	for _, a := range x.analyzers {
		l.learn(a)
		tabled = tabled || a.tabled()
	}
	l.spelling = newSpeller(x, l)
	for p := range portions {
		for i, e := range p.entries {
			l.add(e, p.raw[i])
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err // the portions ended early
	}
	main := x.analyzers[0]
	for _, e := range x.corpus.Vocabulary.Entities {
		l.entities[entityTerm(e.ID)] = l.surprise(main, main.lower(e.Name))
	}
	l.weighTerms(tabled)
	l.weighPlaces(x.entries)
	l.spelling.finish(x.corpus.Vocabulary, all)
	return l, nil
}

// learn notes how common the words of a language are in general.
func (l *lexicon) learn(a *analyzer) {
	for w := range a.stops {
		l.makeCommon(a.stem(w), stopShare)
	}
	if !a.tabled() {
		return
	}
	for w, b := range background.Words() {
		l.makeCommon(a.stem(w), b.Share)
		if b.Clinical {
			l.clinical[a.stem(w)] = true
		}
	}
	for _, w := range strings.Fields(fillers) {
		l.makeCommon(a.stem(w), stopShare)
	}
}

// add takes over an entry.
func (l *lexicon) add(e *entry, raw *rawEntry) {
	e.enumerate(l, raw)
	count(l.labelDocs, e.labels)
	count(l.allDocs, e.body)
	for _, id := range e.labels {
		if !has(e.body, id) {
			l.allDocs[id]++
		}
	}
	l.spelling.read(e, raw)
}

// weighTerms works out what each term counts for.
func (l *lexicon) weighTerms(tabled bool) {
	l.weights = make([]float64, len(l.labelDocs))
	for term, id := range l.ids {
		if !tabled && l.docs >= fewDocs {
			l.makeCommon(term, float64(l.allDocs[id])/l.docs)
		}
		s, ok := l.entities[term]
		if !ok {
			s = l.stemSurprise(term)
		}
		l.weights[id] = l.weight(id, s)
	}
}

// weighPlaces sums the weight of the terms of each wording and name.
func (l *lexicon) weighPlaces(entries []*entry) {
	for id, list := range l.mentions {
		for _, m := range list {
			if m.place != nowhere {
				entries[m.entry].weights[m.place] += l.weights[id]
			}
		}
	}
}

// stopShare stands for the share of texts that hold a word of a stop list.
const stopShare = 0.3

// fewDocs is how many snippets a corpus needs to be its own background, in a
// language without a table.
const fewDocs = 50

func (l *lexicon) makeCommon(stem string, share float64) { l.common[stem] = max(l.common[stem], share) }

func count(docs []int32, ids []termID) {
	for _, id := range ids {
		docs[id]++
	}
}

// number returns the terms' ids, new ones for those not seen before.
func (l *lexicon) number(terms []string) []termID {
	ids := make([]termID, len(terms))
	for i, t := range terms {
		id, ok := l.ids[t]
		if !ok {
			id = termID(len(l.ids))
			l.ids[t] = id
			l.labelDocs, l.allDocs, l.mentions = append(l.labelDocs, 0), append(l.allDocs, 0), append(l.mentions, nil)
		}
		ids[i] = id
	}
	return ids
}

// addText returns the number of a wording's text.
func (l *lexicon) addText(text string) textID {
	id, ok := l.texts[text]
	if !ok {
		id = textID(len(l.texts))
		l.texts[text] = id
	}
	return id
}

// text returns the number of a text, if it is a wording.
func (l *lexicon) text(terms string) textID {
	if id, ok := l.texts[terms]; ok {
		return id
	}
	return noText
}

func (l *lexicon) id(term string) termID {
	if id, ok := l.ids[term]; ok {
		return id
	}
	return unknown
}

// idf says how much a term tells one snippet of the corpus from another
// (Robertson and Zaragoza, 2009, "The Probabilistic Relevance Framework").
func (l *lexicon) idf(id termID) float64 {
	df := 0.0
	if id != unknown {
		df = float64(l.labelDocs[id])
	}
	return math.Log(1 + (l.docs-df+0.5)/(df+0.5))
}

// weight is what a term counts for in a comparison of two texts: it must tell
// snippets apart and must not be a word that people use with everything.
func (l *lexicon) weight(id termID, surprise float64) float64 {
	return math.Sqrt(l.idf(id)) * surprise
}

// surprise says how much words tell about what a person wants, whatever the
// corpus: minus the logarithm of how common the rarest of them is.
func (l *lexicon) surprise(a *analyzer, words []string) float64 {
	most := 0.0
	for _, w := range words {
		most = max(most, l.stemSurprise(a.stem(w)))
	}
	return most
}

func (l *lexicon) stemSurprise(stem string) float64 {
	share, ok := l.common[stem]
	if !ok && strings.Trim(stem, "0123456789") == "" {
		share, ok = numberShare, true
	}
	if !ok || share <= 0 {
		return rarest
	}
	return min(-math.Log(min(share, 1)), rarest)
}

// numberShare stands for the share of texts that hold a number: which one it
// is seldom says what a person asks about.
const numberShare = 0.05

func (l *lexicon) tokenSurprise(a *analyzer, t token) float64 {
	if s, ok := l.entities[t.term]; ok && t.entity != nil {
		return s
	}
	return l.surprise(a, t.words)
}
