package index_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"handout/index"
	"handout/knowledge"
)

// benchSizes are the numbers of snippets that benchmarks run with.
var benchSizes = []int{100, 1000, 16_400, 160_000}

// benchCorpora runs a benchmark on an index of each size, with questions for
// it. The smallest is of the starter corpus, the others of the public set where it
// is at hand; what either lacks is made up of its sentences.
func benchCorpora(b *testing.B, run func(b *testing.B, x *index.Index, texts []string)) {
	eachSize(b, func(b *testing.B, c *knowledge.Corpus, texts []string) {
		x, err := index.Build(context.Background(), c)
		if err != nil {
			b.Fatal(err)
		}
		defer x.Close()
		run(b, x, texts)
	})
}

func eachSize(b *testing.B, run func(b *testing.B, c *knowledge.Corpus, texts []string)) {
	for _, n := range benchSizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if testing.Short() && n > 1000 {
				b.Skip("skipped: takes seconds, and -short is given")
			}
			base := openStarter(b).Corpus()
			texts := wordings(base)
			if path, ok := evalPath("medquad.jsonl"); n > 100 && ok {
				base, texts = openCorpus(b, path), publicQuestions(b)
			}
			run(b, sized(base, n), texts)
		})
	}
}

func openCorpus(tb testing.TB, path string) *knowledge.Corpus {
	c, err := knowledge.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// publicQuestions are 2,000 on the public set, a quarter each clean, with
// typing errors, paraphrased, and both, in an order that mixes them.
func publicQuestions(tb testing.TB) []string {
	var texts []string
	for _, kind := range []string{"clean", "typo", "para", "paratypo"} {
		for _, row := range rows(tb, evalFile(tb, "dev-"+kind+".tsv")) {
			texts = append(texts, row[0])
		}
	}
	return shuffled(texts)
}

// wordings are those of the corpus's snippets, every second with a typing error.
func wordings(c *knowledge.Corpus) []string {
	var texts []string
	for _, s := range c.Snippets {
		for _, text := range s.Wordings() {
			if len(texts)%2 == 1 {
				text = mistyped(text)
			}
			texts = append(texts, text)
		}
	}
	return shuffled(texts)[:min(len(texts), 2000)]
}

func shuffled(texts []string) []string {
	rand.New(rand.NewPCG(5, 6)).Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	return texts
}

// sized is a part of a corpus, or the corpus with snippets that are made up.
func sized(base *knowledge.Corpus, n int) *knowledge.Corpus {
	c := *base
	c.Snippets = nil
	for i := range min(n, len(base.Snippets)) {
		c.Snippets = append(c.Snippets, base.Snippets[i*len(base.Snippets)/min(n, len(base.Snippets))])
	}
	m := newMaker(base)
	for i := len(c.Snippets); i < n; i++ {
		c.Snippets = append(c.Snippets, m.snippet(i))
	}
	return &c
}

// maker makes snippets up of the sentences of a corpus, and gives them titles
// with new names, so that words are about as frequent as in real ones.
type maker struct {
	base      []*knowledge.Snippet
	sentences []string
	names     []string // the longest word of each title
	name      string   // of what the next snippets are about
	random    *rand.Rand
}

func newMaker(c *knowledge.Corpus) *maker {
	m := &maker{base: c.Snippets, random: rand.New(rand.NewPCG(7, 8))}
	for _, s := range c.Snippets {
		m.sentences = append(m.sentences, strings.SplitAfter(s.Body, ". ")...)
		m.names = append(m.names, longest(s.Title))
	}
	return m
}

func (m *maker) snippet(i int) *knowledge.Snippet {
	if m.name == "" || i%5 == 0 { // several snippets are about each thing
		first, second := []rune(m.pick(m.names)), []rune(m.pick(m.names))
		m.name = string(first[:(len(first)+1)/2]) + string(second[len(second)/2:])
	}
	s := *m.base[m.random.IntN(len(m.base))]
	s.ID, s.About = fmt.Sprintf("made-up-%d", i), nil
	s.Title = m.rename(s.Title)
	s.Questions = slices.Clone(s.Questions)
	for i, text := range s.Questions {
		s.Questions[i] = m.rename(text)
	}
	body := []string{"This is about " + m.name + ". "}
	for range strings.Count(s.Body, ". ") {
		body = append(body, m.pick(m.sentences))
	}
	s.Body = strings.Join(body, "")
	return &s
}

func (m *maker) pick(list []string) string { return list[m.random.IntN(len(list))] }

// rename puts the new name in the place of the longest word.
func (m *maker) rename(text string) string { return strings.Replace(text, longest(text), m.name, 1) }

func longest(text string) string {
	return slices.MaxFunc(strings.Fields(text), func(a, b string) int { return len(a) - len(b) })
}
