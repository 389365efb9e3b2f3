package main

import (
	"handout/bot"
	"handout/index"
	"handout/knowledge"
)

// why is the object that ask --json --why adds.
type why struct {
	Question  string     `json:"question,omitempty"` // in parts
	Reason    bot.Reason `json:"reason"`
	Sentence  string     `json:"sentence"`
	Threshold float64    `json:"threshold,omitempty"`
	Rules     []fired    `json:"rules"`
	Corrected []string   `json:"corrected"`
	Guesses   []guess    `json:"guesses"`
	Borrowed  bool       `json:"borrowed"`
	Entities  []entity   `json:"entities"`
	Denied    []entity   `json:"denied"`
	Foreign   []string   `json:"not_in_corpus"`
	Unknown   []string   `json:"unknown_words"`
	Best      *grounds   `json:"best"`
	RunnerUp  *grounds   `json:"runner_up"`
	Passed    *grounds   `json:"passed_over"`
	Parts     []why      `json:"parts,omitempty"`
}

type fired struct {
	ID   string         `json:"id"`
	Tier knowledge.Tier `json:"tier"`
	As   bot.Presence   `json:"as"`
}

// guess is a medicine that a word may be meant for, with its best match.
type guess struct {
	Typed      string  `json:"typed"`
	Name       string  `json:"name"`
	ID         string  `json:"id"`
	Confidence float64 `json:"confidence"`
}

type entity struct {
	ID   string         `json:"id"`
	Name string         `json:"name"`
	Kind knowledge.Kind `json:"kind"`
}

// grounds are what speaks for a match and against it.
type grounds struct {
	ID         string    `json:"id"`
	Confidence float64   `json:"confidence"`
	Fit        float64   `json:"fit"`
	Words      []string  `json:"words"`
	Clause     []string  `json:"clause"`
	Features   []feature `json:"features"`
	Leeway     float64   `json:"leeway"`
	Beside     bool      `json:"beside_the_point"`
	Unlike     bool      `json:"other_form_or_people"`
	Conflict   bool      `json:"other_treatment"`
}

type feature struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Weight float64 `json:"weight"`
}

func newWhy(w *bot.Why) *why {
	if w == nil {
		return nil
	}
	f := w.Found
	out := &why{
		Question: w.Question, Reason: w.Reason, Sentence: w.Reason.Sentence(), Threshold: w.Threshold, Borrowed: f.Borrowed,
		Rules: []fired{}, Corrected: append([]string{}, f.Corrected...), Guesses: []guess{},
		Entities: []entity{}, Denied: []entity{}, Foreign: []string{}, Unknown: []string{}, Passed: newGrounds(w.Passed),
	}
	for _, r := range w.Rules {
		out.Rules = append(out.Rules, fired{r.Rule.ID, r.Rule.Tier, r.As})
	}
	for _, g := range f.Guesses {
		said := guess{Typed: g.Typed, Name: g.Name}
		if len(g.Matches) > 0 {
			said.ID, said.Confidence = g.Matches[0].Snippet.ID, g.Matches[0].Confidence
		}
		out.Guesses = append(out.Guesses, said)
	}
	if r := f.Reading; r != nil {
		out.Entities, out.Denied = entities(r.Entities), entities(r.Denied)
		out.Foreign, out.Unknown = append(out.Foreign, r.Foreign...), append(out.Unknown, r.Unknown...)
	}
	for i, best := range []**grounds{&out.Best, &out.RunnerUp} {
		if i < len(f.Matches) {
			*best = newGrounds(&f.Matches[i])
		}
	}
	for i := range w.Parts {
		out.Parts = append(out.Parts, *newWhy(&w.Parts[i]))
	}
	return out
}

func entities(list []*knowledge.Entity) []entity {
	out := []entity{}
	for _, e := range list {
		out = append(out, entity{e.ID, e.Name, e.Kind})
	}
	return out
}

func newGrounds(m *index.Match) *grounds {
	if m == nil {
		return nil
	}
	g := &grounds{
		ID: m.Snippet.ID, Confidence: m.Confidence, Fit: m.Why.Fit(), Words: append([]string{}, m.Words...), Clause: append([]string{}, m.Why.Clause...),
		Features: []feature{}, Leeway: m.Why.Leeway, Beside: m.Why.Beside, Unlike: m.Why.Unlike, Conflict: m.Why.Conflict,
	}
	for _, f := range m.Why.Features {
		g.Features = append(g.Features, feature(f))
	}
	return g
}
