package console

import (
	"net/url"
	"strings"

	"handout/knowledge"
	"handout/knowledge/editorial"
)

// field is one box of the form, and where its text stands.
type field struct {
	Name, Label, Hint string
	Rows              int  // 1 is a single line
	More              bool // rarely needed
	key               string
	of                func(f *editorial.Form) *string
}

// fields are the boxes, in order. key is the document's own name of it.
var fields = []field{
	{"title", "Title", "the question that it answers, in plain words", 1, false, "title", func(f *editorial.Form) *string { return &f.Title }},
	{"body", "Text", "sent word for word; **bold**, *italic*, lines with - for a list", 14, false, "body", func(f *editorial.Form) *string { return &f.Body }},
	{"questions", "Other wordings", "how else people ask this, one a line", 6, false, "questions", func(f *editorial.Form) *string { return &f.Questions }},
	{"sources", "Sources", "one a line: title | publisher | address | day it was read", 3, false, "sources", func(f *editorial.Form) *string { return &f.Sources }},
	{"topics", "Topics", "ids, with commas between them", 1, false, "topics", func(f *editorial.Form) *string { return &f.Topics }},
	{"due", "Check again on", "the last day on which it is sent, such as 2027-11-22", 1, false, "review", func(f *editorial.Form) *string { return &f.Due }},
	{"by", "Checked by", "a named, qualified person", 1, true, "review", func(f *editorial.Form) *string { return &f.By }},
	{"since", "Checked on", "such as 2026-11-22", 1, true, "review", func(f *editorial.Form) *string { return &f.Since }},
	{"keywords", "Search words", "with commas between them", 2, true, "keywords", func(f *editorial.Form) *string { return &f.Keywords }},
	{"about", "About", "ids of medicines and conditions", 1, true, "about", func(f *editorial.Form) *string { return &f.About }},
	{"see_also", "See also", "ids of related snippets", 1, true, "see_also", func(f *editorial.Form) *string { return &f.SeeAlso }},
	{"with", "Never without", "ids of snippets that must come with it", 1, true, "with", func(f *editorial.Form) *string { return &f.With }},
	{"region", "Region", "where it holds, if not everywhere", 1, true, "region", func(f *editorial.Form) *string { return &f.Region }},
	{"lang", "Language", "if it is another than the corpus's, such as de", 1, true, "lang", func(f *editorial.Form) *string { return &f.Lang }},
	{"format", "Format", "empty, or text if its marks are to be shown as they stand", 1, true, "format", func(f *editorial.Form) *string { return &f.Format }},
}

// readForm takes the boxes out of what was sent.
func readForm(sent url.Values) editorial.Form {
	var f editorial.Form
	for _, box := range fields {
		*box.of(&f) = sent.Get(box.Name)
	}
	return f
}

// box is a field with what it holds and what is wrong with that.
type box struct {
	field
	Value    string
	Problems knowledge.Problems
}

// boxes fills the fields, and puts each problem of the document beside the one
// whose line it names. What belongs to none is left over.
func boxes(f editorial.Form, doc, text string, problems knowledge.Problems) (list []box, left knowledge.Problems) {
	keys := keysByLine(text)
	at := map[string]int{}
	for _, one := range fields {
		if _, ok := at[one.key]; !ok {
			at[one.key] = len(list)
		}
		list = append(list, box{field: one, Value: *one.of(&f)})
	}
	for _, p := range problems {
		i, ok := -1, false
		if p.File == doc && p.Line > 0 && p.Line <= len(keys) {
			i, ok = at[keys[p.Line-1]]
		}
		if !ok {
			left = append(left, p)
			continue
		}
		list[i].Problems = append(list[i].Problems, p)
	}
	return list, left
}

// keysByLine names the field to which each line of a snippet's document belongs.
func keysByLine(text string) []string {
	key, fences := "", 0
	var keys []string
	for line := range strings.Lines(text) {
		name, _, found := strings.Cut(line, ":")
		switch {
		case fences < 2 && strings.TrimRight(line, " \t\n") == "---":
			if fences++; fences == 2 {
				key = "body"
			}
		case fences == 1 && found && name != "" && !strings.ContainsAny(name[:1], " \t-#"):
			key = name
		}
		keys = append(keys, key)
	}
	return keys
}
