package classify

// Weights are a model's numbers, all of them exported so that they can be fitted
// and kept. A matrix is a slice, row after row.
type Weights struct {
	Sets    string // SHA-256 of the messages that they were fitted on
	Classes []string
	General General
	Own     []string // words that have a vector of their own
	Shape   Shape
	Nets    []Net
}

// General is vectors of words by how the words are used anywhere.
type General struct {
	Words   []string
	Vectors []byte    // a row of Dim signed numbers for each, in steps of Scale
	Scale   []float32 // by word
	Dim     int
}

// Shape is how large each net is.
type Shape struct {
	OwnDim, GramDim int
	Grams           int   // hashes of letters
	Widths          []int // of the filters, in words
	Filters         int   // of each width
}

// Net is one of several that were fitted alike from other beginnings; what they
// find is averaged.
type Net struct {
	OwnRows []float32   // a row for each word of [Weights.Own]
	Grams   []float32   // a row for each hash of three or four letters
	Kernels [][]float32 // by width: a row of width vectors for each filter
	Bias    [][]float32 // by width: one for each filter
	Out     []float32   // a row for each class, with a weight for each filter
	OutBias []float32   // by class

	of *Weights
}

// dims is the length of a word's vector: the general one, its own, its letters'.
func (w *Weights) dims() int     { return w.General.Dim + w.Shape.OwnDim + w.Shape.GramDim }
func (w *Weights) features() int { return len(w.Shape.Widths) * w.Shape.Filters }

// split cuts a word's vector into its three parts.
func (w *Weights) split(x []float32) (general, own, letters []float32) {
	a, b := w.General.Dim, w.General.Dim+w.Shape.OwnDim
	return x[:a], x[a:b], x[b:]
}

func (g *General) vector(row int, x []float32) {
	scale := g.Scale[row]
	for i, v := range g.Vectors[row*g.Dim : (row+1)*g.Dim] {
		x[i] = float32(int8(v)) * scale
	}
}

// kernel is the part of a filter that is for one of its places.
func (n *Net) kernel(width, filter, place int) []float32 {
	d := n.of.dims()
	from := (filter*n.of.Shape.Widths[width] + place) * d
	return n.Kernels[width][from : from+d]
}

// spell puts the mean of the rows of a word's letters into x.
func (n *Net) spell(grams []int, x []float32) {
	d := n.of.Shape.GramDim
	for _, g := range grams {
		add(x, n.Grams[g*d:(g+1)*d])
	}
	for i := range x {
		x[i] /= float32(max(len(grams), 1))
	}
}

// scores are the logits of the classes.
func (n *Net) scores(pooled []float32) []float32 {
	scores := make([]float32, len(n.OutBias))
	for c := range scores {
		scores[c] = n.OutBias[c] + dot(n.Out[c*len(pooled):(c+1)*len(pooled)], pooled)
	}
	return scores
}

// mostGrams bounds the work for a word.
const mostGrams = 24

// gramsOf are the rows of every three and four bytes of a word with its ends,
// hashed as fastText does (Bojanowski et al., 2017, "Enriching Word Vectors
// with Subword Information").
func (s *Shape) gramsOf(word string) []int {
	word = "<" + word + ">"
	var list []int
	for start := range len(word) {
		for n := 3; n <= 4 && start+n <= len(word) && len(list) < mostGrams; n++ {
			list = append(list, int(fnv(word[start:start+n])%uint32(s.Grams)))
		}
	}
	return list
}

// fnv is the 32-bit FNV-1a hash, without the allocation of hash/fnv.
func fnv(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
