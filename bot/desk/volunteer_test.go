package desk

import (
	"strings"
	"testing"

	"handout/bot/bottest"
	"handout/knowledge/editorial"
)

func TestWhatIsWithdrawnIsNotSaidToBeOldOnly(t *testing.T) {
	s := newStage(t)
	v := s.press(edit, s.do(edit, Input{Action: act("doc", tag(owls))}), "Withdraw")
	s.expect(v, "Withdraw “How do owls hear?”?")
	s.submit(edit, s.press(edit, v, "Withdraw it"), map[string]string{"reason": "wrong ear"})
	s.expect(s.do(edit, Input{Action: Why, Asked: bottest.PlainQuestion}), "is withdrawn, or past its review date")
}

func TestPublishedLatelyIsNotWhatTheDeskBeganWith(t *testing.T) {
	s := newStage(t)
	s.expect(s.press(edit, s.do(edit, Input{}), "Published lately"), "Nothing has been published since the desk began")
}

func TestWhoMayNothingGetsNoButtonThatLeadsNowhere(t *testing.T) {
	s := newStage(t)
	s.refuse(s.do(none, Input{}), "[")
}

func TestOtherWordingsOfADraftAreAddedByThemselves(t *testing.T) {
	s := newStage(t)
	text := s.editor.Edition().Text("corpus.yaml")
	r, err := s.editor.Propose(t.Context(), ann, editorial.Draft{Doc: text.Doc, Base: text.Num, Text: text.Text + "questions: 2\n"})
	if err == nil {
		err = s.editor.Approve(t.Context(), ben, r.Doc, r.Num, r.Hash)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.expect(s.do(ben, Input{Action: act("pub", tag(r.Doc), r.Num)}), "Published")
	v := s.press(edit, s.edited(edit, "Owls hear."), "Other wordings")
	if len(v.Form.Fields) != 2 || !strings.HasSuffix(v.Form.Fields[0].Hint, "At least 2.") {
		t.Errorf("%+v", v.Form)
	}
	s.expect(s.submit(edit, v, map[string]string{"wordings": "owl ears"}), "Owls hear.", "too few other wordings, 1 of 2")
}
