package evaluate

import (
	"cmp"
	"slices"
)

// point is what answering from a confidence upwards would come to.
type point struct {
	threshold float64
	coverage  float64 // share of the answerable questions that are answered
	unsuited  float64 // share of those without a relevant snippet
	wrong     float64 // share of the answerable ones that get another snippet
}

// curve lets the threshold fall past every best match. It leaves ties aside;
// what triage took is never answered.
func curve(results []Result) []point {
	var labelled []*Result
	answerable := 0
	for i := range results {
		if r := &results[i]; r.labelled() {
			labelled = append(labelled, r)
			answerable += number(r.answerable())
		}
	}
	none := len(labelled) - answerable
	slices.SortStableFunc(labelled, func(a, b *Result) int { return cmp.Compare(b.confidence(), a.confidence()) })
	points := []point{{threshold: 1}}
	covered, wrong, unsuited := 0, 0, 0
	for i, r := range labelled {
		if r.confidence() == 0 {
			break
		}
		if r.Outcome != urgent && r.Outcome != declined {
			covered += number(r.answerable())
			wrong += number(r.answerable() && r.rank() != 1)
			unsuited += number(!r.answerable())
		}
		if i+1 < len(labelled) && labelled[i+1].confidence() == r.confidence() {
			continue // a threshold parts no equals
		}
		points = append(points, point{r.confidence(), share(covered, answerable), share(unsuited, none), share(wrong, answerable)})
	}
	return points
}
