package evaluate

import (
	"encoding/json"
	"fmt"
	"io"
)

// line is one question in the JSON of a report, by which the next is compared
// with it.
type line struct {
	File       string   `json:"file"`
	Line       int      `json:"line"`
	Question   string   `json:"question"`
	Kind       string   `json:"kind"`
	Form       form     `json:"form,omitempty"`
	Relevant   []string `json:"relevant"`
	Outcome    string   `json:"outcome"`
	Snippet    string   `json:"snippet"`
	First      string   `json:"first"` // the best match
	Confidence float64  `json:"confidence"`
	Right      *bool    `json:"right"` // null for forms of pairs
	Latency    float64  `json:"ms"`
}

func newLine(r *Result) line {
	l := line{
		File: r.File, Line: r.Line, Question: r.Text, Kind: r.Kind, Form: r.Form, Relevant: append([]string{}, r.Relevant...),
		Outcome: r.Outcome, Snippet: r.Snippet, First: r.first(), Confidence: r.confidence(), Latency: milliseconds(r.Latency),
	}
	if r.labelled() {
		right := r.right()
		l.Right = &right
	}
	return l
}

// WriteJSON writes the report as one JSON object, which [ReadBaseline] reads.
func (p *Report) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(p); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}
