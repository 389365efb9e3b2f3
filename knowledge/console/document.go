package console

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// known finds the document that an address names.
func (s *Server) known(v *visit) (*store.Document, error) {
	d := s.Editor.State().Docs[v.r.PathValue("doc")]
	if d == nil {
		return nil, errMissing
	}
	return d, nil
}

// version is a text of a document.
type version struct {
	*store.Revision
	Approvals []store.Event
	Served    bool // now
	WasServed bool // once
}

func (s *Server) document(v *visit) error {
	d, err := s.known(v)
	if err != nil {
		return err
	}
	versions, err := s.versions(v.r.Context(), d)
	if err != nil {
		return err
	}
	past, err := s.past(v.r.Context())
	if err != nil {
		return err
	}
	text := s.Editor.Edition().Text(d.Name)
	body := struct {
		*store.Document
		Text      *store.Revision
		Snippet   *knowledge.Snippet
		Withdrawn bool
		Expired   bool
		Previews  []shown
		Flags     []store.Event
		Versions  []version
	}{Document: d, Text: text, Flags: past.flags[d.Name], Versions: versions}
	for _, snippet := range s.Editor.Edition().Corpus.Snippets {
		if snippet.File() == d.Name {
			body.Snippet, body.Withdrawn, body.Expired = snippet, s.withdrawn(snippet), !snippet.Current(s.Now())
			body.Previews = s.previews(v, s.Editor.Edition().Quiet, snippet)
		}
	}
	return s.page(v, "document", s.titles().of(d.Name), body)
}

func (s *Server) versions(ctx context.Context, d *store.Document) ([]version, error) {
	revisions, err := s.Editor.Store.Revisions(ctx, d.Name)
	if err != nil {
		return nil, fmt.Errorf("read the versions of %s: %w", d.Name, err)
	}
	var list []version
	for _, r := range slices.Backward(revisions) {
		list = append(list, version{r, d.Approvals[r.Hash], d.Published == r.Num, d.WasServed(r.Num)})
	}
	return list, nil
}

// version shows one text, what it changed, and what serving it again would do.
func (s *Server) version(v *visit) error {
	d, err := s.known(v)
	if err != nil {
		return err
	}
	num, _ := strconv.Atoi(v.r.URL.Query().Get("num"))
	return s.showVersion(v, d, num, nil, "")
}

func (s *Server) showVersion(v *visit, d *store.Document, num int, refusal *editorial.Refusal, note string) error {
	r, err := s.Editor.Store.Revision(v.r.Context(), d.Name, num)
	if errors.Is(err, store.ErrNotFound) {
		return errMissing
	}
	if err != nil {
		return fmt.Errorf("read a version: %w", err)
	}
	diff, err := s.diff(v.r.Context(), d.Name, r.Base, r.Text)
	if err != nil {
		return err
	}
	body := struct {
		version
		Diff   []editorial.Piece
		Report *report
		Reason string // that the person wrote and could not be kept
	}{version{r, d.Approvals[r.Hash], d.Published == num, d.WasServed(num)}, diff, nil, note}
	if body.WasServed && !body.Served {
		examined, err := s.Editor.Examine(v.r.Context(), d.Name, num)
		if err != nil {
			return err
		}
		body.Report = newReport(examined)
	}
	s.show(v, statusOf(refusal), "version", &view{Title: fmt.Sprintf("Version %d of %s", num, s.titles().of(d.Name)), Refusal: refusal, Body: body})
	return nil
}

// rollback serves an earlier version again.
func (s *Server) rollback(v *visit) error {
	f := v.r.PostForm
	num, _ := strconv.Atoi(f.Get("num"))
	err := s.Editor.Rollback(v.r.Context(), v.Person, f.Get("doc"), num, f.Get("note"), f.Get("signature"))
	var refusal *editorial.Refusal
	if d := s.Editor.State().Docs[f.Get("doc")]; errors.As(err, &refusal) && d != nil {
		return s.showVersion(v, d, num, refusal, f.Get("note"))
	}
	if err != nil {
		return err
	}
	return v.redirect(to("document", f.Get("doc")), "published")
}

func (s *Server) flag(v *visit) error {
	f := v.r.PostForm
	if err := s.Editor.Flag(v.r.Context(), v.Person, f.Get("id"), f.Get("note")); err != nil {
		return err
	}
	return v.redirect(to("document", f.Get("doc")), "flagged")
}

// diff compares a text with a version of its document; 0 is an empty text.
func (s *Server) diff(ctx context.Context, doc string, num int, text string) ([]editorial.Piece, error) {
	before := ""
	if num > 0 {
		r, err := s.Editor.Store.Revision(ctx, doc, num)
		if err != nil {
			return nil, fmt.Errorf("read version %d of %s: %w", num, doc, err)
		}
		before = r.Text
	}
	return shorten(editorial.Diff(before, text)), nil
}

// around is how much of what stays the same is shown beside a change, in bytes.
const around = 240

const same = "\n\n[… the same …]\n\n"

// shorten leaves out the middle of long pieces that stay the same.
func shorten(pieces []editorial.Piece) []editorial.Piece {
	for i, p := range pieces {
		if p.Change != editorial.Kept || len(p.Text) <= 3*around {
			continue
		}
		head, tail := p.Text[:around], p.Text[len(p.Text)-around:]
		for !utf8.ValidString(head) {
			head = head[:len(head)-1]
		}
		for !utf8.ValidString(tail) {
			tail = tail[1:]
		}
		switch i {
		case 0:
			pieces[i].Text = same + tail
		case len(pieces) - 1:
			pieces[i].Text = head + same
		default:
			pieces[i].Text = head + same + tail
		}
	}
	return pieces
}
