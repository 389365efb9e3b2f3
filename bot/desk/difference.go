package desk

import (
	"strings"
	"unicode/utf8"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// difference shows what a text changes in another, word by word: what goes in
// [- -], what comes in bold. Of a snippet it goes field by field.
func difference(before, after *store.Revision) []knowledge.Block {
	old, _ := knowledge.ReadDocument(before.Doc, before.Text)
	now, _ := knowledge.ReadDocument(after.Doc, after.Text)
	if !editorial.IsSnippet(after.Doc) || old == nil || now == nil {
		return compared("Text", before.Text, after.Text)
	}
	a, b := editorial.FormOf(old), editorial.FormOf(now)
	var blocks []knowledge.Block
	for _, f := range []struct{ name, before, after string }{
		{"Title", a.Title, b.Title}, {"Text", a.Body, b.Body}, {"Other wordings", a.Questions, b.Questions}, {"Sources", a.Sources, b.Sources},
		{"Topics", a.Topics, b.Topics}, {"Search words", a.Keywords, b.Keywords}, {"What it is about", a.About, b.About},
		{"Goes with", a.With, b.With}, {"See also", a.SeeAlso, b.SeeAlso}, {"Region", a.Region, b.Region}, {"Language", a.Lang, b.Lang},
		{"Format", a.Format, b.Format}, {"To be checked by", a.Due, b.Due}, {"Checked by", a.By, b.By}, {"Checked on", a.Since, b.Since},
	} {
		blocks = append(blocks, compared(f.name, f.before, f.after)...)
	}
	if blocks == nil {
		return say("Nothing that people see is different.")
	}
	return blocks
}

// compared shows two texts of a field as one, if they differ.
func compared(name, before, after string) []knowledge.Block {
	if before == after {
		return nil
	}
	spans := []knowledge.Span{{Text: name + ": ", Em: true}}
	pieces := editorial.Diff(before, after)
	for i, p := range pieces {
		switch p.Change {
		case editorial.Added:
			spans = append(spans, knowledge.Span{Text: p.Text, Strong: true})
		case editorial.Removed:
			spans = append(spans, knowledge.Span{Text: "[-" + p.Text + "-]"})
		default:
			spans = append(spans, knowledge.Span{Text: around(p.Text, i > 0, i < len(pieces)-1)})
		}
	}
	return []knowledge.Block{paragraph(spans...)}
}

// nearby is how much of what stays is shown beside a change, in characters.
const nearby = 80

// around keeps of a text that stays what is next to a change.
func around(text string, after, before bool) string {
	if utf8.RuneCountInString(text) <= 2*nearby+10 {
		return text
	}
	runes := []rune(text)
	var head, tail string
	if after {
		head = string(runes[:nearby])
		head = head[:max(strings.LastIndexByte(head, ' '), 0)] + " "
	}
	if before {
		tail = string(runes[len(runes)-nearby:])
		tail = tail[max(strings.IndexByte(tail, ' '), 0):]
	}
	return head + "…" + tail
}
