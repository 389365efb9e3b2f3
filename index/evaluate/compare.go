package evaluate

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
)

// Baseline is a former report to compare with.
type Baseline struct {
	lines map[key][]line // in their order, because a question may stand twice
}

// key is what makes a question the same in two reports; where it stands and how
// it is labelled may change.
type key struct {
	question string
	form     form
}

func (l *line) key() key { return key{l.Question, l.Form} }

// ReadBaseline reads what [Report.WriteJSON] wrote.
func ReadBaseline(path string) (*Baseline, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	var former struct{ Results []line }
	if err = json.Unmarshal(data, &former); err == nil && len(former.Results) == 0 {
		err = errors.New("no results in it")
	}
	if err != nil {
		return nil, fmt.Errorf("read baseline: %s: %w; give what a former run printed with --json", path, err)
	}
	b := &Baseline{lines: map[key][]line{}}
	for _, l := range former.Results {
		b.lines[l.key()] = append(b.lines[l.key()], l)
	}
	return b, nil
}

// changes is how the results differ from a baseline's, as labelled now.
type changes struct {
	Compared int      `json:"compared"` // questions in both
	WasRight int      `json:"was_right"`
	NowRight int      `json:"now_right"`
	Better   int      `json:"better"` // wrong before, right now
	Worse    int      `json:"worse"`
	Other    int      `json:"other"` // another outcome or best match, as right or wrong as before
	Added    int      `json:"added"` // questions that the baseline lacks
	Gone     int      `json:"gone"`  // questions of the baseline that were not asked
	List     []change `json:"list"`  // worse first, then better, then others
}

// change is a question whose outcome or best match is another than before.
type change struct {
	Verdict  verdict `json:"verdict"`
	File     string  `json:"file"`
	Line     int     `json:"line"`
	Question string  `json:"question"`
	Kind     string  `json:"kind"`
	Old      found   `json:"old"`
	New      found   `json:"new"`
}

// found is what a question met.
type found struct {
	Outcome    string  `json:"outcome"`
	First      string  `json:"first"`
	Confidence float64 `json:"confidence"`
	Right      *bool   `json:"right"` // null where no answer is known
}

// verdict says what a change is worth.
type verdict string

// The verdicts.
const (
	worse  verdict = "worse"
	better verdict = "better"
	other  verdict = "other"
)

// Compare fills in the report's changes.
func (p *Report) Compare(b *Baseline) {
	c := &changes{List: []change{}}
	met := map[key]int{}
	for i := range p.results {
		now := p.Results[i]
		k := now.key()
		if met[k] >= len(b.lines[k]) {
			c.Added++
			continue
		}
		c.add(&p.results[i].Question, b.lines[k][met[k]], now)
		met[k]++
	}
	for k, lines := range b.lines {
		c.Gone += len(lines) - met[k]
	}
	order := []verdict{worse, better, other}
	slices.SortStableFunc(c.List, func(a, b change) int {
		return slices.Index(order, a.Verdict) - slices.Index(order, b.Verdict)
	})
	p.Changes = c
}

func (c *changes) add(q *Question, old, now line) {
	c.Compared++
	was := q.labelled() && q.Right(old.Outcome, old.Snippet)
	is := q.labelled() && *now.Right
	c.WasRight += number(was)
	c.NowRight += number(is)
	if old.Outcome == now.Outcome && old.First == now.First && was == is {
		return
	}
	d := change{
		Verdict: other, File: now.File, Line: now.Line, Question: now.Question, Kind: now.Kind,
		Old: found{old.Outcome, old.First, old.Confidence, nil}, New: found{now.Outcome, now.First, now.Confidence, now.Right},
	}
	if q.labelled() {
		d.Old.Right = &was
	}
	switch {
	case is && !was:
		d.Verdict = better
		c.Better++
	case was && !is:
		d.Verdict = worse
		c.Worse++
	default:
		c.Other++
	}
	c.List = append(c.List, d)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
