package gate

import (
	"fmt"
	"slices"
	"strings"

	"handout/bot"
	"handout/index/evaluate"
	"handout/knowledge"
)

// describe puts both outcomes into words: with ids where titles do not tell
// them apart, as when an id was renamed.
func (c *Change) describe(before, after *knowledge.Corpus) {
	is := titles(after, c.After, false)
	if c.Before != nil {
		was := titles(before, *c.Before, false)
		if alike := slices.Equal(was, is) && c.Before.Outcome == c.After.Outcome; alike {
			was, is = titles(before, *c.Before, true), titles(after, c.After, true)
		}
		c.was = c.Before.words(was)
	}
	c.is = c.After.words(is)
}

// titles name what was sent, each in quotes.
func titles(c *knowledge.Corpus, o Outcome, ids bool) []string {
	var list []string
	for _, id := range o.Snippets {
		title := id
		if s := c.Snippet(id); s != nil && o.Outcome != bot.Urgent {
			title = s.Title
		} else if r := ruleOf(c, id); r != nil {
			title = r.Title
		}
		title = `"` + evaluate.Printable(title) + `"`
		if ids {
			title += " [" + id + "]"
		}
		list = append(list, title)
	}
	return list
}

// words are what became of a question, such as: answered by "Title" (83% sure).
func (o Outcome) words(titles []string) string {
	names := strings.Join(titles, " and ")
	switch o.Outcome {
	case bot.Answered:
		if names == "" {
			return "answered as a command"
		}
		return fmt.Sprintf("answered by %s (%s)", names, o.surely())
	case bot.Choose:
		return fmt.Sprintf("given titles to choose from (%s)", o.surely())
	case bot.Declined:
		if names == "" {
			return "referred to a provider"
		}
		return "referred to a provider, beside " + names
	case bot.Urgent:
		return "taken for an emergency, " + names
	}
	return fmt.Sprintf("not answered (best match %s)", o.surely())
}

func (o Outcome) surely() string { return fmt.Sprintf("%.0f%% sure", 100*o.Confidence) }

// Sentence says what has changed, without its class and question.
func (c Change) Sentence() string {
	if c.Before == nil {
		return "is " + c.is
	}
	is := c.is
	if both := "answered "; strings.HasPrefix(c.was, both) {
		is = strings.TrimPrefix(is, both)
	}
	return "was " + c.was + ", now " + is
}

// String is the change in a line, with its class, question and replies.
func (c Change) String() string {
	return fmt.Sprintf("%s: %q (%s) %s", c.Class, evaluate.Printable(c.Question.Text), c.Question.whose(), c.Sentence())
}

// whose says where the question stands.
func (q *Question) whose() string {
	if q.Kind == "" {
		return q.From
	}
	return q.From + ", " + evaluate.Printable(q.Kind)
}

// String is the class as a heading.
func (c Class) String() string {
	return [...]string{
		EmergencyLost:   "No longer taken for an emergency",
		WrongAnswer:     "Gains a wrong answer",
		AnotherSnippet:  "Another snippet answers",
		AnswerLost:      "Loses its answer",
		EmergencyGained: "Now taken for an emergency",
		NewAstray:       "New question that is not answered as it should be",
		OtherWords:      "Another reply, without an answer",
		WrongLost:       "Loses a wrong answer",
		AnswerGained:    "Gains its right answer",
	}[c]
}

// summary is the diff in a sentence or two.
func (d *Diff) summary() string {
	if len(d.Changes) == 0 {
		return fmt.Sprintf("No answer changes: %d questions asked.", d.Asked)
	}
	get := "get"
	if len(d.Changes) == 1 {
		get = "gets"
	}
	return fmt.Sprintf("%d of %d questions %s another reply than before. %s", len(d.Changes), d.Asked, get, d.verdict())
}

func (d *Diff) verdict() string {
	switch stops := len(d.Stops()); {
	case stops == 0:
		return "Nothing stops the publish."
	case d.SignedBy != "":
		return fmt.Sprintf("%s has signed for %d of them.", evaluate.Printable(d.SignedBy), stops)
	case stops == 1:
		return "1 of them stops the publish until somebody signs."
	default:
		return fmt.Sprintf("%d of them stop the publish until somebody signs.", stops)
	}
}

// signature says what a signature is bound to.
func (d *Diff) signature() string {
	return "A signature holds for exactly this list: " + d.Hash()[:12] + "."
}

const ownHeading = "Nobody need sign for these: they belong to changed snippets, and lead to them"

func (d *Diff) own() []Change {
	return slices.DeleteFunc(slices.Clone(d.Changes), func(c Change) bool { return !c.Own })
}
