package discord

import (
	"strings"
	"testing"
	"time"

	"handout/bot/bottest"
)

func isCallback(c call) bool { return strings.HasSuffix(c.path, "/callback") }

// plain checks an answer without embeds.
func plain(t *testing.T, what string, p seen) {
	t.Helper()
	if p.Limit != 2000 || p.Raw["embeds"] != nil || !strings.Contains(p.Text, "provider") || len(p.Buttons) == 0 {
		t.Errorf("%s: %v", what, p.Raw)
	}
}

func TestACommandWhereEmbedsAreHiddenIsAnsweredInPlainText(t *testing.T) {
	f := newFake(t)
	f.rights = "2147467255" // all but Embed Links and Administrator
	r := start(t, f, nil)
	r.command(channel, "ada", "ask", "question", bottest.PlainQuestion)
	p := r.next()
	plain(t, "command", p)
	if !p.Ephemeral {
		t.Error("not ephemeral")
	}
	r.press(channel, "ada", p.Buttons[len(p.Buttons)-4].Data)
	if shared := r.next(); shared.Ephemeral || shared.Limit != 2000 {
		t.Errorf("shared: %v", shared.Raw)
	}
}

func TestACommandWhoseEmbedIsRefusedIsAnsweredInPlainText(t *testing.T) {
	f := newFake(t)
	f.hook(first(1, isCallback, refuse(403, missingPermissions, "Missing Permissions")))
	r := start(t, f, nil)
	r.command(channel, "ada", "ask", "question", bottest.PlainQuestion)
	plain(t, "command", r.next())
}

// late lets the first answers to interactions come too late.
func late(c call) *answer {
	if !isCallback(c) {
		return nil
	}
	a := refuse(404, 10062, "Unknown interaction")
	return &a
}

func limited(c call) *answer {
	if !isCallback(c) {
		return nil
	}
	return &answer{429, map[string]string{"X-RateLimit-Scope": "shared"}, map[string]any{"message": "You are being rate limited.", "retry_after": 30.0, "global": false}}
}

func TestWhoIsAloneWithTheBotGetsALateAnswerAsAMessage(t *testing.T) {
	core := quietBot(t)
	for name, fault := range map[string]func(call) *answer{"late": late, "limited": limited} {
		f := newFake(t)
		f.hook(fault)
		var c clock
		r := start(t, f, core, func(a *Adapter) { a.setSleep(c.sleep) })
		r.command(direct, "ada", "ask", "question", bottest.PlainQuestion)
		if p := r.next(); p.Chat != "ada" || !strings.Contains(strings.ToLower(p.Text), "owl") || len(p.Buttons) == 0 {
			t.Errorf("%s: %v", name, p)
		}
		if c.waited(3*time.Second, time.Hour) {
			t.Errorf("%s: waits %v, longer than the ticket is good for", name, c.waits)
		}
	}
}

func TestALateAnswerIsNotShownToAServer(t *testing.T) {
	core := quietBot(t)
	for name, fault := range map[string]func(call) *answer{"late": late, "limited": limited} {
		f := newFake(t)
		f.hook(fault)
		r := start(t, f, core)
		r.command(channel, "ada", "ask", "question", bottest.PlainQuestion)
		r.eventually("it is logged", func() bool { return strings.Contains(r.log.String(), "answer not sent") })
		r.answers(t)
		if n := r.called("POST /channels"); n != 1 {
			t.Errorf("%s: %d messages", name, n)
		}
	}
}

func TestRefusedCommandsAreLoggedOnceAndMessagesAnswered(t *testing.T) {
	for status, code := range map[int]int{400: 30032, 403: 50001, 404: 10002} {
		f := newFake(t)
		f.hook(first(100, func(c call) bool { return c.method == "PUT" }, refuse(status, code, "Maximum number of application commands reached")))
		r := start(t, f, nil, patient)
		for n := range 3 {
			if n > 0 {
				r.gateway.each(func(c *fakeConn) { c.close(4009) })
			}
			r.eventually("the commands are refused", func() bool { return r.called("PUT") == n+1 })
			r.answers(t)
		}
		if n := strings.Count(r.log.String(), "commands cannot be set"); n != 1 {
			t.Errorf("%d: logged %d times\n%s", code, n, r.log)
		}
	}
}

func TestWhereItMayNotSpeakIsLoggedOnce(t *testing.T) {
	f := newFake(t)
	f.hook(first(4, isMessage, refuse(403, missingPermissions, "Missing Permissions")))
	r := start(t, f, nil)
	for range 2 { // no right to send, or timed out: with an embed, then without
		r.Say(bottest.Say{Chat: "general", Group: true, Mention: true, Text: bottest.PlainQuestion})
	}
	r.eventually("both are refused", func() bool { return r.called("POST /channels") == 4 })
	r.answers(t)
	if n := strings.Count(r.log.String(), "answer not sent"); n != 1 {
		t.Errorf("logged %d times\n%s", n, r.log)
	}
}

// A session that starts while the commands are being refused asks for one more
// try, as one that starts later does.
func TestASessionThatStartsWhileCommandsAreRefusedTriesThemAgain(t *testing.T) {
	f := newFake(t)
	started := make(chan struct{})
	f.hook(func(c call) *answer {
		if c.method != "PUT" {
			return nil
		}
		<-started
		a := refuse(400, 30032, "Maximum number of application commands reached")
		return &a
	})
	r := start(t, f, quietBot(t), patient)
	r.eventually("the commands are sent", func() bool { return r.called("PUT") == 1 })
	r.gateway.each(func(c *fakeConn) { c.close(4009) })
	r.eventually("the next session starts", func() bool { return r.gateway.count(opIdentify) == 2 })
	r.answers(t) // behind READY
	close(started)
	r.eventually("they are sent again", func() bool { return r.called("PUT") == 2 })
}

// patient gives a call all the time that a busy machine needs: a try that is
// given up would be made again.
func patient(a *Adapter) { a.api.timeout = time.Minute }
