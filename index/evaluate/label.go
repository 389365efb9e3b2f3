package evaluate

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"handout/index/spell"
	"handout/knowledge"
)

const (
	none        = "none"
	topicPrefix = "topic:"
)

// labels are what an entry of relevant snippets may name.
type labels struct {
	corpus *knowledge.Corpus
	topics map[string][]string // ids of each topic's snippets
}

func newLabels(c *knowledge.Corpus) *labels {
	l := &labels{corpus: c, topics: map[string][]string{}}
	for _, s := range c.Snippets {
		for _, topic := range s.Topics {
			l.topics[topic] = append(l.topics[topic], s.ID)
		}
	}
	return l
}

// relevant reads a cell of ids, each once.
func (r *reader) relevant(line int, cell string) []string {
	var ids []string
	entries := r.labels.entries(cell)
	if len(entries) == 1 && strings.EqualFold(entries[0], none) {
		return nil
	}
	for _, entry := range entries {
		named := r.labels.find(entry)
		if named == nil {
			r.unknown(line, entry)
		}
		ids = append(ids, named...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// entries separates at | and ;, and then at blanks, which only topics may hold.
func (l *labels) entries(cell string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("|;\r\n", r) }) {
		part = strings.TrimSpace(part)
		if topic, ok := strings.CutPrefix(part, topicPrefix); ok && l.topics[topic] != nil {
			list = append(list, part)
		} else {
			list = append(list, strings.Fields(part)...)
		}
	}
	return list
}

// find returns the ids that an entry stands for, or nil.
func (l *labels) find(entry string) []string {
	if l.corpus.Snippet(entry) != nil {
		return []string{entry}
	}
	topic, ok := strings.CutPrefix(entry, topicPrefix)
	if !ok {
		return nil
	}
	return l.topics[topic]
}

func (r *reader) unknown(line int, entry string) {
	if strings.EqualFold(entry, none) {
		r.fault(line, `"none" beside ids`, "keep the ids or none")
		return
	}
	what, near := fmt.Sprintf("no snippet has the id %q", entry), ""
	if len(r.problems) < listed { // nobody reads further
		near = r.labels.nearest(entry)
	}
	if topic, ok := strings.CutPrefix(entry, topicPrefix); ok {
		what = fmt.Sprintf("no snippet has the topic %q", topic)
	}
	fix := "correct it, or write none if nothing answers the question"
	if near != "" {
		fix = fmt.Sprintf("the nearest is %q; ", near) + fix
	}
	r.fault(line, what, fix)
}

// nearest is the id or topic that an unknown entry may be a misspelling of, or "".
func (l *labels) nearest(entry string) string {
	topic, ok := strings.CutPrefix(entry, topicPrefix)
	if ok {
		if near := nearest(topic, maps.Keys(l.topics)); near != "" {
			return topicPrefix + near
		}
		return ""
	}
	return nearest(entry, func(yield func(string) bool) {
		for _, s := range l.corpus.Snippets {
			if !yield(s.ID) {
				return
			}
		}
	})
}

// nearest is the name with the fewest differences, a third of the word at
// most, or else one that the word is the beginning of.
func nearest(word string, names iter.Seq[string]) string {
	best, begins, limit := "", "", len(word)/3+1
	fold := strings.ToLower(word)
	for name := range names {
		other := strings.ToLower(name)
		d := spell.Distance(fold, other, limit)
		if d < limit || d == limit && (best == "" || name < best) { // the same one, whatever the order
			best, limit = name, d
		}
		if strings.HasPrefix(other, fold) && (begins == "" || name < begins) {
			begins = name
		}
	}
	if best == "" {
		return begins
	}
	return best
}

func quoteAll(words []string) string {
	slices.Sort(words)
	for i, w := range words {
		words[i] = fmt.Sprintf("%q", w)
	}
	return strings.Join(words, ", ")
}
