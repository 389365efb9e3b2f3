package editorial_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
)

// thousand is a corpus of as many snippets, made of the starter corpus's.
func thousand(b *testing.B) *knowledge.Corpus {
	starter, err := knowledge.Open("")
	if err != nil {
		b.Fatal(err)
	}
	documents, err := knowledge.Documents(starter.Files)
	if err != nil {
		b.Fatal(err)
	}
	for n := range 1000 - len(starter.Snippets) {
		s := *starter.Snippets[n%len(starter.Snippets)]
		mark := fmt.Sprintf(" %c%c%c", 'p'+n%7, 'q'+n/7%7, 'r'+n/49%7) // a word that only it has
		s.ID, s.With, s.SeeAlso, s.Title = fmt.Sprintf("%s-%d", s.ID, n), nil, nil, s.Title+mark
		s.Questions = slices.Clone(s.Questions)
		for i := range s.Questions {
			s.Questions[i] += mark
		}
		if documents[s.Path()], err = s.Document(); err != nil {
			b.Fatal(err)
		}
	}
	c, _, err := knowledge.CheckFS("", knowledge.Folder(documents), bottest.Now())
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// BenchmarkPublish measures from a moderator's click to the text being sent,
// with 1,000 snippets, after the draft was looked at; the longest that somebody
// who asks meanwhile waits; and how long a look takes.
func BenchmarkPublish(b *testing.B) {
	s, err := sqlstore.Open(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if _, err := editorial.Seed(b.Context(), s, thousand(b), "a benchmark"); err != nil {
		b.Fatal(err)
	}
	st := &stage{t: b, store: s, now: &clock{now: bottest.Now()}}
	st.Editor, err = edit(b.Context(), s, st.now.Now)
	if err != nil {
		b.Fatal(err)
	}
	st.must(st.LetAlone(b.Context(), ada, true))
	var look, worst time.Duration
	base := 0
	for b.Loop() {
		b.StopTimer()
		r := st.propose(ada, base, kestrel(fmt.Sprintf("Text %d on why it hovers.", base)))
		base = r.Num
		began := time.Now()
		signature := st.signature(r)
		look += time.Since(began)
		st.must(st.Approve(b.Context(), ada, doc, r.Num, r.Hash))
		asking, stop := context.WithCancel(b.Context())
		waited := make(chan time.Duration)
		go func() { waited <- slowest(asking, st.Editor) }()
		b.StartTimer()
		st.must(st.Publish(b.Context(), ada, signature, editorial.Ref{Doc: doc, Num: r.Num}))
		if got := st.Respond(b.Context(), bot.Message{Snippet: "kestrel-hover"}).Revision; got != r.Num {
			b.Fatalf("revision %d is sent, want %d", got, r.Num)
		}
		b.StopTimer()
		stop()
		worst = max(worst, <-waited)
		b.StartTimer()
	}
	b.ReportMetric(float64(look.Milliseconds())/float64(b.N), "look-ms/op")
	b.ReportMetric(float64(worst.Microseconds())/1000, "worst-answer-ms")
}

func slowest(ctx context.Context, e *editorial.Editor) (worst time.Duration) {
	for ctx.Err() == nil {
		began := time.Now()
		e.Respond(context.Background(), bot.Message{Text: "can i drink wine on rinvoq"})
		worst = max(worst, time.Since(began))
	}
	return worst
}
