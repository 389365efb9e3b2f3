package index

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"handout/knowledge"
)

// Build indexes a corpus. Close the index when it is no longer needed.
func Build(ctx context.Context, c *knowledge.Corpus) (*Index, error) {
	x := &Index{corpus: c, entries: make([]*entry, len(c.Snippets)), leeway: leeway(c.Settings.FalseAnswers)}
	b := &builder{index: x, byLang: map[string]*analyzer{}, alarms: alarms(c.Triage)}
	for _, lang := range languages(c) {
		a, err := newAnalyzer(lang, c.Vocabulary)
		if err != nil {
			return nil, fmt.Errorf("build index: %w", err)
		}
		b.byLang[lang] = a
		x.analyzers = append(x.analyzers, a)
	}
	if err := b.run(ctx); err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	x.scratch.New = func() any { return x.newScratch() }
	return x, nil
}

// builder fills an index: snippets are analysed in portions, and the lexicon
// and Bleve take each over while the next is analysed.
type builder struct {
	index   *Index
	byLang  map[string]*analyzer
	alarms  map[string]bool
	readers []map[*analyzer]*reader // by core
}

// portion is some of the entries as analysed. What was read of them is dropped
// when the lexicon and Bleve have it.
type portion struct {
	entries []*entry
	raw     []*rawEntry
}

// portionSize is the number of snippets that are analysed, and given to Bleve,
// together. Small ones need little memory; few segments are fast to search.
const portionSize = 1024

func (b *builder) run(ctx context.Context) error {
	x := b.index
	b.readers = make([]map[*analyzer]*reader, runtime.GOMAXPROCS(0))
	for i := range b.readers {
		b.readers[i] = map[*analyzer]*reader{}
		for _, a := range x.analyzers {
			b.readers[i][a] = newReader(a)
		}
	}
	toWords, toFinder := make(chan portion), make(chan portion)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(toWords)
		defer close(toFinder)
		return b.analyze(ctx, toWords, toFinder)
	})
	group.Go(func() (err error) {
		x.words, err = newLexicon(ctx, x, toWords, b.words)
		return err
	})
	group.Go(func() (err error) {
		x.finder, err = newFinder(ctx, x.entries, toFinder)
		return err
	})
	if err := group.Wait(); err != nil {
		if x.finder != nil {
			err = errors.Join(err, x.finder.close())
		}
		return err
	}
	x.finder.terms = make([]atomic.Pointer[[]posting], len(x.words.ids))
	return nil
}

// analyze makes the entries and sends them.
func (b *builder) analyze(ctx context.Context, to ...chan<- portion) error {
	for from := 0; from < len(b.index.entries); from += portionSize {
		p, err := b.portion(ctx, from, min(from+portionSize, len(b.index.entries)))
		if err != nil {
			return err
		}
		for _, c := range to {
			select {
			case c <- p:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return nil
}

// portion analyses the snippets between two numbers, on all cores.
func (b *builder) portion(ctx context.Context, from, to int) (portion, error) {
	p := portion{b.index.entries[from:to], make([]*rawEntry, to-from)}
	group, ctx := errgroup.WithContext(ctx)
	for core, readers := range b.readers {
		group.Go(func() error {
			for i := core; i < len(p.raw); i += len(b.readers) {
				if err := ctx.Err(); err != nil {
					return err
				}
				s := b.index.corpus.Snippets[from+i]
				p.entries[i] = newEntry(from+i, s, b.index.corpus.Vocabulary)
				p.entries[i].alarm = b.alarms[s.ID]
				p.raw[i] = readers[b.analyzer(s)].raw(s)
			}
			return nil
		})
	}
	return p, group.Wait()
}

func (b *builder) analyzer(s *knowledge.Snippet) *analyzer {
	if a := b.byLang[s.Lang]; a != nil {
		return a
	}
	return b.index.analyzers[0]
}

// words yields every word that was read, some more than once. It must not be
// called before all are.
func (b *builder) words(yield func(string) bool) {
	for _, readers := range b.readers {
		for _, r := range readers {
			for w := range r.stems {
				if !yield(w) {
					return
				}
			}
		}
	}
}
