// Package classify judges from the words of a message how likely it is that
// somebody needs help now, also where no rule knows the wording.
//
// A [Model] is a few small convolutional networks over word vectors (Kim, 2014,
// "Convolutional Neural Networks for Sentence Classification"): each filter looks
// for one turn of phrase of one to three words, its best place in the message
// counts, and a softmax over classes weighs the filters. A word is read
// thrice: by its general vector (derived from GloVe: Pennington, Socher and
// Manning, 2014; the 6B vectors, Public Domain Dedication and License), by a
// vector of its own if the messages that the model was fitted on hold it
// twice, and by its letters, so that a typing error still is like the word.
//
// The model file model.bin is written by the command in fit, from messages in
// bot/triage/testdata that were written for handout, and, as examples of what is no
// emergency, from a part of public questions: CLINC150 (Larson et al., 2019), MedQuAD
// (Ben Abacha and Demner-Fushman, 2019) and MeQSum (the same, 2019), all CC BY. How
// much its verdict counts beside the rules is said in package bot/triage; which card its
// classes lead to is data of the corpus. Its messages are English and Spanish; of
// others it knows few words.
package classify

import (
	_ "embed"
	"math"
	"slices"
	"sync"

	"handout/index/memo"
	"handout/knowledge"
)

// None is the class of messages that need no more than an answer. Every other
// class is one of [knowledge.Signs].
const None = "none"

// Verdict is what a model makes of a message. Its probabilities are as of the
// messages that the model was fitted on.
type Verdict struct {
	Urgent  Suspicion // that it is an emergency
	Decline Suspicion // that it asks for what a program must not decide
	Known   float64   // share of the words that the messages hold on which the model was fitted
	Whole   bool      // all of the message was read
}

// Suspicion is one kind of thing that a message may be.
type Suspicion struct {
	P     float64        // probability
	Tier  knowledge.Tier // the likeliest
	Sign  string         // the likeliest of all
	Share float64        // of Sign in P
}

// Model judges messages. It is safe for concurrent use.
type Model struct {
	*Weights
	general map[string]int   // rows of Vectors
	own     map[string]int   // rows of OwnRows
	tiers   []knowledge.Tier // by class
	seen    memo.Words[response]
}

// response is what each filter makes of one word at each of its places, by
// net, then width, then place, then filter.
type response struct {
	at    []float32
	known bool
}

//go:embed model.bin
var fitted []byte

// Fitted is the model of this program.
var Fitted = sync.OnceValue(func() *Model {
	w, err := Decode(fitted)
	if err != nil {
		panic(err) // it is built in, and a test reads it
	}
	return New(w)
})

// New makes a model of weights, which must not change any more.
func New(w *Weights) *Model {
	m := &Model{Weights: w, general: rows(w.General.Words), own: rows(w.Own), tiers: make([]knowledge.Tier, len(w.Classes))}
	m.seen.Most = max(1, 4096/max(len(w.Nets), 1)) // about 6 MB
	for tier, signs := range knowledge.Signs {
		for _, sign := range signs {
			if i := slices.Index(w.Classes, sign); i >= 0 {
				m.tiers[i] = tier
			}
		}
	}
	return m
}

func rows(words []string) map[string]int {
	m := make(map[string]int, len(words))
	for i, w := range words {
		m[w] = i
	}
	return m
}

// Marks are the words that stand for the end of a part of a sentence, a sentence
// or a question.
var Marks = []string{",", ".", "?"}

// longest is how many words of a message are read.
const longest = 200

// Judge judges a message by its first 200 words, which are those of
// triage.Tokens.
func (m *Model) Judge(words []string) Verdict {
	if len(words) == 0 {
		return Verdict{}
	}
	whole := len(words) <= longest
	words = words[:min(len(words), longest)]
	said := make([]response, len(words))
	known, all := 0, 0
	for i, w := range words {
		said[i] = m.seen.Get(w, m.respond)
		if slices.Contains(Marks, w) {
			continue
		}
		if all++; said[i].known {
			known++
		}
	}
	mean := make([]float64, len(m.Classes))
	for i := range m.Nets {
		for c, p := range softmax(m.Nets[i].scores(m.pool(i, said))) {
			mean[c] += p / float64(len(m.Nets))
		}
	}
	v := m.verdict(mean)
	v.Known, v.Whole = float64(known)/float64(max(all, 1)), whole
	return v
}

// respond works out what each filter makes of a word.
func (m *Model) respond(word string) response {
	r := response{at: make([]float32, 0, len(m.Nets)*m.responses())}
	x := make([]float32, m.dims())
	for n := range m.Nets {
		net := &m.Nets[n]
		r.known = m.embed(net, word, x)
		for i, width := range m.Shape.Widths {
			for place := range width {
				for f := range m.Shape.Filters {
					r.at = append(r.at, dot(net.kernel(i, f, place), x))
				}
			}
		}
	}
	return r
}

// responses is how many numbers a net has for a word.
func (m *Model) responses() int {
	n := 0
	for _, width := range m.Shape.Widths {
		n += width * m.Shape.Filters
	}
	return n
}

// embed puts a word's vector into x, and reports whether it has one of its own.
func (m *Model) embed(n *Net, word string, x []float32) bool {
	clear(x)
	general, own, letters := m.split(x)
	if row, ok := m.general[word]; ok {
		m.General.vector(row, general)
	}
	row, known := m.own[word]
	if known {
		copy(own, n.OwnRows[row*len(own):(row+1)*len(own)])
	}
	n.spell(m.Shape.gramsOf(word), letters)
	return known
}

// pool is each filter's best place in the message.
func (m *Model) pool(net int, said []response) []float32 {
	pooled := make([]float32, m.features())
	filters := m.Shape.Filters
	sum := make([]float32, filters)
	base := net * m.responses()
	for i, width := range m.Shape.Widths {
		best := pooled[i*filters : (i+1)*filters] // at least 0, as of a rectifier
		for first := 1 - width; first < len(said); first++ {
			copy(sum, m.Nets[net].Bias[i])
			for place := max(0, -first); place < width && first+place < len(said); place++ {
				from := base + place*filters
				add(sum, said[first+place].at[from:from+filters])
			}
			for f, s := range sum {
				best[f] = max(best[f], s)
			}
		}
		base += width * filters
	}
	return pooled
}

func (m *Model) verdict(p []float64) Verdict {
	return Verdict{
		Urgent:  m.suspicion(p, knowledge.Tier.Urgent),
		Decline: m.suspicion(p, func(t knowledge.Tier) bool { return t == knowledge.Decline }),
	}
}

// suspicion sums up the classes of some tiers.
func (m *Model) suspicion(p []float64, of func(knowledge.Tier) bool) Suspicion {
	var s Suspicion
	byTier, best := map[knowledge.Tier]float64{}, 0.0
	for i, tier := range m.tiers {
		if !of(tier) {
			continue
		}
		s.P += p[i]
		byTier[tier] += p[i]
		if byTier[tier] > byTier[s.Tier] {
			s.Tier = tier
		}
		if p[i] > best {
			s.Sign, best = m.Classes[i], p[i]
		}
	}
	if s.P > 0 {
		s.Share = best / s.P
	}
	return s
}

func softmax(scores []float32) []float64 {
	p := make([]float64, len(scores))
	top, sum := float64(slices.Max(scores)), 0.0
	for i, s := range scores {
		p[i] = math.Exp(float64(s) - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// dot sums up in four parts: one addition then need not wait for another.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	for len(a) >= 4 {
		x, y := a[:4:4], b[:4:4]
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
		a, b = a[4:], b[4:]
	}
	for i, x := range a {
		s0 += x * b[i]
	}
	return s0 + s1 + s2 + s3
}

func add(to, what []float32) {
	what = what[:len(to)]
	for i := range to {
		to[i] += what[i]
	}
}
