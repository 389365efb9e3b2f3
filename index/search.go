package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"handout/knowledge"
)

// Query is a question as a person typed it.
type Query struct {
	Text  string
	About []string // entities of the answer that the question follows up; they stand in for names that it leaves out
	Limit int      // how many matches at most; 0 means 3
}

// Match is a snippet that may answer the question.
type Match struct {
	Snippet    *knowledge.Snippet
	Confidence float64  // 0 to 1: about how often such a match answers
	Score      float64  // what the matches are ordered by; comparable within one result only
	Words      []string // of the question that the snippet's labels hold
}

// Result is what a search found.
type Result struct {
	Matches   []Match  // best first
	Corrected []string // words of the question that were taken for others, as "typed→meant"
}

const (
	candidates   = 100 // proposed by Bleve for re-ranking
	maxTerms     = 32  // of one question that Bleve looks for
	defaultLimit = 3
)

// Search finds the snippets that best answer a question.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	r, err := x.search(ctx, q)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	if len(r.Matches) > limit {
		r.Matches = r.Matches[:limit]
	}
	return r, nil
}

// search reads the question in each language of the corpus, with and without
// the context, and returns what answers best.
func (x *Index) search(ctx context.Context, q Query) (Result, error) {
	var best Result
	for _, a := range x.analyzers {
		plain := x.understand(a, q.Text, nil)
		readings := []*question{plain}
		if context := x.context(plain, q.About); len(context) > 0 {
			readings = append(readings, x.understand(a, q.Text, context))
		}
		for _, reading := range readings {
			r, err := x.find(ctx, reading)
			if err != nil {
				return Result{}, err
			}
			if len(best.Matches) == 0 || r.confidence() > best.confidence() || reading.context && r.confidence() >= 0.5 {
				best = r
			}
		}
	}
	return best, nil
}

func (r Result) confidence() float64 {
	if len(r.Matches) == 0 {
		return 0
	}
	return r.Matches[0].Confidence
}

// context returns the entities of the answer that a question follows up, if
// it names no treatment and no condition itself: the treatments, which say most,
// or else everything that the question leaves open.
func (x *Index) context(q *question, about []string) []*knowledge.Entity {
	if len(q.tokens) == 0 || len(q.named.treatments()) > 0 || len(q.named[knowledge.Condition]) > 0 {
		return nil
	}
	named := entitiesOf(about, x.corpus.Vocabulary)
	if list := named.treatments(); len(list) > 0 {
		return list
	}
	var list []*knowledge.Entity
	for _, kind := range []knowledge.Kind{knowledge.Condition, knowledge.Group, knowledge.Form} {
		if len(q.named[kind]) == 0 {
			list = append(list, named[kind]...)
		}
	}
	return list
}

// find ranks the candidates for one reading of a question.
func (x *Index) find(ctx context.Context, q *question) (Result, error) {
	if len(q.tokens) == 0 {
		return Result{}, ctx.Err()
	}
	req := bleve.NewSearchRequestOptions(x.candidateQuery(q), candidates, 0, false)
	// Bleve counts distinct terms for the average length of a field; BM25 wants
	// all of them.
	req.PreSearchData = map[string]any{search.BM25PreSearchDataKey: x.stats}
	found, err := x.bleve.SearchInContext(ctx, req)
	if err != nil {
		return Result{}, err
	}
	r := Result{Corrected: q.corrected}
	for _, hit := range found.Hits {
		r.Matches = append(r.Matches, x.judge(q, x.byID[hit.ID], hit.Score/found.MaxScore))
	}
	slices.SortStableFunc(r.Matches, func(m, n Match) int { return cmp.Compare(n.Score, m.Score) })
	return r, nil
}

// frequent is the share of snippets beyond which a term is not worth looking
// up in bodies: it costs most of the time and tells nothing.
const frequent = 0.05

// candidateQuery asks for the most telling terms in every field, as data: no
// part of it is parsed.
func (x *Index) candidateQuery(q *question) query.Query {
	var clauses []query.Query
	add := func(term string, boost float64) {
		id := x.words.id(term)
		if id == unknown {
			return
		}
		for field, weight := range boosts {
			if field == bodyField && x.words.docs > 1000 && float64(x.words.allDocs[id]) > frequent*x.words.docs {
				continue
			}
			t := bleve.NewTermQuery(term)
			t.SetField(field)
			t.SetBoost(weight * boost)
			clauses = append(clauses, t)
		}
	}
	tokens := slices.Clone(q.tokens)
	slices.SortStableFunc(tokens, func(s, t asked) int { return cmp.Compare(t.weight, s.weight) })
	for _, t := range tokens[:min(len(tokens), maxTerms)] {
		add(t.term, 1)
		for _, part := range t.parts {
			add(part, 0.3)
		}
		if t.entity != nil {
			for _, class := range t.entity.Class {
				add(entityTerm(class), 0.5)
			}
		}
	}
	return bleve.NewDisjunctionQuery(clauses...)
}
