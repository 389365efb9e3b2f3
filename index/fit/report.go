package main

import (
	"fmt"
	"io"
	"math"
	"slices"
)

// answering is the logit from which a candidate is an answer: a confidence of
// one half.
const answering = 0

// report tells how the odd questions of each set fare.
func report(w io.Writer, sets setList, m model) {
	fmt.Fprintf(w, "%-30s %5s %7s %7s %7s %9s\n", "set", "asked", "first", "recall3", "nDCG10", "answered")
	for _, s := range sets {
		var y tally
		for i := 1; i < len(s.asked); i += 2 {
			y.add(m, s.asked[i])
		}
		n := float64(y.asked)
		fmt.Fprintf(w, "%-30s %5d %6.1f%% %6.1f%% %7.3f %8.1f%%\n", s.name, y.asked, 100*y.first/n, 100*y.recall/n, y.ndcg/n, 100*y.answered/n)
	}
}

type tally struct {
	asked                         int
	first, recall, ndcg, answered float64
}

func (y *tally) add(m model, a asked) {
	y.asked++
	type ranked struct {
		z        float64
		relevant bool
	}
	var list []ranked
	for _, c := range a.candidates {
		z := m.logit(c)
		if c.barred {
			z = min(z, 0) - 100
		}
		list = append(list, ranked{z, c.relevant})
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		switch {
		case a.z > b.z:
			return -1
		case a.z < b.z:
			return 1
		}
		return 0
	})
	if len(list) > 0 && list[0].z >= answering {
		y.answered++
	}
	gain, ideal, recalled := 0.0, 0.0, false
	for i := range min(10, a.relevant) {
		ideal += 1 / math.Log2(float64(i+2))
	}
	for i, r := range list[:min(10, len(list))] {
		if !r.relevant {
			continue
		}
		gain += 1 / math.Log2(float64(i+2))
		recalled = recalled || i < 3
		if i == 0 {
			y.first++
		}
	}
	if recalled {
		y.recall++
	}
	if ideal > 0 {
		y.ndcg += gain / ideal
	}
}
