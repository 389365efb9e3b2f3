// Package verbatim compares what people on a platform read with what a store
// says was approved, byte for byte.
//
// It goes the whole way: a second person approves texts in a store on disk, an
// editor serves them, an adapter sends them to a fake of its platform, and the
// passage that the fake shows is that of the approved revision, whose hash the
// reply gives.
package verbatim

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"handout/bot/bottest"
	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

// Questions lead to the snippets that are compared, by id: a plain one, one of
// several messages, and one full of markup.
var Questions = map[string]string{
	bottest.Plain: bottest.PlainQuestion, bottest.Long: bottest.LongQuestion, bottest.Hostile: bottest.HostileQuery,
}

// Added stands at the end of each approved text, so that it is another than the
// one with which the store began.
const Added = "Approved as it stands: 1 & 2 > 0."

// Desk is an editor over a store with approved texts.
type Desk struct {
	*editorial.Editor
	t testing.TB
}

// Open makes a store of the suite's corpus in which Ada has written new texts of
// the snippets of [Questions], and Grace has approved them.
func Open(t testing.TB) *Desk {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := editorial.Seed(t.Context(), s, bottest.Corpus(t), "the suite's corpus"); err != nil {
		t.Fatal(err)
	}
	e, err := editorial.Open(t.Context(), editorial.Config{Log: slog.New(slog.DiscardHandler), Now: bottest.Now, Store: s})
	if err != nil {
		t.Fatal(err)
	}
	d := &Desk{e, t}
	var refs []editorial.Ref
	for id := range Questions {
		refs = append(refs, d.approve(id))
	}
	d.publish(refs)
	return d
}

func person(name string) editorial.Person {
	return editorial.Person{Actor: store.Actor{ID: "test:" + name, Name: name}, Rights: editorial.Rights{Edit: true, Review: true}}
}

// approve gets a new text of a snippet approved.
func (d *Desk) approve(id string) editorial.Ref {
	d.t.Helper()
	ctx, old := d.t.Context(), d.Edition().Text(d.Edition().Corpus.Snippet(id).File())
	text := strings.TrimRight(old.Text, "\n") + "\n\n" + Added + "\n"
	r, err := d.Propose(ctx, person("Ada"), editorial.Draft{Doc: old.Doc, Base: old.Num, Text: text})
	if err == nil {
		err = d.Submit(ctx, person("Ada"), r.Doc, r.Num, "")
	}
	if err == nil {
		err = d.Approve(ctx, person("Grace"), r.Doc, r.Num, r.Hash)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return editorial.Ref{Doc: r.Doc, Num: r.Num}
}

// publish signs for whatever lint has against the suite's corpus.
func (d *Desk) publish(refs []editorial.Ref) {
	d.t.Helper()
	err := d.Publish(d.t.Context(), person("Grace"), "", refs...)
	if refusal, ok := err.(*editorial.Refusal); ok && refusal.Report != nil {
		err = d.Publish(d.t.Context(), person("Grace"), refusal.Report.Signature(), refs...)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// Approved is the passage that Grace approved, as a person reads it, and the
// revision, both read from the store.
func (d *Desk) Approved(id string) (passage string, r *store.Revision) {
	d.t.Helper()
	doc := d.Edition().Corpus.Snippet(id).File()
	state := d.State().Docs[doc]
	r, err := d.Store.Revision(d.t.Context(), doc, state.Published)
	if err != nil {
		d.t.Fatal(err)
	}
	if list := state.Approvals[r.Hash]; len(list) != 1 || list[0].Actor.Name != "Grace" || r.Author.Name != "Ada" || r.Hash != store.Hash(r.Text) {
		d.t.Fatalf("revision %d of %s is not the one that was approved: %+v", r.Num, doc, list)
	}
	s, problems := knowledge.ReadDocument(doc, r.Text)
	if s == nil {
		d.t.Fatal(problems)
	}
	var lines []string
	for _, block := range s.Blocks() {
		for i, item := range block.Items {
			lead := "\n\n"
			if block.Kind != knowledge.Paragraph {
				lead = map[bool]string{true: "\n\n- ", false: "\n- "}[i == 0]
			}
			lines = append(lines, lead+knowledge.PlainText(item))
		}
	}
	passage = strings.TrimSpace(strings.Join(lines, ""))
	if !strings.HasSuffix(passage, Added) {
		d.t.Fatalf("%s does not end as it was approved", id)
	}
	return passage, r
}

// patience is how long is waited for what must come. It is a limit for failing
// tests only.
const patience = 30 * time.Second

// Run holds a chat's adapter to it.
func Run(t *testing.T, f bottest.Factory) {
	d := Open(t)
	platform := f(t)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	adapter := platform.Adapter(slog.New(slog.DiscardHandler))
	go func() { ended <- adapter.Run(ctx, d) }()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	for id, question := range Questions {
		platform.Say(bottest.Say{Chat: "ann", Text: question})
		passage, r := d.Approved(id)
		sent := d.answer(platform, d.Edition().Corpus.Messages.Proof)
		d.compare(sent, id, passage)
		d.prove(platform, sent, r)
	}
}

// answer is a reply in one or more messages.
type answer struct {
	texts  []string // without the footers
	button bottest.Button
	last   bottest.Posted
}

// answer reads messages until one has a button with the label.
func (d *Desk) answer(platform bottest.Platform, label string) answer {
	d.t.Helper()
	const most = 20
	var a answer
	for range most {
		p, text := d.next(platform)
		a.texts, a.last = append(a.texts, text), p
		for _, b := range p.Buttons {
			if strings.Contains(b.Label, label) {
				a.button = b
				return a
			}
		}
	}
	d.t.Fatalf("no button %q below:\n%s", label, strings.Join(a.texts, "\n"))
	panic("unreachable")
}

// next is a message, and its text without the footer at its end.
func (d *Desk) next(platform bottest.Platform) (p bottest.Posted, text string) {
	d.t.Helper()
	select {
	case p = <-platform.Posted():
	case <-time.After(patience):
		d.t.Fatal("the bot posts nothing")
	}
	text, ok := strings.CutSuffix(p.Text, d.Edition().Corpus.Messages.Footer)
	if !ok {
		d.t.Fatalf("no footer at the end of:\n%s", p.Text)
	}
	return p, strings.TrimSpace(text)
}

// compare holds an answer in one message to each byte of the passage. Where it
// was cut, the white space is left out.
func (d *Desk) compare(a answer, id, passage string) {
	d.t.Helper()
	want := d.Edition().Corpus.Snippet(id).Title + "\n\n" + passage
	got := strings.Join(a.texts, "")
	if len(a.texts) > 1 {
		got, want = squash(got), squash(want)
	}
	if !strings.HasPrefix(got, want) {
		d.t.Errorf("%s: what was sent is not what was approved\nsent:\n%q\napproved:\n%q", id, got, want)
	}
}

// prove presses the button that shows an answer's sources: they give the hash of
// the approved revision.
func (d *Desk) prove(platform bottest.Platform, a answer, r *store.Revision) {
	d.t.Helper()
	platform.Press(a.last, a.button)
	var all string
	for len(all) < 2*len(r.Text)+2000 {
		_, text := d.next(platform)
		if all += text; strings.Contains(all, r.Hash) && strings.Contains(all, "Grace") {
			return
		}
	}
	d.t.Errorf("neither the hash of revision %d nor Grace in:\n%s", r.Num, all)
}

// squash leaves out all white space.
func squash(text string) string { return strings.Join(strings.Fields(text), "") }
