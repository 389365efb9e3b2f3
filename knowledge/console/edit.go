package console

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// How a text is edited.
const (
	asForm = "form"
	asFile = "file"
)

// editing is a text in the editor.
type editing struct {
	Doc     string // empty for a snippet that has no name yet
	New     bool
	Base    int
	As      string
	Form    editorial.Form
	Text    string
	Note    string
	Gap     string // id of the question for which it is written
	Snippet bool   // it can be edited as a form

	Boxes    []box
	Open     bool               // the boxes that are rarely needed are shown
	Problems knowledge.Problems // that belong to no box
	Checked  bool               // and the rest is known
	Marks    []mark
	Chars    int
	Limit    int
	Previews []shown

	Topics []knowledge.Topic // that there are
	name   string            // of the document, also if it has none yet
	Newer  *store.Revision   // what somebody else wrote meanwhile
	Diff   []editorial.Piece
}

// write opens the editor for a new snippet.
func (s *Server) write(v *visit) error {
	x := &editing{As: cmp.Or(v.r.URL.Query().Get("as"), asForm), New: true, Snippet: true, Form: editorial.NewForm(s.Now())}
	if x.As == asFile {
		x.Doc, x.Snippet = v.r.URL.Query().Get("doc"), false
	}
	if x.Gap = v.r.URL.Query().Get("gap"); x.Gap != "" {
		g, err := s.Editor.Gap(v.r.Context(), v.Person, x.Gap)
		if err != nil {
			return err
		}
		x.Form.Title = editorial.Wording(g)
	}
	return s.showEditor(v, x, nil)
}

// edit opens it for a document.
func (s *Server) edit(v *visit) error {
	d, err := s.known(v)
	if err != nil {
		return err
	}
	latest, err := s.Editor.Latest(v.r.Context(), d.Name)
	if err != nil {
		return err
	}
	x := &editing{Doc: d.Name, Base: latest.Num, As: asFile, Text: latest.Text, Snippet: editorial.IsSnippet(d.Name)}
	if snippet, _ := knowledge.ReadDocument(d.Name, latest.Text); x.Snippet && snippet != nil && v.r.URL.Query().Get("as") != asFile {
		x.As, x.Form = asForm, editorial.FormOf(snippet)
	}
	if latest.Num == d.Published {
		s.asServed(v, x)
	} else if err := s.check(v, x); err != nil {
		return err
	}
	return s.showEditor(v, x, nil)
}

// sent is what the editor's form holds.
func sent(f url.Values) *editing {
	base, _ := strconv.Atoi(f.Get("base"))
	x := &editing{Doc: strings.TrimSpace(f.Get("doc")), New: base == 0, Base: base, As: f.Get("as"), Form: readForm(f), Note: f.Get("note"), Gap: f.Get("gap")}
	// Browsers send the ends of lines as no file has them.
	x.Text = strings.ReplaceAll(f.Get("text"), "\r\n", "\n")
	x.Snippet = x.As == asForm || editorial.IsSnippet(x.Doc)
	return x
}

// save does what a button of the editor says. Whatever goes wrong, the form keeps
// what was written.
func (s *Server) save(v *visit) error {
	x := sent(v.r.PostForm)
	var err error
	switch do := v.r.PostForm.Get("do"); do {
	case asFile, asForm:
		err = s.turn(v, x, do)
	case "save", "submit":
		var r *store.Revision
		if r, err = s.keep(v, x); err == nil {
			return s.kept(v, x, r, do)
		}
	default:
		err = s.check(v, x)
	}
	var refusal *editorial.Refusal
	if err != nil && !errors.As(err, &refusal) {
		return err
	}
	if refusal != nil && refusal.Newer != nil {
		x.Newer, x.Base, x.New = refusal.Newer, refusal.Newer.Num, false
		x.Diff = shorten(editorial.Diff(refusal.Newer.Text, x.Text))
	}
	return s.showEditor(v, x, refusal)
}

// keep keeps the text as a draft, and notes in it what the form came to.
func (s *Server) keep(v *visit, x *editing) (*store.Revision, error) {
	if x.Gap != "" {
		g, err := s.Editor.Gap(v.r.Context(), v.Person, x.Gap)
		if err != nil && !isRefusal(err) {
			return nil, err // that somebody else has dealt with it is no reason to lose the draft
		}
		if err == nil {
			x.Form.Answer(g)
		}
	}
	doc := x.Doc
	if err := s.compose(v, x, &doc); err != nil {
		return nil, err
	}
	return s.Editor.Propose(v.r.Context(), v.Person, editorial.Draft{Doc: doc, Base: x.Base, Text: x.Text, Note: x.Note})
}

// kept goes on to the draft that was kept.
func (s *Server) kept(v *visit, x *editing, r *store.Revision, do string) error {
	if x.Gap != "" {
		if err := s.Editor.DraftGap(v.r.Context(), v.Person, x.Gap, r.Doc); err != nil && !isRefusal(err) {
			return err // that somebody else has dealt with it is no reason to lose the draft
		}
	}
	mark := "saved"
	v.notice = done[mark]
	if do == "submit" {
		err := s.Editor.Submit(v.r.Context(), v.Person, r.Doc, r.Num, x.Note)
		var refusal *editorial.Refusal
		if errors.As(err, &refusal) {
			return s.showDraft(v, s.Editor.State().Docs[r.Doc], refusal)
		}
		if err != nil {
			return err
		}
		mark = "submitted"
	}
	return v.redirect(to("draft", r.Doc), mark)
}

func isRefusal(err error) bool {
	var refusal *editorial.Refusal
	return errors.As(err, &refusal)
}

func (s *Server) showEditor(v *visit, x *editing, refusal *editorial.Refusal) error {
	if x.As == asForm {
		x.Boxes, x.Problems = boxes(x.Form, x.name, x.Text, x.Problems)
		x.Open = slices.ContainsFunc(x.Boxes, func(b box) bool { return b.More && len(b.Problems) > 0 })
	}
	x.Topics = s.Editor.Edition().Corpus.Settings.Topics
	title := "New snippet"
	if x.Doc != "" {
		title = "Edit: " + cmp.Or(s.titles()[x.Doc], strings.TrimSpace(x.Form.Title), x.Doc)
	}
	status := statusOf(refusal)
	if refusal != nil && refusal.Newer == nil {
		status = http.StatusUnprocessableEntity
	}
	s.show(v, status, "edit", &view{Title: title, Refusal: refusal, Body: x})
	return nil
}
