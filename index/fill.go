package index

import (
	"context"
	"errors"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// newFinder gives the entries' terms to Bleve as they come.
func newFinder(ctx context.Context, entries []*entry, portions <-chan portion) (*finder, error) {
	// Scorch by name: the index that Bleve makes in memory by default has no BM25.
	b, err := bleve.NewUsing("", bleve.NewIndexMapping(), scorch.Name, bleve.Config.DefaultKVStore, nil)
	if err != nil {
		return nil, err
	}
	f := &finder{bleve: b, stats: &search.BM25Stats{DocCount: float64(len(entries)), FieldCardinality: map[string]int{}}}
	for _, field := range allFields {
		f.stats.FieldCardinality[field] = 1 // Bleve wants a length for every field, also if no snippet has it
	}
	if err := f.fill(ctx, entries, portions); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

func (f *finder) fill(ctx context.Context, entries []*entry, portions <-chan portion) error {
	for p := range portions {
		if err := errors.Join(ctx.Err(), f.add(p)); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err // the portions ended early
	}
	return f.open(entries)
}

func (f *finder) add(p portion) error {
	batch := f.bleve.NewBatch()
	for i, e := range p.entries {
		doc := document.NewDocument(e.snippet.ID)
		for name, terms := range p.raw[i].fields {
			if terms.length == 0 {
				continue
			}
			doc.AddField(&bagField{document.NewTextFieldCustom(name, nil, nil, bleveindex.IndexField, nil), terms, nil})
			f.stats.FieldCardinality[name] += terms.length
		}
		if err := batch.IndexAdvanced(doc); err != nil {
			return err
		}
	}
	return f.bleve.Batch(batch)
}

// bagField is a field for Bleve whose terms are counted already.
type bagField struct {
	*document.TextField
	bag         bag
	frequencies bleveindex.TokenFrequencies
}

// Analyze hands the counts over. Bleve calls it when it needs them.
func (f *bagField) Analyze() {
	f.frequencies = make(bleveindex.TokenFrequencies, len(f.bag.terms))
	list := make([]bleveindex.TokenFreq, len(f.bag.terms))
	text := []byte(strings.Join(f.bag.terms, ""))
	for i, term := range f.bag.terms {
		list[i].Term, text = text[:len(term):len(term)], text[len(term):]
		list[i].SetFrequency(int(f.bag.times[i]))
		f.frequencies[term] = &list[i]
	}
}

// AnalyzedLength is the number of terms, with repetitions.
func (f *bagField) AnalyzedLength() int { return f.bag.length }

// AnalyzedTokenFrequencies says how often the field holds each term.
func (f *bagField) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return f.frequencies }

// open makes the full index ready for searches.
func (f *finder) open(entries []*entry) error {
	inner, err := f.bleve.Advanced()
	if err != nil {
		return err
	}
	if f.reader, err = inner.Reader(); err != nil {
		return err
	}
	f.entries = make([]int32, len(entries))
	for _, e := range entries {
		id, err := f.reader.InternalID(e.snippet.ID)
		if err != nil {
			return err
		}
		f.entries[id.Value()] = e.number
	}
	return nil
}
