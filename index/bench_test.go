package index_test

import (
	"context"
	"runtime"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"handout/index"
	"handout/knowledge"
)

// Besides the time, MB-peak is what the process holds of the system's memory
// at the end of Build beyond what it held before (about the peak), and MB-kept
// what the index needs; the corpus itself is in neither.
func BenchmarkBuild(b *testing.B) {
	eachSize(b, func(b *testing.B, c *knowledge.Corpus, _ []string) {
		var peak, kept float64
		for b.Loop() {
			b.StopTimer()
			debug.FreeOSMemory()
			before := memory()
			b.StartTimer()
			x, err := index.Build(context.Background(), c)
			if err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			peak = max(peak, megabytes(held(memory()), held(before)))
			runtime.GC()
			runtime.GC() // the first leaves what is in pools
			kept = megabytes(memory().HeapAlloc, before.HeapAlloc)
			x.Close()
			b.StartTimer()
		}
		b.ReportMetric(peak, "MB-peak")
		b.ReportMetric(kept, "MB-kept")
	})
}

func memory() *runtime.MemStats {
	m := new(runtime.MemStats)
	runtime.ReadMemStats(m)
	return m
}

func held(m *runtime.MemStats) uint64 { return m.HeapSys - m.HeapReleased }

func megabytes(after, before uint64) float64 { return (float64(after) - float64(before)) / 1e6 }

// Cold is an index that meets each question's words for the first time: the
// questions differ, and all that was learned from them is forgotten before they
// are asked again.
func BenchmarkSearch(b *testing.B) {
	benchCorpora(b, func(b *testing.B, x *index.Index, texts []string) {
		ask := func(text string) { search(b, x, index.Query{Text: text}) }
		b.Run("cold", func(b *testing.B) { measure(b, texts, x.Forget, ask) })
		b.Run("warm", func(b *testing.B) { measure(b, texts, nil, ask) })
		b.Run("cores", func(b *testing.B) { onAllCores(b, texts, ask) })
	})
}

// Each part of a search by itself, warm.
func BenchmarkStages(b *testing.B) {
	benchCorpora(b, func(b *testing.B, x *index.Index, texts []string) {
		for _, stage := range index.Stages {
			b.Run(stage.Name, func(b *testing.B) {
				runs := map[string]func(){}
				for _, text := range texts {
					runs[text] = stage.Prepare(x, text)
				}
				measure(b, texts, nil, func(text string) { runs[text]() })
			})
		}
	})
}

// measure runs a part of a search on each text in turn and reports the median
// and the 99th percentile. Where a reset is given, it comes before each round of
// the texts; otherwise one round goes before what is measured.
func measure(b *testing.B, texts []string, reset func(), run func(text string)) {
	if reset == nil {
		for _, text := range texts {
			run(text)
		}
	}
	b.ReportAllocs()
	var times []time.Duration
	for b.Loop() {
		i := len(times) % len(texts)
		if reset != nil && i == 0 {
			b.StopTimer()
			reset()
			b.StartTimer()
		}
		start := time.Now()
		run(texts[i])
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.ReportMetric(microseconds(times[len(times)/2]), "p50-µs")
	b.ReportMetric(microseconds(times[len(times)*99/100]), "p99-µs")
}

func microseconds(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }

func onAllCores(b *testing.B, texts []string, ask func(text string)) {
	var next atomic.Int64
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			ask(texts[next.Add(1)%int64(len(texts))])
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "questions/s")
}
