package evaluate

import "math"

// rate is a share with its one-sided 95% bounds.
type rate struct {
	Count int     `json:"count"`
	Of    int     `json:"of"`
	Share float64 `json:"rate"`
	Lower float64 `json:"lower_95"`
	Upper float64 `json:"upper_95"`
}

func newRate(count, of int) rate {
	r := rate{Count: count, Of: of, Upper: upperBound(count, of), Lower: 1 - upperBound(of-count, of)}
	r.Share = share(count, of)
	return r
}

func share(count, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(count) / float64(of)
}

// upperBound is the largest rate at which count events or fewer in n are seen
// at least one time in twenty: Clopper and Pearson's one-sided limit, found by
// halving. Without trials nothing is known, and it is 1.
func upperBound(count, n int) float64 {
	if count >= n {
		return 1
	}
	low, high := float64(count)/float64(n), 1.0
	for high-low > 1e-9 {
		p := (low + high) / 2
		if atMost(count, n, p) > 0.05 {
			low = p
		} else {
			high = p
		}
	}
	return (low + high) / 2
}

// atMost is the probability of count events or fewer in n trials at rate p,
// summed from the logarithm of each term, which the next one follows from.
func atMost(count, n int, p float64) float64 {
	term, odds := float64(n)*math.Log1p(-p), math.Log(p)-math.Log1p(-p)
	sum := math.Exp(term)
	for k := range count {
		term += odds + math.Log(float64(n-k)) - math.Log(float64(k+1))
		sum += math.Exp(term)
	}
	return sum
}
