package discord

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"handout/bot/bottest"
)

func isMessage(c call) bool { return strings.HasSuffix(c.path, "/messages") }

// first answers the first calls of a kind in place of the fake.
func first(n int, kind func(call) bool, a answer) func(call) *answer {
	var seen atomic.Int32
	return func(c call) *answer {
		if kind(c) && seen.Add(1) <= int32(n) {
			return &a
		}
		return nil
	}
}

func TestALongWaitThatDiscordAsksForIsKept(t *testing.T) {
	core := quietBot(t)
	for name, a := range map[string]answer{
		"429 with 30 s": {429, nil, map[string]any{"message": "You are being rate limited.", "retry_after": 30.0, "global": false}},
		"global":        {429, map[string]string{"X-RateLimit-Global": "true"}, map[string]any{"message": "You are being rate limited.", "retry_after": 30.0, "global": true}},
		"HTML":          {429, map[string]string{"Retry-After": "30", "Content-Type": "text/html"}, "<html>error 1015</html>"},
	} {
		f := newFake(t)
		f.hook(first(1, isMessage, a))
		var c clock
		r := start(t, f, core, func(a *Adapter) { a.setSleep(c.sleep) })
		r.answers(t)
		if !c.waited(29*time.Second, 30*time.Second) {
			t.Errorf("%s: waits %v", name, c.waits)
		}
	}
}

func TestAnEmptyBucketIsWaitedFor(t *testing.T) {
	f := newFake(t)
	f.hook(func(c call) *answer {
		if !isMessage(c) {
			return nil
		}
		a := f.route(c)
		a.header = map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "7.5", "X-RateLimit-Reset": "not a number"}
		return &a
	})
	var c clock
	r := start(t, f, nil, func(a *Adapter) { a.setSleep(c.sleep) })
	r.answers(t)
	if c.waited(5*time.Second, time.Hour) {
		t.Errorf("waits %v before the bucket is used up", c.waits)
	}
	r.answers(t)
	if !c.waited(5*time.Second, 7500*time.Millisecond) {
		t.Errorf("waits %v", c.waits)
	}
}

func TestWhatCannotSucceedIsDroppedAndLoggedOnce(t *testing.T) {
	core := quietBot(t)
	for code, status := range map[int]int{50001: 403, 10003: 404, 10008: 404, 50007: 403, 50024: 403, 50035: 400, 50083: 400, 160005: 403, 200000: 400} {
		f := newFake(t)
		f.hook(first(2, isMessage, refuse(status, code, "no")))
		r := start(t, f, core)
		r.Say(bottest.Say{Chat: "ada", Text: bottest.PlainQuestion})
		r.Say(bottest.Say{Chat: "ada", Text: bottest.PlainQuestion})
		r.answers(t)
		if n := strings.Count(r.log.String(), "answer not sent"); n != 1 || r.called("POST /channels") != 3 {
			t.Errorf("code %d: logged %d times, %d calls", code, n, r.called("POST /channels"))
		}
	}
}

func TestWithoutTheRightToEmbedItAnswersInPlainText(t *testing.T) {
	core := quietBot(t)
	for _, code := range []int{missingPermissions, noHistory} {
		f := newFake(t)
		f.hook(first(1, isMessage, refuse(403, code, "Missing Permissions")))
		r := start(t, f, core)
		r.Say(bottest.Say{Chat: "general", Group: true, Mention: true, Text: bottest.LongQuestion})
		for n := 0; ; n++ {
			p := r.next()
			if p.Limit != 2000 || p.Size > 2000 || p.Raw["message_reference"] != nil || !strings.Contains(p.Text, "provider") {
				t.Errorf("page %d: %d of %d characters, in reply to %v", n, p.Size, p.Limit, p.Raw["message_reference"])
			}
			if len(p.Buttons) > 0 {
				break
			}
		}
	}
}

func TestAnAnswerThatArrivedUnnoticedIsNotRepeated(t *testing.T) {
	f := newFake(t)
	var lost atomic.Int32
	f.hook(func(c call) *answer {
		callback := strings.HasSuffix(c.path, "/callback")
		if (isMessage(c) || callback) && lost.Add(1) == 1 {
			f.route(c) // it is accepted, and then the line breaks
			return &answer{500, nil, map[string]any{"message": "lost"}}
		}
		return nil
	})
	r := start(t, f, nil)
	r.answers(t)
	r.answers(t) // and not the first one again
	lost.Store(0)
	r.command(channel, "ada", "ask", "question", bottest.PlainQuestion)
	p, edited := r.next(), r.next()
	if !edited.Edited || edited.Text != p.Text || !edited.Ephemeral {
		t.Errorf("edited %v, ephemeral %v:\n%s", edited.Edited, edited.Ephemeral, edited.Text)
	}
}

func TestInteractionsSurviveFaults(t *testing.T) {
	core := quietBot(t)
	for name, fault := range bottest.Faults {
		r := start(t, newFake(t), core)
		r.answers(t)
		r.Fail(fault, 2)
		r.command(channel, "ada", "ask", "question", bottest.PlainQuestion)
		if p := r.next(); !p.Ephemeral {
			t.Errorf("%s: not ephemeral", name)
		}
		if n := r.Failed(); n != 2 {
			t.Errorf("%s: %d calls failed", name, n)
		}
	}
}

func TestAFullQueueIsToldToWhoeverUsesACommand(t *testing.T) {
	f := newFake(t)
	release := make(chan struct{})
	r := start(t, f, slowButBusy{slowBot{quietBot(t), release}}, func(a *Adapter) { a.deferAfter = time.Hour })
	r.eventually("commands are set", func() bool { return r.called("PUT /applications") == 1 })
	for range perLane + 1 {
		r.command(channel, "ada", "ask", "question", bottest.PlainQuestion)
	}
	if busy := r.next(); !busy.Ephemeral || !strings.Contains(busy.Text, "provider") {
		t.Errorf("ephemeral %v:\n%s", busy.Ephemeral, busy.Text)
	}
	close(release)
	for range perLane {
		r.next()
	}
}

func TestTheBaseOfAProxyMayHaveAPath(t *testing.T) {
	for _, base := range []string{"http://proxy:8080", "http://proxy:8080/", "http://proxy:8080/api/v9/", "http://proxy:8080/discord/"} {
		u, err := parseBase(base)
		if err != nil || u.Host != "proxy:8080" || u.Path != "" && u.Path != "/discord" {
			t.Errorf("%s: %v, %v", base, u, err)
		}
	}
	for _, base := range []string{"proxy:8080", "ftp://x", "http://"} {
		if _, err := parseBase(base); err == nil {
			t.Errorf("%s is taken", base)
		}
	}
}
