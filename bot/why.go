package bot

import (
	"slices"

	"handout/bot/triage"
	"handout/index"
	"handout/knowledge"
)

// Why says how a reply came about, for whoever looks after the corpus. It
// holds words of the question, so it stands in no log.
type Why struct {
	Question  string // of several in a message, the one that this is about; "" for the whole
	Reason    Reason // what decided
	Rules     []Fired
	Found     index.Result // by search, with the why of each match
	Passed    *index.Match // would have come first, but is past its review date or about something else
	Threshold float64      // confidence from which a snippet is sent
	Parts     []Why        // of a message that asks several things
}

// Fired is a rule of triage that has to do with the message, and how.
type Fired struct {
	Rule *knowledge.Rule
	As   Presence
}

// Presence says how a message speaks of what a rule is about.
type Presence string

// The presences.
const (
	there     Presence = "there"
	mentioned Presence = "mentioned" // a sign that is only asked about, over, or doubted by the model
	denied    Presence = "denied"
	presumed  Presence = "suspected" // no words of the rule, but the model suspects it
)

// deepest is how many matches are looked at to say why one of them is not sent.
const deepest = 30

// explain says why the reply to a searched message is what it is.
func (b *Bot) explain(r *Reply, text string, v triage.Verdict, found results) {
	w := Why{Reason: r.reason, Threshold: answerAt, Found: found.Result, Passed: found.passed, Rules: b.fired(text, v), Parts: r.parts}
	w.refine()
	r.Why = &w
}

// whyPart says why one of several questions is answered or not.
func whyPart(p *part) Why {
	found := p.Result
	found.Matches = found.Matches[:min(len(found.Matches), mostMatches)]
	w := Why{Question: p.text, Reason: p.reason, Threshold: p.least, Found: found, Passed: p.passed}
	w.refine()
	return w
}

// refine names what kept the best match from being sent.
func (w *Why) refine() {
	if w.Reason != unsure {
		return
	}
	var best *index.Why
	if len(w.Found.Matches) > 0 {
		best = w.Found.Matches[0].Why
	}
	if w.Reason = unsure; confidence(w.Found.Matches) < chooseAt {
		w.Reason = nothing
	}
	foreign := w.Found.Reading != nil && len(w.Found.Reading.Foreign) > 0
	switch {
	case foreign && (best == nil || best.Conflict):
		w.Reason = foreignThing
	case w.Passed != nil && !w.Passed.Why.Conflict:
		w.Reason = expired
	case w.Passed != nil:
		w.Reason = otherThing
	case best == nil:
	case best.Beside:
		w.Reason = beside
	case best.Unlike:
		w.Reason = unlike
	}
}

// passedOver is the match that would come first and be offered, if it might
// be served and were about what the question names; nil if that is none.
func (b *Bot) passedOver(matches []index.Match) *index.Match {
	var passed *index.Match
	best := 0.0
	for i, m := range matches {
		fit, held := m.Confidence, !b.servable(m.Snippet)
		if m.Why.Conflict {
			fit, held = m.Why.Fit(), true
		}
		if fit <= best {
			continue
		}
		if best, passed = fit, nil; held && fit >= chooseAt {
			passed = &matches[i]
		}
	}
	if passed == nil {
		return nil
	}
	kept := *passed // the list is about to change
	return &kept
}

// fired lists the rules that had to do with the message, most urgent first.
func (b *Bot) fired(text string, v triage.Verdict) []Fired {
	var list []Fired
	add := func(as Presence, rules ...*knowledge.Rule) {
		for _, r := range rules {
			if !slices.ContainsFunc(list, func(f Fired) bool { return f.Rule.ID == r.ID }) {
				list = append(list, Fired{r, as})
			}
		}
	}
	as := there
	if v.Suspected {
		as = presumed
	}
	add(as, v.Urgent...)
	for _, r := range v.Lines {
		as := there
		if r.Tier.Urgent() {
			as = mentioned
		}
		add(as, r)
	}
	undenied := b.undenied().Match(text)
	add(denied, undenied.Urgent...)
	add(denied, undenied.Lines...)
	if v.Decline != nil {
		as = there
		if v.Supposed {
			as = presumed
		}
		add(as, v.Decline)
	}
	return list
}

// undenying makes the matcher that knows no negation: what it finds beyond the
// other's is denied in the message. It is made when it is first asked for.
func undenying(c *knowledge.Corpus) func() *triage.Matcher {
	return func() *triage.Matcher {
		frames := c.Triage.Frames
		frames.Negation = nil
		return triage.New(&knowledge.Triage{Rules: c.Triage.Rules, Frames: frames}, c.Vocabulary)
	}
}
