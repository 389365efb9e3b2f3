package evaluate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

func (r *reader) jsonLines(data []byte) {
	line := 0
	for text := range bytes.Lines(data) {
		line++
		if text = bytes.TrimSpace(text); len(text) > 0 {
			r.jsonLine(line, text)
		}
	}
}

func (r *reader) jsonLine(line int, text []byte) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil || fields == nil {
		r.fault(line, "not a JSON object", "write one a line, like "+exampleObject)
		return
	}
	known, unknown := layout(slices.Sorted(maps.Keys(fields)))
	if !r.checkLayout(line, known, unknown) {
		return
	}
	w := row{}
	for column, name := range known {
		var list texts
		if err := json.Unmarshal(fields[name], &list); err != nil {
			r.fault(line, fmt.Sprintf("%s is neither text nor a list of texts", name), "write text in quotes, and lists of it in brackets")
			return
		}
		w[column] = strings.Join(list, "\n")
	}
	r.add(line, w)
}

// texts is a list of texts, or one.
type texts []string

func (l *texts) UnmarshalJSON(data []byte) error {
	if !bytes.HasPrefix(data, []byte(`"`)) {
		return json.Unmarshal(data, (*[]string)(l))
	}
	*l = make(texts, 1)
	return json.Unmarshal(data, &(*l)[0])
}
