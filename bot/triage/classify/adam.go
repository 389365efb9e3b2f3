package classify

import "math"

// parameter is numbers that are fitted, with their gradient and Adam's means.
type parameter struct{ value, gradient, mean, square []float32 }

// descend goes one step down the mean gradient of n examples.
func (f *fitter) descend(step, n int, size float64) {
	const first, second = 0.9, 0.999
	correctMean, correctSquare := 1-math.Pow(first, float64(step)), 1-math.Pow(second, float64(step))
	for _, p := range f.fitted {
		for i, s := range p.gradient {
			s /= float32(n)
			p.mean[i] = first*p.mean[i] + (1-first)*s
			p.square[i] = second*p.square[i] + (1-second)*s*s
			by := float64(p.mean[i]) / correctMean / (math.Sqrt(float64(p.square[i])/correctSquare) + 1e-8)
			p.value[i] -= float32(size * (by + weightDecay*float64(p.value[i])))
			p.gradient[i] = 0
		}
	}
}
