package console

import (
	"errors"
	"strings"

	"handout/bot"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

func (s *Server) gaps(v *visit) error {
	list, err := s.Editor.Gaps(v.r.Context(), v.Person)
	if err != nil {
		return err
	}
	return s.page(v, "gaps", "Questions without an answer", list)
}

// nearest is how many snippets are suggested for a question.
const nearest = 8

// gap shows one question and what may be done with it.
func (s *Server) gap(v *visit) error {
	return s.showGap(v, v.r.PathValue("id"), v.r.URL.Query().Get("q"), nil)
}

func (s *Server) showGap(v *visit, id, search string, refusal *editorial.Refusal) error {
	g, err := s.Editor.Gap(v.r.Context(), v.Person, id)
	if err != nil {
		return err
	}
	s.show(v, statusOf(refusal), "gap", &view{Title: "A question without an answer", Refusal: refusal, Body: struct {
		store.Gap
		Search  string
		Nearest []bot.Option
	}{g, search, s.nearest(v, search, g.Text)}})
	return nil
}

// nearest are the snippets that fit a search, or else the question, or else any
// of its words.
func (s *Server) nearest(v *visit, search, question string) []bot.Option {
	if strings.TrimSpace(search) != "" {
		question = search
	}
	var list []bot.Option
	seen := map[string]bool{}
	for _, text := range append([]string{question}, strings.Fields(question)...) {
		if len(text) < shortestWord {
			continue
		}
		for _, o := range s.Editor.Suggest(v.r.Context(), bot.Message{Text: text}, nearest) {
			if o.Snippet != "" && !seen[o.Snippet] && len(list) < nearest {
				seen[o.Snippet] = true
				list = append(list, o)
			}
		}
	}
	return list
}

// shortestWord, in bytes, is one that tells something about a question.
const shortestWord = 4

func (s *Server) closeGap(v *visit) error {
	f := v.r.PostForm
	id := f.Get("gap")
	switch f.Get("do") {
	case "link":
		r, err := s.Editor.LinkGap(v.r.Context(), v.Person, id, f.Get("snippet"))
		var refusal *editorial.Refusal
		if errors.As(err, &refusal) {
			return s.showGap(v, id, "", refusal)
		}
		if err != nil {
			return err
		}
		return v.redirect(to("draft", r.Doc), "saved")
	case "dismiss":
		if err := s.Editor.DismissGap(v.r.Context(), v.Person, id); err != nil {
			return err
		}
		return v.redirect(prefix+"gaps", "closed")
	}
	return errMissing
}
