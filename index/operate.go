package index

import "math"

// operating is, for the weights in rank.go, the logit that a match must have
// to be an answer if that share of the questions that a corpus does not answer, in
// percent, may get one: the mean over questions on other diseases, on other
// things than health, and chat, of the public sets (printed by the command in
// fit).
var operating = []struct{ percent, logit float64 }{
	{0.1, 1.80}, {0.2, 1.63}, {0.5, 0.30}, {defaultFalseAnswers, 0}, {1, -0.63}, {2, -1.63}, {5, -3.22},
}

// defaultFalseAnswers is the share at which the weights make a match an answer
// from a confidence of 0.5.
const defaultFalseAnswers = 0.6

// leeway is what is added to every logit, so that a match is an answer from a
// confidence of 0.5 on whatever share of false answers a community accepts
// ([knowledge.Settings.FalseAnswers]; 0 means the default, and shares beyond 0.1
// and 5 count as these). How many a corpus really gets is for its own
// questions to say.
func leeway(percent float64) float64 {
	if percent == 0 {
		percent = defaultFalseAnswers
	}
	last := operating[0]
	if percent <= last.percent {
		return -last.logit
	}
	for _, point := range operating[1:] {
		if percent <= point.percent {
			along := math.Log(percent/last.percent) / math.Log(point.percent/last.percent)
			return -last.logit - along*(point.logit-last.logit)
		}
		last = point
	}
	return -last.logit
}

func sigmoid(logit float64) float64 { return 1 / (1 + math.Exp(-logit)) }
