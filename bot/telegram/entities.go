package telegram

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"
)

// markdown is a message's text with its bold, italics and links written as in
// snippets: the apps turn what people type as markup into entities.
func markdown(m *message) string {
	text, entities := m.content()
	units := utf16.Encode([]rune(text))
	type mark struct {
		at    int
		close bool
		order int // marks at one place: those that close first, the inner before the outer
		text  string
	}
	var marks []mark
	for i, e := range entities {
		open, end := marksOf(e)
		if open == "" || e.Offset < 0 || e.Length <= 0 || e.Offset > len(units)-e.Length {
			continue
		}
		from, to := trimmed(units, e)
		if from < to {
			marks = append(marks, mark{from, false, i, open}, mark{to, true, -i, end})
		}
	}
	slices.SortStableFunc(marks, func(a, b mark) int {
		if a.at == b.at && a.close != b.close {
			return map[bool]int{true: -1, false: 1}[a.close]
		}
		return cmp.Or(a.at-b.at, a.order-b.order)
	})
	var b strings.Builder
	last := 0
	for _, x := range marks {
		b.WriteString(string(utf16.Decode(units[last:x.at])) + x.text)
		last = x.at
	}
	return b.String() + string(utf16.Decode(units[last:]))
}

func marksOf(e entity) (open, end string) {
	switch e.Type {
	case "bold":
		return "**", "**"
	case "italic":
		return "*", "*"
	case "text_link":
		return "[", "](" + e.URL + ")"
	}
	return "", ""
}

// trimmed leaves out the blanks at an entity's ends, where Markdown wants none.
func trimmed(units []uint16, e entity) (from, to int) {
	blank := func(u uint16) bool { return u == ' ' || u == '\n' }
	from, to = e.Offset, e.Offset+e.Length
	for from < to && blank(units[from]) {
		from++
	}
	for from < to && blank(units[to-1]) {
		to--
	}
	return from, to
}
