// Package index finds the snippet that answers a question, or none.
//
// [Build] makes an [Index] of a corpus: a Bleve full-text index in memory,
// which proposes candidates, and compact features of every snippet, by which
// they are ranked and judged. [Index.Search] takes a question as people type
// it; nothing in it is query syntax. It returns [Match] values, best first,
// each with a confidence between 0 and 1: about how often such a match answers
// the question.
//
// Texts are analysed once, the same way for snippets and questions: words are
// split and stemmed by Bleve's filters for the language, and every name in the
// corpus's vocabulary becomes one term for the thing that it names. Bleve then
// sees terms only, and scores the snippets by each.
//
// A long message is also judged sentence by sentence and window by window,
// because people tell a story around a short question. A question that names a
// medicine or a condition is not answered by a snippet on another one, and not
// at all if the corpus never speaks of it.
// Nor is one that names a form or a group of people (cream or tablets, child or
// adult) answered by a snippet on another: that is offered at most. What a class's
// snippet says holds for the medicines of the class.
//
// Words that neither the corpus nor its vocabulary nor English knows are mended
// if one word is clearly meant: typing errors, letters typed over and over, words
// run together or apart, accents left out, texting forms. A medicine's name is
// mended only if no other medicine is nearly as near, many others than the
// corpus's among them; otherwise it is a [Guess], for the person to say.
//
// # Quality
//
// A confidence of 0.5 is meant as the point from which a match is an answer.
// With it, on the development halves of public sets and on questions written for
// the starter corpus (146 snippets). The model was fitted on one half of each set
// and its constant chosen on the whole; of the set held out only sums were seen:
//
//	corpus and questions                  right first  answered
//	starter, own wordings                 100%         100%
//	starter, wordings left out in turn    66%          84%
//	starter, questions for it, fitted     88%          86%
//	starter, questions for it, other half 86%          78%
//	starter, questions for it, held out   77%          62%
//	starter, off-topic                                 1.1%
//	487 on skin, on skin                  56%          90%
//	487 on skin, on other diseases                     0.9%
//	487 on skin, not on health                         0.0%
//	16,407 MedQuAD, its own               98%          100%
//	16,407 MedQuAD, typing errors         98%          99%
//	16,407 MedQuAD, paraphrases           51%          97%
//
// # Speed
//
// On two shared cores, the time of one search over the starter corpus's own
// wordings, the mean of five questions (one of them a long story), and the time
// of Build:
//
//	snippets         wordings  questions  Build
//	146 (starter)    0.08 ms   0.10 ms    0.05 s
//	1,000                      0.07 ms    0.2 s
//	16,407 (MedQuAD)           0.15 ms    3 to 4 s
//
// A search makes some 50 to 90 allocations. Bleve is asked for a term when the
// first question holds it; these questions take about as long as Bleve does.
// Most candidates are turned down by the highest score that they could reach.
//
// An Index never changes; a new corpus needs a new one.
package index

import (
	"sync"

	"handout/knowledge"
)

// Index is the searchable form of one corpus. It is safe for concurrent use.
type Index struct {
	corpus    *knowledge.Corpus
	analyzers []*analyzer // by language, the corpus's main one first
	entries   []*entry
	words     *lexicon
	finder    *finder
	leeway    float64 // added to every logit
	scratch   sync.Pool
}

// Close frees the index. It waits for running searches.
func (x *Index) Close() error { return x.finder.close() }

// Corpus returns what the index was built from.
func (x *Index) Corpus() *knowledge.Corpus { return x.corpus }
