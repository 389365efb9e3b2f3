// Package gate knows which answers a change of the corpus changes.
//
// Every corpus has questions whose answers are known: each snippet's title and
// wordings, which must lead to it, and what stands in its golden/*.tsv files,
// among them what must find nothing (other diseases, other medicines, chit-chat)
// and emergencies. [Questions] lists them, [Ask] puts them to a bot over the
// corpus as it is and as it would be, and [Compare] tells what became of each.
//
// A change of a snippet may change the answers to its own questions, as long as
// they still lead to it. Every other change stops the publish until a person
// signs for it ([Diff.Stops]), and a signature holds for exactly that list
// ([Diff.Hash]).
package gate

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"handout/index/evaluate"
	"handout/knowledge"
)

// Question is one whose answer is known.
type Question struct {
	Text    string
	Want    []string // ids that may answer; nil = nothing may be answered
	Urgent  bool     // it must be taken for an emergency
	Kind    string   // of a golden file's line, "" if it has none
	From    string   // where it stands, for people: a golden file's line, or whose title or wording it is
	Snippet string   // id of the snippet whose own title or wording it is, or ""
}

// right reports whether an outcome is what the question should meet. A message
// that asks several things may be answered by several snippets.
func (q *Question) right(o Outcome) bool {
	known := evaluate.Question{Kind: q.Kind, Relevant: q.Want}
	if len(o.Snippets) == 0 {
		return known.Right(string(o.Outcome), "")
	}
	return !slices.ContainsFunc(o.Snippets, func(id string) bool { return !known.Right(string(o.Outcome), id) })
}

// Questions are those of a corpus, each text once. Its error is a
// [knowledge.Problems], with names of files as in the corpus folder, when golden
// files are at fault; the questions that could be read come beside it.
func Questions(c *knowledge.Corpus) ([]Question, error) {
	l := newList()
	for _, s := range c.Snippets {
		for i, text := range s.Wordings() {
			from := "a wording of " + s.ID
			if i == 0 {
				from = "the title of " + s.ID
			}
			l.add(Question{Text: text, Want: []string{s.ID}, From: from, Snippet: s.ID})
		}
	}
	problems, err := l.addGolden(c)
	if err != nil {
		return nil, fmt.Errorf("read golden questions: %w", err)
	}
	if len(problems) > 0 {
		return l.questions, problems
	}
	return l.questions, nil
}

// Union are questions, and those of others that they lack: what to ask of a
// changed corpus, so that what it no longer lists is compared as well.
func Union(questions, others []Question) []Question {
	l := newList()
	for _, q := range questions {
		l.add(q)
	}
	for _, q := range others {
		if _, ok := l.at[q.Text]; !ok {
			l.add(q)
		}
	}
	return l.questions
}

// list holds each text once.
type list struct {
	questions []Question
	at        map[string]int // by text
}

func newList() *list { return &list{at: map[string]int{}} }

// add takes a question, and reports whether it goes with one of the same text
// that is there. That one keeps its owner, and any of the ids that either names
// may answer it; if one of them says that nothing may, nothing may.
func (l *list) add(q Question) bool {
	i, ok := l.at[q.Text]
	if !ok {
		l.at[q.Text] = len(l.questions)
		l.questions = append(l.questions, q)
		return true
	}
	first := &l.questions[i]
	switch {
	case q.Urgent || first.Urgent: // whatever else may answer
		first.Urgent, first.Kind = true, cmp.Or(first.Kind, q.Kind)
	case len(q.Want) == 0 && len(first.Want) > 0:
		*first = q
		return false
	case len(q.Want) == 0 || len(first.Want) == 0:
		return len(q.Want) == len(first.Want)
	}
	want := slices.Concat(first.Want, q.Want)
	slices.Sort(want)
	first.Want = slices.Compact(want)
	return true
}

// from says where a text stands already.
func (l *list) from(text string) string {
	if i, ok := l.at[text]; ok {
		return l.questions[i].From
	}
	return ""
}

const (
	goldenFolder = "golden"
	goldenExt    = ".tsv"
)

// addGolden reads the golden files of a corpus that is a folder.
func (l *list) addGolden(c *knowledge.Corpus) (knowledge.Problems, error) {
	if c.Files == nil {
		return nil, nil
	}
	entries, err := fs.ReadDir(c.Files, goldenFolder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var problems knowledge.Problems
	var names []string
	for _, e := range entries {
		switch name := e.Name(); {
		case strings.HasPrefix(name, ".") || name == "README.md" || e.IsDir():
		case path.Ext(name) == goldenExt:
			names = append(names, path.Join(goldenFolder, name))
		default:
			problems = append(problems, knowledge.Problem{File: path.Join(goldenFolder, name), What: "not read because of its name", Fix: "let it end in " + goldenExt})
		}
	}
	questions, err := evaluate.ReadFS(c, c.Files, names...)
	var unread evaluate.Problems
	if err != nil && !errors.As(err, &unread) {
		return nil, err
	}
	for _, p := range unread {
		p.Fatal = false // the corpus can be served all the same
		problems = append(problems, p)
	}
	problems = append(problems, l.addLabelled(questions)...)
	problems.Sort()
	return problems, nil
}

// addLabelled takes questions of golden files.
func (l *list) addLabelled(questions []evaluate.Question) knowledge.Problems {
	var problems knowledge.Problems
	for _, q := range questions {
		if q.Form != "" {
			p := knowledge.Problem{File: q.File, Line: q.Line, What: "a long and a short form without a known answer", Fix: "write the question and what is relevant"}
			if !slices.Contains(problems, p) { // both forms stand in one line
				problems = append(problems, p)
			}
			continue
		}
		other := l.from(q.Text)
		if !l.add(Question{Text: q.Text, Want: q.Relevant, Urgent: q.Emergency(), Kind: q.Kind, From: fmt.Sprintf("%s:%d", q.File, q.Line)}) {
			problems = append(problems, knowledge.Problem{File: q.File, Line: q.Line,
				What: fmt.Sprintf("%q is also %s, and one of them says that nothing may answer it", q.Text, other), Fix: "keep one"})
		}
	}
	return problems
}
