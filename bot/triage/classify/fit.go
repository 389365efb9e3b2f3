package classify

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// Example is a message that a model is fitted on.
type Example struct {
	Words []string // as Judge takes them
	Among []string // classes, of which it is one
}

// Fit finds weights under which the examples' classes are likely. The general
// vectors stay as they are; everything else begins at random, otherwise for each seed, of
// which each makes a net. told is called, by one net after the other or at once,
// after each epoch over the examples with the mean loss. The same arguments give
// the same weights on the same processor.
//
// It goes down the gradient with Adam (Kingma and Ba, 2015) and decoupled decay
// (Loshchilov and Hutter, 2019). A unit left out at random (Srivastava et al.,
// 2014), words left out or mistyped at random, and a softened target keep it
// from learning the messages by heart.
func Fit(general General, shape Shape, classes []string, examples []Example, epochs int, seeds []uint64, told func(net, epoch int, loss float64)) *Weights {
	w := &Weights{Classes: classes, General: general, Own: ownWords(examples), Shape: shape, Nets: make([]Net, len(seeds))}
	for i := range w.Nets {
		w.Nets[i].of = w
	}
	model := New(w)
	var nets sync.WaitGroup
	for i, seed := range seeds {
		nets.Go(func() {
			f := newFitter(model, &w.Nets[i], seed)
			f.fit(examples, epochs, func(epoch int, loss float64) { told(i, epoch, loss) })
		})
	}
	nets.Wait()
	return w
}

func (f *fitter) fit(examples []Example, epochs int, told func(epoch int, loss float64)) {
	steps := epochs * ((len(examples) + batch - 1) / batch)
	step := 0
	for epoch := range epochs {
		loss := 0.0
		for chunk := range slices.Chunk(f.random.Perm(len(examples)), batch) {
			for _, i := range chunk {
				loss += f.learn(examples[i])
			}
			step++
			f.descend(step, len(chunk), learningRate*(1-0.9*float64(step)/float64(steps)))
		}
		told(epoch+1, loss/float64(len(examples)))
	}
}

const (
	batch          = 32
	learningRate   = 1.5e-3
	weightDecay    = 1e-4 // of the weights, in a step of size 1
	inputDropout   = 0.2  // share of the inputs of a filter that are left out
	featureDropout = 0.5  // share of the filters that are left out
	wordDropout    = 0.06 // share of the words that are left out, and of those that are mistyped
	labelSmoothing = 0.05 // share of the target that all classes have in common
	twice          = 2    // times that a word must stand in the examples to have a vector of its own
)

// fitter fits one net.
type fitter struct {
	*Net
	model  *Model
	random *rand.Rand
	fitted []*parameter

	ownRows, grams, out, outBias *parameter
	kernels, bias                []*parameter
}

func newFitter(m *Model, n *Net, seed uint64) *fitter {
	f := &fitter{Net: n, model: m, random: rand.New(rand.NewPCG(seed, 0))}
	shape := m.Shape
	f.ownRows = f.parameter(&f.OwnRows, len(m.Own)*shape.OwnDim, 0.1)
	f.grams = f.parameter(&f.Grams, shape.Grams*shape.GramDim, 0.1)
	f.Kernels, f.Bias = make([][]float32, len(shape.Widths)), make([][]float32, len(shape.Widths))
	for i, width := range shape.Widths {
		inputs := width * m.dims()
		f.kernels = append(f.kernels, f.parameter(&f.Kernels[i], shape.Filters*inputs, 0.6/math.Sqrt(float64(inputs))))
		f.bias = append(f.bias, f.parameter(&f.Bias[i], shape.Filters, 0))
	}
	f.out = f.parameter(&f.Out, len(m.Classes)*m.features(), 0.6/math.Sqrt(float64(m.features())))
	f.outBias = f.parameter(&f.OutBias, len(m.Classes), 0)
	return f
}

// parameter makes numbers of the given standard deviation.
func (f *fitter) parameter(to *[]float32, n int, deviation float64) *parameter {
	value := make([]float32, n)
	for i := range value {
		value[i] = float32(deviation * f.random.NormFloat64())
	}
	*to = value
	p := &parameter{value, make([]float32, n), make([]float32, n), make([]float32, n)}
	f.fitted = append(f.fitted, p)
	return p
}

func ownWords(examples []Example) []string {
	count := map[string]int{}
	for _, e := range examples {
		for _, w := range e.Words {
			count[w]++
		}
	}
	var list []string
	for w, n := range count {
		if n >= twice {
			list = append(list, w)
		}
	}
	slices.Sort(list)
	return list
}
