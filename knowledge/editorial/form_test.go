package editorial_test

import (
	"strings"
	"testing"

	"handout/knowledge"
	"handout/knowledge/editorial"
)

// TestFormsKeepTheLayout: what a document's keepers wrote beside its fields stays
// when a moderator who does not see it fills in a form.
func TestFormsKeepTheLayout(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	laidOut := strings.Replace(kestrel(kestrelBody), "topics:\n  - birds\n", "topics: [birds] # and not rivers\n", 1)
	first := s.propose(ada, 0, laidOut)
	s.publish(first)

	r, err := s.AddWording(ctx, ada, "kestrel-hover", "kestrel in the wind")
	s.must(err)
	if !strings.Contains(r.Text, "topics: [birds] # and not rivers\n") || !strings.Contains(r.Text, "  - kestrel in the wind\n") {
		t.Errorf("with a wording:\n%s", r.Text)
	}
	_, err = s.AddWording(ctx, ada, "kestrel-hover", "kestrel in the wind")
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
