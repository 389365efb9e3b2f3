package console

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// drafts lists those that are not over, the longest waiting first.
func (s *Server) drafts(v *visit) error {
	stage := store.Stage(v.r.URL.Query().Get("stage"))
	rows, err := s.rows(v.r.Context(), func(string) bool { return true })
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(r row) bool { return r.Draft == nil || stage != "" && r.Draft.Stage != stage })
	slices.SortStableFunc(rows, func(a, b row) int { return a.Draft.Changed.Compare(b.Draft.Changed) })
	ready := 0
	for _, r := range rows {
		if r.Draft.Stage == store.Ready {
			ready++
		}
	}
	return s.page(v, "drafts", "Drafts and reviews", struct {
		Rows   []row
		Stage  store.Stage
		Stages []store.Stage
		Ready  int
	}{rows, stage, []store.Stage{store.Drafting, store.InReview, store.Requested, store.Ready}, ready})
}

// examined is a draft with all that helps to decide about it.
type examined struct {
	*store.Draft
	Doc       string
	New       bool // the document has not been published yet
	Text      *store.Revision
	Approvals []store.Event
	Approved  bool // by somebody whose approval counts
	Own       bool // the person wrote it themselves
	Alone     bool
	Diff      []editorial.Piece
	Report    *report
	Previews  []shown
	Snippet   bool
	Note      string // what the person wrote and could not be kept
}

func (s *Server) draft(v *visit) error {
	d, err := s.known(v)
	if err != nil {
		return err
	}
	return s.showDraft(v, d, nil)
}

func (s *Server) showDraft(v *visit, d *store.Document, refusal *editorial.Refusal) error {
	draft := d.Draft()
	if draft == nil {
		return &editorial.Refusal{What: "there is no draft of " + d.Name + " any more", Fix: "look at the document as it is now"}
	}
	x, err := s.examined(v, d, draft)
	if err != nil {
		return err
	}
	s.show(v, statusOf(refusal), "draft", &view{Title: "Draft: " + titleIn(d.Name, x.Text.Text), Refusal: refusal, Body: x})
	return nil
}

func (s *Server) examined(v *visit, d *store.Document, draft *store.Draft) (*examined, error) {
	ctx := v.r.Context()
	text, err := s.Editor.Store.Revision(ctx, d.Name, draft.Num)
	if err != nil {
		return nil, fmt.Errorf("read draft: %w", err)
	}
	found, err := s.Editor.Examine(ctx, d.Name, draft.Num)
	if err != nil {
		return nil, err
	}
	diff, err := s.diff(ctx, d.Name, d.Published, text.Text)
	if err != nil {
		return nil, err
	}
	x := &examined{
		Draft: draft, Doc: d.Name, New: d.Published == 0, Text: text, Approvals: d.Approvals[draft.Hash],
		Own: draft.Author.ID == v.ID, Alone: s.Editor.State().Alone, Diff: diff, Report: newReport(found),
		Snippet: editorial.IsSnippet(d.Name), Note: v.r.PostForm.Get("note"),
	}
	x.Approved = d.Approved(draft, x.Alone)
	if x.Snippet {
		snippet, _ := knowledge.ReadDocument(d.Name, text.Text)
		x.Previews = s.previews(v, found.Bot(), snippet)
	}
	return x, nil
}

// decide does what a button below a draft says.
func (s *Server) decide(v *visit) error {
	f := v.r.PostForm
	doc, note := f.Get("doc"), f.Get("note")
	num, _ := strconv.Atoi(f.Get("num"))
	ctx, e := v.r.Context(), s.Editor
	next, mark := to("draft", doc), ""
	var err error
	switch f.Get("do") {
	case "submit":
		mark, err = "submitted", e.Submit(ctx, v.Person, doc, num, note)
	case "approve":
		mark, err = "approved", e.Approve(ctx, v.Person, doc, num, f.Get("hash"))
	case "object":
		mark, err = "objected", e.RequestChanges(ctx, v.Person, doc, num, note)
	case "drop":
		next, mark, err = to("document", doc), "dropped", e.Drop(ctx, v.Person, doc, num, note)
	default:
		return errMissing
	}
	var refusal *editorial.Refusal
	if d := e.State().Docs[doc]; errors.As(err, &refusal) && d != nil && d.Draft() != nil {
		return s.showDraft(v, d, refusal)
	}
	if err != nil {
		return err
	}
	return v.redirect(next, mark)
}
