package desk

import (
	"strings"
	"testing"

	"handout/bot"
	"handout/knowledge/editorial"
)

var puffins = map[string]string{
	"text":     "Puffins waddle because their **legs are far back**. That helps them swim.",
	"wordings": "puffins waddling\nwhy does a puffin walk so oddly\npuffin legs",
	"sources":  "A field guide | The club | https://example.org/puffins | 2026-11-20",
	"note":     "Five people asked",
}

func TestFromAGapToTheNextAnswer(t *testing.T) {
	s := newStage(t)
	if r := s.ask("why do puffins waddle"); r.Outcome == bot.Answered {
		t.Fatalf("answered with %s", r.Snippet)
	}
	v := s.press(edit, s.do(edit, Input{}), "Questions without an answer (2)")
	v = s.press(edit, v, "why do puffins waddle")
	s.expect(v, "Asked 5 times", "Nobody got an answer")
	v = s.press(edit, v, "Write a new answer")
	if v.Form.Fields[0].Value != "why do puffins waddle" {
		t.Errorf("the title is %q", v.Form.Fields[0].Value)
	}
	v = s.submit(edit, v, puffins)
	s.expect(v, "by Eve", "Five people asked", "no topic. Press Topics and choose one.", "Reading level", "legs are far back", "None of the")
	v = s.press(edit, s.press(edit, v, "Topics"), "birds")
	s.expect(v, "Topics: birds")
	s.refuse(v, "no topic")
	s.press(edit, v, "Send for review")
	v = s.press(ben, s.press(ben, s.do(ben, Input{}), "To review (1)"), "why do puffins waddle")
	v = s.press(ben, v, "Approve")
	s.expect(v, "Published")
	if !v.Over {
		t.Error("the card's buttons are still of use")
	}
	if r := s.ask("why do puffins waddle?"); r.Outcome != bot.Answered || !strings.Contains(r.Text(), "legs are far back") {
		t.Errorf("%s: %s", r.Outcome, r.Text())
	}
	s.expect(s.do(edit, Input{}), "Questions without an answer (1)", "To review (0)")
	s.expect(s.press(edit, s.do(edit, Input{}), "Published lately"), "why do puffins waddle")
}

func TestFromACardThroughChangesToApproval(t *testing.T) {
	s := newStage(t)
	v := s.press(ann, s.do(ann, Input{Text: "how do owls hear"}), "How do owls hear?")
	v = s.submit(ann, s.press(ann, v, "Edit"), map[string]string{"text": "Owls hear with **two ears**. One is higher.", "note": "shorter"})
	s.expect(v, "[-", "How it would read")
	s.press(ann, v, "Send for review")
	card := s.Card(t.Context(), s.review())
	s.check(card)
	s.expect(card, "To review: How do owls hear?", "by Ann", "shorter", "[-", "Which answers would change")
	s.expect(s.press(ann, card, "Approve"), "obody approves what they wrote themselves")
	s.refuse(s.do(ann, Input{Action: act("draft", tag("snippets/owls-hearing.md"), 2)}), "[Approve]")

	v = s.submit(ben, s.press(ben, card, "Ask for changes"), map[string]string{"reason": "Say that sound comes to one first."})
	s.expect(v, "Ann finds it under Drafts")
	v = s.press(ann, s.press(ann, s.do(ann, Input{}), "Drafts (1)"), "How do owls hear?")
	s.expect(v, "Ben asks for changes: Say that sound comes to one first.")
	v = s.submit(ann, s.press(ann, v, "Edit again"), map[string]string{"text": "Owls hear with **two ears**. Sound comes to one first."})
	s.press(ann, v, "Send for review")

	old := s.press(ben, card, "Approve") // of the text before
	s.expect(old, "Ann has written a newer version")
	if !old.Over {
		t.Error("the old card's buttons are still of use")
	}
	v = s.press(ben, s.Card(t.Context(), s.review()), "Approve")
	s.expect(v, "Not published yet", "Other wordings: the wording")
	if v.Over {
		t.Error("the card's buttons are of no use")
	}
	s.expect(s.press(ben, v, "Sign as Ben and publish"), "Published")
	if r := s.ask("how do owls hear"); !strings.Contains(r.Text(), "Sound comes to one first.") || r.Revision != 3 {
		t.Errorf("version %d: %s", r.Revision, r.Text())
	}
}

// review announces the newest draft of the owls.
func (s *stage) review() editorial.Announcement {
	doc := "snippets/owls-hearing.md"
	return editorial.Announcement{Review: &editorial.Ref{Doc: doc, Num: s.editor.State().Docs[doc].Draft().Num}}
}
