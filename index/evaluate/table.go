package evaluate

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// table takes the separator that the header line has most of, as knowledge
// does for a corpus.
func (r *reader) table(data []byte) {
	header, _, _ := bytes.Cut(bytes.TrimLeft(data, "\r\n"), []byte("\n"))
	comma := ','
	for _, other := range []rune{';', '\t'} {
		if bytes.Count(header, []byte(string(other))) > bytes.Count(header, []byte(string(comma))) {
			comma = other
		}
	}
	t := &tableReader{reader: r}
	if comma == '\t' {
		t.tabs(data)
		return
	}
	t.commas(data, comma)
}

// tableReader hands on the rows below a header line.
type tableReader struct {
	*reader
	names []string          // of the columns
	known map[string]string // column to its name
	bad   bool              // the header line, so that nothing below it is read
}

// tabs splits at tabs and nothing else, because such files rarely quote. A cell
// in quotes is taken as spreadsheets write it.
func (t *tableReader) tabs(data []byte) {
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		cells := strings.Split(strings.TrimRight(text, "\r\n"), "\t")
		for i, cell := range cells {
			if len(cell) > 1 && strings.HasPrefix(cell, `"`) && strings.HasSuffix(cell, `"`) {
				cells[i] = strings.ReplaceAll(cell[1:len(cell)-1], `""`, `"`)
			}
		}
		t.row(line, cells)
	}
}

func (t *tableReader) commas(data []byte, comma rune) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord = comma, -1
	for {
		cells, err := r.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.As(err, &parse): // the reader goes on with the next line
			t.fault(parse.StartLine, parse.Err.Error(), `put cells that hold line breaks or quotes in quotes, and write "" for a quote inside`)
			t.bad = t.bad || t.known == nil
		default:
			line, _ := r.FieldPos(0)
			t.row(line, cells)
		}
	}
}

func (t *tableReader) row(line int, cells []string) {
	switch {
	case t.bad || strings.TrimSpace(strings.Join(cells, "")) == "": // spreadsheets save empty rows
	case t.known == nil:
		t.header(line, cells)
	case len(cells) > len(t.names) && strings.TrimSpace(strings.Join(cells[len(t.names):], "")) != "":
		t.fault(line, fmt.Sprintf("%d cells under %d columns", len(cells), len(t.names)), "put cells that hold a separator in quotes")
	default:
		w := row{}
		for column, name := range t.known {
			for i, n := range t.names {
				if n == name && i < len(cells) {
					w[column] = cells[i]
				}
			}
		}
		t.add(line, w)
	}
}

func (t *tableReader) header(line int, names []string) {
	seen := map[string]bool{}
	for _, name := range names {
		if fold := foldName(name); fold != "" && seen[fold] {
			t.fault(line, fmt.Sprintf("column %q stands twice", name), "keep one")
			t.bad = true
		} else {
			seen[fold] = true
		}
	}
	known, unknown := layout(names)
	t.names, t.known = names, known
	t.bad = !t.checkLayout(line, known, unknown) || t.bad
}
