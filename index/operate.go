package index

import "math"

// operating is, for the weights in rank.go, the logit that a match must have
// to be an answer if that share of the questions that a corpus does not answer may
// get one: the mean over questions on other diseases, on other things than
// health, and chat, of the public sets (printed by the command in fit).
var operating = []struct{ percent, logit float64 }{
	{0.1, 1.55}, {0.2, 1.36}, {0.5, 0.36}, {DefaultFalseAnswers, 0}, {1, -0.52}, {2, -1.22}, {5, -2.63},
}

// DefaultFalseAnswers is the share of false answers, in percent, at which a
// confidence of 0.5 makes an answer.
const DefaultFalseAnswers = 0.7

// Threshold returns the confidence from which a match is an answer, for the
// share of false answers, in percent, that a community accepts among the
// questions that its corpus does not answer. 0 means [DefaultFalseAnswers];
// shares beyond 0.1 and 5 count as these. How many a corpus really gets is for its
// own questions to say (handout eval).
func Threshold(percent float64) float64 {
	if percent == 0 {
		percent = DefaultFalseAnswers
	}
	last := operating[0]
	if percent <= last.percent {
		return sigmoid(last.logit)
	}
	for _, point := range operating[1:] {
		if percent <= point.percent {
			along := math.Log(percent/last.percent) / math.Log(point.percent/last.percent)
			return sigmoid(last.logit + along*(point.logit-last.logit))
		}
		last = point
	}
	return sigmoid(last.logit)
}

func sigmoid(logit float64) float64 { return 1 / (1 + math.Exp(-logit)) }
