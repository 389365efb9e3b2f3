package evaluate

import (
	"math"
	"slices"
	"time"
)

// latency is how long the questions took, each by itself, and how many were
// answered a second by all cores together.
type latency struct {
	P50   float64 `json:"p50_ms"`
	P90   float64 `json:"p90_ms"`
	P99   float64 `json:"p99_ms"`
	Max   float64 `json:"max_ms"`
	Rate  float64 `json:"questions_per_second"`
	Cores int     `json:"cores"`
}

func newLatency(results []Result, took time.Duration, cores int) latency {
	l := latency{Cores: cores}
	var times []float64
	for _, r := range results {
		times = append(times, milliseconds(r.Latency))
	}
	slices.Sort(times)
	l.P50, l.P90, l.P99, l.Max = quantile(times, 0.5), quantile(times, 0.9), quantile(times, 0.99), quantile(times, 1)
	if took > 0 {
		l.Rate = float64(len(results)) / took.Seconds()
	}
	return l
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// quantile is the least of the sorted values that the share q of them does not
// exceed; 0 without values.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(int(math.Ceil(q*float64(len(sorted))))-1, 0)]
}
