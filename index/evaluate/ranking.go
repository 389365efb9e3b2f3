package evaluate

import "math"

// ranking is how well the matches of the answerable questions are ordered,
// whatever became of the questions.
type ranking struct {
	Questions  int     `json:"questions"`
	RightFirst rate    `json:"right_first"` // the best match is relevant
	RecallAt3  rate    `json:"recall_at_3"` // one of the first three is
	MRR        float64 `json:"mrr"`         // mean of 1/rank of the first relevant match among ten, 0 without one
	NDCGAt10   float64 `json:"ndcg_at_10"`  // see ndcg
}

func newRanking(results []*Result) ranking {
	k := ranking{Questions: len(results)}
	first, three := 0, 0
	for _, r := range results {
		rank := r.rank()
		if rank == 1 {
			first++
		}
		if rank >= 1 && rank <= 3 {
			three++
		}
		if rank > 0 && rank <= Depth {
			k.MRR += 1 / float64(rank) / float64(len(results))
		}
		k.NDCGAt10 += ndcg(r) / float64(len(results))
	}
	k.RightFirst, k.RecallAt3 = newRate(first, len(results)), newRate(three, len(results))
	return k
}

// ndcg is the normalised discounted cumulative gain of the first ten matches
// with gains of 0 and 1 (Järvelin & Kekäläinen, 2002, "Cumulated gain-based
// evaluation of IR techniques", ACM TOIS 20; discount 1/log2(rank+1)).
func ndcg(r *Result) float64 {
	gain, ideal := 0.0, 0.0
	relevant := map[string]bool{}
	for i, id := range r.Relevant {
		relevant[id] = true
		if i < Depth {
			ideal += discount(i)
		}
	}
	for i, m := range r.Matches[:min(len(r.Matches), Depth)] {
		if relevant[m.Snippet.ID] {
			gain += discount(i)
		}
	}
	return gain / ideal
}

// discount is for a place counted from 0.
func discount(i int) float64 { return 1 / math.Log2(float64(i)+2) }
