package desk

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

var discard = slog.New(slog.DiscardHandler)

// stage is a desk over the suite's corpus, with people.
type stage struct {
	*Chats
	t     *testing.T
	store *fallible
	now   time.Time
}

// fallible is a store that can be made to fail.
type fallible struct {
	*sqlstore.Store
	broken error // what every commit fails with
}

func (f *fallible) Commit(ctx context.Context, c store.Change) (store.Written, error) {
	if f.broken != nil {
		return store.Written{}, f.broken
	}
	return f.Store.Commit(ctx, c)
}

var (
	ann  = editorial.Person{Actor: store.Actor{ID: "test:1", Name: "Ann"}, Rights: editorial.Rights{Edit: true, Review: true}}
	ben  = editorial.Person{Actor: store.Actor{ID: "test:2", Name: "Ben"}, Rights: editorial.Rights{Edit: true, Review: true}}
	edit = editorial.Person{Actor: store.Actor{ID: "test:3", Name: "Eve"}, Rights: editorial.Rights{Edit: true}}
	none = editorial.Person{Actor: store.Actor{ID: "test:4", Name: "Mallory"}}
)

func newStage(t *testing.T) *stage {
	t.Parallel()
	s := &stage{t: t, now: bottest.Now()}
	clock := func() time.Time { return s.now }
	tick := func() time.Time { s.now = s.now.Add(time.Second); return s.now }
	db, err := sqlstore.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.Now = tick
	s.store = &fallible{Store: db}
	if err := db.AddGaps(t.Context(), []store.Gap{
		{ID: "gap-1", Text: "why do puffins waddle", Why: store.Unanswered, Count: 5, First: s.now, Last: s.now, State: store.Open},
		{ID: "gap-2", Text: "hearing of owls at night", Why: store.Disliked, Snippet: bottest.Plain, Count: 3, First: s.now, Last: s.now, State: store.Open},
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := editorial.Seed(t.Context(), s.store, bottest.Corpus(t), "the suite's corpus"); err != nil {
		t.Fatal(err)
	}
	e, err := editorial.Open(t.Context(), editorial.Config{Log: discard, Now: clock, Store: s.store})
	if err != nil {
		t.Fatal(err)
	}
	s.Chats = New(discard, clock, e, nil)
	return s
}

// events are all that was done.
func (s *stage) events() []store.Event {
	s.t.Helper()
	var list []store.Event
	for e, err := range s.store.Events(s.t.Context(), 0) {
		if err != nil {
			s.t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

// do takes a step, and holds what is shown to what every platform can show.
func (s *stage) do(p editorial.Person, in Input) View {
	s.t.Helper()
	v := s.Do(s.t.Context(), p, in)
	s.check(v)
	return v
}

func (s *stage) check(v View) {
	s.t.Helper()
	if v.Title == "" || len(v.Buttons) > 5 {
		s.t.Errorf("%q has %d rows", v.Title, len(v.Buttons))
	}
	seen := map[string]bool{}
	for _, row := range v.Buttons {
		if len(row) == 0 || len(row) > 5 {
			s.t.Errorf("%q has a row of %d", v.Title, len(row))
		}
		for _, b := range row {
			if n := utf8.RuneCountInString(b.Label); n == 0 || n > 40 || len(b.Action) > 56 || (b.Action == "") == (b.URL == "") || seen[b.Action] {
				s.t.Errorf("%q has a button %+v", v.Title, b)
			}
			seen[b.Action] = true
		}
	}
	for _, b := range v.Blocks {
		for _, item := range b.Items {
			if strings.TrimSpace(knowledge.PlainText(item)) == "" {
				s.t.Errorf("%q has an empty block", v.Title)
			}
		}
	}
	if v.Form != nil {
		s.checkForm(*v.Form)
	}
}

func (s *stage) checkForm(f Form) {
	s.t.Helper()
	if n := utf8.RuneCountInString(f.Title); n == 0 || n > 45 || len(f.Action) > 56 || len(f.Fields) == 0 || len(f.Fields) > 5 {
		s.t.Errorf("form %+v", f)
	}
	for _, field := range f.Fields {
		if field.ID == "" || utf8.RuneCountInString(field.Label) > 45 || utf8.RuneCountInString(field.Hint) > 100 || field.Max > 4000 || utf8.RuneCountInString(field.Value) > field.Max {
			s.t.Errorf("field %+v", field)
		}
	}
}

// press presses the button whose label begins so.
func (s *stage) press(p editorial.Person, v View, label string) View {
	s.t.Helper()
	for _, row := range v.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Label, label) || strings.Contains(b.Label, ". "+label) {
				return s.do(p, Input{Action: b.Action})
			}
		}
	}
	s.t.Fatalf("no button %q:\n%s", label, text(v))
	return View{}
}

// submit fills a form in: what is not given stays as it is.
func (s *stage) submit(p editorial.Person, v View, values map[string]string) View {
	s.t.Helper()
	if v.Form == nil {
		s.t.Fatalf("no form:\n%s", text(v))
	}
	in := Input{Action: v.Form.Action, Values: map[string]string{}}
	for _, f := range v.Form.Fields {
		in.Values[f.ID] = f.Value
		if text, given := values[f.ID]; given {
			in.Values[f.ID] = text
		}
	}
	return s.do(p, in)
}

func (s *stage) ask(question string) bot.Reply {
	return s.editor.Respond(s.t.Context(), bot.Message{Text: question})
}

// text is all that a person sees of a view.
func text(v View) string {
	var b strings.Builder
	b.WriteString(v.Title + "\n")
	for _, block := range v.Blocks {
		for _, item := range block.Items {
			b.WriteString(knowledge.PlainText(item) + "\n")
		}
	}
	for _, row := range v.Buttons {
		for _, button := range row {
			b.WriteString("[" + button.Label + "] ")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (s *stage) expect(v View, wants ...string) {
	s.t.Helper()
	for _, want := range wants {
		if !strings.Contains(text(v), want) {
			s.t.Errorf("%q is not said:\n%s", want, text(v))
		}
	}
}

func (s *stage) refuse(v View, words ...string) {
	s.t.Helper()
	for _, word := range words {
		if strings.Contains(text(v), word) {
			s.t.Errorf("%q is said:\n%s", word, text(v))
		}
	}
}
