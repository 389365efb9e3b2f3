package desk

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/gate"
)

const (
	mostBrief  = 5  // changes shown at a glance
	mostSigned = 20 // changes shown to somebody who is to sign for them
)

// findings say what publishing would do, in words for people.
func (c *Chats) findings(ctx context.Context, r *editorial.Report, most int) ([]knowledge.Block, error) {
	var blocks []knowledge.Block
	if len(r.Problems) > 0 {
		var lines []string
		for _, p := range r.Problems {
			line, err := c.problem(ctx, r, p)
			if err != nil {
				return nil, err
			}
			lines = append(lines, line)
		}
		blocks = append(append(blocks, heading("What should be mended")), points(lines, most)...)
	}
	for _, grade := range r.Grades {
		blocks = append(blocks, labelled("Reading level", fmt.Sprintf("school grade %.1f", grade))...)
	}
	if r.Diff == nil {
		return append(blocks, say("It cannot be published like this.")...), nil
	}
	return append(blocks, changes(r.Diff, most)...), nil
}

// changes say which answers would change.
func changes(d *gate.Diff, most int) []knowledge.Block {
	stops := d.Stops()
	own := len(d.Changes) - len(stops)
	blocks := []knowledge.Block{heading("Which answers would change")}
	if len(stops) == 0 {
		text := fmt.Sprintf("None of the %d questions that we try loses or changes its answer.", d.Asked)
		if own > 0 {
			text = fmt.Sprintf("%s of this text %s answered otherwise, by this text. None of the other %d that we try changes.", count(own, "question", "questions"), isAre(own), d.Asked-own)
		}
		return append(blocks, say(text)...)
	}
	blocks = append(blocks, say(fmt.Sprintf("Of the %d questions that we try, %s otherwise:", d.Asked, count(len(stops), "is answered", "are answered")))...)
	var lines []string
	for _, change := range stops {
		lines = append(lines, change.String())
	}
	return append(blocks, points(lines, most)...)
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// problem says what is wrong, and in which field.
func (c *Chats) problem(ctx context.Context, r *editorial.Report, p knowledge.Problem) (string, error) {
	where := ""
	for _, ref := range r.Refs {
		if ref.Doc != p.File {
			continue
		}
		text, err := c.stored(ctx, ref)
		if err != nil {
			return "", err
		}
		where = place(text.Text, p.Line)
	}
	if where == "" && p.File != "" {
		where = quoted(c.title(ctx, p.File))
	}
	line := where + ": " + p.What
	if p.Fix != "" {
		line += ". " + sentence(c.plainFix(ctx, p.Fix))
	}
	return strings.TrimPrefix(line, ": "), nil
}

// fixes are what to do in a chat, where no files are edited.
var fixes = map[string]string{
	"give at least one of corpus.yaml":                "press Topics and choose one",
	"use a topic of corpus.yaml or add it there":      "press Topics and choose another",
	"add review: {due: date}":                         "set a check date",
	"add read: and the date":                          "add the day on which you read it, like 2026-11-22",
	"check it against its sources and set a new date": "check it against its sources and set a new check date",
}

// atLine is a place in a file, as lint names it.
var atLine = regexp.MustCompile(`[^\s:]+\.(?:md|yaml|tsv):[0-9]+`)

func (c *Chats) plainFix(ctx context.Context, fix string) string {
	if plain := fixes[fix]; plain != "" {
		return plain
	}
	return atLine.ReplaceAllStringFunc(fix, func(at string) string {
		doc, _, _ := strings.Cut(at, ":")
		return quoted(c.title(ctx, doc))
	})
}

// fieldNames are what people call the fields of a snippet's document.
var fieldNames = map[string]string{
	"title": "Title", "questions": "Other wordings", "topics": "Topics", "keywords": "Search words", "sources": "Sources",
	"review": "Check date", "about": "What it is about", "with": "Goes with", "see_also": "See also", "region": "Region",
}

// place is the field in which a line of a document stands. A problem that no
// line shows is one of the whole document.
func place(text string, line int) string {
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) || lines[0] != "---" {
		return "This text"
	}
	field := "This text"
	for i, l := range lines[1:line] {
		switch name, _, isField := strings.Cut(l, ":"); {
		case l == "---":
			return fmt.Sprintf("Text, line %d", max(line-i-2, 1))
		case isField && fieldNames[name] != "":
			field = fieldNames[name]
		}
	}
	return field
}
