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
	fmt.Fprintf(w, "%-30s %5s %7s %7s %7s %9s %9s\n", "set", "asked", "first", "recall3", "nDCG10", "answered", "wrongly")
	for _, s := range sets {
		y := s.tally(m, 1)
		n := float64(y.asked)
		fmt.Fprintf(w, "%-30s %5d %6.1f%% %6.1f%% %7.3f %8.1f%% %8.1f%%\n", s.name, y.asked, 100*y.first/n, 100*y.recall/n, y.ndcg/n, 100*y.answered/n, 100*y.wrongly/n)
	}
}

// tally counts every second question, from the given one.
func (s set) tally(m model, from int) (y tally) {
	for i := from; i < len(s.asked); i += 2 {
		y.add(m, s.asked[i])
	}
	return y
}

// unanswerable are the sets of which no question has an answer.
var unanswerable = []string{"off-topic", "skin-dev near", "skin-dev far"}

// operating prints, for shares of the unanswerable questions that get an answer
// all the same (the mean of the sets), the logit from which a match must then
// be an answer: what index.Threshold goes by.
func operating(w io.Writer, sets setList, m model) {
	for _, share := range []float64{0.05, 0.02, 0.01, 0.005, 0.002, 0.001} {
		low, high := -20.0, 20.0
		for range 50 {
			middle := (low + high) / 2
			if sets.answered(m, middle) > share {
				low = middle
			} else {
				high = middle
			}
		}
		fmt.Fprintf(w, "{%g, %.2f}, ", share, high)
	}
	fmt.Fprintln(w)
}

// answered is the share of unanswerable questions with a candidate of the
// logit or more, over both halves.
func (l setList) answered(m model, logit float64) float64 {
	sum, n := 0.0, 0.0
	for _, s := range l {
		if !slices.Contains(unanswerable, s.name) {
			continue
		}
		n++
		for _, a := range s.asked {
			if slices.ContainsFunc(a.candidates, func(c candidate) bool { return !c.barred && m.logit(c) >= logit }) {
				sum += 1 / float64(len(s.asked))
			}
		}
	}
	return sum / n
}

type tally struct {
	asked                                  int
	first, recall, ndcg, answered, wrongly float64
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
		if !list[0].relevant {
			y.wrongly++
		}
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
