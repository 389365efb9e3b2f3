package telegram

import (
	"strings"
	"testing"
	"time"

	"handout/bot/bottest"
	"handout/bot/desk"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

// TestFromAGapToTheNextAnswer is the whole way: a question that nobody got an
// answer to, two moderators in their chats with the bot, and the next asker.
func TestFromAGapToTheNextAnswer(t *testing.T) {
	f := newFake(t)
	e := editor(t)
	a := f.Adapter(discard).(*Adapter)
	a.cfg.Desk, a.cfg.Moderators = desk.New(discard, bottest.Now, e, nil), []int64{f.id("ann"), f.id("ben")}
	s := newStage(t, a)
	s.Bot = e.Edition().Bot
	if p := f.ask(s, "cleo", "why do puffins waddle"); strings.Contains(p.Text, "legs are far back") {
		t.Fatal("it has an answer")
	}

	f.pushButton(f.pushButton(f.pushButton(f.tell("ann", "/desk"), "Questions without an answer (1)"), "why do puffins waddle"), "Write a new answer")
	wantText(t, f.next(), "New answer, 1 of 5")
	for _, words := range []string{"-", "Puffins waddle because their legs are far back.", "puffins waddling", "A field guide | The club | https://example.org/p | 2026-11-20"} {
		f.tell("ann", words)
	}
	p := f.tell("ann", "people ask")
	wantText(t, p, "Version 1 by Person of ann", "no topic", "legs are far back")
	p = f.pushButton(f.pushButton(p, "Topics"), "birds")
	f.pushButton(p, "Send for review")

	p = f.pushButton(f.pushButton(f.tell("ben", "/desk"), "To review (1)"), "why do puffins waddle")
	wantText(t, f.pushButton(p, "Approve"), "Published")
	s.Bot = e.Edition().Bot
	p = f.ask(s, "cleo", "why do puffins waddle")
	wantText(t, p, "legs are far back", bottest.Corpus(t).Messages.Footer)
}

// editor keeps the suite's corpus in a store, with a gap.
func editor(t *testing.T) *editorial.Editor {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	now := bottest.Now()
	if _, err := editorial.Seed(t.Context(), db, bottest.Corpus(t), "the suite's corpus"); err != nil {
		t.Fatal(err)
	}
	gap := store.Gap{ID: "gap", Text: "why do puffins waddle", Why: store.Unanswered, Count: 3, First: now, Last: now, State: store.Open}
	if err := db.AddGaps(t.Context(), []store.Gap{gap}); err != nil {
		t.Fatal(err)
	}
	e, err := editorial.Open(t.Context(), editorial.Config{Log: discard, Now: bottest.Now, Store: db})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestModeratorsHaveTheDeskInTheirMenu(t *testing.T) {
	f := newFake(t)
	deskStage(t, f, &script{views: scriptViews}, nil)
	f.awaitState(func() bool { return f.calls["setMyCommands"] == 2 })
	f.mu.Lock()
	defer f.mu.Unlock()
	if v := f.menu; !strings.Contains(v.Get("commands"), `"desk"`) || !strings.Contains(v.Get("scope"), `"type":"chat"`) {
		t.Errorf("%v", v)
	}
}

func TestAFormIsKeptForAnHour(t *testing.T) {
	var f forms
	f.put("ann", editForm)
	if !f.open("ann") || f.open("bob") {
		t.Error("not open for whom it is")
	}
	f.list["ann"].until = time.Now().Add(-time.Second)
	if f.open("ann") {
		t.Error("open for ever")
	}
	for i := range mostForms + 10 {
		f.put(string(rune(1000+i)), editForm)
	}
	if len(f.list) > mostForms {
		t.Errorf("%d forms", len(f.list))
	}
}
