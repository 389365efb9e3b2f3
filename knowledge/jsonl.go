package knowledge

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// strs is a list of texts, or one text.
type strs []string

func (l *strs) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		*l = splitCell(s)
		return nil
	}
	return json.Unmarshal(data, (*[]string)(l))
}

// sources is a list of sources, or one; each an object, a title or an address.
type sources []Source

func (l *sources) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '[':
		var list []sources // each a text or an object
		err := json.Unmarshal(data, &list)
		*l = slices.Concat(list...)
		return err
	case '{':
		var s Source
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields() // the outer decoder's setting does not reach here
		err := dec.Decode(&s)
		*l = sources{s}
		return err
	}
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	*l = parseSource(s)
	return nil
}

func (l *loader) readJSONL(path string, in *bufio.Reader) error {
	for line := 1; ; line++ {
		data, err := in.ReadBytes('\n')
		row := bytes.TrimSpace(data)
		switch {
		case len(row) == 0 || !l.checkUTF8(path, line, row):
		case row[0] == '[' && line == 1: // a JSON array goes over many lines: one problem says it
			l.fatal(path, line, "a JSON array", "write one JSON object a line, as jq -c '.[]' does")
			return nil
		case row[0] != '{':
			l.fatal(path, line, "not a JSON object", "write one JSON object a line")
		default:
			l.readJSONRow(path, line, row)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (l *loader) readJSONRow(path string, line int, data []byte) {
	var r row
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		what, fix := explainJSON(err)
		l.fatal(path, line, what, fix)
		return
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		l.fatal(path, line, "more than one value on the line", "write one JSON object a line")
		return
	}
	if l.moving {
		r.given = map[string]bool{}
		var keys map[string]json.RawMessage
		_ = json.Unmarshal(data, &keys) // the object has just been read
		for key := range keys {
			r.given[strings.ToLower(key)] = true
		}
	}
	l.addRow(path, line, &r)
}

// explainJSON puts the decoder's words into plainer ones.
func explainJSON(err error) (what, fix string) {
	var wrong *json.UnmarshalTypeError
	what = strings.TrimPrefix(err.Error(), "json: ")
	switch {
	case errors.As(err, &wrong):
		return fmt.Sprintf("%s is of the wrong type (%s)", wrong.Field, wrong.Value), "write text in quotes, and lists of it in brackets"
	case strings.Contains(what, "is not a date"):
		return what, "write year-month-day"
	case strings.HasPrefix(what, "unknown field"):
		return what, "use one of: " + strings.Join(jsonNames(), ", ")
	}
	return what, "write one JSON object a line"
}
