package desk

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

const owls = "snippets/owls-hearing.md"

// edited saves another text of the owls.
func (s *stage) edited(p editorial.Person, body string) View {
	s.t.Helper()
	return s.submit(p, s.do(p, Input{Action: act("edit", tag(owls))}), map[string]string{"text": body})
}

func TestAGapBecomesAnotherWording(t *testing.T) {
	s := newStage(t)
	v := s.press(edit, s.press(edit, s.do(edit, Input{}), "Questions"), "hearing of owls at night")
	s.expect(v, "“How do owls hear?” did not help")
	s.expect(s.submit(edit, s.press(edit, v, "Search others"), map[string]string{"words": "atlas of rivers"}), "[Answer: What is in the atlas of rivers?]")
	v = s.press(edit, v, "Answer: How do owls hear?")
	s.expect(v, "another wording: hearing of owls at night", "hearing of owls at night")
	s.press(edit, v, "Send for review")
	v = s.press(ben, s.press(ben, s.do(ben, Input{Action: act("draft", tag(owls), 2)}), "Approve"), "Sign as Ben")
	s.expect(v, "Published")
	if r := s.ask("hearing of owls at night"); r.Snippet != bottest.Plain {
		t.Errorf("%s %s", r.Outcome, r.Snippet)
	}
}

func TestAGapIsPutAsideForGood(t *testing.T) {
	s := newStage(t)
	v := s.press(edit, s.press(edit, s.do(edit, Input{}), "Questions"), "why do puffins")
	confirm := s.press(edit, v, "Not needed")
	s.refuse(s.press(edit, confirm, "Yes"), "puffins")
	s.expect(s.press(edit, confirm, "Yes"), "not open any more")
	s.expect(s.press(edit, v, "Write a new answer"), "not open any more")
}

func TestTheQuestionThatWasAskedStaysAWording(t *testing.T) {
	s := newStage(t)
	form := s.press(edit, s.press(edit, s.press(edit, s.do(edit, Input{}), "Questions"), "why do puffins"), "Write a new answer")
	v := s.submit(edit, form, map[string]string{"title": "How do puffins walk?", "text": "They waddle.", "wordings": "puffin walk"})
	s.expect(v, "How do puffins walk?", "puffin walk · why do puffins waddle")
	form = s.press(edit, s.press(edit, s.press(edit, s.do(edit, Input{}), "Questions"), "hearing of owls"), "Write a new answer")
	v = s.submit(edit, form, map[string]string{"title": "Hearing of owls, at night?", "text": "They hear well.", "wordings": ""})
	s.refuse(v, "Other wordings: hearing", "stands twice") // in the title, it is there already
	s.expect(s.do(edit, Input{}), "Questions without an answer (0)")
}

func TestNewWordsAreGivenBackWhenTheGapIsGone(t *testing.T) {
	s := newStage(t)
	form := s.press(edit, s.press(edit, s.press(edit, s.do(edit, Input{}), "Questions"), "why do puffins"), "Write a new answer")
	if err := s.editor.DismissGap(t.Context(), ben, "gap-1"); err != nil {
		t.Fatal(err)
	}
	v := s.submit(edit, form, puffins)
	s.expect(v, "not open any more", puffins["text"], puffins["wordings"])
}

func TestWhatSomebodyElseWroteMeanwhileIsShown(t *testing.T) {
	s := newStage(t)
	form := s.do(ann, Input{Action: act("edit", tag(owls))})
	s.edited(ben, "Ben says that owls hear well.")
	v := s.submit(ann, form, map[string]string{"text": "Ann says that owls hear.", "note": "why not"})
	s.expect(v, "Ben was faster", "Ben says that owls hear well.", "Ann says that owls hear.", "why not")
	again := s.press(ann, v, "Go on with what you wrote")
	if got := again.Form.Fields[1].Value; got != "Ann says that owls hear." {
		t.Errorf("given back: %q", got)
	}
	s.expect(s.press(ben, v, "Go on"), "not kept here")
	s.expect(s.submit(ann, again, nil), "Version 3 by Ann", "Ann says that owls hear.")
	s.now = s.now.Add(formHolds + time.Minute)
	s.expect(s.press(ann, v, "Go on"), "opy it from the message above")
}

func TestOurFailureLosesNoWord(t *testing.T) {
	s := newStage(t)
	s.store.broken = errors.New("disk full of secrets")
	v := s.edited(ann, "Owls hear.")
	s.expect(v, "Something failed on our side", "Owls hear.")
	s.refuse(v, "disk")
	s.store.broken = nil
	s.expect(s.submit(ann, s.press(ann, v, "Go on"), nil), "Version 2 by Ann")
}

func TestNothingChanged(t *testing.T) {
	s := newStage(t)
	s.expect(s.submit(ann, s.do(ann, Input{Action: act("edit", tag(owls))}), nil), "Nothing was changed")
	if n := s.editor.State().Docs[owls].Latest; n != 1 {
		t.Errorf("%d versions", n)
	}
}

func TestRightsAreThoseOfTheStep(t *testing.T) {
	s := newStage(t)
	v := s.edited(edit, "Owls hear.")
	s.press(edit, v, "Send for review")
	draft := s.editor.State().Docs[owls].Draft()
	for _, action := range []string{
		"", act("gaps"), act("doc", tag(owls)), act("draft", tag(owls), 2), Web, Why, Suggest, act("save", tag(owls), 1), act("stop!", everything),
	} {
		v := s.do(none, Input{Action: action, Asked: "x", Values: map[string]string{"reason": "r"}})
		s.expect(v, "he desk is for moderators")
		s.refuse(v, "Owls", "puffins")
	}
	for _, action := range []string{
		act("ok", tag(owls), 2, draft.Hash[:hashStart]), act("pub", tag(owls), 2), act("sign", tag(owls), 2, "x"),
		act("roll!", tag(owls), 1, ""), act("back!", everything),
	} {
		s.expect(s.do(edit, Input{Action: action}), "no right to approve or publish")
	}
	s.refuse(s.do(edit, Input{Action: act("draft", tag(owls), 2)}), "[Approve]", "[Publish]")
	if s.editor.State().Docs[owls].Published != 1 {
		t.Error("published")
	}
}

func TestButtonsThatMeanNothing(t *testing.T) {
	s := newStage(t)
	for _, action := range []string{
		"d:nothing", "d:doc", "d:doc:x", "d:draft:" + tag(owls), "d:draft:" + tag(owls) + ":99", "d:draft:" + tag(owls) + ":-1", "d:ok:" + tag(owls) + ":1",
		"d:stop:x", "d:back:" + everything, "d:top:" + tag(owls) + ":1:x", "d:rev:" + tag(owls) + ":0", "d:save:x:1", "d:link:" + tag("gap-1") + ":x", "garbage",
	} {
		v := s.do(ann, Input{Action: action})
		if v.Title != "This button is too old" && v.Title != "That was not done" {
			t.Errorf("%s: %s", action, text(v))
		}
	}
	if v := s.do(ann, Input{Action: "d:gaps:-7"}); v.Title != "Questions without an answer" {
		t.Error(text(v))
	}
}

func TestAnApprovalIsOfTheTextThatWasShown(t *testing.T) {
	s := newStage(t)
	s.edited(ann, "Owls hear.")
	s.expect(s.do(ben, Input{Action: act("ok", tag(owls), 2, "000000000000")}), "too old")
	if n := len(s.editor.State().Docs[owls].Approvals); n != 0 {
		t.Errorf("%d approvals", n)
	}
}

func TestAloneOnePersonIsEnough(t *testing.T) {
	s := newStage(t)
	if err := s.editor.LetAlone(t.Context(), ann, true); err != nil {
		t.Fatal(err)
	}
	v := s.press(ann, s.edited(ann, "Owls hear."), "Send for review")
	s.expect(s.press(ann, s.press(ann, v, "Approve"), "Sign as Ann"), "Published")
}

func TestWhatWasApprovedBeforeAKillIsPublished(t *testing.T) {
	s := newStage(t)
	s.press(ann, s.edited(ann, "Owls hear."), "Send for review")
	draft := s.editor.State().Docs[owls].Draft()
	if err := s.editor.Approve(t.Context(), ben, owls, draft.Num, draft.Hash); err != nil {
		t.Fatal(err)
	}
	v := s.press(ann, s.press(ann, s.do(ann, Input{}), "To review (1)"), "How do owls hear?")
	s.expect(v, "Approved by: Ben")
	s.expect(s.press(ann, s.press(ann, v, "Publish"), "Sign as Ann"), "Published")
}

func TestASignatureIsForWhatWasListed(t *testing.T) {
	s := newStage(t)
	s.press(ann, s.edited(ann, "Owls hear."), "Send for review")
	v := s.press(ben, s.do(ben, Input{Action: act("draft", tag(owls), 2)}), "Approve")
	s.expect(s.do(ben, Input{Action: act("sign", tag(owls), 2, "0123456789abcdef")}), "Not published yet")
	s.expect(s.press(ben, v, "Sign as Ben"), "Published")
	events := s.events()
	last := events[len(events)-2]
	if last.Kind != store.Signed || last.Actor != ben.Actor {
		t.Errorf("the audit says %+v", last)
	}
}

func TestADraftIsDropped(t *testing.T) {
	s := newStage(t)
	v := s.press(ann, s.edited(ann, "Owls hear."), "Drop")
	s.expect(s.press(ann, v, "Yes"), "Dropped")
	s.expect(s.press(ann, v, "No"), "done with")
}

func TestWithdrawAndSendAgain(t *testing.T) {
	for name, path := range map[string][]string{
		"a snippet": {}, "a topic": {"Rather the whole topic “birds”"}, "everything": {"Rather everything"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			v := s.press(edit, s.do(edit, Input{Action: act("doc", tag(owls))}), "Withdraw")
			for _, label := range path {
				v = s.press(edit, v, label)
			}
			s.expect(v, "Not sent any more", "How do owls hear?", "oses its answer")
			form := s.press(edit, v, "Withdraw it: say why")
			s.expect(s.submit(edit, form, nil), "needs a reason")
			s.expect(s.submit(edit, form, map[string]string{"reason": "wrong ear"}), "Withdrawn")
			if r := s.ask(bottest.PlainQuestion); r.Outcome == bot.Answered {
				t.Error("it is sent")
			}
			s.expect(s.do(edit, Input{Action: act("doc", tag(owls))}), "Withdrawn by Eve: Wrong ear.")
			held := s.press(ben, s.do(ben, Input{}), "Withdrawn (1)")
			s.expect(held, "wrong ear")
			again := Button{}
			for _, row := range held.Buttons {
				if strings.HasPrefix(row[0].Action, act("back")) {
					again = row[0]
				}
			}
			s.expect(s.do(edit, Input{Action: again.Action}), "A reviewer can send it again")
			s.expect(s.press(ben, s.do(ben, Input{Action: again.Action}), "Yes"), "Sent again")
			if r := s.ask(bottest.PlainQuestion); r.Snippet != bottest.Plain {
				t.Error("it is not sent again")
			}
		})
	}
}

func TestGoingBackToAVersion(t *testing.T) {
	s := newStage(t)
	s.press(ann, s.edited(ann, "Owls hear badly."), "Send for review")
	s.press(ben, s.press(ben, s.do(ben, Input{Action: act("draft", tag(owls), 2)}), "Approve"), "Sign as Ben")
	v := s.press(ben, s.do(ben, Input{Action: act("doc", tag(owls))}), "History")
	s.expect(v, "This one is published")
	v = s.press(ben, v, "Version 1, handout")
	s.expect(v, "[-badly-]", "two ears at different heights")
	s.refuse(s.do(edit, Input{Action: act("rev", tag(owls), 1)}), "[Go back")
	v = s.press(ben, v, "Go back to this version")
	s.expect(s.do(ben, Input{Action: act("roll!", tag(owls), 1, "")}), "Go back to version 1")
	s.expect(s.press(ben, v, "Sign as Ben and go back"), "Version 1 is sent again")
	if r := s.ask(bottest.PlainQuestion); !strings.Contains(r.Text(), "different heights") {
		t.Error(r.Text())
	}
}

func TestTheCheckDateIsMoved(t *testing.T) {
	s := newStage(t)
	s.now = time.Date(2027, 10, 20, 0, 0, 0, 0, time.UTC)
	v := s.press(edit, s.press(edit, s.do(edit, Input{}), "To check soon"), "How do owls hear?")
	s.expect(v, "To be checked by 1 Nov 2027")
	form := s.press(edit, v, "Check date")
	s.expect(s.submit(edit, form, map[string]string{"due": "soon"}), "year-month-day", "soon")
	s.expect(s.submit(edit, form, map[string]string{"due": "2028-11-01"}), "To be checked by: 2028-11-01", "[-2027-]")
}

func TestDueSnippetsAreAnnounced(t *testing.T) {
	s := newStage(t)
	s.now = time.Date(2027, 11, 2, 0, 0, 0, 0, time.UTC)
	v := s.Card(t.Context(), editorial.Announcement{Due: s.editor.Due()})
	s.check(v)
	s.expect(v, "have to be checked", "How do owls hear?: Not sent any more")
	s.expect(s.press(edit, v, "Show them"), "To check soon")
}

func TestRulesAndLongTexts(t *testing.T) {
	s := newStage(t)
	v := s.press(edit, s.do(edit, Input{Text: "corpus.yaml"}), "corpus.yaml")
	form := s.press(edit, v, "Edit")
	s.expect(s.submit(edit, form, map[string]string{"file": strings.Replace(form.Form.Fields[0].Value, "name: Birds and rivers", "name: Birds", 1)}), "Version 2 by Eve")
	v = s.press(edit, s.do(edit, Input{Text: "rivers"}), "What is in the atlas of rivers?")
	s.expect(s.press(edit, v, "Edit"), "Too long for a chat")
}

func TestRefusalsCallATextByItsTitle(t *testing.T) {
	s := newStage(t)
	s.edited(edit, "Owls hear.")
	s.do(edit, Input{Action: act("send", tag(owls), 2)})
	v := s.do(ben, Input{Action: act("sign", tag(owls), 2, "")})
	s.expect(v, "Nobody has approved this version of “How do owls hear?”")
	s.refuse(v, owls)
	broken := s.edited(edit, "# Owls")
	s.expect(broken, "Text, line 1")
	v = s.do(edit, Input{Action: act("send", tag(owls), 3)})
	s.expect(v, "It cannot be served: “How do owls hear?”: unsupported Markdown")
	s.refuse(v, owls)
}

func TestChangedAnswersAreToldInWordsForPeople(t *testing.T) {
	s := newStage(t)
	form := s.do(edit, Input{Action: act("edit", tag(owls))})
	v := s.submit(edit, form, map[string]string{"title": "Why does a kestrel hover?", "text": "It looks for voles.", "wordings": "why do puffins read"})
	s.expect(v, "Loses its answer: “what are owl ears like” (a wording of “How do owls hear?”) was answered by", "% sure), now")
	s.refuse(v, bottest.Plain, "(0.")
	v = s.submit(edit, s.do(edit, Input{Action: act("fill")}), map[string]string{"title": "What hears?", "text": "An owl.", "wordings": "how do owls hear"})
	s.expect(v, "is also that of “How do owls hear?”")
	s.refuse(v, bottest.Plain)
}

func TestABrokenTextIsNotSentForReview(t *testing.T) {
	s := newStage(t)
	v := s.edited(edit, "# Owls\n\n<script>hear</script>")
	s.expect(v, "Text, line 1: unsupported Markdown: a heading", "It cannot be published like this")
	s.refuse(v, "[Send for review]", owls)
}

func TestWordsOfMessages(t *testing.T) {
	s := newStage(t)
	answer := s.ask(bottest.PlainQuestion).Text()
	v := s.do(edit, Input{Action: Why, Text: answer, Asked: bottest.PlainQuestion})
	s.expect(v, "The best match is sure enough", "How do owls hear?", "% sure", "owls", "(version 1)")
	s.expect(s.do(edit, Input{Action: Why, Asked: bottest.ChoiceQuestion}), "Two matches fit alike", "Runner-up")
	s.expect(s.do(edit, Input{Action: Why, Text: answer}), "cannot be seen here")
	s.expect(s.do(edit, Input{Action: Flag, Text: "good morning"}), "shows none of our answers")

	v = s.submit(edit, s.do(edit, Input{Action: Flag, Text: answer}), map[string]string{"reason": "only one ear"})
	s.expect(v, "Noted", "still sent")
	events := s.events()
	if e := events[len(events)-1]; e.Kind != store.Flagged || e.Doc != owls || e.Note != "only one ear" {
		t.Errorf("the audit says %+v", e)
	}
	v = s.do(edit, Input{Action: Suggest, Text: "do kiwis fly?"})
	if v.Form.Fields[0].Value != "do kiwis fly?" {
		t.Errorf("%+v", v.Form)
	}
	v = s.do(edit, Input{Action: Suggest, Text: "Kiwis do not fly.\nThey walk."})
	if v.Form.Fields[1].Value != "Kiwis do not fly.\nThey walk." {
		t.Errorf("%+v", v.Form)
	}
}

func TestASuggestionDoesNotSayWhoAsked(t *testing.T) {
	s := newStage(t)
	for text, want := range map[string]string{
		"my name is Will Turner, do kiwis fly?":                          "my name is […], do kiwis fly?",
		"Do kiwis fly?\nWrite to me: will@example.org\nThanks,\nBrenda":  "Do kiwis fly?\nWrite to me: […]\nThanks,\n[…]",
		"Hi Anna,\n" + strings.Repeat("kiwis walk at night. ", 20) + "!": "Hi […],\n" + strings.Repeat("kiwis walk at night. ", 20) + "!",
	} {
		form := s.do(edit, Input{Action: Suggest, Text: text}).Form
		if got := form.Fields[0].Value + form.Fields[1].Value; got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestWordsOutliveARightThatDoesNot(t *testing.T) {
	s := newStage(t)
	form := s.do(edit, Input{Action: act("edit", tag(owls))})
	gone := edit
	gone.Rights = editorial.Rights{}
	v := s.submit(gone, form, map[string]string{"text": "Owls hear."})
	s.expect(v, "for moderators", "Owls hear.")
	s.expect(s.submit(edit, s.press(edit, v, "Go on"), nil), "Version 2 by Eve")
}

func TestMarkupAsLongAsAFormTakes(t *testing.T) {
	s := newStage(t)
	long := strings.Repeat("<b>**[x](y)\n# ", 4000)[:4000]
	v := s.edited(edit, long)
	s.expect(v, "unsupported Markdown", strings.TrimSpace(long)[:100])
	again := s.press(edit, v, "Edit again")
	if again.Form == nil || again.Form.Fields[1].Value != strings.TrimSpace(long) {
		t.Error("the text is another one")
	}
}

func TestAPanicLosesNoWord(t *testing.T) {
	s := newStage(t)
	s.console = func(context.Context, store.Actor) (string, error) { panic("secret") }
	v := s.do(ann, Input{Action: Web, Values: map[string]string{"note": "my words"}})
	s.expect(v, "Something failed on our side", "my words")
}
