package web

import (
	"strings"
	"testing"

	"handout/bot/bottest/verbatim"
	"handout/knowledge"
)

func TestWhatIsShownIsWhatWasApproved(t *testing.T) {
	desk := verbatim.Open(t)
	b := openWith(t, desk)
	for id, question := range verbatim.Questions {
		_, r := desk.Approved(id)
		s, _ := knowledge.ReadDocument(r.Doc, r.Text)
		found := passages.FindStringSubmatch(b.ask(question).body)
		if found == nil || found[1] != id {
			t.Errorf("%s: no passage", id)
			continue
		}
		if got, want := seen(found[2]), plainBody(s); got != want || !strings.HasSuffix(got, verbatim.Added) {
			t.Errorf("%s reads\n%s\nnot\n%s", id, got, want)
		}
	}
}
