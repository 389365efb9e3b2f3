package editorial_test

import (
	"context"
	"errors"
	"iter"
	"testing"

	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// hooked is a store at which something happens.
type hooked struct {
	store.Store
	written func()       // after each commit
	read    func()       // before a revision is read
	broken  func() error // of reading events
}

func (h *hooked) Commit(ctx context.Context, c store.Change) (store.Written, error) {
	w, err := h.Store.Commit(ctx, c)
	if h.written != nil && err == nil {
		h.written()
	}
	return w, err
}

func (h *hooked) Revision(ctx context.Context, doc string, num int) (*store.Revision, error) {
	if once := h.read; once != nil {
		h.read = nil
		once()
	}
	return h.Store.Revision(ctx, doc, num)
}

func (h *hooked) Events(ctx context.Context, after int64) iter.Seq2[store.Event, error] {
	if h.broken == nil {
		return h.Store.Events(ctx, after)
	}
	return func(yield func(store.Event, error) bool) { yield(store.Event{}, h.broken()) }
}

// hook lets the stage's editor work on a hooked store.
func (s *stage) hook() *hooked {
	s.t.Helper()
	h := &hooked{Store: s.store}
	var err error
	s.Editor, err = edit(s.t.Context(), h, s.now.Now)
	s.must(err)
	return h
}

// approvedDraft is one that only needs to be published.
func (s *stage) approvedDraft() (*store.Revision, string) {
	s.t.Helper()
	r := s.propose(ada, 0, kestrel(kestrelBody))
	s.must(s.Submit(s.t.Context(), ada, r.Doc, r.Num, ""))
	s.must(s.Approve(s.t.Context(), grace, r.Doc, r.Num, r.Hash))
	return r, s.signature(r)
}

func TestWhatIsWrittenIsServedThoughItsAuthorHasGone(t *testing.T) {
	s := newStage(t)
	h := s.hook()
	r, signature := s.approvedDraft()
	ctx, leave := context.WithCancel(t.Context())
	h.written = leave
	s.must(s.Publish(ctx, grace, signature, editorial.Ref{Doc: doc, Num: r.Num}))
	s.says(kestrelQuestion, kestrelBody, true)
	ctx, leave = context.WithCancel(t.Context())
	h.written = leave
	s.must(s.Withdraw(ctx, eve, store.SnippetScope("kestrel-hover"), "wrong"))
	s.says(kestrelQuestion, kestrelBody, false)
}

func TestWhatIsWrittenHoldsThoughItCannotBeReadBack(t *testing.T) {
	s := newStage(t)
	h := s.hook()
	r, signature := s.approvedDraft()
	fail := func() error { return errors.New("the disk is gone") }
	h.written = func() { h.broken = fail }
	s.must(s.Publish(t.Context(), grace, signature, editorial.Ref{Doc: doc, Num: r.Num}))
	s.says(kestrelQuestion, kestrelBody, false)
	h.broken, h.written = nil, nil
	s.must(s.Refresh(t.Context()))
	s.says(kestrelQuestion, kestrelBody, true)
	h.written = func() { h.broken = fail }
	s.must(s.Withdraw(t.Context(), eve, store.SnippetScope("kestrel-hover"), "wrong"))
	h.broken = nil
	s.must(s.Refresh(t.Context()))
	s.says(kestrelQuestion, kestrelBody, false)
}

func TestAnExaminationThatPanicsKeepsNobodyWaiting(t *testing.T) {
	s := newStage(t)
	h := s.hook()
	r := s.propose(ada, 0, kestrel(kestrelBody))
	h.read = func() { panic("a fault of ours") }
	func() {
		defer func() { recover() }()
		s.Examine(t.Context(), r.Doc, r.Num)
	}()
	report, err := s.Examine(t.Context(), r.Doc, r.Num)
	if err != nil || !report.Servable() {
		t.Errorf("examined again: %v", err)
	}
}

func TestDraftsAreExaminedBeforeSomebodyAsks(t *testing.T) {
	s := newStage(t)
	s.approvedDraft()
	h := s.hook()
	examined := make(chan struct{})
	h.read = func() { close(examined) }
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- s.Run(ctx, nil) }()
	<-examined
	stop()
	s.must(<-done)
}

func TestWhoObjectsDuringAnExaminationIsHeard(t *testing.T) {
	s := newStage(t)
	r, _ := s.approvedDraft()
	h := s.hook() // which has examined nothing yet
	elsewhere := *s
	elsewhere.edit()
	h.read = func() { s.must(elsewhere.RequestChanges(t.Context(), grace, doc, r.Num, "not so")) }
	s.refused(s.Publish(t.Context(), grace, "", editorial.Ref{Doc: doc, Num: r.Num}), "nobody has approved")
	s.says(kestrelQuestion, kestrelBody, false)
}

func TestARequestForChangesEndsApprovals(t *testing.T) {
	s := newStage(t)
	r, signature := s.approvedDraft()
	ref := editorial.Ref{Doc: doc, Num: r.Num}
	s.must(s.RequestChanges(t.Context(), grace, doc, r.Num, "not so"))
	s.refused(s.Publish(t.Context(), grace, signature, ref), "nobody has approved")
	s.must(s.Submit(t.Context(), ada, doc, r.Num, ""))
	s.refused(s.Publish(t.Context(), grace, signature, ref), "nobody has approved")
	s.must(s.Approve(t.Context(), grace, doc, r.Num, r.Hash))
	s.must(s.Publish(t.Context(), grace, signature, ref))
}
