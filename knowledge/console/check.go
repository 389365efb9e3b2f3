package console

import (
	"unicode/utf8"

	"handout/knowledge"
	"handout/knowledge/editorial"
)

// compose writes the form as a document, if it is edited as one.
func (s *Server) compose(v *visit, x *editing, doc *string) error {
	if x.As != asForm {
		return nil
	}
	var err error
	*doc, x.Text, err = s.Editor.Compose(v.r.Context(), x.Doc, x.Form)
	return err
}

// turn changes between the form and the file.
func (s *Server) turn(v *visit, x *editing, as string) error {
	doc := x.Doc
	if err := s.compose(v, x, &doc); err != nil {
		return err
	}
	if as == asForm {
		snippet, problems := knowledge.ReadDocument(x.Doc, x.Text)
		if snippet == nil {
			return &editorial.Refusal{What: "it cannot be read as a snippet: " + problems[0].String(), Fix: "mend it here first"}
		}
		x.Form = editorial.FormOf(snippet)
	}
	x.As, x.Doc = as, doc
	return s.check(v, x)
}

// check says what is wrong with a text, and shows how it would look.
func (s *Server) check(v *visit, x *editing) error {
	doc := x.Doc
	if err := s.compose(v, x, &doc); err != nil {
		return err
	}
	found, err := s.Editor.Try(v.r.Context(), doc, x.Text)
	if err != nil {
		return err
	}
	x.name, x.Checked, x.Problems, x.Marks = doc, true, found.Problems, marks(found)
	if !x.Snippet {
		return nil
	}
	snippet, _ := knowledge.ReadDocument(doc, x.Text)
	x.Previews = s.previews(v, found.Bot(), snippet)
	if snippet != nil {
		x.measure(snippet)
	}
	return nil
}

// asServed says of a published text what is known already.
func (s *Server) asServed(v *visit, x *editing) {
	now := s.Editor.Edition()
	x.name, x.Checked = x.Doc, true
	for _, p := range now.Problems {
		if p.File == x.Doc {
			x.Problems = append(x.Problems, p)
		}
	}
	for _, snippet := range now.Corpus.Snippets {
		if snippet.File() != x.Doc {
			continue
		}
		x.Previews = s.previews(v, now.Bot, snippet)
		x.measure(snippet)
		if grade, ok := now.Corpus.Grade(snippet); ok {
			x.Marks = []mark{{snippet.Title, grade, now.Corpus.Settings.GradeLimit}}
		}
	}
}

func (x *editing) measure(s *knowledge.Snippet) {
	x.Chars, x.Limit = utf8.RuneCountInString(s.Body), knowledge.MessageLimit
}
