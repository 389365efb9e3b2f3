package index

import (
	"context"
	"errors"
	"strconv"

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
	c := newCounts()
	for p := range portions {
		if err := errors.Join(ctx.Err(), f.add(p, c)); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err // the portions ended early
	}
	return f.open(entries)
}

func (f *finder) add(p portion, c *counts) error {
	batch := f.bleve.NewBatch()
	for i, e := range p.entries {
		doc := document.NewDocument(strconv.Itoa(int(e.number)))
		for name, terms := range p.raw[i].fields {
			if terms.length == 0 {
				continue
			}
			doc.AddField(&bagField{document.NewTextFieldCustom(name, nil, nil, bleveindex.IndexField, nil), terms, c})
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
	bag    bag
	counts *counts
}

// Analyze does nothing: Bleve calls it for a whole portion before it reads any
// of it, and would hold the counts of all.
func (f *bagField) Analyze() {}

// AnalyzedLength is the number of terms, with repetitions.
func (f *bagField) AnalyzedLength() int { return f.bag.length }

// AnalyzedTokenFrequencies says how often the field holds each term, until the
// field of that name is asked for in another document: Bleve reads one document
// after another.
func (f *bagField) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies {
	return f.counts.of(f.Name(), f.bag)
}

// counts hands bags over in the form that Bleve wants, in the same space for
// every document.
type counts struct {
	fields map[string]bleveindex.TokenFrequencies
	times  map[int32]*bleveindex.TokenFreq // each for all terms that stand so often in a field
}

func newCounts() *counts {
	c := &counts{map[string]bleveindex.TokenFrequencies{}, map[int32]*bleveindex.TokenFreq{}}
	for _, field := range allFields {
		c.fields[field] = bleveindex.TokenFrequencies{}
	}
	return c
}

func (c *counts) of(field string, b bag) bleveindex.TokenFrequencies {
	terms := c.fields[field]
	clear(terms)
	for i, term := range b.terms {
		terms[term] = c.frequency(b.times[i])
	}
	return terms
}

func (c *counts) frequency(times int32) *bleveindex.TokenFreq {
	f := c.times[times]
	if f == nil {
		f = new(bleveindex.TokenFreq)
		f.SetFrequency(int(times))
		c.times[times] = f
	}
	return f
}

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
	var id bleveindex.IndexInternalID
	for i := range f.entries {
		id = bleveindex.NewIndexInternalID(id, uint64(i))
		number, err := f.reader.ExternalID(id)
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(number)
		if err != nil {
			return err
		}
		f.entries[i] = int32(n)
	}
	return nil
}
