package index_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"handout/index"
	"handout/knowledge"
)

// hostile are messages that are meant to cost much, by name.
func hostile(c *knowledge.Corpus) map[string]string {
	var corpus strings.Builder
	for _, s := range c.Snippets[:min(len(c.Snippets), 1000)] { // far more than is read
		corpus.WriteString(s.Title + " " + s.Body + " ")
	}
	all := slices.Compact(slices.Sorted(strings.FieldsSeq(corpus.String())))
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	var clauses strings.Builder
	for list := range slices.Chunk(all, 14) {
		clauses.WriteString(strings.Join(list, " ") + ". ")
	}
	return map[string]string{
		"many words":    strings.Repeat("eczema cream ", 20_000),
		"one letter":    strings.Repeat("a", 1_000_000),
		"syntax":        strings.Repeat(`internal:secret +-"~*? `, 10_000),
		"stop words":    strings.Repeat("the of and to what is a ", 10_000),
		"new words":     strings.Repeat("qwxz1 qwxz2 zzkq ", 10_000),
		"unknown words": unknownWords(rand.New(rand.NewPCG(3, 4))),
		"every word":    strings.Join(all, " "),
		"every text":    corpus.String(),
		"clauses":       clauses.String(),
		"stops":         strings.Repeat(".?!,\n", 100_000),
		"sentences":     strings.Repeat("Is it? No! ", 20_000),
		"typing errors": strings.Repeat("moistruiserx upadacitinobx ", 10_000),
	}
}

func TestHostile(t *testing.T) {
	x := openStarter(t)
	for name, text := range hostile(x.Corpus()) {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			search(t, x, index.Query{Text: text})
			if d := time.Since(start); d > 2*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// However long a message is, only so much of it is read, looked up and judged.
func TestWorkIsBounded(t *testing.T) {
	x := openStarter(t)
	var most index.Work
	for name, text := range hostile(x.Corpus()) {
		w := x.WorkFor(text)
		most = index.Work{
			Tokens: max(most.Tokens, w.Tokens), Clauses: max(most.Clauses, w.Clauses), Terms: max(most.Terms, w.Terms),
			Candidates: max(most.Candidates, w.Candidates), Guesses: max(most.Guesses, w.Guesses),
		}
		if w.Tokens > 256 || w.Clauses > 13 || w.Terms > 32 || w.Candidates > 100 || w.Guesses > 3 {
			t.Errorf("%s: too much work: %+v", name, w)
		}
	}
	if most.Tokens < 200 || most.Clauses < 13 || most.Terms < 32 || most.Candidates < 100 {
		t.Errorf("the messages ask for less than the bounds: %+v", most)
	}
}

// What strangers may cost, asked of an index that has not met their words.
func BenchmarkHostile(b *testing.B) {
	benchCorpora(b, func(b *testing.B, x *index.Index, _ []string) {
		texts := hostile(x.Corpus())
		for _, name := range slices.Sorted(maps.Keys(texts)) {
			b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
				measure(b, []string{texts[name]}, x.Forget, func(text string) { search(b, x, index.Query{Text: text}) })
			})
		}
	})
}
