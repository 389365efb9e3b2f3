package gaps

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge/store"
)

// desk is a running queue, in a bubble whose clock only tests move.
type desk struct {
	*Queue
	t     *testing.T
	store *memory
	log   *bytes.Buffer
	stop  func() error
}

// onDesk runs a test in a bubble.
func onDesk(t *testing.T, c Config, test func(*desk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(startDesk(t, c, newMemory())) })
}

func startDesk(t *testing.T, c Config, s *memory) *desk {
	d := &desk{t: t, store: s, log: &bytes.Buffer{}}
	d.Queue = New(slog.New(slog.NewTextHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug})), time.Now, s, c)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	d.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	stop := d.stop
	t.Cleanup(func() { _ = stop() })
	return d
}

// ask lets somebody ask in vain.
func (d *desk) ask(who, text string, corrected ...string) {
	d.Note(bot.Message{Asker: who, Text: text}, bot.Reply{Outcome: bot.NoMatch, InVain: text, Corrected: corrected})
	synctest.Wait()
}

// pass lets time go by.
func (d *desk) pass(t time.Duration) {
	time.Sleep(t) // of the bubble: it takes none
	synctest.Wait()
}

// want checks the only open gap.
func (d *desk) want(text string, count int) {
	d.t.Helper()
	list := d.store.open(d.t)
	if text == "" {
		if len(list) != 0 {
			d.t.Errorf("kept: %+v", list)
		}
		return
	}
	if len(list) != 1 || list[0].Text != text || list[0].Count != count {
		d.t.Errorf("kept: %+v\nwant %q, asked %d times", list, text, count)
	}
}

func TestEnoughDifferentPeople(t *testing.T) {
	onDesk(t, Config{}, func(d *desk) {
		for range 5 {
			d.ask("ann", "can I swim with eczema?")
		}
		d.ask("bob", "Can I SWIM with eczema")
		d.pass(time.Hour)
		d.want("", 0)
		d.ask("cat", "is swimming ok with eczema")
		d.want("can I swim with eczema?", 7)
		d.ask("ann", "can i swim with eczema")
		d.want("can I swim with eczema?", 7) // counts come every minute
		d.pass(time.Minute)
		d.want("can I swim with eczema?", 8)
		g := d.store.open(d.t)[0]
		if g.Why != store.Unanswered || g.State != store.Open || g.ID == "" || !g.First.Equal(g.First.Truncate(24*time.Hour)) || !g.Last.Equal(g.First) {
			d.t.Errorf("kept: %+v", g)
		}
	})
}

func TestWhoWantsToBeForgottenCountsNoMore(t *testing.T) {
	onDesk(t, Config{}, func(d *desk) {
		d.ask("ann", "can I swim with eczema?")
		d.ask("bob", "can I swim with eczema?")
		d.ask("bob", "does chlorine bleach hair")
		d.Note(bot.Message{Asker: "ann"}, bot.Reply{Forget: true})
		d.ask("cat", "can I swim with eczema?")
		d.ask("cat", "does chlorine bleach hair")
		d.want("", 0)
		d.ask("dan", "does chlorine bleach hair")
		d.want("does chlorine bleach hair", 3)
	})
}

// TestCanary types what nobody else does, and looks for it in all that left
// the queue's memory.
func TestCanary(t *testing.T) {
	canaries := []string{"xanthippe", "5550199", "5557", "quokkaville", "xanthippe@mail.example", "zebrafinch"}
	onDesk(t, Config{}, func(d *desk) {
		d.ask("ann", "my name is Xanthippe, can I swim, call 5550199")
		d.ask("ann", "can I swim in quokkaville with eczema")
		d.ask("bob", "can I swim in quokkaville with eczema")
		d.ask("ann", "is opzelura ok for my zebrafinch bite on holiday today")
		d.ask("bob", "is opzelura ok for my bite on holiday today")
		d.ask("cat", "is opzelura ok for my bite on holiday today 5557")
		d.ask("ann", "does xanthippe@mail.example itch")
		d.pass(time.Hour)
		d.want("is opzelura ok for my bite on holiday today", 3)
		if err := d.stop(); err != nil {
			d.t.Fatal(err)
		}
		for _, c := range canaries {
			for where, text := range map[string]string{"store": d.store.everything(), "log": d.log.String()} {
				if strings.Contains(strings.ToLower(text), c) {
					d.t.Errorf("%q is in the %s:\n%s", c, where, text)
				}
			}
		}
		if !strings.Contains(d.store.everything(), "holiday") {
			d.t.Error("the store would not show a canary either")
		}
	})
}

func TestWordsThatTooFewUsedAreHidden(t *testing.T) {
	onDesk(t, Config{}, func(d *desk) {
		d.ask("ann", "is rinvoq safe for eczema while breastfeeding mary")
		d.ask("bob", "is rinvoq safe for eczema while breastfeeding john")
		d.ask("cat", "is rinvoq safe for eczema while breastfeeding luke")
		d.want("is rinvoq safe for eczema while breastfeeding […]", 3)
	})
	onDesk(t, Config{Askers: 2}, func(d *desk) {
		d.ask("ann", "湿疹患者可以和王先生去海里游泳吗")
		d.ask("bob", "湿疹患者可以和李先生去海里游泳吗")
		if list := d.store.open(d.t); len(list) != 1 || strings.ContainsAny(list[0].Text, "王李") || !strings.Contains(list[0].Text, "海里游泳吗") {
			d.t.Errorf("kept: %+v", list)
		}
	})
}

func TestNearDuplicates(t *testing.T) {
	for _, tc := range []struct {
		a, b      string
		corrected []string // of b
		same      bool
	}{
		{"can i drink on rinvoq", "could I have drinks with Rinvoq??", nil, true},
		{"can i drink on rinvoq", "drink rinvok", []string{"rinvok→rinvoq"}, true},
		{"can i drink on rinvoq", "drink rinvok", nil, false},
		{"does sweat hurt eczema skin", "does sweat hurt my eczema skin outside", nil, true},
		{"does sweat hurt", "does sun hurt", nil, false},
		{"what is it for", "what is it for?", nil, true}, // nothing but common words
		{"what is it for", "can i use it", nil, false},
		{"what is it", "湿疹", nil, false},
		{"湿疹可以游泳吗", "湿疹可以游泳吗?", nil, true},
		{"можно плавать с экземой", "Можно плавать с экземой?", nil, true},
	} {
		onDesk(t, Config{Askers: 2}, func(d *desk) {
			d.ask("ann", tc.a)
			d.ask("bob", tc.b, tc.corrected...)
			if got := len(d.store.open(d.t)) == 1; got != tc.same {
				d.t.Errorf("%q and %q are the same: %t", tc.a, tc.b, got)
			}
		})
	}
}

func TestTheNextDayOnePersonIsStillOne(t *testing.T) {
	onDesk(t, Config{}, func(d *desk) {
		d.ask("ann", "can i swim with eczema")
		for range 5 {
			d.pass(24 * time.Hour)
			d.ask("ann", "can i swim with eczema")
		}
		d.want("", 0)
		d.ask("bob", "can i swim with eczema")
		d.pass(24 * time.Hour)
		d.ask("cat", "can i swim with eczema")
		d.want("can i swim with eczema", 8)
	})
}

func TestEachDayHasAKeyOfItsOwn(t *testing.T) {
	g := newGroups(3)
	ask := func(text string, today int) {
		g.ask(question{text: text, words: set(tokens(text, nil)), asker: "ann", day: time.Unix(0, 0).AddDate(0, 0, today)})
	}
	ask("can i swim", 1)
	ask("does it itch", 1)
	ask("can i fly", 2)
	ask("can i swim", 2)
	if len(g.waiting) != 3 {
		t.Fatalf("%d groups", len(g.waiting))
	}
	swim, itch, fly := g.waiting[0], g.waiting[1], g.waiting[2]
	if swim.key != itch.key || *swim.key == *fly.key || len(swim.askers) != 1 {
		t.Error("want the key of the day on which a group began")
	}
	for who := range swim.askers {
		if fly.askers[who] || !itch.askers[who] {
			t.Error("want a person to be the same on one day, and another on the next")
		}
	}
}

func TestNamelessPeopleCountAsOne(t *testing.T) {
	onDesk(t, Config{Askers: 2}, func(d *desk) {
		for range 5 {
			d.ask("", "can i swim with eczema")
		}
		d.want("", 0)
	})
}

func TestARestartForgetsWhatWaitsAndKnowsWhatIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newMemory()
		d := startDesk(t, Config{Askers: 2}, s)
		d.ask("ann", "can i swim with eczema")
		d.ask("bob", "can i swim with eczema")
		d.ask("ann", "does it hurt to fly with eczema")
		if err := d.stop(); err != nil {
			t.Fatal(err)
		}
		d = startDesk(t, Config{Askers: 2}, s)
		d.ask("bob", "does it hurt to fly with eczema")
		d.want("can i swim with eczema", 2)
		d.ask("cat", "is swimming with eczema ok")
		if err := d.stop(); err != nil {
			t.Fatal(err)
		}
		d.want("can i swim with eczema", 3)
	})
}

func TestClosedGapsStayAway(t *testing.T) {
	for _, state := range []store.GapState{store.Linked, store.Drafted, store.Dismissed} {
		for _, restart := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				d := startDesk(t, Config{Askers: 2}, newMemory())
				d.ask("ann", "can i swim with eczema")
				d.ask("bob", "can i swim with eczema")
				if err := d.store.CloseGap(t.Context(), d.store.open(t)[0].ID, state, store.Event{}); err != nil {
					t.Fatal(err)
				}
				if restart {
					d.stop()
					d = startDesk(t, Config{Askers: 2}, d.store)
				}
				for _, who := range []string{"ann", "bob", "cat", "dan"} {
					d.ask(who, "is swimming ok with eczema")
					d.ask(who, "is swimming ok with itchy red eczema")
				}
				d.pass(time.Hour)
				if list := d.store.open(t); len(list) != 1 || !strings.Contains(list[0].Text, "itchy") {
					t.Errorf("%s, restarted %t: %+v", state, restart, list)
				}
			})
		}
	}
}

func TestOldQuestionsAreForgotten(t *testing.T) {
	onDesk(t, Config{Askers: 2}, func(d *desk) {
		d.ask("ann", "can i swim with eczema")
		d.ask("bob", "can i swim with eczema")
		d.ask("ann", "does it hurt to fly")
		d.pass(29 * 24 * time.Hour)
		d.want("can i swim with eczema", 2)
		d.pass(2*24*time.Hour + time.Minute)
		d.want("", 0)
		d.ask("bob", "does it hurt to fly")
		d.ask("bob", "can i swim with eczema")
		d.pass(time.Hour)
		d.want("", 0) // each had to begin anew
	})
}

func TestDislikedAnswers(t *testing.T) {
	onDesk(t, Config{Askers: 2}, func(d *desk) {
		down := bot.Option{Snippet: "eczema-water", Vote: bot.Down}
		for _, who := range []string{"ann", "bob"} {
			d.Note(bot.Message{Asker: who}, bot.Reply{Outcome: bot.Answered, Voted: down, InVain: "can i swim with eczema"})
			d.Note(bot.Message{Asker: who}, bot.Reply{Outcome: bot.Answered, Voted: down})
			d.ask(who, "can i swim with eczema")
		}
		d.Note(bot.Message{Asker: "ann"}, bot.Reply{Outcome: bot.Answered, Voted: bot.Option{Snippet: "eczema-water", Vote: bot.Up}})
		d.pass(time.Minute)
		list := d.store.open(d.t)
		if len(list) != 2 || list[0].Why == list[1].Why || list[0].ID == list[1].ID || list[0].Snippet+list[1].Snippet != "eczema-water" {
			d.t.Errorf("kept: %+v", list)
		}
		if got := d.store.counted(); got["disliked:eczema-water"] != 4 || got["liked:eczema-water"] != 1 {
			d.t.Errorf("counted: %v", got)
		}
	})
}

func TestCountsOfTheRealBot(t *testing.T) {
	b := bottest.Bot(t, slog.New(slog.DiscardHandler))
	answer := b.Respond(t.Context(), bot.Message{Text: bottest.PlainQuestion})
	turns := []bot.Message{
		{Text: bottest.PlainQuestion}, {Text: bottest.EmergencyText}, {Text: bottest.ChoiceQuestion}, {Text: "qwrtz plmk"}, {Text: "/help"},
		{Text: "/nosuch"}, {Text: "?"}, {Snippet: bottest.Plain}, {Snippet: "never-was"}, {Hold: bot.Crowded},
		{Action: answer.Feedback()[0].Action()}, {Action: answer.Feedback()[1].Action(), Asked: "why do owls hoot"}, {Action: answer.Feedback()[2].Action()},
	}
	var replies []bot.Reply
	for _, m := range turns {
		replies = append(replies, b.Respond(t.Context(), m))
	}
	onDesk(t, Config{Askers: 1}, func(d *desk) {
		for i, m := range turns {
			d.Note(m, replies[i])
		}
		d.pass(time.Minute)
		want := map[string]int{
			"outcome:answered": 1, "outcome:urgent": 1, "outcome:choose": 1, "outcome:no_match": 1,
			"shown:" + bottest.Plain: 2, "liked:" + bottest.Plain: 1, "disliked:" + bottest.Plain: 1,
		}
		if got := d.store.counted(); !maps.Equal(got, want) {
			d.t.Errorf("counted %v\nwant %v", got, want)
		}
		var kept []string
		for _, g := range d.store.open(d.t) {
			kept = append(kept, string(g.Why)+" "+g.Snippet+" "+g.Text)
		}
		if len(kept) != 2 || !strings.Contains(strings.Join(kept, "|"), "disliked "+bottest.Plain+" why do owls hoot") || !strings.Contains(strings.Join(kept, "|"), "unanswered  qwrtz plmk") {
			d.t.Errorf("kept %q", kept)
		}
	})
}

func TestOffKeepsNothingAndForgetsTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := startDesk(t, Config{Askers: 1}, newMemory())
		d.ask("ann", "can i swim with eczema")
		d.stop()
		given := d.store.everything()
		d = startDesk(t, Config{Off: true}, d.store)
		d.ask("ann", "does it hurt to fly")
		d.pass(time.Hour)
		if d.store.everything() != given || len(d.notes) > 0 {
			t.Error("something is kept")
		}
		d.pass(32 * 24 * time.Hour)
		d.want("", 0)
	})
}

func TestAStoreThatFailsLosesNothing(t *testing.T) {
	onDesk(t, Config{Askers: 1}, func(d *desk) {
		d.store.setFail(errors.New("disk full"))
		d.ask("ann", "can i swim with eczema")
		d.pass(5 * time.Minute)
		d.ask("bob", "can i swim with eczema")
		if !strings.Contains(d.log.String(), "disk full") || strings.Contains(d.log.String(), "swim") {
			d.t.Errorf("log: %s", d.log)
		}
		d.store.setFail(nil)
		d.pass(time.Minute)
		d.want("can i swim with eczema", 2)
		if n := d.store.counted()["outcome:no_match"]; n != 2 {
			d.t.Errorf("counted %d", n)
		}
	})
}

func TestCountsBelongToTheirDay(t *testing.T) {
	onDesk(t, Config{}, func(d *desk) {
		d.store.setFail(errors.New("away"))
		d.ask("ann", "can i swim")
		d.pass(24 * time.Hour)
		d.ask("ann", "can i swim")
		d.store.setFail(nil)
		if err := d.stop(); err != nil {
			d.t.Fatal(err)
		}
		if len(d.store.days) != 2 || d.store.counted()["outcome:no_match"] != 2 {
			d.t.Errorf("days %v, counts %v", d.store.days, d.store.counted())
		}
	})
}

func TestAFloodIsBounded(t *testing.T) {
	onDesk(t, Config{Askers: 2}, func(d *desk) {
		d.ask("ann", "can i swim with eczema")
		d.ask("ann", "does it hurt to fly with eczema")
		d.groups.waiting[1].askers[asker{1}] = true // two, who do not agree yet
		d.groups.enough = 3
		for i := range mostWaiting + 100 {
			d.ask("mallory", fmt.Sprintf("w%dx y%dz q%dv", i, i, i))
		}
		if n := len(d.groups.waiting); n != mostWaiting {
			d.t.Errorf("%d groups wait", n)
		}
		if w := d.groups.waiting[0]; !strings.Contains(w.text, "fly") {
			d.t.Errorf("what more than one asked has been pushed out: %q", w.text)
		}
	})
}

func TestWhatIsSharedIsBounded(t *testing.T) {
	g := newGroups(1)
	for i := range mostShared + 10 {
		g.restore(store.Gap{ID: fmt.Sprint(i), Text: fmt.Sprintf("w%d", i), State: store.Open, Last: time.Unix(int64(i), 0)})
	}
	if len(g.shared) != mostShared || g.shared["0"] != nil || g.shared[fmt.Sprint(mostShared+9)] == nil {
		t.Errorf("%d are known", len(g.shared))
	}
}

func TestTooMuchIsLeftOutAndLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &bytes.Buffer{}
		q := New(slog.New(slog.NewTextHandler(log, nil)), time.Now, newMemory(), Config{})
		for range mostNotes + 7 { // nobody takes them
			q.Note(bot.Message{}, bot.Reply{Outcome: bot.NoMatch})
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := q.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(log.String(), "count=7") {
			t.Errorf("log: %s", log)
		}
	})
}

func TestManyAtOnce(t *testing.T) {
	s := newMemory()
	q := New(slog.New(slog.DiscardHandler), time.Now, s, Config{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- q.Run(ctx) }()
	var group sync.WaitGroup
	const people = 8
	for i := range people {
		group.Go(func() {
			for n := range 50 {
				q.Note(bot.Message{Asker: fmt.Sprint(i)}, bot.Reply{Outcome: bot.NoMatch, InVain: fmt.Sprintf("can i swim in water w%d", n)})
			}
		})
	}
	group.Wait()
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, g := range s.open(t) {
		sum += g.Count
	}
	if sum != people*50 || s.counted()["outcome:no_match"] != people*50 {
		t.Errorf("%d askings kept, %v counted, of %d", sum, s.counted(), people*50)
	}
}

func BenchmarkNote(b *testing.B) {
	q := New(slog.New(slog.DiscardHandler), time.Now, newMemory(), Config{})
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- q.Run(ctx) }()
	m := bot.Message{Asker: "discord:80351110224678912"}
	r := bot.Reply{Outcome: bot.NoMatch, InVain: "can i use opzelura on my face when the sun is out"}
	for b.Loop() {
		q.Note(m, r)
	}
	b.StopTimer()
	cancel()
	<-ended
}

// BenchmarkAsk is what the worker does with an asking when memory is full.
func BenchmarkAsk(b *testing.B) {
	q := New(slog.New(slog.DiscardHandler), time.Now, newMemory(), Config{})
	for i := range mostWaiting {
		q.take(note{time.Now(), "ann", bot.Reply{InVain: fmt.Sprintf("can i use w%d on my face when the sun is y%d", i, i)}})
	}
	n := 0
	for b.Loop() {
		n++
		q.take(note{time.Now(), "bob", bot.Reply{InVain: fmt.Sprintf("does it burn w%d on my arm when the moon is y%d", n, n)}})
	}
}
