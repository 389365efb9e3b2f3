package desk

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"handout/knowledge"
)

// say is a paragraph for each text that is not empty.
func say(texts ...string) []knowledge.Block {
	var list []knowledge.Block
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			list = append(list, paragraph(knowledge.Span{Text: text}))
		}
	}
	return list
}

func paragraph(spans ...knowledge.Span) knowledge.Block {
	return knowledge.Block{Kind: knowledge.Paragraph, Items: [][]knowledge.Span{spans}}
}

func heading(text string) knowledge.Block { return paragraph(knowledge.Span{Text: text, Strong: true}) }

// points are a list, cut off after so many with a line on how many more there are.
func points(lines []string, most int) []knowledge.Block {
	if len(lines) == 0 {
		return nil
	}
	b := knowledge.Block{Kind: knowledge.Bullets}
	for i, line := range lines {
		if i == most {
			line = fmt.Sprintf("… and %d more", len(lines)-most)
		}
		b.Items = append(b.Items, []knowledge.Span{{Text: line}})
		if i == most {
			break
		}
	}
	return []knowledge.Block{b}
}

// labelled is a paragraph that begins with what it is.
func labelled(label, text string) []knowledge.Block {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	return []knowledge.Block{paragraph(knowledge.Span{Text: label + ": ", Strong: true}, knowledge.Span{Text: text})}
}

// shorten keeps at most so many characters.
func shorten(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimRightFunc(string([]rune(text)[:most-1]), unicode.IsSpace) + "…"
}

// longestLabel is that of a button, in characters.
const longestLabel = 40

func label(format string, args ...any) string {
	return shorten(fmt.Sprintf(format, args...), longestLabel)
}

// sentence begins with a capital and ends with a full stop.
func sentence(text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func day(t time.Time) string { return knowledge.Date{Time: t}.String() }

func quoted(text string) string { return "“" + text + "”" }

var deskButton = Button{Label: "Back to the desk", Action: Prefix}
