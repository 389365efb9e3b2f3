package gate

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"handout/index"
	"handout/knowledge"
)

// BenchmarkAsk puts every golden question to a bot that has met none of them: a
// candidate is asked once.
func BenchmarkAsk(b *testing.B) {
	for _, size := range []struct {
		name   string
		corpus func(testing.TB) *knowledge.Corpus
	}{
		{"146", starter},
		{"1000", func(tb testing.TB) *knowledge.Corpus { return copied(starter(tb), 1000) }},
		{"1000 of MedQuAD", medquad},
	} {
		b.Run(size.name, func(b *testing.B) { benchmarkAsk(b, size.corpus(b)) })
	}
}

func benchmarkAsk(b *testing.B, c *knowledge.Corpus) {
	questions, err := Questions(c)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		x, err := index.Build(b.Context(), c)
		if err != nil {
			b.Fatal(err)
		}
		r := over(c, x, day)
		b.StartTimer()
		if _, err := Ask(b.Context(), r, questions); err != nil {
			b.Fatal(err)
		}
		x.Close()
	}
	b.ReportMetric(float64(len(questions)), "questions")
}

// copied is a corpus with copies of its snippets, each wording with a new name
// at its end, which tells them apart.
func copied(base *knowledge.Corpus, n int) *knowledge.Corpus {
	c := *base
	for i := len(base.Snippets); i < n; i++ {
		s := *base.Snippets[i%len(base.Snippets)]
		name := fmt.Sprintf(" with velo%cta%cmab", 'a'+i%26, 'a'+i/26%26)
		s.ID, s.Title, s.Questions = fmt.Sprintf("%s-%d", s.ID, i), s.Title+name, nil
		for _, text := range base.Snippets[i%len(base.Snippets)].Questions {
			s.Questions = append(s.Questions, text+name)
		}
		c.Snippets = append(c.Snippets, &s)
	}
	return &c
}

// medquad is every sixteenth of the public set's snippets.
func medquad(tb testing.TB) *knowledge.Corpus {
	tb.Helper()
	path := filepath.Join("..", "..", "..", "shared", "eval", "medquad.jsonl")
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("skipped: needs %s beside the project's folder", path)
	}
	c, err := knowledge.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	all := c.Snippets
	c.Snippets = nil
	for i := range 1000 {
		c.Snippets = append(c.Snippets, all[i*len(all)/1000])
	}
	return c
}
