package knowledge

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// readCSV takes comma, semicolon or tab, whichever the header line has most of:
// spreadsheet programs differ by country.
func (l *loader) readCSV(path string, data []byte) {
	header, _, _ := bytes.Cut(data, []byte("\n"))
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1 // counted here, so that an empty row is no problem
	for _, comma := range []rune{';', '\t'} {
		if bytes.Count(header, []byte(string(comma))) > bytes.Count(header, []byte(string(r.Comma))) {
			r.Comma = comma
		}
	}
	names, err := r.Read()
	if errors.Is(err, io.EOF) {
		l.fatal(path, 1, "empty file", "begin with a header line: "+strings.Join(columnNames(), ","))
		return
	}
	if err != nil {
		l.csvError(path, err)
		return
	}
	given, ok := l.checkHeader(path, names)
	if !ok {
		return
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil { // the reader goes on with the next line
			l.csvError(path, err)
			continue
		}
		line, _ := r.FieldPos(0)
		switch {
		case strings.TrimSpace(strings.Join(cells, "")) == "": // spreadsheets save empty rows
		case len(cells) != len(names):
			l.fatal(path, line, fmt.Sprintf("%d cells under %d columns", len(cells), len(names)),
				"give the row as many cells as the header line has, and put cells that hold a separator in quotes")
		default:
			l.readCSVRow(path, line, names, cells, given)
		}
	}
}

func (l *loader) csvError(path string, err error) {
	line := 1
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		line, err = parse.StartLine, parse.Err
	}
	l.fatal(path, line, err.Error(), `put cells that hold line breaks or quotes in quotes, and write "" for a quote inside`)
}

// checkHeader also returns which columns there are.
func (l *loader) checkHeader(path string, names []string) (seen map[string]bool, ok bool) {
	seen, ok = map[string]bool{}, true
	for i, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		names[i] = name
		if name == "" { // spreadsheets save empty columns; readCSVRow sees to full ones
			continue
		}
		if columnNamed(name) == nil {
			fix := "use some of: " + strings.Join(columnNames(), ", ")
			if strings.ContainsAny(name, "“”„«»") {
				fix = "save the file with straight quotes"
			}
			l.fatal(path, 1, fmt.Sprintf("unknown column %q", name), fix)
			ok = false
		}
		if seen[name] {
			l.fatal(path, 1, fmt.Sprintf("column %q stands twice", name), "keep one")
			ok = false
		}
		seen[name] = true
	}
	for _, need := range []string{"id", "title", "body"} {
		if !seen[need] {
			l.fatal(path, 1, fmt.Sprintf("no column %q", need), "add it")
			ok = false
		}
	}
	return seen, ok
}

func (l *loader) readCSVRow(path string, line int, names, cells []string, given map[string]bool) {
	r := row{given: given}
	for i, name := range names {
		cell := unguard(cells[i])
		if name == "" {
			if strings.TrimSpace(cell) != "" {
				l.fatal(path, line, fmt.Sprintf("%q in a column without a name", cell), "name the column in the header line, or empty it")
			}
			continue
		}
		if err := columnNamed(name).read(&r, cell); err != nil {
			l.fatal(path, line, name+": "+err.Error(), "write year-month-day")
		}
	}
	l.addRow(path, line, &r)
}
