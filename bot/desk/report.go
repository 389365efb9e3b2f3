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
		blocks = append(blocks, labelled("Reading level", fmt.Sprintf("school grade %.0f", max(grade, 1)))...)
	}
	if r.Diff == nil {
		return append(blocks, say("It cannot be published like this.")...), nil
	}
	return append(blocks, c.changes(r.Diff, most)...), nil
}

// changes say which answers would change.
func (c *Chats) changes(d *gate.Diff, most int) []knowledge.Block {
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
		lines = append(lines, c.change(change))
	}
	return append(blocks, points(lines, most)...)
}

// change is one answer that would change, without the ids and names of files
// that the audit has.
func (c *Chats) change(x gate.Change) string {
	return fmt.Sprintf("%s: %s (%s) %s", x.Class, quoted(x.Question.Text), c.whose(x.Question), x.Sentence())
}

// whose says where a question comes from.
func (c *Chats) whose(q gate.Question) string {
	s := c.editor.Edition().Corpus.Snippet(q.Snippet)
	switch {
	case q.Snippet == "":
		return "one of the questions that are always tried"
	case s == nil:
		return "a wording of this new text"
	case s.Title == q.Text:
		return "a title"
	}
	return "a wording of " + quoted(s.Title)
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
	line := where + ": " + c.plain(ctx, p.What)
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

// inFile is a file, or a place in it, as lint and refusals name it.
var inFile = regexp.MustCompile(`"?([^\s:"]+\.(?:md|yaml|tsv))"?(:[0-9]+)?`)

func (c *Chats) plainFix(ctx context.Context, fix string) string {
	if plain := fixes[fix]; plain != "" {
		return plain
	}
	return c.plain(ctx, fix)
}

// anID is what may be the id of a snippet: words with hyphens between them.
var anID = regexp.MustCompile(`[a-z0-9]+(?:-[a-z0-9]+)+`)

// plain calls documents and snippets by their titles.
func (c *Chats) plain(ctx context.Context, text string) string {
	text = inFile.ReplaceAllStringFunc(text, func(at string) string {
		doc := inFile.FindStringSubmatch(at)[1]
		if c.editor.State().Docs[doc] == nil {
			return at
		}
		return quoted(c.title(ctx, doc))
	})
	return anID.ReplaceAllStringFunc(text, func(id string) string {
		if s := c.editor.Edition().Corpus.Snippet(id); s != nil {
			return quoted(s.Title)
		}
		return id
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
