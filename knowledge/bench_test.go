package knowledge

import "testing"

func BenchmarkOpenEmbedded(b *testing.B) { benchmarkOpen(b, "") }

func BenchmarkOpenMedQuAD(b *testing.B) { benchmarkOpen(b, evalSet(b, "medquad.jsonl")) }

func benchmarkOpen(b *testing.B, path string) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Open(path); err != nil {
			b.Fatal(err)
		}
	}
}
