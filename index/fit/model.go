package main

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// model is the weights of the features, by their order.
type model struct {
	names   []string
	weights []float64
}

func (m model) logit(c candidate) float64 {
	z := 0.0
	for i, w := range m.weights {
		z += w * c.features[i]
	}
	return z
}

const (
	rounds = 1500
	step   = 0.05
	decay  = 1e-4 // of the weights but the constant
)

// fitModel finds the weights under which the relevant candidates of the even
// questions are most likely, where a question's candidates and "none of them",
// whose logit is 0, share one probability (a softmax). It goes down the
// gradient with Adam (Kingma and Ba, 2015, "Adam: A Method for Stochastic
// Optimization").
func fitModel(sets setList, from model, held []*float64) model {
	m := model{names: from.names, weights: append([]float64{}, from.weights...)}
	mean, square := make([]float64, len(m.names)), make([]float64, len(m.names))
	for i := range m.weights {
		if held[i] != nil {
			m.weights[i] = *held[i]
		}
	}
	for round := 1; round <= rounds; round++ {
		slope := m.gradient(sets)
		for i, g := range slope {
			if held[i] != nil {
				continue
			}
			if i > 0 {
				g += decay * m.weights[i]
			}
			mean[i] = 0.9*mean[i] + 0.1*g
			square[i] = 0.999*square[i] + 0.001*g*g
			n := float64(round)
			m.weights[i] -= step * (mean[i] / (1 - math.Pow(0.9, n))) / (math.Sqrt(square[i]/(1-math.Pow(0.999, n))) + 1e-8)
		}
	}
	return m
}

// gradient is that of the mean negative log-likelihood.
func (m model) gradient(sets setList) []float64 {
	slope := make([]float64, len(m.weights))
	for _, s := range sets {
		share := s.weight / float64(len(s.asked)/2+1)
		for i := 0; i < len(s.asked); i += 2 {
			m.addSlope(slope, s.asked[i], share)
		}
	}
	return slope
}

func (m model) addSlope(slope []float64, a asked, share float64) {
	logits, highest := make([]float64, len(a.candidates)), 0.0
	found := false
	for i, c := range a.candidates {
		if !c.barred {
			logits[i] = m.logit(c)
			highest = max(highest, logits[i])
			found = found || c.relevant
		}
	}
	all, right := math.Exp(-highest), 0.0
	if !found {
		right = all // none is the answer
	}
	for i, c := range a.candidates {
		if c.barred {
			continue
		}
		e := math.Exp(logits[i] - highest)
		all += e
		if c.relevant {
			right += e
		}
	}
	for i, c := range a.candidates {
		if c.barred {
			continue
		}
		e := math.Exp(logits[i] - highest)
		g := e / all
		if c.relevant {
			g -= e / right
		}
		for k, v := range c.features {
			slope[k] += share * g * v
		}
	}
}

func (m model) print(w io.Writer) {
	var parts []string
	for i, name := range m.names {
		parts = append(parts, fmt.Sprintf("%s: %.2f", name, m.weights[i]))
	}
	fmt.Fprintln(w, strings.Join(parts, ", "))
}
