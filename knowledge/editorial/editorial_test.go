package editorial_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

func TestADraftIsSentOnceASecondPersonAgrees(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	r := s.propose(ada, 0, kestrel(kestrelBody))
	s.refused(s.Publish(ctx, ada, "", editorial.Ref{Doc: doc, Num: r.Num}), "nobody has approved")
	s.must(s.Submit(ctx, ada, doc, r.Num, "please look"))
	s.refused(s.Approve(ctx, ada, doc, r.Num, r.Hash), "wrote themselves")
	s.refused(s.Approve(ctx, eve, doc, r.Num, r.Hash), "no right")
	s.must(s.Approve(ctx, grace, doc, r.Num, r.Hash))
	s.says(kestrelQuestion, kestrelBody, false)
	s.must(s.Publish(ctx, ada, "", editorial.Ref{Doc: doc, Num: r.Num}))
	s.says(kestrelQuestion, kestrelBody, true)
	reply := s.ask(kestrelQuestion)
	if reply.Revision != 1 || reply.Snippet != "kestrel-hover" {
		t.Errorf("revision %d of %s", reply.Revision, reply.Snippet)
	}
	sources := s.Respond(ctx, bot.Message{Action: "?s:kestrel-hover"}).Text()
	if !strings.Contains(sources, "Approved by grace") || !strings.Contains(sources, r.Hash) {
		t.Errorf("sources:\n%s", sources)
	}
	if got, want := s.audit(doc), "proposed by ada, submitted by ada, approved by grace, published by ada"; got != want {
		t.Errorf("audit: %s, want %s", got, want)
	}
}

func TestAnApprovalHoldsForOneTextOnly(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	first := s.propose(ada, 0, kestrel(kestrelBody))
	s.must(s.Approve(ctx, grace, doc, first.Num, first.Hash))
	second := s.propose(ada, first.Num, kestrel(kestrelBody+" It eats them."))
	s.refused(s.Publish(ctx, grace, "", editorial.Ref{Doc: doc, Num: first.Num}), "overtaken")
	s.refused(s.Publish(ctx, grace, "", editorial.Ref{Doc: doc, Num: second.Num}), "nobody has approved")
	s.refused(s.Approve(ctx, grace, doc, second.Num, first.Hash), "not the text that you were shown")
}

func TestOnePersonCanBeEnough(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	r := s.propose(ada, 0, kestrel(kestrelBody))
	s.refused(s.LetAlone(ctx, eve, true), "no right")
	s.must(s.LetAlone(ctx, ada, true))
	s.must(s.Approve(ctx, ada, doc, r.Num, r.Hash))
	s.must(s.Publish(ctx, ada, "", editorial.Ref{Doc: doc, Num: r.Num}))
	s.says(kestrelQuestion, kestrelBody, true)
	if !strings.Contains(s.audit(""), "policy set by ada") {
		t.Error("the audit does not show it")
	}
	if text := s.Respond(ctx, bot.Message{Action: "?s:kestrel-hover"}).Text(); !strings.Contains(text, "No second person") {
		t.Errorf("sources:\n%s", text)
	}
}

func TestChangesAreRequested(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	r := s.propose(ada, 0, kestrel(kestrelBody))
	s.must(s.Submit(ctx, ada, doc, r.Num, ""))
	s.refused(s.RequestChanges(ctx, grace, doc, r.Num, " "), "needs words")
	s.must(s.RequestChanges(ctx, grace, doc, r.Num, "say how long it hovers"))
	d := s.State().Docs[doc].Draft()
	if d.Stage != store.Requested || d.Note != "say how long it hovers" || d.By.Name != "grace" {
		t.Errorf("draft %+v", d)
	}
	s.must(s.Drop(ctx, ada, doc, r.Num, "never mind"))
	if s.State().Docs[doc].Draft() != nil {
		t.Error("a dropped draft is still there")
	}
}

func TestOfTwoWhoEditAtOnceNoneLosesTheirText(t *testing.T) {
	s := newStage(t)
	first := s.propose(ada, 0, kestrel(kestrelBody))
	_, err := s.Propose(t.Context(), grace, editorial.Draft{Doc: doc, Base: 0, Text: kestrel("Another text.")})
	if r := s.refused(err, "newer version, 1 by ada"); r.Newer == nil || r.Newer.Text != first.Text {
		t.Errorf("newer %+v", r.Newer)
	}
	s.propose(grace, first.Num, kestrel("Another text."))
}

func TestABrokenDraftIsKeptAndStopped(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	r := s.propose(ada, 0, "---\nid: kestrel-hover\ntitle: [\n---\nbody")
	s.refused(s.Submit(ctx, ada, doc, r.Num, ""), doc+":")
	s.must(s.Approve(ctx, grace, doc, r.Num, r.Hash))
	s.refused(s.Publish(ctx, grace, "", editorial.Ref{Doc: doc, Num: r.Num}), "mend it first")
	if latest, err := s.Latest(ctx, doc); err != nil || latest.Text != r.Text {
		t.Errorf("latest %+v, %v", latest, err)
	}
	s.says(bottest.PlainQuestion, "provider", true)
}

func TestAGoldenQuestionOfNothingIsAFaultToSignFor(t *testing.T) {
	s := newStage(t)
	r, err := s.Propose(t.Context(), ada, editorial.Draft{Doc: "golden/questions.tsv", Text: "question\trelevant\nhow do owls hear\towls-hearing\nwhat is a phoenix\tphoenix\n"})
	s.must(err)
	report, err := s.Examine(t.Context(), r.Doc, r.Num)
	s.must(err)
	if stops := report.Stops(); len(stops) != 1 || !strings.Contains(stops[0], "golden/questions.tsv:3") {
		t.Errorf("stops %q", stops)
	}
	s.publish(r)
}

func TestNamesOfDocuments(t *testing.T) {
	s := newStage(t)
	for _, name := range []string{"", "../x.md", "/etc/x.md", "snippets/../x.md", "x.txt", "README.md", "a\\b.md", "a\nb.md", "a\x1b[2Jb.md", "a\u202eb.md", "a\xffb.md", "golden/x.exe"} {
		_, err := s.Propose(t.Context(), ada, editorial.Draft{Doc: name, Text: "x"})
		s.refused(err, "document")
	}
}

func TestRightsAreNeeded(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	r := s.propose(ada, 0, kestrel(kestrelBody))
	_, err := s.Propose(ctx, mal, editorial.Draft{Doc: doc, Text: "x"})
	for _, err := range []error{
		err,
		s.Submit(ctx, mal, doc, r.Num, ""), s.Approve(ctx, mal, doc, r.Num, r.Hash), s.RequestChanges(ctx, mal, doc, r.Num, "x"),
		s.Drop(ctx, mal, doc, r.Num, ""), s.Publish(ctx, mal, "", editorial.Ref{Doc: doc, Num: r.Num}), s.Rollback(ctx, mal, doc, 1, "", ""),
		s.Withdraw(ctx, mal, store.Everything, "x"), s.Reinstate(ctx, mal, store.Everything, ""), s.LetAlone(ctx, mal, true),
		s.Flag(ctx, mal, bottest.Plain, "x"), s.DismissGap(ctx, mal, "x"),
		s.Publish(ctx, eve, "", editorial.Ref{Doc: doc, Num: r.Num}), s.Reinstate(ctx, eve, store.Everything, ""),
	} {
		s.refused(err, "no right")
	}
	if strings.Contains(s.audit(""), "mal") {
		t.Error("the audit names who may nothing")
	}
}

func TestWhatChangesOtherAnswersMustBeSignedFor(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	before := s.ask(bottest.PlainQuestion).Snippet
	r := s.propose(ada, 0, kestrel("A text about owls and how they hear.", "how do owls hear", "how do owls hear things"))
	s.must(s.Approve(ctx, grace, doc, r.Num, r.Hash))
	ref := editorial.Ref{Doc: doc, Num: r.Num}
	refusal := s.refused(s.Publish(ctx, grace, "", ref), "need a signature")
	s.refused(s.Publish(ctx, grace, "ab12", ref), "need a signature")
	if !strings.Contains(strings.Join(refusal.Report.Stops(), "\n"), bottest.PlainQuestion) {
		t.Errorf("stops: %q", refusal.Report.Stops())
	}
	if got := s.ask(bottest.PlainQuestion).Snippet; got != before {
		t.Errorf("answered by %s though nobody signed", got)
	}
	s.must(s.Publish(ctx, grace, refusal.Report.Signature(), ref))
	if got := s.audit(doc); !strings.HasSuffix(got, "signed by grace, published by grace") {
		t.Errorf("audit: %s", got)
	}
}

func TestOneThingNeedsOneSignature(t *testing.T) {
	s := newStage(t)
	r := s.propose(ada, 0, strings.Replace(kestrel(kestrelBody), "topics:\n  - birds\n", "", 1))
	s.must(s.Approve(t.Context(), grace, doc, r.Num, r.Hash))
	s.refused(s.Publish(t.Context(), grace, "", editorial.Ref{Doc: doc, Num: r.Num}), "one thing needs a signature")
}

// A date that passes is a fault of its own snippet, and nobody else's.
func TestADateThatPassesStopsNoOtherDraft(t *testing.T) {
	s := newStage(t)
	s.publish(s.propose(ada, 0, kestrel(kestrelBody)))
	overdue := func(list knowledge.Problems) bool {
		return slices.ContainsFunc(list, func(p knowledge.Problem) bool {
			return p.File == doc && strings.Contains(p.What, "has passed")
		})
	}
	if overdue(s.Edition().Problems) {
		t.Fatal("it is not due yet")
	}
	s.now.add(365 * 24 * time.Hour)
	s.must(s.Refresh(t.Context()))
	if !overdue(s.Edition().Problems) {
		t.Error("nobody is told that the date has passed")
	}
	r, err := s.Propose(t.Context(), ada, editorial.Draft{Doc: "snippets/new.md", Text: kestrel("New.")})
	s.must(err)
	report, err := s.Examine(t.Context(), r.Doc, r.Num)
	s.must(err)
	if overdue(report.Problems) {
		t.Error("a draft has to be signed for because of another snippet's date")
	}
}

func TestRollBackInOneStep(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	first := s.propose(ada, 0, kestrel(kestrelBody))
	s.publish(first)
	second := s.propose(ada, first.Num, kestrel("It likes the wind."))
	s.publish(second)
	third := s.propose(ada, second.Num, kestrel("Not yet read by anyone."))
	s.refused(s.Rollback(ctx, grace, doc, third.Num, "x", ""), "never been served")
	s.refused(s.Rollback(ctx, grace, doc, second.Num, "x", ""), "is the one that is served")
	s.must(s.Rollback(ctx, grace, doc, first.Num, "the wind is not it", ""))
	s.says(kestrelQuestion, kestrelBody, true)
	if d := s.State().Docs[doc]; d.Draft() == nil || d.Draft().Num != third.Num {
		t.Error("rolling back has taken the draft away")
	}
	s.edit()
	s.says(kestrelQuestion, kestrelBody, true)
}

func TestWithdrawnAtOnce(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	s.publish(s.propose(ada, 0, kestrel(kestrelBody)))
	body := s.Edition().Corpus.Snippet(bottest.Plain).Body
	for _, scope := range []store.Scope{store.SnippetScope(bottest.Plain), store.Everything} {
		s.refused(s.Withdraw(ctx, eve, scope, ""), "needs a reason")
		s.must(s.Withdraw(ctx, eve, scope, "it is wrong"))
		s.says(bottest.PlainQuestion, body, false)
		s.says(kestrelQuestion, kestrelBody, scope != store.Everything)
		if r := s.ask(bottest.EmergencyText); r.Outcome != bot.Urgent {
			t.Errorf("an emergency is %s", r.Outcome)
		}
		s.edit() // as after a kill
		s.says(bottest.PlainQuestion, body, false)
		s.must(s.Reinstate(ctx, ada, scope, "it is right after all"))
		s.says(bottest.PlainQuestion, body, true)
	}
	s.refused(s.Withdraw(ctx, eve, store.SnippetScope("no-such"), "x"), "nothing is covered")
	s.refused(s.Withdraw(ctx, eve, store.TopicScope("no-such"), "x"), "nothing is covered")
}

func TestConsequencesOfAWithdrawal(t *testing.T) {
	s := newStage(t)
	c, err := s.Consequences(t.Context(), store.SnippetScope("atlas-of-rivers"))
	s.must(err)
	linked := slices.ContainsFunc(c.Links, func(k *knowledge.Snippet) bool { return k.ID == bottest.Plain })
	if len(c.Snippets) != 1 || !linked || len(c.Diff.Stops()) == 0 {
		t.Errorf("snippets %d, links %v, changes %d", len(c.Snippets), c.Links, len(c.Diff.Stops()))
	}
	s.says(bottest.LongQuestion, "provider", true)
}

func TestFollowsWhatAnotherProcessPublishes(t *testing.T) {
	s := newStage(t)
	other := *s
	other.edit()
	s.publish(s.propose(ada, 0, kestrel(kestrelBody)))
	other.says(kestrelQuestion, kestrelBody, false)
	other.must(other.Refresh(t.Context()))
	other.says(kestrelQuestion, kestrelBody, true)
}

func TestPublishingBegunBeforeAnotherPublishIsExaminedAnew(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	r := s.propose(ada, 0, kestrel(kestrelBody))
	s.must(s.Approve(ctx, grace, doc, r.Num, r.Hash))
	signature := s.signature(r)
	other := *s
	other.edit()
	other.must(other.Withdraw(ctx, ada, store.SnippetScope(bottest.Hostile), "meanwhile"))
	s.must(s.Publish(ctx, grace, signature, editorial.Ref{Doc: doc, Num: r.Num}))
	s.says(kestrelQuestion, kestrelBody, true)
	s.says(bottest.HostileQuery, s.Edition().Corpus.Snippet(bottest.Hostile).Body, false)
}

func TestAnnouncements(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	s.publish(s.propose(ada, 0, kestrel(kestrelBody)))
	r := s.propose(ada, 1, kestrel("Another text."))
	s.must(s.Submit(ctx, ada, doc, r.Num, ""))
	var reviews, due int
	failing := true
	channel := editorial.Channel{Name: "test", Tell: func(_ context.Context, a editorial.Announcement) error {
		if failing {
			return errors.New("nobody there")
		}
		if a.Review != nil {
			reviews++
		}
		due += len(a.Due)
		return nil
	}}
	tick := func() { // it looks once before it sees that it has to end
		stopped, stop := context.WithCancel(ctx)
		ticks := make(chan time.Time)
		done := make(chan error)
		go func() { done <- s.RunChannel(stopped, channel, ticks) }()
		ticks <- s.now.Now()
		ticks <- s.now.Now()
		stop()
		s.must(<-done)
	}
	tick()
	failing = false
	tick()
	if reviews != 1 || due != 0 {
		t.Errorf("%d reviews and %d due were announced, want 1 and 0", reviews, due)
	}
	s.now.add(time.Date(2027, 4, 2, 0, 0, 0, 0, time.UTC).Sub(s.now.Now()))
	tick()
	if reviews != 1 || due != 1 {
		t.Errorf("%d reviews and %d due were announced, want 1 and 1", reviews, due)
	}
	s.now.add(30 * 24 * time.Hour)
	s.says(kestrelQuestion, kestrelBody, false)
}

func TestForms(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	f := editorial.Form{Title: "Why does a kestrel hover?", Body: "It looks\r\nfor voles.", Questions: "kestrel standing still\nkestrel  standing still\n\n", Sources: "Field notes | Bird club | https://example.org/k | 2026-11-20", Due: "2027-01-01"}
	r, err := s.ProposeForm(ctx, ada, "", 0, f, "new")
	s.must(err)
	if r.Doc != "snippets/why-does-a-kestrel-hover.md" {
		t.Errorf("document %s", r.Doc)
	}
	again, err := s.ProposeForm(ctx, ada, "", 0, f, "the same title")
	s.must(err)
	if again.Doc != "snippets/why-does-a-kestrel-hover-2.md" {
		t.Errorf("document %s", again.Doc)
	}
	f.Due = "1 January"
	_, err = s.ProposeForm(ctx, ada, r.Doc, r.Num, f, "")
	s.refused(err, "the review date")
	f.Due, f.Sources = "", "Field notes | Bird club | 20 March"
	_, err = s.ProposeForm(ctx, ada, r.Doc, r.Num, f, "")
	s.refused(err, "in source 1")
}

func TestGapsBecomeWordings(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	gap := store.Gap{ID: "g1", Text: "ears of owls […] in the dark", Why: store.Unanswered, Count: 4, First: bottest.Now(), Last: bottest.Now(), State: store.Open}
	s.must(s.store.AddGaps(ctx, []store.Gap{gap, {ID: "g2", Text: "nonsense", Why: store.Unanswered, Count: 3, First: bottest.Now(), Last: bottest.Now(), State: store.Open}}))
	r, err := s.LinkGap(ctx, ada, "g1", bottest.Plain)
	s.must(err)
	s.must(s.DismissGap(ctx, ada, "g2"))
	s.refused(s.DismissGap(ctx, ada, "g2"), "somebody else")
	if open, err := s.Gaps(ctx, ada); err != nil || len(open) != 0 {
		t.Errorf("open gaps %v, %v", open, err)
	}
	s.publish(r)
	if got := s.ask("ears of owls in the dark").Snippet; got != bottest.Plain {
		t.Errorf("answered by %q", got)
	}
}
