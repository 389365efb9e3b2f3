package gate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"handout/bot"
	"handout/knowledge"
)

// Diff is which questions are answered otherwise than before.
type Diff struct {
	Asked   int      // how many questions were compared
	Changes []Change // the gravest first
	// SignedBy names who has taken it upon them that the changes that stop are
	// published; empty while nobody has. It says so in the texts.
	SignedBy string
}

// Change is a question that is answered otherwise, or a new one that is not
// answered as it should be.
type Change struct {
	Question Question
	Before   *Outcome // nil for a new question
	After    Outcome
	Class    Class
	// Own is a change that nobody has to sign for: the question belongs to a
	// snippet whose text has changed, and still leads to it.
	Own bool

	was, is string // for people
}

// Class says what a change is worth.
type Class int

// The classes, the gravest first.
const (
	EmergencyLost   Class = iota // no longer taken for an emergency
	WrongAnswer                  // nothing was answered; now it is, and not rightly
	AnotherSnippet               // a snippet answered, and now another does
	AnswerLost                   // the right answer is no longer given
	EmergencyGained              // now taken for an emergency
	NewAstray                    // new, and not met as it should be
	OtherWords                   // no snippet answers, before or after, but another reply is sent
	WrongLost                    // a wrong answer is no longer given
	AnswerGained                 // the right answer is given
)

// Compare tells which questions of both are answered otherwise, and which new
// ones are not met as they should be; small moves of confidence are no change.
// changed holds the ids of the snippets whose own text has changed, as [Changed]
// finds them. after should have been asked the [Union] of both.
func Compare(before, after Answers, changed map[string]bool) *Diff {
	former := make(map[string]int, len(before.Questions))
	for i, q := range before.Questions {
		former[q.Text] = i
	}
	d := &Diff{Asked: len(after.Questions)}
	for i, q := range after.Questions {
		c := Change{Question: q, After: after.Outcomes[i], Class: NewAstray}
		k, asked := former[q.Text]
		if asked {
			c.Before = &before.Outcomes[k]
		}
		if !c.counts(after.Corpus) {
			continue
		}
		c.describe(before.Corpus, after.Corpus)
		if asked {
			was := &before.Questions[k]
			c.Class = c.class(was.right(*c.Before))
			c.Own = was.ownedBy(after.Corpus, c.After, changed)
		}
		d.Changes = append(d.Changes, c)
	}
	slices.SortStableFunc(d.Changes, func(a, b Change) int { return cmp.Compare(a.Class, b.Class) })
	return d
}

// counts reports whether it is a change at all. A new line of a golden file is
// one only where it does harm: what else it should find is for eval to measure.
func (c *Change) counts(after *knowledge.Corpus) bool {
	switch q := &c.Question; {
	case c.Before != nil:
		return !c.After.same(*c.Before)
	case q.Snippet != "":
		return !leadsTo(after, c.After, q.Snippet)
	case q.Urgent || c.After.Outcome == bot.Urgent || c.After.Outcome == bot.Answered:
		return !q.right(c.After)
	}
	return false
}

// class judges what was by the former corpus's own label.
func (c *Change) class(wasRight bool) Class {
	was, is, isRight := c.Before.Outcome, c.After.Outcome, c.Question.right(c.After)
	switch {
	case was == bot.Urgent && is != bot.Urgent:
		return EmergencyLost
	case was != bot.Urgent && is == bot.Urgent:
		return EmergencyGained
	case is == bot.Answered && isRight && !(was == bot.Answered && wasRight):
		return AnswerGained
	case was == bot.Answered && is == bot.Answered:
		return AnotherSnippet
	case is == bot.Answered:
		return WrongAnswer
	case was == bot.Answered && wasRight:
		return AnswerLost
	case was == bot.Answered:
		return WrongLost
	}
	return OtherWords
}

// ownedBy reports whether the question belongs to a changed snippet and leads
// to it. A line of a golden file belongs to the snippets that it names.
func (q *Question) ownedBy(c *knowledge.Corpus, o Outcome, changed map[string]bool) bool {
	owners := q.Want
	if q.Snippet != "" {
		owners = []string{q.Snippet}
	}
	return slices.ContainsFunc(owners, func(id string) bool { return changed[id] && leadsTo(c, o, id) })
}

// leadsTo reports whether a snippet is sent, or the emergency that it teaches
// about is seen.
func leadsTo(c *knowledge.Corpus, o Outcome, id string) bool {
	if o.Outcome != bot.Urgent {
		return slices.Contains(o.Snippets, id)
	}
	return slices.ContainsFunc(o.Snippets, func(rule string) bool {
		r := ruleOf(c, rule)
		return r != nil && r.Snippet == id
	})
}

func ruleOf(c *knowledge.Corpus, id string) *knowledge.Rule {
	for _, r := range c.Triage.Rules {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// Stops are the changes that somebody must sign for.
func (d *Diff) Stops() []Change {
	return slices.DeleteFunc(slices.Clone(d.Changes), func(c Change) bool { return c.Own })
}

// Hash identifies what stops the publish, in hex: for which questions, from what
// to what. It is the same when only confidences, titles or lines have moved.
func (d *Diff) Hash() string {
	h := sha256.New()
	lines := json.NewEncoder(h)
	for _, c := range d.Stops() {
		from := Outcome{}
		if c.Before != nil {
			from = *c.Before
		}
		if err := lines.Encode([]any{c.Question.Text, from.Outcome, from.Snippets, c.After.Outcome, c.After.Snippets}); err != nil {
			panic(err) // texts and numbers can be written
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Changed are the ids of the snippets that differ between two corpora in what
// their documents say, or that only one of them has.
func Changed(before, after *knowledge.Corpus) (map[string]bool, error) {
	changed := map[string]bool{}
	for _, s := range before.Snippets {
		if after.Snippet(s.ID) == nil {
			changed[s.ID] = true
		}
	}
	for _, s := range after.Snippets {
		same, err := sameDocument(before.Snippet(s.ID), s)
		if err != nil {
			return nil, fmt.Errorf("compare snippets: %w", err)
		}
		if !same {
			changed[s.ID] = true
		}
	}
	return changed, nil
}

func sameDocument(old, now *knowledge.Snippet) (bool, error) {
	if old == nil {
		return false, nil
	}
	was, err := old.Document()
	if err != nil {
		return false, err
	}
	is, err := now.Document()
	return was == is, err
}
