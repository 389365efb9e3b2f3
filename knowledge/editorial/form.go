package editorial

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"handout/knowledge"
	"handout/knowledge/store"
)

// Form is a snippet as a moderator fills it in: a line for each wording and
// source, and commas between ids and keywords. A source is its title, publisher,
// address and the day on which it was read, with | between them.
type Form struct {
	Title, Body                          string
	Questions, Sources                   string
	Topics, Keywords, About              string
	With, SeeAlso                        string
	Region, Lang, Format, Due, By, Since string
}

// NewForm is that of a new snippet, which is to be checked again in a year.
func NewForm(now time.Time) Form {
	due, _ := knowledge.Date{Time: now.AddDate(1, 0, 0)}.MarshalText()
	return Form{Due: string(due)}
}

// FormOf is a snippet as a form.
func FormOf(s *knowledge.Snippet) Form {
	var sources []string
	for _, src := range s.Sources {
		sources = append(sources, sourceLine(src))
	}
	due, _ := s.Review.Due.MarshalText()
	on, _ := s.Review.On.MarshalText()
	return Form{
		Title: s.Title, Body: s.Body,
		Questions: strings.Join(s.Questions, "\n"), Sources: strings.Join(sources, "\n"),
		Topics: strings.Join(s.Topics, ", "), Keywords: strings.Join(s.Keywords, ", "), About: strings.Join(s.About, ", "),
		With: strings.Join(s.With, ", "), SeeAlso: strings.Join(s.SeeAlso, ", "),
		Region: s.Region, Lang: s.Lang, Format: string(s.Format), Due: string(due), By: s.Review.By, Since: string(on),
	}
}

func sourceLine(s knowledge.Source) string {
	read, _ := s.Read.MarshalText()
	parts := []string{s.Title, s.Publisher, s.URL, string(read), s.Via}
	for len(parts) > 1 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, " | ")
}

// Snippet is what the form says, under an id.
func (f Form) Snippet(id string) (*knowledge.Snippet, error) {
	s := &knowledge.Snippet{
		ID: id, Title: line(f.Title), Body: strings.TrimSpace(newlines.Replace(f.Body)),
		Questions: lines(f.Questions), Topics: commas(f.Topics), Keywords: commas(f.Keywords), About: commas(f.About),
		With: commas(f.With), SeeAlso: commas(f.SeeAlso), Region: line(f.Region), Lang: line(f.Lang), Format: knowledge.Format(line(f.Format)),
	}
	s.Review.By = line(f.By)
	err := errors.Join(date(&s.Review.Due, "the review date", f.Due), date(&s.Review.On, "the day of the review", f.Since))
	for n, text := range lines(f.Sources) {
		src, wrong := source(n+1, text)
		s.Sources, err = append(s.Sources, src), errors.Join(err, wrong)
	}
	return s, err
}

func date(d *knowledge.Date, name, text string) error {
	if d.UnmarshalText([]byte(line(text))) != nil {
		return refuse("write year-month-day, like 2026-11-22", "%s is %q", name, text)
	}
	return nil
}

// source reads one line; the parts after the title are told apart by what they are.
func source(n int, text string) (knowledge.Source, error) {
	var s knowledge.Source
	for i, part := range strings.Split(text, "|") {
		part = strings.TrimSpace(part)
		var read knowledge.Date
		switch {
		case part == "":
		case i == 0:
			s.Title = part
		case strings.Contains(part, "://"):
			s.URL = part
		case read.UnmarshalText([]byte(part)) == nil:
			s.Read = read
		case part == "copy" || part == "project":
			s.Via = part
		case s.Publisher == "":
			s.Publisher = part
		default:
			return s, refuse("write title | publisher | address | day, like Eczema | NHS | https://example.org | 2026-11-22",
				"%q in source %d is no address and no day", part, n)
		}
	}
	return s, nil
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// line is a text on one line.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }

func lines(text string) []string { return split(newlines.Replace(text), "\n") }

func commas(text string) []string {
	return split(strings.NewReplacer("\r", ",", "\n", ",", ";", ",").Replace(text), ",")
}

func split(text, sep string) []string {
	var list []string
	for part := range strings.SplitSeq(text, sep) {
		if part = line(part); part != "" && !slices.Contains(list, part) {
			list = append(list, part)
		}
	}
	return list
}

// ProposeForm keeps a form as a draft of a snippet. doc and base are empty for a
// new snippet, which then gets an id after its title.
func (e *Editor) ProposeForm(ctx context.Context, p Person, doc string, base int, f Form, note string) (*store.Revision, error) {
	doc, text, err := e.Compose(ctx, doc, f)
	if err != nil {
		return nil, err
	}
	return e.Propose(ctx, p, Draft{Doc: doc, Base: base, Text: text, Note: note})
}

// Compose writes a form as a snippet's document. doc is empty for a new snippet,
// which then gets an id after its title, and its name after that; a name that no
// document has yet gives it its id.
func (e *Editor) Compose(ctx context.Context, doc string, f Form) (name, text string, err error) {
	id, before, err := e.idOf(ctx, doc, f.Title)
	if err != nil {
		return "", "", err
	}
	s, err := f.Snippet(id)
	if err != nil {
		return "", "", err
	}
	if doc == "" {
		doc = s.Path()
	}
	text, err = s.Revise(before)
	return doc, text, err
}

// idOf is a document's id, and its newest text if it has one.
func (e *Editor) idOf(ctx context.Context, doc, title string) (id, before string, err error) {
	switch {
	case doc == "":
		return e.newID(title), "", nil
	case e.State().Docs[doc] == nil:
		return strings.TrimSuffix(path.Base(doc), path.Ext(doc)), "", nil
	}
	latest, err := e.Latest(ctx, doc)
	if err != nil {
		return "", "", err
	}
	old, problems := knowledge.ReadDocument(doc, latest.Text)
	if old == nil {
		return "", "", refuse("edit its text as a file", "%s cannot be read as a snippet: %s", doc, problems[0].String())
	}
	return old.ID, latest.Text, nil
}

// Latest is the newest text of a document, published or not.
func (e *Editor) Latest(ctx context.Context, doc string) (*store.Revision, error) {
	d := e.State().Docs[doc]
	if d == nil {
		return nil, refuse("", "there is no document %q", doc)
	}
	return e.Store.Revision(ctx, doc, d.Latest)
}

// longestID, in bytes, leaves room for a number, and fits a button of every platform.
const longestID = 40

// newID makes an id of a title's words that no document has.
func (e *Editor) newID(title string) string {
	var id string
	for _, word := range knowledge.Words(title) {
		if len(id)+1+len(word) > longestID {
			break
		}
		id = strings.TrimPrefix(id+"-"+word, "-")
	}
	if id == "" {
		id = "snippet"
	}
	free := func(id string) bool {
		return e.Edition().Corpus.Snippet(id) == nil && e.State().Docs[(&knowledge.Snippet{ID: id}).Path()] == nil
	}
	unique := id
	for n := 2; !free(unique); n++ {
		unique = fmt.Sprintf("%s-%d", id, n)
	}
	return unique
}

// addWording keeps a draft of a snippet with one more wording.
func (e *Editor) addWording(ctx context.Context, p Person, id, wording string) (*store.Revision, error) {
	s := e.Edition().Corpus.Snippet(id)
	if s == nil {
		return nil, refuse("give the id of one that is served", "there is no snippet %q", id)
	}
	latest, err := e.Latest(ctx, s.File())
	if err != nil {
		return nil, err
	}
	draft, problems := knowledge.ReadDocument(s.File(), latest.Text)
	if draft == nil {
		return nil, refuse("mend its draft first", "the newest version of %q cannot be read: %s", s.Title, problems[0].String())
	}
	if slices.Contains(draft.Wordings(), line(wording)) {
		return nil, refuse("", "%q has that wording already", draft.Title)
	}
	draft.Questions = append(slices.Clip(draft.Questions), line(wording))
	text, err := draft.Revise(latest.Text)
	if err != nil {
		return nil, err
	}
	return e.Propose(ctx, p, Draft{Doc: s.File(), Base: latest.Num, Text: text, Note: "another wording: " + line(wording)})
}
