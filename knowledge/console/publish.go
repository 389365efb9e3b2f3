package console

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"handout/knowledge/editorial"
)

// refs are the versions that a form names, each as num:document.
func refs(form url.Values) ([]editorial.Ref, error) {
	var list []editorial.Ref
	for _, value := range form["ref"] {
		number, doc, _ := strings.Cut(value, ":")
		num, err := strconv.Atoi(number)
		if err != nil {
			return nil, errMissing
		}
		list = append(list, editorial.Ref{Doc: doc, Num: num})
	}
	if len(list) == 0 {
		return nil, &editorial.Refusal{What: "nothing was chosen", Fix: "go back and choose what to publish"}
	}
	return list, nil
}

// several shows what publishing several drafts at once does.
func (s *Server) several(v *visit) error {
	list, err := refs(v.r.URL.Query())
	if err != nil {
		return err
	}
	return s.showSeveral(v, list, nil)
}

func (s *Server) showSeveral(v *visit, list []editorial.Ref, refusal *editorial.Refusal) error {
	found, err := s.Editor.ExamineAll(v.r.Context(), list...)
	if err != nil {
		return err
	}
	type item struct {
		editorial.Ref
		Title string
		Diff  []editorial.Piece
	}
	var items []item
	for _, ref := range list {
		d := s.Editor.State().Docs[ref.Doc]
		text, err := s.Editor.Store.Revision(v.r.Context(), ref.Doc, ref.Num)
		if d == nil || err != nil {
			return errors.Join(errMissing, err)
		}
		diff, err := s.diff(v.r.Context(), ref.Doc, d.Published, text.Text)
		if err != nil {
			return err
		}
		items = append(items, item{ref, titleIn(ref.Doc, text.Text), diff})
	}
	s.show(v, statusOf(refusal), "publish", &view{Title: fmt.Sprintf("Publish %d drafts", len(list)), Refusal: refusal, Body: struct {
		Items  []item
		Report *report
	}{items, newReport(found)}})
	return nil
}

// publish serves drafts. What stops them has to be signed for, as it was shown.
func (s *Server) publish(v *visit) error {
	list, err := refs(v.r.PostForm)
	if err != nil {
		return err
	}
	err = s.Editor.Publish(v.r.Context(), v.Person, v.r.PostForm.Get("signature"), list...)
	var refusal *editorial.Refusal
	switch d := s.Editor.State().Docs[list[0].Doc]; {
	case errors.As(err, &refusal) && len(list) > 1:
		return s.showSeveral(v, list, refusal)
	case errors.As(err, &refusal) && d != nil && d.Draft() != nil:
		return s.showDraft(v, d, refusal)
	case err != nil:
		return err
	case len(list) > 1:
		return v.redirect(prefix+"drafts", "published")
	}
	return v.redirect(to("document", list[0].Doc), "published")
}
