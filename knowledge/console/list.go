package console

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// row is a document in a list.
type row struct {
	Doc, Title             string
	Snippet                *knowledge.Snippet // nil if its text cannot be read
	States                 []string
	Draft                  *store.Draft
	Shown, Liked, Disliked int

	text string // folded, to be searched
}

// states are what the list can be narrowed to.
var states = []string{"published", string(store.Drafting), string(store.InReview), string(store.Requested), string(store.Ready), "withdrawn", "expired", "doubted"}

// countDays is how far back the list counts.
const countDays = 90

// dislikedOften is how many dislikes the list calls often.
const dislikedOften = 3

type filter struct {
	Search, Topic, State, Due, Votes string
}

func (s *Server) corpus(v *visit) error {
	q := v.r.URL.Query()
	f := filter{q.Get("q"), q.Get("topic"), q.Get("state"), q.Get("due"), q.Get("votes")}
	rows, err := s.rows(v.r.Context(), editorial.IsSnippet)
	if err != nil {
		return err
	}
	all := len(rows)
	rows = slices.DeleteFunc(rows, func(r row) bool { return !f.has(r, s.Now()) })
	return s.page(v, "corpus", "Corpus", struct {
		filter
		Rows   []row
		All    int
		Topics []knowledge.Topic
		States []string
	}{f, rows, all, s.Editor.Edition().Corpus.Settings.Topics, states})
}

func (s *Server) rules(v *visit) error {
	rows, err := s.rows(v.r.Context(), func(doc string) bool { return !editorial.IsSnippet(doc) })
	if err != nil {
		return err
	}
	return s.page(v, "rules", "Rules and words", rows)
}

// rows are the documents that have a published text or a draft, by title.
func (s *Server) rows(ctx context.Context, keep func(doc string) bool) ([]row, error) {
	edition, state := s.Editor.Edition(), s.Editor.State()
	served := map[string]*knowledge.Snippet{}
	for _, snippet := range edition.Corpus.Snippets {
		served[snippet.File()] = snippet
	}
	fresh := map[string]int{}
	for name, d := range state.Docs {
		if keep(name) && served[name] == nil && d.Draft() != nil {
			fresh[name] = d.Latest
		}
	}
	texts, err := s.Editor.Store.Texts(ctx, fresh)
	if err != nil {
		return nil, fmt.Errorf("read new drafts: %w", err)
	}
	past, err := s.past(ctx)
	if err != nil {
		return nil, err
	}
	var rows []row
	for name, d := range state.Docs {
		if !keep(name) || d.Published == 0 && d.Draft() == nil {
			continue
		}
		r := row{Doc: name, Draft: d.Draft(), Snippet: served[name]}
		if text := texts[name]; text != nil && r.Snippet == nil {
			r.Snippet, _ = knowledge.ReadDocument(name, text.Text)
		}
		r.States = s.states(d, r.Snippet, len(past.flags[name]) > 0)
		r.name()
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.Title+a.Doc, b.Title+b.Doc) })
	return rows, s.count(ctx, rows)
}

func (r *row) name() {
	r.Title, r.text = r.Doc, fold(r.Doc)
	if r.Snippet == nil {
		return
	}
	if title := strings.TrimSpace(r.Snippet.Title); title != "" {
		r.Title = title
	}
	r.text = fold(strings.Join(append(r.Snippet.Wordings(), r.Snippet.ID, r.Snippet.Body, strings.Join(r.Snippet.Keywords, " ")), " "))
}

func fold(text string) string { return " " + strings.Join(knowledge.Words(text), " ") }

// states are those of a document, several at once perhaps.
func (s *Server) states(d *store.Document, snippet *knowledge.Snippet, doubted bool) []string {
	var list []string
	add := func(is bool, state string) {
		if is {
			list = append(list, state)
		}
	}
	expired := d.Published > 0 && snippet != nil && !snippet.Current(s.Now())
	withdrawn := d.Published > 0 && snippet != nil && s.withdrawn(snippet)
	add(d.Published > 0 && !expired && !withdrawn, "published")
	add(withdrawn, "withdrawn")
	add(expired, "expired")
	add(doubted, "doubted")
	if draft := d.Draft(); draft != nil {
		add(true, string(draft.Stage))
	}
	return list
}

// withdrawn reports whether any withdrawal covers a snippet.
func (s *Server) withdrawn(snippet *knowledge.Snippet) bool {
	for scope := range s.Editor.State().Withdrawn {
		if scope.Covers(snippet.ID, snippet.Topics) {
			return true
		}
	}
	return false
}

// count adds how often each snippet was sent, and what people thought of it.
func (s *Server) count(ctx context.Context, rows []row) error {
	sums := map[string]int{}
	for c, err := range s.Editor.Store.Counts(ctx, s.Now().AddDate(0, 0, 1-countDays), s.Now()) {
		if err != nil {
			return fmt.Errorf("read counts: %w", err)
		}
		sums[c.Key] += c.N
	}
	for i := range rows {
		if r := &rows[i]; r.Snippet != nil {
			r.Shown, r.Liked, r.Disliked = sums["shown:"+r.Snippet.ID], sums["liked:"+r.Snippet.ID], sums["disliked:"+r.Snippet.ID]
		}
	}
	return nil
}

// has reports whether a row is what is looked for.
func (f filter) has(r row, now time.Time) bool {
	for _, word := range knowledge.Words(f.Search) {
		if !strings.Contains(r.text, " "+word) {
			return false
		}
	}
	switch {
	case f.State != "" && !slices.Contains(r.States, f.State),
		f.Topic != "" && (r.Snippet == nil || !slices.Contains(r.Snippet.Topics, f.Topic)),
		f.Votes == "never" && r.Shown > 0,
		f.Votes == "disliked" && r.Disliked < dislikedOften:
		return false
	}
	days, err := strconv.Atoi(f.Due)
	if err != nil {
		return true
	}
	return r.Snippet != nil && !r.Snippet.Review.Due.IsZero() && r.Snippet.Review.Due.Before(now.AddDate(0, 0, days))
}
