package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

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

var (
	labelFields = []string{titleField, questionField, keywordField, topicField}
	allFields   = append(slices.Clone(labelFields), bodyField)
)

// finder proposes candidates. It asks Bleve once for each term that questions
// hold, the first time that one does, and keeps what Bleve says: most words of
// a question were in an earlier one, and opening five fields of a term costs
// more than all else that a search does.
type finder struct {
	bleve   bleve.Index
	reader  bleveindex.IndexReader // of the full index, which never changes
	stats   *search.BM25Stats
	entries []int32 // by Bleve's number of the document
	terms   []atomic.Pointer[[]posting]

	mu     sync.RWMutex // searches hold it for reading
	closed bool
}

// posting is what Bleve says of a term in one snippet.
type posting struct {
	entry  int32   // its place in Index.entries
	fields int32   // how many hold the term
	score  float64 // sum of BM25 in these fields, each with its boost
}

func (f *finder) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil
	}
	f.closed = true
	var err error
	if f.reader != nil {
		err = f.reader.Close()
	}
	return errors.Join(err, f.bleve.Close())
}

// postings returns what Bleve says of a term, by snippet.
func (f *finder) postings(ctx context.Context, id termID, term string, fields []string) ([]posting, error) {
	if list := f.terms[id].Load(); list != nil {
		return *list, nil
	}
	list, err := f.ask(ctx, term, fields)
	if err != nil {
		return nil, fmt.Errorf("term %q: %w", term, err)
	}
	f.terms[id].Store(&list)
	return list, nil
}

// ask looks a term up in the fields. The term is data: no part of it is parsed.
func (f *finder) ask(ctx context.Context, term string, fields []string) ([]posting, error) {
	ctx = context.WithValue(ctx, search.GetScoringModelCallbackKey,
		search.GetScoringModelCallbackFn(func() string { return bleveindex.BM25Scoring }))
	// Bleve counts distinct terms for the average length of a field; BM25 wants
	// all of them.
	ctx = context.WithValue(ctx, search.BM25StatsKey, f.stats)
	var list []posting
	for _, field := range fields {
		var err error
		if list, err = f.field(ctx, list, term, field); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(list, func(a, b posting) int { return cmp.Compare(a.entry, b.entry) })
	merged := list[:0]
	for _, p := range list {
		if n := len(merged); n > 0 && merged[n-1].entry == p.entry {
			merged[n-1].fields++
			merged[n-1].score += p.score
		} else {
			merged = append(merged, p)
		}
	}
	return slices.Clone(merged), nil
}

// field appends the snippets that hold the term in one field.
func (f *finder) field(ctx context.Context, list []posting, term, field string) (_ []posting, err error) {
	s, err := searcher.NewTermSearcher(ctx, f.reader, term, field, boosts[field], search.SearcherOptions{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	s.SetQueryNorm(1) // scores of several terms are summed before they are compared
	sc := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(s.DocumentMatchPoolSize(), 0), IndexReader: f.reader}
	list = slices.Grow(list, int(s.Count()))
	for {
		hit, err := s.Next(sc)
		if err != nil || hit == nil {
			return list, err
		}
		list = append(list, posting{f.entries[hit.IndexInternalID.Value()], 1, hit.Score})
		sc.DocumentMatchPool.Put(hit)
	}
}

// tally is what one snippet scores by all terms of a question.
type tally struct {
	score  float64
	fields int32
}

// candidate is a snippet that may answer.
type candidate struct {
	entry int32
	score float64
}

// before orders candidates, the best first.
func (c candidate) before(d candidate) bool {
	return c.score > d.score || c.score == d.score && c.entry < d.entry
}

// frequent is the share of snippets beyond which a term is not worth looking
// up in bodies: it costs most of the time and tells nothing.
const frequent = 0.05

// candidates returns the snippets that hold most of what the question says,
// the best first. As in Bleve's disjunctions, a snippet scores the sum of its
// fields' scores by term, times their number.
func (x *Index) candidates(ctx context.Context, q *question, s *scratch) ([]candidate, error) {
	add := func(term string, id termID, boost float64) error {
		if id == unknown {
			return nil
		}
		fields := allFields
		if x.words.docs > 1000 && float64(x.words.allDocs[id]) > frequent*x.words.docs {
			fields = labelFields
		}
		list, err := x.finder.postings(ctx, id, term, fields)
		for _, p := range list {
			t := &s.tallies[p.entry]
			if t.fields == 0 {
				s.met = append(s.met, p.entry)
			}
			t.fields += p.fields
			t.score += boost * p.score
		}
		return err
	}
	for _, i := range s.telling(q) {
		t := &q.tokens[i]
		if err := add(t.term, t.id, 1); err != nil {
			return nil, err
		}
		for n, part := range t.parts {
			if err := add(part, t.partIDs[n], 0.3); err != nil {
				return nil, err
			}
		}
		for n, class := range t.classIDs {
			if err := add(entityTerm(t.entity.Class[n]), class, 0.5); err != nil {
				return nil, err
			}
		}
	}
	return s.best(), nil
}
