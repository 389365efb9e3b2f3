package telegram

import (
	"net/http"
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

// recalled is a stage from which snippets can be withdrawn.
func recalled(t *testing.T, f *fake) (*Adapter, *bottest.Live, *stage) {
	a, live := f.Adapter(discard).(*Adapter), bottest.NewLive(t)
	return a, live, newStageWith(t, a, func(*stage) bot.Responder { return live })
}

func TestAnswersThatWereTakenBackAreChanged(t *testing.T) {
	f := newFake(t)
	a, live, s := recalled(t, f)
	c := bottest.Corpus(t)
	f.Say(bottest.Say{Chat: "ann", Text: bottest.LongQuestion})
	var pages []bottest.Posted
	for len(pages) == 0 || len(pages[len(pages)-1].Buttons) == 0 {
		pages = append(pages, f.next())
	}
	kept := f.ask(s, "ann", bottest.HostileQuery)
	f.ask(s, "ann", "/help") // what was sent before is remembered by now
	a.Recall(t.Context(), live.Serves)
	live.Withdraw(bottest.Long)
	a.Recall(t.Context(), live.Serves)
	for i, page := range pages {
		p := f.next()
		if p.ID != page.ID || p.ID == kept.ID || !strings.Contains(p.Text, "taken back") || !strings.HasSuffix(squash(p.Text), squash(c.Messages.Footer)) {
			t.Errorf("page %d, message %s, became %s:\n%s", i, page.ID, p.ID, p.Text)
		}
		if last := i == len(pages)-1; !last && len(p.Buttons) > 0 {
			t.Errorf("page %d has buttons %v", i, p.Buttons)
		}
	}
	a.Recall(t.Context(), live.Serves)
	f.ask(s, "ann", bottest.PlainQuestion) // and nothing was changed again
}

func squash(s string) string { return strings.Join(strings.Fields(s), "") }

func TestAnAnswerThatCannotBeChangedIsLeft(t *testing.T) {
	f := newFake(t)
	a, live, s := recalled(t, f)
	f.ask(s, "ann", bottest.PlainQuestion)
	f.ask(s, "ann", "/help")
	live.Withdraw(bottest.Plain)
	f.mu.Lock()
	f.answerTo["editMessageText"] = func(w http.ResponseWriter) { refuse(w, 400, "Bad Request: message to edit not found", nil) }
	f.mu.Unlock()
	for range 3 {
		a.Recall(t.Context(), live.Serves)
	}
	if n := f.count("editMessageText"); n != 1 {
		t.Errorf("tried %d times", n)
	}
}

func TestForgetForgetsWhichAnswersStandWhere(t *testing.T) {
	f := newFake(t)
	a, live, s := recalled(t, f)
	f.ask(s, "ann", bottest.PlainQuestion)
	f.ask(s, "ann", "/forget")
	f.ask(s, "ann", "/help")
	live.Withdraw(bottest.Plain)
	a.Recall(t.Context(), live.Serves)
	if n := f.count("editMessageText"); n != 0 {
		t.Errorf("changed %d messages", n)
	}
}

func TestWhatIsWithdrawnComesUpNowhere(t *testing.T) {
	f := newFake(t)
	_, live, s := recalled(t, f)
	c := bottest.Corpus(t)
	old := f.ask(s, "ann", bottest.PlainQuestion)
	offered := f.Suggest("rivers")
	live.Withdraw(bottest.Long)
	if now := f.Suggest("rivers"); len(offered) <= len(now) && len(offered) > 0 {
		t.Errorf("offered %d inline, before %d", len(now), len(offered))
	}
	for _, b := range old.Buttons {
		if !strings.Contains(b.Data, bottest.Long) {
			continue
		}
		f.Press(old, b)
		if p := f.next(); !strings.Contains(p.Text, c.Messages.Expired) {
			t.Errorf("%s shows:\n%s", b.Label, p.Text)
		}
		live.Withdraw(bottest.Plain)
		f.Press(old, bottest.Button{Data: "?s:" + bottest.Plain})
		if p := f.next(); !strings.Contains(p.Text, c.Messages.Expired) {
			t.Errorf("the sources show:\n%s", p.Text)
		}
		return
	}
	t.Errorf("no button of %s: %v", bottest.Long, old.Buttons)
}

func TestWhoIsNotForgottenIsTold(t *testing.T) {
	f, kept := newFake(t), &bottest.Kept{}
	a := f.Adapter(discard).(*Adapter)
	a.regions = bottest.Regions(t, discard, kept)
	s := newStage(t, a)
	messages := bottest.Corpus(t).Messages
	f.ask(s, "ann", "/region GB")
	kept.Broken.Store(true)
	wantText(t, f.ask(s, "ann", "/forget"), messages.NotGone)
	kept.Broken.Store(false)
	wantText(t, f.ask(s, "ann", "/forget"), messages.Forgotten)
	if left, _ := kept.Choices(t.Context(), bottest.Now()); len(left) > 0 {
		t.Errorf("kept: %v", left)
	}
}
