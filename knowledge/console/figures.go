package console

import (
	"fmt"
	"strings"
	"time"

	"handout/bot"
)

// figureDays is how many days the charts show.
const figureDays = 30

// tally is what became of the questions of a day.
type tally struct {
	Day                                         time.Time
	Answered, Choose, NoMatch, Declined, Urgent int
}

// figures shows how the bot did, day by day.
func (s *Server) figures(v *visit) error {
	last := s.Now().UTC().Truncate(24 * time.Hour)
	days := make([]tally, figureDays)
	for i := range days {
		days[i].Day = last.AddDate(0, 0, i+1-figureDays)
	}
	for c, err := range s.Editor.Store.Counts(v.r.Context(), days[0].Day, last) {
		if err != nil {
			return fmt.Errorf("read counts: %w", err)
		}
		i := int(c.Day.UTC().Sub(days[0].Day) / (24 * time.Hour))
		if outcome, ok := strings.CutPrefix(c.Key, "outcome:"); ok && i >= 0 && i < len(days) {
			days[i].add(bot.Outcome(outcome), c.N)
		}
	}
	var sum tally
	for _, d := range days {
		sum.Answered, sum.Choose, sum.NoMatch = sum.Answered+d.Answered, sum.Choose+d.Choose, sum.NoMatch+d.NoMatch
		sum.Declined, sum.Urgent = sum.Declined+d.Declined, sum.Urgent+d.Urgent
	}
	return s.page(v, "figures", "Figures", struct {
		Days               []tally
		Sum                tally
		Coverage, Outcomes chart
	}{days, sum, coverage(days), outcomes(days)})
}

func (t *tally) add(o bot.Outcome, n int) {
	switch o {
	case bot.Answered:
		t.Answered += n
	case bot.Choose:
		t.Choose += n
	case bot.NoMatch:
		t.NoMatch += n
	case bot.Declined:
		t.Declined += n
	case bot.Urgent:
		t.Urgent += n
	}
}

// Total is all questions of the day.
func (t tally) Total() int { return t.Answered + t.Choose + t.NoMatch + t.Declined + t.Urgent }

// Share is how many percent of the questions that a snippet could answer were
// answered or given titles to choose from; -1 if there were none.
func (t tally) Share() int {
	asked := t.Answered + t.Choose + t.NoMatch
	if asked == 0 {
		return -1
	}
	return (100*(t.Answered+t.Choose) + asked/2) / asked
}

// chart is bars side by side, drawn in units of its view box.
type chart struct {
	Width, Height int
	Top           int // value at its upper end
	Bars          []bar
	First, Last   time.Time
}

type bar struct {
	X, Y, W, H float64
	Kind       string // its class in the style sheet
}

const (
	chartWidth, chartHeight = 600, 160
	barGap                  = 2
)

// stack adds the parts of one day, one above the other.
func (c *chart) stack(i int, kinds []string, parts []int) {
	step := float64(c.Width) / figureDays
	y := float64(c.Height)
	for k, n := range parts {
		h := float64(c.Height) * float64(n) / float64(max(c.Top, 1))
		if n <= 0 {
			continue
		}
		y -= h
		c.Bars = append(c.Bars, bar{float64(i)*step + barGap/2, y, step - barGap, h, kinds[k]})
	}
}

func newChart(days []tally, top int) chart {
	return chart{Width: chartWidth, Height: chartHeight, Top: top, First: days[0].Day, Last: days[len(days)-1].Day}
}

func coverage(days []tally) chart {
	c := newChart(days, 100)
	for i, d := range days {
		c.stack(i, []string{"answered"}, []int{d.Share()})
	}
	return c
}

func outcomes(days []tally) chart {
	top := 0
	for _, d := range days {
		top = max(top, d.Total())
	}
	c := newChart(days, top)
	kinds := []string{"answered", "choose", "none", "declined", "urgent"}
	for i, d := range days {
		c.stack(i, kinds, []int{d.Answered, d.Choose, d.NoMatch, d.Declined, d.Urgent})
	}
	return c
}
