package editorial_test

import (
	"strings"
	"testing"

	"handout/bot/bottest"
	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// TestFormsKeepTheLayout: what a document's keepers wrote beside its fields stays
// when a moderator who does not see it fills in a form.
func TestFormsKeepTheLayout(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	laidOut := strings.Replace(kestrel(kestrelBody), "topics:\n  - birds\n", "topics: [birds] # and not rivers\n", 1)
	first := s.propose(ada, 0, laidOut)
	s.publish(first)

	for _, id := range []string{"once", "again"} {
		s.must(s.store.AddGaps(ctx, []store.Gap{{ID: id, Text: "kestrel in the wind", Why: store.Unanswered, Count: 3, First: bottest.Now(), Last: bottest.Now(), State: store.Open}}))
	}
	r, err := s.LinkGap(ctx, ada, "once", "kestrel-hover")
	s.must(err)
	if !strings.Contains(r.Text, "topics: [birds] # and not rivers\n") || !strings.Contains(r.Text, "  - kestrel in the wind\n") {
		t.Errorf("with a wording:\n%s", r.Text)
	}
	_, err = s.LinkGap(ctx, ada, "again", "kestrel-hover")
	s.refused(err, `"Why does a kestrel hover?" has that wording already`)

	snippet, _ := knowledge.ReadDocument(r.Doc, r.Text)
	f := editorial.FormOf(snippet)
	f.Body = "It looks for voles."
	r, err = s.ProposeForm(ctx, ada, r.Doc, r.Num, f, "")
	s.must(err)
	if !strings.Contains(r.Text, "topics: [birds] # and not rivers\n") || !strings.HasSuffix(r.Text, "---\nIt looks for voles.\n") {
		t.Errorf("with another body:\n%s", r.Text)
	}
}
