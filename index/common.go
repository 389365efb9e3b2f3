package index

import (
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/registry"
)

// Common reports whether an English word, in lower case and without its
// apostrophe, says nothing about the subject of a question.
func Common(word string) bool { return commonWords()[word] }

var commonWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	stops, _ := registry.NewCache().TokenMapNamed(en.StopName) // compiled in
	for w := range stops {
		words[strings.ReplaceAll(w, "'", "")] = true
	}
	for w := range strings.FieldsSeq(fillers + "can may us onto whose per via") { // which both lack
		words[w] = true
	}
	return words
})
