package classify

import (
	"math"
	"slices"
)

// token is a word of a message with where its vector comes from.
type token struct {
	x, gradient []float32
	left        []bool // inputs that are left out
	own         int    // row, or -1
	grams       []int
}

// learn adds an example's gradient, and returns its loss.
func (f *fitter) learn(e Example) float64 {
	tokens := f.tokens(e.Words)
	pooled, places := f.best(tokens)
	kept := make([]float32, len(pooled))
	for i := range pooled {
		if f.random.Float64() >= featureDropout {
			kept[i] = 1 / (1 - featureDropout)
		}
		pooled[i] *= kept[i]
	}
	p := softmax(f.scores(pooled))
	loss, gradient := f.loss(p, e.Among)
	back := make([]float32, len(pooled))
	for c, s := range gradient {
		row := f.Out[c*len(pooled) : (c+1)*len(pooled)]
		rowGradient := f.out.gradient[c*len(pooled) : (c+1)*len(pooled)]
		f.outBias.gradient[c] += s
		for i := range pooled {
			rowGradient[i] += s * pooled[i]
			back[i] += s * row[i]
		}
	}
	for i := range back {
		if pooled[i] > 0 {
			f.backpropagate(tokens, i, places[i], back[i]*kept[i])
		}
	}
	f.scatter(tokens)
	return loss
}

// tokens looks the words up, as a hasty person might have typed them.
func (f *fitter) tokens(words []string) []token {
	list := make([]token, 0, len(words))
	for _, w := range words[:min(len(words), longest)] {
		chance := f.random.Float64()
		if chance < wordDropout && len(words) > 1 {
			continue
		}
		if chance < 2*wordDropout && len(w) > 3 {
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
	t := token{x: make([]float32, d), gradient: make([]float32, d), left: make([]bool, d), own: -1, grams: f.model.Shape.gramsOf(word)}
	f.model.embed(f.Net, word, t.x)
	if row, ok := f.model.own[word]; ok {
		t.own = row
	}
	for i := range t.x {
		if t.left[i] = f.random.Float64() < inputDropout; t.left[i] {
			t.x[i] = 0
		} else {
			t.x[i] /= 1 - inputDropout
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

// loss is that of the probabilities and, of the loss with smoothed labels, the gradient
// by score: the classes among which the message is are one.
func (f *fitter) loss(p []float64, among []string) (loss float64, gradient []float32) {
	of := 0.0
	target := make([]float64, len(p))
	for c, class := range f.model.Classes {
		if slices.Contains(among, class) {
			target[c] = p[c]
			of += p[c]
		}
	}
	gradient = make([]float32, len(p))
	for c := range p {
		want := (1-labelSmoothing)*target[c]/max(of, 1e-12) + labelSmoothing/float64(len(p))
		gradient[c] = float32(p[c] - want)
	}
	return -math.Log(max(of, 1e-12)), gradient
}

// backpropagate passes a filter's gradient on to its weights and to the words at its place.
func (f *fitter) backpropagate(tokens []token, feature, first int, gradient float32) {
	shape := &f.model.Shape
	i, filter := feature/shape.Filters, feature%shape.Filters
	width, d := shape.Widths[i], f.model.dims()
	f.bias[i].gradient[filter] += gradient
	for place := max(0, -first); place < width && first+place < len(tokens); place++ {
		t := &tokens[first+place]
		from := (filter*width + place) * d
		kernel, kernelGradient := f.Kernels[i][from:from+d], f.kernels[i].gradient[from:from+d]
		for k, x := range t.x {
			kernelGradient[k] += gradient * x
			t.gradient[k] += gradient * kernel[k]
		}
	}
}

// scatter passes the words' gradients on to their rows.
func (f *fitter) scatter(tokens []token) {
	for _, t := range tokens {
		for i := range t.gradient {
			if t.left[i] {
				t.gradient[i] = 0
			}
			t.gradient[i] /= 1 - inputDropout
		}
		_, own, letters := f.model.split(t.gradient)
		if t.own >= 0 {
			add(f.ownRows.gradient[t.own*len(own):(t.own+1)*len(own)], own)
		}
		for i := range letters {
			letters[i] /= float32(max(len(t.grams), 1))
		}
		for _, g := range t.grams {
			add(f.grams.gradient[g*len(letters):(g+1)*len(letters)], letters)
		}
	}
}
