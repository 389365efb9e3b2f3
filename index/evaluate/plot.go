package evaluate

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// The picture's size and the frame of its axes.
const (
	plotWidth, plotHeight = 760, 558
	frameLeft, frameRight = 76, 728
	frameTop, frameBottom = 126, 446
)

// plot is a picture in the making.
type plot struct {
	strings.Builder
	most  float64 // end of the axis of false answers
	taken []spot  // by dots, and by marks with their labels
}

type spot struct{ x, y float64 }

// series is one line of the picture.
type series struct {
	class, name string
	now         rate
	rate        func(point) float64
}

// WriteSVG draws the share of answerable questions that are answered against
// false answers, as the confidence from which snippets are sent falls, and marks
// what happens now. It needs answerable questions.
func (p *Report) WriteSVG(w io.Writer) error {
	lines := p.series()
	points := slices.DeleteFunc(curve(p.results), func(at point) bool { return at.threshold < marks[len(marks)-1] })
	g := &plot{}
	for _, s := range lines {
		g.most = max(g.most, s.now.Share, s.rate(points[len(points)-1]))
	}
	g.most = roundUp(g.most)
	g.open(p, lines)
	g.axes()
	for _, s := range slices.Backward(lines) { // the dashed one on top
		g.line(points, s)
	}
	for i, s := range lines {
		g.now(p.Answerable.Answered.Share, s, i)
	}
	for _, s := range lines {
		g.marks(points, s)
	}
	g.WriteString("</svg>\n")
	if _, err := io.WriteString(w, g.String()); err != nil {
		return fmt.Errorf("draw plot: %w", err)
	}
	return nil
}

func (p *Report) series() []series {
	list := []series{{"wrong", "answerable, but another snippet is sent", p.Answerable.Wrong, func(at point) float64 { return at.wrong }}}
	if p.Unsuited.Of > 0 {
		list = append(list, series{"unsuited", "no snippet is relevant, but one is sent", p.Unsuited, func(at point) float64 { return at.unsuited }})
	}
	return list
}

// ticks of the axis of false answers, those to show first where there is little
// room. Its scale is a square root, because the rates worth having are small
// and 0 is one of them.
var ticks = []float64{0, 0.01, 0.1, 0.5, 0.05, 0.2, 0.001, 0.02, 0.3, 0.8, 0.005, 0.4, 0.6, 1}

// roundUp is the end of the axis: a tick, 1% or more.
func roundUp(rate float64) float64 {
	end := 1.0
	for _, t := range ticks {
		if t >= rate && t >= 0.01 {
			end = min(end, t)
		}
	}
	return end
}

// marks are the confidences that a line shows; it ends at the last.
var marks = []float64{0.9, 0.5, 0.1}

func (g *plot) x(rate float64) float64 {
	return frameLeft + (frameRight-frameLeft)*math.Sqrt(rate/g.most)
}

func (g *plot) y(coverage float64) float64 {
	return frameBottom - (frameBottom-frameTop)*coverage
}

// line leaves out points that lie on the same spot.
func (g *plot) line(points []point, s series) {
	fmt.Fprintf(g, `<path class="line %s" d="`, s.classes())
	lastX, lastY := math.Inf(-1), math.Inf(-1)
	for i, p := range points {
		x, y := g.x(s.rate(p)), g.y(p.coverage)
		if i < len(points)-1 && math.Abs(x-lastX) < 1 && math.Abs(y-lastY) < 1 {
			continue
		}
		command := "L"
		if i == 0 {
			command = "M"
		}
		fmt.Fprintf(g, "%s%.1f %.1f", command, x, y)
		lastX, lastY = x, y
	}
	g.WriteString(`"/>` + "\n")
}

// marks shows where the confidences lie on a line, and names them where there is
// room.
func (g *plot) marks(points []point, s series) {
	for _, from := range marks {
		last := points[0]
		for _, p := range points {
			if p.threshold >= from {
				last = p
			}
		}
		x, y := g.x(s.rate(last)), g.y(last.coverage)
		if g.near(x, y, 8) {
			continue
		}
		fmt.Fprintf(g, `<circle class="mark %s" cx="%.1f" cy="%.1f" r="4"/>`+"\n", s.class, x, y)
		if !g.near(x+16, y+11, 16) {
			g.text(x+8, y+15, "small soft", fmt.Sprintf("%.1f", from))
			g.taken = append(g.taken, spot{x + 16, y + 11})
		}
		g.taken = append(g.taken, spot{x, y})
	}
}

func (g *plot) near(x, y, distance float64) bool {
	return slices.ContainsFunc(g.taken, func(s spot) bool { return math.Hypot(x-s.x, y-s.y) < distance })
}

// now marks the operating point of a line. Ties that became a choice put it
// beside the line.
func (g *plot) now(coverage float64, s series, i int) {
	x, y := g.x(s.now.Share), g.y(coverage)
	if i == 0 {
		fmt.Fprintf(g, `<path class="now" d="M%d %.1fH%d"/>`+"\n", frameLeft, y, frameRight)
	}
	fmt.Fprintf(g, `<circle class="dot %s" cx="%.1f" cy="%.1f" r="%.1f"/>`+"\n", s.class, x, y, 7-1.5*float64(i))
	g.taken = append(g.taken, spot{x, y})
}
