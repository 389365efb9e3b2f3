package console

import (
	"cmp"
	"slices"

	"handout/knowledge"
	"handout/knowledge/store"
)

func (s *Server) settings(v *visit) error {
	type hold struct {
		store.Event
		Scope, Name string
	}
	var holds []hold
	for scope, event := range s.Editor.State().Withdrawn {
		holds = append(holds, hold{event, string(scope), s.scopeTitle(scope)})
	}
	slices.SortFunc(holds, func(a, b hold) int { return cmp.Compare(a.Seq, b.Seq) })
	return s.page(v, "settings", "Settings", struct {
		Alone      bool
		Holds      []hold
		Everything store.Scope
		Topics     []knowledge.Topic
	}{s.Editor.State().Alone, holds, store.Everything, s.Editor.Edition().Corpus.Settings.Topics})
}

func (s *Server) set(v *visit) error {
	if err := s.Editor.LetAlone(v.r.Context(), v.Person, v.r.PostForm.Get("alone") == "on"); err != nil {
		return err
	}
	return v.redirect(prefix+"settings", "set")
}
