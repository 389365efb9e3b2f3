package evaluate

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

const plotStyle = `<style>
svg { background: #fff; font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif }
text { fill: #1f2328 }
.head { font-size: 17px; font-weight: 600 }
.soft { fill: #59636e }
.end { text-anchor: end }
.mid { text-anchor: middle }
.grid { stroke: #d9dee3; stroke-width: 1 }
.frame { stroke: #59636e; stroke-width: 1 }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
.now { stroke: #59636e; stroke-width: 1; stroke-dasharray: 4 4 }
.wrong { stroke: #b34700 } .unsuited { stroke: #0a58ca }
.mark { fill: #fff; stroke-width: 2 }
.small { font-size: 11.5px }
.dot { stroke: #fff; stroke-width: 2 }
.dot.wrong { fill: #b34700 } .dot.unsuited { fill: #0a58ca }
.dashed { stroke-dasharray: 8 4 }
@media (prefers-color-scheme: dark) {
svg { background: #14181d }
text { fill: #e6edf3 }
.soft { fill: #a5b0bb }
.grid { stroke: #2c343c }
.frame, .now { stroke: #a5b0bb }
.wrong { stroke: #ff9d5c } .unsuited { stroke: #79b8ff }
.mark { fill: #14181d }
.dot { stroke: #14181d }
.dot.wrong { fill: #ff9d5c } .dot.unsuited { fill: #79b8ff }
}
</style>
`

// open writes what stands above the frame. The lines differ in more than their
// colour.
func (g *plot) open(p *Report, lines []series) {
	const head = "Questions answered against false answers"
	fmt.Fprintf(g, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="head about">`+"\n",
		plotWidth, plotHeight, plotWidth, plotHeight)
	fmt.Fprintf(g, `<title id="head">%s</title>`+"\n"+`<desc id="about">%s</desc>`+"\n", head, p.describe(lines))
	g.WriteString(plotStyle)
	g.text(frameLeft, 30, "head", head)
	g.legend(0, "now", "answerable and answered", p.Answerable.Answered)
	for i, s := range lines {
		g.legend(1+i, "line "+s.classes(), s.name, s.now)
	}
}

func (g *plot) legend(row int, class, words string, now rate) {
	y := 56 + 22*row
	fmt.Fprintf(g, `<path class="%s" d="M%d %dh34"/>`+"\n", class, frameLeft, y-4)
	g.text(frameLeft+44, float64(y), "", fmt.Sprintf("%s: now %s of %d", words, percent(now.Share), now.Of))
}

// describe says what the picture shows to whoever does not see it.
func (p *Report) describe(lines []series) string {
	parts := []string{fmt.Sprintf("Now %s of %d answerable questions are answered.", percent(p.Answerable.Answered.Share), p.Answerable.Answered.Of)}
	for _, s := range lines {
		parts = append(parts, fmt.Sprintf("False answers, %s: %s of %d.", s.name, percent(s.now.Share), s.now.Of))
	}
	return strings.Join(append(parts, "Each line shows both shares as the confidence from which a snippet is sent falls from 1 to "+fmt.Sprint(marks[len(marks)-1])+"."), " ")
}

func (s series) classes() string {
	if s.class == "wrong" {
		return s.class + " dashed"
	}
	return s.class
}

func (g *plot) text(x, y float64, class, words string) {
	fmt.Fprintf(g, `<text x="%.1f" y="%.1f" class="%s">%s</text>`+"\n", x, y, class, words)
}

func (g *plot) axes() {
	for i := 0; i <= 5; i++ {
		share := float64(i) / 5
		fmt.Fprintf(g, `<path class="grid" d="M%d %.1fH%d"/>`+"\n", frameLeft, g.y(share), frameRight)
		g.text(frameLeft-10, g.y(share)+4.5, "soft end", fmt.Sprintf("%.0f%%", 100*share))
	}
	var taken []float64
	for _, t := range append([]float64{g.most}, ticks...) {
		x := g.x(t)
		if t > g.most || slices.ContainsFunc(taken, func(other float64) bool { return math.Abs(x-other) < 44 }) {
			continue
		}
		taken = append(taken, x)
		fmt.Fprintf(g, `<path class="grid" d="M%.1f %dV%d"/>`+"\n", x, frameTop, frameBottom)
		g.text(x, frameBottom+20, "soft mid", fmt.Sprintf("%g%%", 100*t))
	}
	fmt.Fprintf(g, `<path class="frame" fill="none" d="M%d %dV%dH%d"/>`+"\n", frameLeft, frameTop, frameBottom, frameRight)
	g.text(frameLeft, frameBottom+76, "soft", fmt.Sprintf("Circles: if snippets were sent from a confidence of %.1f, %.1f or %.1f on.", marks[0], marks[1], marks[2]))
	g.text(frameLeft, frameBottom+94, "soft", "Dots: what is sent now. Where snippets fit alike, the person chooses instead.")
	g.text((frameLeft+frameRight)/2, frameBottom+44, "mid", "false answers, share of the questions of each line (square-root scale)")
	fmt.Fprintf(g, `<text transform="translate(24 %d) rotate(-90)" class="mid">answerable questions that are answered</text>`+"\n", (frameTop+frameBottom)/2)
}
