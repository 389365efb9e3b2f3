package editorial_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

// People of the tests.
var (
	ada   = person("ada", editorial.Rights{Edit: true, Review: true})
	grace = person("grace", editorial.Rights{Edit: true, Review: true})
	eve   = person("eve", editorial.Rights{Edit: true})
	mal   = person("mal", editorial.Rights{})
)

func person(name string, r editorial.Rights) editorial.Person {
	return editorial.Person{Actor: store.Actor{ID: "test:" + name, Name: name}, Rights: r}
}

// stage is an editor over a store on disk that holds the suite's corpus.
type stage struct {
	*editorial.Editor
	t     testing.TB
	dir   string
	store *sqlstore.Store
	now   *clock
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newStage(t testing.TB) *stage {
	t.Helper()
	s := &stage{t: t, dir: t.TempDir(), now: &clock{now: bottest.Now()}}
	s.open()
	if _, err := editorial.Seed(t.Context(), s.store, bottest.Corpus(t), "the suite's corpus"); err != nil {
		t.Fatal(err)
	}
	s.edit()
	return s
}

func (s *stage) open() {
	s.t.Helper()
	var err error
	if s.store, err = sqlstore.Open(s.t.Context(), s.dir); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { s.store.Close() })
}

// edit makes a new editor, as another process would.
func (s *stage) edit() {
	s.t.Helper()
	var err error
	s.Editor, err = edit(s.t.Context(), s.store, s.now.Now)
	s.must(err)
}

func edit(ctx context.Context, st store.Store, now func() time.Time) (*editorial.Editor, error) {
	return editorial.Open(ctx, editorial.Config{Log: slog.New(slog.DiscardHandler), Now: now, Store: st})
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// refused wants a refusal that says something.
func (s *stage) refused(err error, what string) *editorial.Refusal {
	s.t.Helper()
	var r *editorial.Refusal
	if !errors.As(err, &r) || !strings.Contains(r.Error(), what) {
		s.t.Fatalf("got %v, want a refusal with %q", err, what)
	}
	return r
}

const doc = "snippets/kestrel-hover.md"

// written is a snippet's document.
func written(s knowledge.Snippet) string {
	text, err := s.Document()
	if err != nil {
		panic(err)
	}
	return text
}

func kestrel(body string, wordings ...string) string {
	due := knowledge.Date{Time: time.Date(2027, 5, 1, 0, 0, 0, 0, time.UTC)}
	return written(knowledge.Snippet{
		ID: "kestrel-hover", Title: "Why does a kestrel hover?", Questions: append([]string{"what does a hovering kestrel look for", "kestrels that stand still in the air"}, wordings...), Topics: []string{"birds"},
		Sources: []knowledge.Source{{Title: "Field notes", URL: "https://example.org/kestrel", Read: knowledge.Date{Time: bottest.Now().Truncate(24 * time.Hour)}}},
		Review:  knowledge.Review{Due: due}, Body: body,
	})
}

const (
	kestrelQuestion = "why does a kestrel hover"
	kestrelBody     = "A kestrel hovers to look for voles in the grass."
)

func (s *stage) propose(p editorial.Person, base int, text string) *store.Revision {
	s.t.Helper()
	r, err := s.Propose(s.t.Context(), p, editorial.Draft{Doc: doc, Base: base, Text: text, Note: "a test"})
	s.must(err)
	return r
}

// publish brings a draft all the way.
func (s *stage) publish(r *store.Revision) {
	s.t.Helper()
	ctx := s.t.Context()
	s.must(s.Submit(ctx, ada, r.Doc, r.Num, ""))
	s.must(s.Approve(ctx, grace, r.Doc, r.Num, r.Hash))
	s.must(s.Publish(ctx, grace, s.signature(r), editorial.Ref{Doc: r.Doc, Num: r.Num}))
}

func (s *stage) signature(r *store.Revision) string {
	s.t.Helper()
	report, err := s.Examine(s.t.Context(), r.Doc, r.Num)
	s.must(err)
	return report.Signature()
}

func (s *stage) ask(text string) bot.Reply {
	return s.Respond(context.Background(), bot.Message{Text: text})
}

// says reports whether the reply holds the text.
func (s *stage) says(question, text string, want bool) {
	s.t.Helper()
	if r := s.ask(question); strings.Contains(r.Text(), text) != want {
		s.t.Errorf("%q: says %q is %v, want %v:\n%s", question, text, !want, want, r.Text())
	}
}

// audit is the kinds of what was done to a document, in order.
func (s *stage) audit(name string) string {
	s.t.Helper()
	var kinds []string
	for e, err := range s.store.Events(s.t.Context(), 0) {
		s.must(err)
		if e.Doc == name || name == "" {
			kinds = append(kinds, string(e.Kind)+" by "+e.Actor.Name)
		}
	}
	return strings.Join(kinds, ", ")
}
