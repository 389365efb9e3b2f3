package console

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// again is a form that was not taken, with what somebody wrote into it: the page
// that it stood on is not kept by browsers, and they can send it from here.
type again struct {
	To     string
	Fields []sentField
}

type sentField struct {
	Name, Label, Value string // without a label it was not written by a person
}

// againOf is nil if nothing was written.
func againOf(r *http.Request) *again {
	if r.Method != http.MethodPost || r.ParseForm() != nil {
		return nil
	}
	labels := map[string]string{"text": "Text of the file", "note": "Why"}
	for _, f := range fields {
		labels[f.Name] = f.Label
	}
	x, written := &again{To: r.URL.Path}, false
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, value := range r.PostForm[name] {
			f := sentField{Name: name, Value: value}
			if strings.TrimSpace(value) != "" {
				f.Label = labels[name]
			}
			x.Fields, written = append(x.Fields, f), written || f.Label != ""
		}
	}
	if !written {
		return nil
	}
	return x
}
