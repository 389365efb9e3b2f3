package telegram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/bot/limit"
)

func TestAWrongTokenEndsTheSurfaceWithAClearError(t *testing.T) {
	for _, tc := range []struct{ name, token string }{
		{"wrong", "1:wrong-token"}, {"malformed", "no token\n"}, {"empty", ""}, {"with a slash", "1:a/../b"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := newFake(t)
			cfg := f.config()
			cfg.Token = tc.token
			s := newStage(t, f.quicken(New(discard, cfg)))
			err := s.wait()
			var wrong *TokenError
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), "@BotFather") || tc.token != "" && strings.Contains(err.Error(), tc.token) {
				t.Errorf("err = %v", err)
			}
		})
	}
}

func TestATokenThatIsRevokedEndsTheSurface(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	f.ask(s, "ann", bottest.PlainQuestion)
	f.answer401("getUpdates")
	f.Disconnect()
	var wrong *TokenError
	if err := s.wait(); !errors.As(err, &wrong) {
		t.Errorf("err = %v", err)
	}
}

func TestItStartsOfflineAndConnectsWhenItCan(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	f := newFake(t)
	var log logBuffer
	a := f.quicken(New(log.logger(), Config{Token: fakeToken, API: "http://" + address}))
	s := newStage(t, a)
	log.await(t, "telegram does not answer")
	l, err = net.Listen("tcp", address)
	if err != nil {
		t.Skipf("SKIPPED: the port was taken meanwhile: %v", err)
	}
	front := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(f.serve)}}
	front.Start()
	t.Cleanup(func() { closeFront(front) })
	f.ask(s, "ann", bottest.PlainQuestion)
	if text := log.String(); strings.Contains(text, fakeToken) || strings.Count(text, "does not answer") != 1 {
		t.Errorf("log:\n%s", text)
	}
}

func TestItSurvivesAMenuThatCannotBeSet(t *testing.T) {
	f := newFake(t)
	f.answerTo["setMyCommands"] = func(w http.ResponseWriter) {
		w.WriteHeader(500)
		fmt.Fprint(w, `{"message":"not supported"}`)
	}
	s := newStage(t, f.Adapter(discard))
	f.ask(s, "ann", bottest.PlainQuestion)
}

func TestItRemovesAWebhookThatIsInTheWay(t *testing.T) {
	f := newFake(t)
	f.answerTo["getUpdates"] = func(w http.ResponseWriter) {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.calls["deleteWebhook"] > 0 {
			delete(f.answerTo, "getUpdates")
		}
		refuse(w, 409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", nil)
	}
	s := newStage(t, f.Adapter(discard))
	f.ask(s, "ann", bottest.PlainQuestion)
}

func TestWhatIsRefusedForGoodIsDroppedAndLoggedOnce(t *testing.T) {
	f := newFake(t)
	var log logBuffer
	f.answerTo["sendMessage"] = func(w http.ResponseWriter) {
		f.mu.Lock()
		delete(f.answerTo, "sendMessage")
		f.mu.Unlock()
		refuse(w, 403, "Forbidden: bot was blocked by the user", nil)
	}
	s := newStage(t, f.Adapter(log.logger()))
	f.Say(bottest.Say{Chat: "ann", Text: bottest.PlainQuestion})
	f.ask(s, "ann", bottest.HostileQuery)
	if n := strings.Count(log.String(), "blocked by the user"); n != 1 {
		t.Errorf("logged %d times:\n%s", n, &log)
	}
	if f.count("sendMessage") != 2 {
		t.Errorf("%d calls, want 2", f.count("sendMessage"))
	}
}

func TestAGroupThatMovedIsFollowed(t *testing.T) {
	f := newFake(t)
	f.answerTo["sendMessage"] = func(w http.ResponseWriter) {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.answerTo, "sendMessage")
		f.chats["club"].id = -1008888888888
		refuse(w, 400, "Bad Request: group chat was upgraded to a supergroup chat", map[string]any{"migrate_to_chat_id": -1008888888888})
	}
	newStage(t, f.Adapter(discard))
	f.Say(bottest.Say{Chat: "club", Group: true, Mention: true, Text: bottest.PlainQuestion})
	if p := f.next(); p.Chat != "club" {
		t.Errorf("answered in %q", p.Chat)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	f.Fail(bottest.Limited, 1)
	f.ask(s, "ann", bottest.PlainQuestion)
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.slept) != 1 || f.slept[0] < 900*time.Millisecond || f.slept[0] > time.Second {
		t.Errorf("waited %v, want once what Telegram asked for, a second", f.slept)
	}
}

func TestACallGivesUpInTime(t *testing.T) {
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(func() { closeFront(silent) })
	c := newClient(fakeToken, silent.URL)
	c.timeout = time.Millisecond
	_, err := call[any](t.Context(), c, "getMe", nil)
	if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), fakeToken) || refusal(err).Permanent {
		t.Errorf("err = %v", err)
	}
}

func TestLimitsAreThoseOfTelegram(t *testing.T) {
	n := names{bot.NewRegions().Secret(surface)}
	for _, tc := range []struct {
		kind  string
		calls int
		most  time.Duration // that the calls may take
		least time.Duration
	}{
		{directKey, 11, 10 * time.Second, 10 * time.Second},
		{groupKey, 20, time.Minute, 55 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newSender()
			start := time.Now()
			for range tc.calls {
				if err := s.Do(t.Context(), n.key(tc.kind, 5), func(context.Context) error { return nil }); err != nil {
					t.Fatal(err)
				}
			}
			if took := time.Since(start).Round(time.Millisecond); took < tc.least || took > tc.most {
				t.Errorf("%d calls of kind %s took %v", tc.calls, tc.kind, took)
			}
		})
	}
}

func TestUpdatesAreConfirmedAfterTheirReply(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	f.Say(bottest.Say{Chat: "ann", Text: holdText})
	s.hear()
	f.ask(s, "bob", bottest.PlainQuestion) // answered, but behind what is open
	f.mu.Lock()
	if f.offset > 1001 || len(f.updates) != 2 {
		t.Errorf("confirmed below %d before the reply, %d left", f.offset, len(f.updates))
	}
	f.mu.Unlock()
	close(s.gate)
	f.next()
	f.awaitState(func() bool { return len(f.updates) == 0 })
}

func TestWhatCannotBeDecodedIsConfirmedByItself(t *testing.T) {
	f := newFake(t)
	var log logBuffer
	newStage(t, f.Adapter(log.logger()))
	f.Undecodable()
	f.Say(bottest.Say{Chat: "ann", Text: bottest.PlainQuestion})
	f.Undecodable()
	f.next()
	f.awaitState(func() bool { return len(f.updates) == 0 })
	if n := strings.Count(log.String(), "cannot be decoded"); n != 2 {
		t.Errorf("logged %d times:\n%s", n, &log)
	}
}

func TestOneChatThatWaitsDoesNotKeepOthersAway(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	f.Say(bottest.Say{Chat: "ann", Text: holdText})
	s.hear()
	const chats = 3 * batch
	for i := range chats {
		f.Say(bottest.Say{Chat: fmt.Sprint("chat ", i), Text: bottest.PlainQuestion})
	}
	for range chats {
		if p := f.next(); p.Chat == "ann" {
			t.Fatal("the chat that waits was answered")
		}
	}
	close(s.gate)
	if p := f.next(); p.Chat != "ann" {
		t.Errorf("answered %s", p.Chat)
	}
}

func TestAFullQueueIsSaidOnce(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	f.Say(bottest.Say{Chat: "ann", Text: holdText})
	s.hear()
	for range perChat + 5 {
		f.Say(bottest.Say{Chat: "ann", Text: bottest.HostileQuery})
	}
	busy := bottest.Corpus(t).Messages.Busy
	if p := f.next(); !strings.Contains(p.Text, busy) {
		t.Fatalf("posted:\n%s", p.Text)
	}
	f.ask(s, "bob", bottest.PlainQuestion)
	close(s.gate)
	for range perChat {
		if p := f.next(); strings.Contains(p.Text, busy) {
			t.Error("said twice")
		}
	}
	f.ask(s, "ann", bottest.PlainQuestion)
}

func TestAStopLeavesWhatTakesTooLongToTheNextStart(t *testing.T) {
	f := newFake(t)
	a := f.Adapter(discard).(*Adapter)
	a.cfg.Drain = time.Millisecond
	s := newStage(t, a)
	f.Say(bottest.Say{Chat: "ann", Text: holdText})
	s.hear()
	s.cancel()
	if err := s.wait(); err == nil || !strings.Contains(err.Error(), "1 updates were left for the next start") {
		t.Errorf("err = %v", err)
	}
	s = newStage(t, f.Adapter(discard))
	close(s.gate)
	if p := f.next(); p.Chat != "ann" {
		t.Errorf("answered %q", p.Chat)
	}
}

// quick is limits by a clock that stands still.
func quick(t *testing.T, f *fake, rates limit.Rates) *stage {
	a := f.Adapter(discard)
	return newStageWith(t, a, func(s *stage) bot.Responder {
		return limit.New(bottest.Now, s, rates)
	})
}

func TestAFloodIsToldOnceAndAnEmergencyInItIsAnswered(t *testing.T) {
	f := newFake(t)
	s := quick(t, f, limit.Rates{Person: 4})
	messages := bottest.Corpus(t).Messages
	f.ask(s, "ann", bottest.PlainQuestion)
	f.ask(s, "ann", bottest.PlainQuestion)
	if p := f.ask(s, "ann", bottest.PlainQuestion); !strings.Contains(p.Text, messages.Limited) {
		t.Errorf("posted:\n%s", p.Text)
	}
	f.Say(bottest.Say{Chat: "ann", Text: bottest.PlainQuestion})
	if p := f.ask(s, "ann", bottest.EmergencyText); !strings.Contains(p.Text, "999") {
		t.Errorf("posted instead of the card:\n%s", p.Text)
	}
	f.ask(s, "bob", bottest.PlainQuestion)
}

func TestAnEmergencyBehindAFullQueueIsAnswered(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	f.Say(bottest.Say{Chat: "ann", Text: holdText})
	s.hear()
	for range perChat + 2 {
		f.Say(bottest.Say{Chat: "ann", Text: bottest.HostileQuery})
	}
	if p := f.next(); !strings.Contains(p.Text, bottest.Corpus(t).Messages.Busy) {
		t.Errorf("posted:\n%s", p.Text)
	}
	if p := f.ask(s, "ann", bottest.EmergencyText); !strings.Contains(p.Text, "999") {
		t.Errorf("posted instead of the card:\n%s", p.Text)
	}
	close(s.gate)
}
