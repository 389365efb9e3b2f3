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
// sees terms only.
//
// A long message is also judged sentence by sentence and window by window,
// because people tell a story around a short question. A question that names a
// medicine or a condition is not answered by a snippet on another one, and not
// at all if the corpus never speaks of it.
//
// # Quality
//
// A confidence of 0.5 is meant as the point from which a match is an answer.
// With it, on the development halves of public sets and on questions written for
// the starter corpus (145 snippets). The model was fitted on one half of each set
// and its constant chosen on the whole; of the set held out only sums were seen:
//
//	corpus and questions                  right first  answered
//	starter, own wordings                 100%         100%
//	starter, wordings left out in turn    66%          84%
//	starter, questions for it, fitted     88%          86%
//	starter, questions for it, other half 86%          78%
//	starter, questions for it, held out   80%          66%
//	starter, off-topic                                 0.9%
//	487 on skin, on skin                  56%          90%
//	487 on skin, on other diseases                     0.9%
//	487 on skin, not on health                         0.0%
//	16,407 MedQuAD, its own               98%          100%
//	16,407 MedQuAD, typing errors         98%          99%
//	16,407 MedQuAD, paraphrases           51%          97%
//
// # Speed
//
// On two shared cores: the starter corpus is built in 0.1 to 0.2 s and
// answers about 1,000 questions a second, 16,407 snippets in 5 to 12 s and
// about 400 a second.
//
// An Index never changes; a new corpus needs a new one.
package index

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	bleveindex "github.com/blevesearch/bleve_index_api"
	"golang.org/x/sync/errgroup"

	"handout/knowledge"
)

// Index is the searchable form of one corpus. It is safe for concurrent use.
type Index struct {
	corpus    *knowledge.Corpus
	analyzers []*analyzer // by language, the corpus's main one first
	bleve     bleve.Index
	stats     *search.BM25Stats
	entries   []*entry
	byID      map[string]*entry
	words     *lexicon
}

// Build indexes a corpus. Close the index when it is no longer needed.
func Build(ctx context.Context, c *knowledge.Corpus) (*Index, error) {
	x := &Index{corpus: c, byID: make(map[string]*entry, len(c.Snippets))}
	byLang := map[string]*analyzer{}
	for _, lang := range languages(c) {
		a, err := newAnalyzer(lang, c.Vocabulary)
		if err != nil {
			return nil, fmt.Errorf("build index: %w", err)
		}
		byLang[lang] = a
		x.analyzers = append(x.analyzers, a)
	}
	if err := x.analyze(ctx, byLang); err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	for _, e := range x.entries {
		x.byID[e.snippet.ID] = e
	}
	x.words = newLexicon(x)
	if err := x.fill(ctx); err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	return x, nil
}

// analyze makes the entries, on all cores.
func (x *Index) analyze(ctx context.Context, byLang map[string]*analyzer) error {
	x.entries = make([]*entry, len(x.corpus.Snippets))
	group, ctx := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		group.Go(func() error {
			for i := w; i < len(x.entries); i += workers {
				if err := ctx.Err(); err != nil {
					return err
				}
				s := x.corpus.Snippets[i]
				a := byLang[s.Lang]
				if a == nil {
					a = x.analyzers[0]
				}
				x.entries[i] = newEntry(s, a, x.corpus.Vocabulary)
			}
			return nil
		})
	}
	return group.Wait()
}

// The fields of a document and their weights in the search for candidates. A
// wording says what a snippet answers; the body says much else besides.
const (
	titleField    = "title"
	questionField = "questions"
	keywordField  = "keywords"
	topicField    = "topics"
	bodyField     = "body"
)

var boosts = map[string]float64{titleField: 3, questionField: 3, keywordField: 2, topicField: 1, bodyField: 1}

const termAnalyzer = "terms"

// newMapping indexes the given fields and nothing else, and stores nothing.
func newMapping() (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	err := m.AddCustomAnalyzer(termAnalyzer, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name})
	if err != nil {
		return nil, err
	}
	doc := bleve.NewDocumentStaticMapping()
	for field := range boosts {
		f := bleve.NewTextFieldMapping()
		f.Analyzer = termAnalyzer
		f.Store, f.DocValues, f.IncludeTermVectors, f.IncludeInAll = false, false, false, false
		doc.AddFieldMappingsAt(field, f)
	}
	m.DefaultMapping = doc
	m.ScoringModel = bleveindex.BM25Scoring
	return m, m.Validate()
}

// batchSize is the number of documents given to Bleve at a time: few segments
// are fast to search.
const batchSize = 4096

func (x *Index) fill(ctx context.Context) error {
	m, err := newMapping()
	if err != nil {
		return fmt.Errorf("mapping: %w", err)
	}
	// Scorch by name: the index that Bleve makes in memory by default has no BM25.
	x.bleve, err = bleve.NewUsing("", m, scorch.Name, bleve.Config.DefaultKVStore, nil)
	if err != nil {
		return err
	}
	x.stats = &search.BM25Stats{DocCount: float64(len(x.entries)), FieldCardinality: map[string]int{}}
	for field := range boosts {
		x.stats.FieldCardinality[field] = 1 // Bleve wants a length for every field, also if no snippet has it
	}
	batch := x.bleve.NewBatch()
	for i, e := range x.entries {
		doc := map[string]any{}
		for field, terms := range e.raw.fields {
			doc[field] = strings.Join(terms, " ")
			x.stats.FieldCardinality[field] += len(terms)
		}
		e.raw = nil
		if err := batch.Index(e.snippet.ID, doc); err != nil {
			return errors.Join(err, x.bleve.Close())
		}
		if batch.Size() < batchSize && i < len(x.entries)-1 {
			continue
		}
		if err := errors.Join(ctx.Err(), x.bleve.Batch(batch)); err != nil {
			return errors.Join(err, x.bleve.Close())
		}
		batch.Reset()
	}
	return nil
}

// Close frees the index. It waits for running searches.
func (x *Index) Close() error { return x.bleve.Close() }

// Corpus returns what the index was built from.
func (x *Index) Corpus() *knowledge.Corpus { return x.corpus }
