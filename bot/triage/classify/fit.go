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
// after each round over the examples with the mean loss. The same arguments give
// the same weights on the same processor.
//
// It goes down the gradient with Adam (Kingma and Ba, 2015) and decoupled decay
// (Loshchilov and Hutter, 2019). A unit left out at random (Srivastava et al.,
// 2014), words left out or mistyped at random, and a softened target keep it
// from learning the messages by heart.
func Fit(general General, shape Shape, classes []string, examples []Example, rounds int, seeds []uint64, told func(net, round int, loss float64)) *Weights {
	w := &Weights{Classes: classes, General: general, Own: ownWords(examples), Shape: shape, Nets: make([]Net, len(seeds))}
	for i := range w.Nets {
		w.Nets[i].of = w
	}
	model := New(w)
	var nets sync.WaitGroup
	for i, seed := range seeds {
		nets.Go(func() {
			f := newFitter(model, &w.Nets[i], seed)
			f.fit(examples, rounds, func(round int, loss float64) { told(i, round, loss) })
		})
	}
	nets.Wait()
	return w
}

func (f *fitter) fit(examples []Example, rounds int, told func(round int, loss float64)) {
	steps := rounds * ((len(examples) + batch - 1) / batch)
	step := 0
	for round := range rounds {
		loss := 0.0
		for chunk := range slices.Chunk(f.random.Perm(len(examples)), batch) {
			for _, i := range chunk {
				loss += f.learn(examples[i])
			}
			step++
			f.descend(step, len(chunk), firstStep*(1-0.9*float64(step)/float64(steps)))
		}
		told(round+1, loss/float64(len(examples)))
	}
}

const (
	batch     = 32
	firstStep = 1.5e-3
	decay     = 1e-4 // of the weights, in a step of size 1
	leaveIn   = 0.2  // share of the inputs of a filter that are left out
	leaveOut  = 0.5  // share of the filters that are left out
	mistaken  = 0.06 // share of the words that are left out, and of those that are mistyped
	soft      = 0.05 // share of the target that all classes have in common
	twice     = 2    // times that a word must stand in the examples to have a vector of its own
)

// parameter is numbers that are fitted, with their slope and Adam's means.
type parameter struct{ value, slope, mean, square []float32 }

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

// parameter makes numbers of the given spread.
func (f *fitter) parameter(to *[]float32, n int, spread float64) *parameter {
	value := make([]float32, n)
	for i := range value {
		value[i] = float32(spread * f.random.NormFloat64())
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

// token is a word of a message with where its vector comes from.
type token struct {
	x, slope []float32
	left     []bool // inputs that are left out
	own      int    // row, or -1
	grams    []int
}

// learn adds an example's slope, and returns its loss.
func (f *fitter) learn(e Example) float64 {
	tokens := f.tokens(e.Words)
	pooled, places := f.best(tokens)
	kept := make([]float32, len(pooled))
	for i := range pooled {
		if f.random.Float64() >= leaveOut {
			kept[i] = 1 / (1 - leaveOut)
		}
		pooled[i] *= kept[i]
	}
	p := softmax(f.scores(pooled))
	loss, slope := f.slope(p, e.Among)
	back := make([]float32, len(pooled))
	for c, s := range slope {
		row := f.Out[c*len(pooled) : (c+1)*len(pooled)]
		rowSlope := f.out.slope[c*len(pooled) : (c+1)*len(pooled)]
		f.outBias.slope[c] += s
		for i := range pooled {
			rowSlope[i] += s * pooled[i]
			back[i] += s * row[i]
		}
	}
	for i := range back {
		if pooled[i] > 0 {
			f.blame(tokens, i, places[i], back[i]*kept[i])
		}
	}
	f.spread(tokens)
	return loss
}

// tokens looks the words up, as a hasty person might have typed them.
func (f *fitter) tokens(words []string) []token {
	list := make([]token, 0, len(words))
	for _, w := range words[:min(len(words), longest)] {
		chance := f.random.Float64()
		if chance < mistaken && len(words) > 1 {
			continue
		}
		if chance < 2*mistaken && len(w) > 3 {
			w = f.mistype(w)
		}
		list = append(list, f.token(w))
	}
	if len(list) == 0 {
		list = append(list, f.token(words[0]))
	}
	return list
}

func (f *fitter) token(word string) token {
	d := f.model.dims()
	t := token{x: make([]float32, d), slope: make([]float32, d), left: make([]bool, d), own: -1, grams: f.model.Shape.gramsOf(word)}
	f.model.embed(f.Net, word, t.x)
	if row, ok := f.model.own[word]; ok {
		t.own = row
	}
	for i := range t.x {
		if t.left[i] = f.random.Float64() < leaveIn; t.left[i] {
			t.x[i] = 0
		} else {
			t.x[i] /= 1 - leaveIn
		}
	}
	return t
}

// mistype leaves a letter out, or puts two in the wrong order.
func (f *fitter) mistype(w string) string {
	b := []byte(w)
	i := f.random.IntN(len(b) - 1)
	if f.random.IntN(2) == 0 {
		return string(slices.Delete(b, i, i+1))
	}
	b[i], b[i+1] = b[i+1], b[i]
	return string(b)
}

// best is what each filter makes of its best place, and which that is.
func (f *fitter) best(tokens []token) (pooled []float32, places []int) {
	for i, width := range f.model.Shape.Widths {
		for filter := range f.model.Shape.Filters {
			top, at := float32(0), 0
			for first := 1 - width; first < len(tokens); first++ {
				s := f.Bias[i][filter]
				for place := max(0, -first); place < width && first+place < len(tokens); place++ {
					s += dot(f.kernel(i, filter, place), tokens[first+place].x)
				}
				if s > top {
					top, at = s, first
				}
			}
			pooled, places = append(pooled, top), append(places, at)
		}
	}
	return pooled, places
}

// slope is the loss of the probabilities and, of that with a softened target, the
// slope by score: the classes among which the message is are one.
func (f *fitter) slope(p []float64, among []string) (loss float64, slope []float32) {
	of := 0.0
	target := make([]float64, len(p))
	for c, class := range f.model.Classes {
		if slices.Contains(among, class) {
			target[c] = p[c]
			of += p[c]
		}
	}
	slope = make([]float32, len(p))
	for c := range p {
		want := (1-soft)*target[c]/max(of, 1e-12) + soft/float64(len(p))
		slope[c] = float32(p[c] - want)
	}
	return -math.Log(max(of, 1e-12)), slope
}

// blame passes a filter's slope on to its weights and to the words at its place.
func (f *fitter) blame(tokens []token, feature, first int, slope float32) {
	shape := &f.model.Shape
	i, filter := feature/shape.Filters, feature%shape.Filters
	width, d := shape.Widths[i], f.model.dims()
	f.bias[i].slope[filter] += slope
	for place := max(0, -first); place < width && first+place < len(tokens); place++ {
		t := &tokens[first+place]
		from := (filter*width + place) * d
		kernel, kernelSlope := f.Kernels[i][from:from+d], f.kernels[i].slope[from:from+d]
		for k, x := range t.x {
			kernelSlope[k] += slope * x
			t.slope[k] += slope * kernel[k]
		}
	}
}

// spread passes the words' slopes on to their rows.
func (f *fitter) spread(tokens []token) {
	for _, t := range tokens {
		for i := range t.slope {
			if t.left[i] {
				t.slope[i] = 0
			}
			t.slope[i] /= 1 - leaveIn
		}
		_, own, letters := f.model.split(t.slope)
		if t.own >= 0 {
			add(f.ownRows.slope[t.own*len(own):(t.own+1)*len(own)], own)
		}
		for i := range letters {
			letters[i] /= float32(max(len(t.grams), 1))
		}
		for _, g := range t.grams {
			add(f.grams.slope[g*len(letters):(g+1)*len(letters)], letters)
		}
	}
}

// descend goes one step down the mean slope of n examples.
func (f *fitter) descend(step, n int, size float64) {
	const first, second = 0.9, 0.999
	correctMean, correctSquare := 1-math.Pow(first, float64(step)), 1-math.Pow(second, float64(step))
	for _, p := range f.fitted {
		for i, s := range p.slope {
			s /= float32(n)
			p.mean[i] = first*p.mean[i] + (1-first)*s
			p.square[i] = second*p.square[i] + (1-second)*s*s
			by := float64(p.mean[i]) / correctMean / (math.Sqrt(float64(p.square[i])/correctSquare) + 1e-8)
			p.value[i] -= float32(size * (by + decay*float64(p.value[i])))
			p.slope[i] = 0
		}
	}
}
