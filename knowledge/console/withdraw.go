package console

import (
	"errors"
	"slices"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// withdrawal shows what a withdrawal does, or would do.
func (s *Server) withdrawal(v *visit) error {
	return s.showWithdrawal(v, store.Scope(v.r.URL.Query().Get("scope")), nil)
}

func (s *Server) showWithdrawal(v *visit, scope store.Scope, refusal *editorial.Refusal) error {
	covered := func(snippet *knowledge.Snippet) bool { return scope.Covers(snippet.ID, snippet.Topics) }
	if !slices.ContainsFunc(s.Editor.Edition().Corpus.Snippets, covered) {
		return errMissing
	}
	c, err := s.Editor.Consequences(v.r.Context(), scope)
	if err != nil {
		return err
	}
	since, withdrawn := s.Editor.State().Withdrawn[scope]
	s.show(v, statusOf(refusal), "withdraw", &view{Title: "Withdraw: " + s.scopeTitle(scope), Refusal: refusal, Body: struct {
		*editorial.Consequences
		Scope     store.Scope
		Name      string
		Withdrawn bool
		Since     store.Event
		Lost      []class
		Note      string
	}{c, scope, s.scopeTitle(scope), withdrawn, since, cut(classes(c.Diff.Changes)), v.r.PostForm.Get("note")}})
	return nil
}

func (s *Server) withdraw(v *visit) error {
	scope := store.Scope(v.r.PostForm.Get("scope"))
	return s.held(v, scope, "withdrawn", s.Editor.Withdraw(v.r.Context(), v.Person, scope, v.r.PostForm.Get("note")))
}

func (s *Server) reinstate(v *visit) error {
	scope := store.Scope(v.r.PostForm.Get("scope"))
	return s.held(v, scope, "reinstated", s.Editor.Reinstate(v.r.Context(), v.Person, scope, v.r.PostForm.Get("note")))
}

// held shows what has become of a withdrawal.
func (s *Server) held(v *visit, scope store.Scope, mark string, err error) error {
	var refusal *editorial.Refusal
	if errors.As(err, &refusal) {
		return s.showWithdrawal(v, scope, refusal)
	}
	if err != nil {
		return err
	}
	id, _ := scope.Snippet()
	if snippet := s.Editor.Edition().Corpus.Snippet(id); snippet != nil {
		return v.redirect(to("document", snippet.File()), mark)
	}
	return v.redirect(prefix+"settings", mark)
}
