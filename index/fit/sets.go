package main

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"handout/index"
	"handout/knowledge"
)

// set is questions of one kind asked of one corpus. Each set weighs the same
// in the fit, whatever its size, times its weight.
type set struct {
	name   string
	weight float64
	asked  []asked
}

// asked is a question with the candidates that the index judged.
type asked struct {
	text       string
	candidates []candidate
	relevant   int // how many snippets of the corpus answer it
}

type candidate struct {
	features []float64
	relevant bool
	barred   bool // by a rule that comes after the model
}

type setList []set

// listed is how many candidates of a question are looked at.
const listed = 50

func load(ctx context.Context, eval, questions string) (setList, model, error) {
	starter, err := knowledge.Open("")
	if err != nil {
		return nil, model{}, err
	}
	l := &loader{ctx: ctx}
	l.leaveOut(starter)
	l.questions(starter, questions)
	l.offTopic(starter, filepath.Join(eval, "off-topic-dev.tsv"))
	l.table(filepath.Join(eval, "skin.jsonl"), filepath.Join(eval, "skin-dev.tsv"))
	large := filepath.Join(eval, "medquad.jsonl")
	l.table(large, filepath.Join(eval, "dev-clean.tsv"), filepath.Join(eval, "dev-typo.tsv"), filepath.Join(eval, "dev-para.tsv"), filepath.Join(eval, "dev-paratypo.tsv"))
	var now model
	for _, f := range l.inForce {
		now.names, now.weights = append(now.names, f.Name), append(now.weights, f.Weight)
	}
	return l.sets, now, l.err
}

// loader remembers the first error, after which it does nothing.
type loader struct {
	ctx     context.Context
	sets    setList
	inForce []index.Feature
	err     error
}

// weights of the sets that do not count 1.
var setWeights = map[string]float64{"starter, wordings left out": 2, "questions answerable": 2, "off-topic": 3, "dev-clean": 0.5, "dev-para": 0.5, "dev-paratypo": 0.5}

func (l *loader) ask(x *index.Index, name, text string, relevant func(*knowledge.Snippet) bool) {
	if l.err != nil {
		return
	}
	var r index.Result
	if r, l.err = x.Search(l.ctx, index.Query{Text: text, Limit: listed, Why: true}); l.err != nil {
		return
	}
	a := asked{text: text}
	for _, s := range x.Corpus().Snippets {
		if relevant(s) {
			a.relevant++
		}
	}
	for _, m := range r.Matches {
		c := candidate{relevant: relevant(m.Snippet), barred: m.Why.Beside || m.Why.Conflict}
		l.inForce = m.Why.Features // the same weights with every match
		for _, f := range m.Why.Features {
			c.features = append(c.features, f.Value)
		}
		a.candidates = append(a.candidates, c)
	}
	i := slices.IndexFunc(l.sets, func(s set) bool { return s.name == name })
	if i < 0 {
		i = len(l.sets)
		weight, ok := setWeights[name]
		if !ok {
			weight = 1
		}
		l.sets = append(l.sets, set{name: name, weight: weight})
	}
	l.sets[i].asked = append(l.sets[i].asked, a)
}

func (l *loader) build(c *knowledge.Corpus) *index.Index {
	if l.err != nil {
		return nil
	}
	var x *index.Index
	x, l.err = index.Build(l.ctx, c)
	return x
}

func (l *loader) close(x *index.Index) {
	if x != nil {
		if err := x.Close(); l.err == nil {
			l.err = err
		}
	}
}

// folds is how many of a snippet's wordings are left out, one after the other.
const folds = 6

// leaveOut asks for each snippet by a wording that the index does not have.
func (l *loader) leaveOut(c *knowledge.Corpus) {
	for fold := range folds {
		part := *c
		part.Snippets = nil
		left := map[string]string{}
		for _, s := range c.Snippets {
			less := *s
			if fold < len(s.Questions) {
				left[s.ID] = s.Questions[fold]
				less.Questions = slices.Delete(slices.Clone(s.Questions), fold, fold+1)
			}
			part.Snippets = append(part.Snippets, &less)
		}
		x := l.build(&part)
		for _, id := range slices.Sorted(maps.Keys(left)) {
			l.ask(x, "starter, wordings left out", left[id], func(s *knowledge.Snippet) bool { return s.ID == id })
		}
		l.close(x)
	}
}

func (l *loader) rows(path string) [][]string {
	if l.err != nil {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		l.err = err
		return nil
	}
	defer f.Close()
	var list [][]string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		list = append(list, strings.Split(lines.Text(), "\t"))
	}
	if l.err = lines.Err(); l.err != nil || len(list) == 0 {
		return nil
	}
	return list[1:]
}

// unsearched are kinds that triage answers before any search.
var unsearched = map[string]bool{"emergency": true, "personal": true, "benign": true}

// questions asks those written for the starter corpus, whose answers are named
// by topic.
func (l *loader) questions(c *knowledge.Corpus, path string) {
	x := l.build(c)
	for _, row := range l.rows(path) {
		if len(row) != 3 {
			l.err = fmt.Errorf("%s: want question, kind and relevant, got %q", path, row)
			return
		}
		if unsearched[row[1]] {
			continue
		}
		wanted := strings.Fields(strings.ReplaceAll(row[2], "topic:", ""))
		l.ask(x, "questions "+row[1], row[0], func(s *knowledge.Snippet) bool {
			return slices.ContainsFunc(s.Topics, func(t string) bool { return slices.Contains(wanted, t) })
		})
	}
	l.close(x)
}

// aboutTheBot are intents that the starter corpus answers.
const aboutTheBot = " what_can_i_ask_you are_you_a_bot who_made_you what_is_your_name who_do_you_work_for how_old_are_you where_are_you_from what_are_your_hobbies do_you_have_pets "

func (l *loader) offTopic(c *knowledge.Corpus, path string) {
	x := l.build(c)
	for i, row := range l.rows(path) {
		if i%5 == 0 && !strings.Contains(aboutTheBot, " "+row[1]+" ") {
			l.ask(x, "off-topic", row[0], func(*knowledge.Snippet) bool { return false })
		}
	}
	l.close(x)
}

// table asks the questions of files of one corpus; the last column lists the
// ids of the answers, and a second of three the kind.
func (l *loader) table(corpus string, files ...string) {
	if l.err != nil {
		return
	}
	c, err := knowledge.Open(corpus)
	if err != nil {
		l.err = err
		return
	}
	x := l.build(c)
	for _, file := range files {
		for _, row := range l.rows(file) {
			name := strings.TrimSuffix(filepath.Base(file), ".tsv")
			if len(row) == 3 {
				name += " " + row[1]
			}
			wanted := strings.Fields(row[len(row)-1])
			l.ask(x, name, row[0], func(s *knowledge.Snippet) bool { return slices.Contains(wanted, s.ID) })
		}
	}
	l.close(x)
}
