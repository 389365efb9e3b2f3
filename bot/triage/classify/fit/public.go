package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"handout/bot/triage"
	"handout/bot/triage/classify"
	"handout/knowledge"
)

// publicSets are public questions, of which every so many is fitted on; the
// report has those in the middle between two.
var publicSets = []struct {
	name  string
	every int
	read  func(text string) message
}{
	{"off-topic-dev.tsv", 4, nothing},
	{"skin-dev.tsv", 2, ordinary},
	{"long-questions-dev.jsonl", 2, ordinary},
}

// readPublic reads the public questions of a folder.
func readPublic(dir string) (fit, held []message, err error) {
	for _, set := range publicSets {
		data, err := os.ReadFile(filepath.Join(dir, set.name))
		if err != nil {
			return nil, nil, fmt.Errorf("read public questions: %w", err)
		}
		lines := bytes.Split(bytes.TrimSpace(data), []byte("\n"))
		for i, line := range lines {
			switch m := set.read(question(line)); i % set.every {
			case 0:
				fit = append(fit, m)
			case set.every / 2:
				held = append(held, m)
			}
		}
	}
	return fit, held, nil
}

// question is the text of a line, a table's or JSON's.
func question(line []byte) string {
	var long struct{ Long string }
	if json.Unmarshal(line, &long) == nil {
		return long.Long
	}
	text, _, _ := strings.Cut(string(line), "\t")
	return text
}

// nothing is a question about no one's health.
func nothing(text string) message {
	return message{Example: classify.Example{Words: triage.Tokens(text), Among: []string{classify.None}}}
}

// ordinary is a question that is no emergency; it may be personal.
func ordinary(text string) message {
	among := append([]string{classify.None}, knowledge.Signs[knowledge.Decline]...)
	return message{Example: classify.Example{Words: triage.Tokens(text), Among: among}}
}

// readCorpus reads the wordings of the starter corpus but those of snippets that teach
// about an emergency.
func readCorpus() ([]message, error) {
	c, err := knowledge.Open("")
	if err != nil {
		return nil, err
	}
	var list []message
	for _, s := range c.Snippets {
		teaches := func(r *knowledge.Rule) bool { return r.Tier.Urgent() && r.Snippet == s.ID }
		if slices.ContainsFunc(c.Triage.Rules, teaches) {
			continue
		}
		for _, text := range append([]string{s.Title}, s.Questions...) {
			list = append(list, ordinary(text))
		}
	}
	return list, nil
}
