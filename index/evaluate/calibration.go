package evaluate

// calibration compares the confidence of best matches with how often they are
// relevant. It leaves out emergencies and questions for a person without
// relevant ids, because their matches are not labelled.
type calibration struct {
	Questions int     `json:"questions"`
	Error     float64 `json:"expected_calibration_error"` // see newCalibration
	Bins      []bin   `json:"bins"`
}

// bin is the matches whose confidence lies in one tenth; 1 is in the last.
type bin struct {
	From       float64 `json:"from"`
	To         float64 `json:"to"`
	Questions  int     `json:"questions"`
	Confidence float64 `json:"confidence"` // mean
	Right      float64 `json:"right"`      // share
}

const bins = 10

// newCalibration has the mean distance of confidence and share of right in ten
// bins of equal width, weighted by their questions (Guo et al., 2017, "On
// calibration of modern neural networks", equation 3).
func newCalibration(results []*Result) calibration {
	c := calibration{Bins: make([]bin, bins)}
	for i := range c.Bins {
		c.Bins[i].From, c.Bins[i].To = float64(i)/bins, float64(i+1)/bins
	}
	for _, r := range results {
		if len(r.Matches) == 0 || !r.answerable() && (r.Emergency() || r.personal()) {
			continue
		}
		b := &c.Bins[min(int(r.confidence()*bins), bins-1)]
		b.Questions++
		b.Confidence += r.confidence()
		if r.rank() == 1 {
			b.Right++
		}
		c.Questions++
	}
	for i := range c.Bins {
		b := &c.Bins[i]
		if b.Questions == 0 {
			continue
		}
		c.Error += abs(b.Confidence-b.Right) / float64(c.Questions)
		b.Confidence /= float64(b.Questions)
		b.Right /= float64(b.Questions)
	}
	return c
}

func abs(x float64) float64 { return max(x, -x) }
