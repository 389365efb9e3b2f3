package discord

import (
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"handout/bot/bottest"
)

// gatewayAnswer replaces what the fake says about its gateway, but for the
// address.
func (f *fake) gatewayAnswer(more map[string]any) func(call) *answer {
	return func(c call) *answer {
		if c.path != "/gateway/bot" {
			return nil
		}
		a := f.route(c)
		more["url"] = dig(a.body, "url")
		return &answer{200, nil, more}
	}
}

// nextStart handles the next identify or resume. The fake's lock is held.
func (f *fake) nextStart(handle func(*fakeConn)) {
	f.gateway.mu.Lock()
	defer f.gateway.mu.Unlock()
	f.gateway.refuse = append(f.gateway.refuse, func(c *fakeConn) bool { handle(c); return true })
}

// readyWith starts a session with a READY of the given content.
func (f *fake) readyWith(ready map[string]any) func(*fakeConn) {
	return func(c *fakeConn) {
		id := "session-" + strconv.Itoa(len(f.gateway.starts))
		clear(f.gateway.sessions)
		f.gateway.sessions[id] = &fakeSession{id: id, conn: c}
		if ready["session_id"] != nil {
			ready["session_id"] = id
		}
		c.send(map[string]any{"t": "READY", "d": ready})
		for _, e := range f.gateway.waiting[0] {
			f.gateway.sessions[id].push(e.Type, e.Data)
		}
		delete(f.gateway.waiting, 0)
	}
}

func TestAServerThatSaysLittleIsServed(t *testing.T) {
	f := newFake(t)
	says := f.gatewayAnswer(map[string]any{})
	f.hook(func(c call) *answer {
		if strings.HasPrefix(c.path, "/applications/") {
			return &answer{404, map[string]string{"Content-Type": "text/html"}, "Cannot PUT"}
		}
		return says(c)
	})
	little := f.readyWith(map[string]any{"user": map[string]any{"id": fakeUser}})
	f.nextStart(little)
	f.nextStart(little)
	var c clock
	r := start(t, f, nil, func(a *Adapter) { a.setSleep(c.sleep) })
	r.answers(t)
	r.eventually("commands are tried for the bot's own id", func() bool { return r.called("PUT /applications/"+fakeUser) == 6 })
	r.gateway.cut()
	r.eventually("new session", func() bool { return r.gateway.count(opIdentify) == 2 })
	r.Say(bottest.Say{Chat: "general", Group: true, Mention: true, Text: "/help"})
	r.next()
	if c.waited(time.Minute, time.Hour*25) {
		t.Errorf("waits %v", c.waits)
	}
}

func TestWithoutAnAddressToResumeAtTheGatewayServes(t *testing.T) {
	for name, ready := range map[string]map[string]any{
		"none":        {"session_id": "", "user": map[string]any{"id": fakeUser}},
		"unreachable": {"session_id": "", "user": map[string]any{"id": fakeUser}, "resume_gateway_url": "ws://127.0.0.1:1"},
	} {
		f := newFake(t)
		f.hook(f.gatewayAnswer(map[string]any{"session_start_limit": map[string]any{"total": 1000, "remaining": 1, "reset_after": 3600_000, "max_concurrency": 1}}))
		f.nextStart(f.readyWith(ready))
		var c clock
		r := start(t, f, quietBot(t), func(a *Adapter) { a.setSleep(c.sleep) })
		r.answers(t)
		r.gateway.cut()
		r.eventually(name+": resume", func() bool { return r.gateway.count(opResume) == 1 })
		r.answers(t)
		if c.waited(time.Minute, 2*time.Hour) || r.gateway.count(opIdentify) != 1 {
			t.Errorf("%s: waits %v as if a start were needed", name, c.waits)
		}
	}
}

func TestStartsAreSpacedAsTheServerSays(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	for _, tc := range []struct {
		limit discordgo.SessionInformation
		want  [4]time.Duration
	}{
		{discordgo.SessionInformation{}, [4]time.Duration{0, startInterval, 2 * startInterval, 3 * startInterval}},
		{discordgo.SessionInformation{Total: 10, Remaining: 10, MaxConcurrency: 16}, [4]time.Duration{0, 0, 0, 0}},
		{discordgo.SessionInformation{Total: 10, Remaining: 10, MaxConcurrency: 2}, [4]time.Duration{0, 0, startInterval, startInterval}},
		{discordgo.SessionInformation{Total: 10, Remaining: 1, MaxConcurrency: 16, ResetAfter: 3600_000}, [4]time.Duration{0, time.Hour, time.Hour, time.Hour}},
		{discordgo.SessionInformation{Total: 2, Remaining: 0, MaxConcurrency: 16, ResetAfter: 3600_000}, [4]time.Duration{time.Hour, time.Hour, 25 * time.Hour, 25 * time.Hour}},
	} {
		s := newStarter(log, tc.limit, brief)
		began := time.Now()
		for shard, want := range tc.want {
			if got := s.reserve(shard).Sub(began); got < want-time.Second || got > want+time.Second {
				t.Errorf("%+v: shard %d starts after %v, want %v", tc.limit, shard, got, want)
			}
		}
	}
}

func TestThatNoStartIsLeftIsLoggedAndWaitedFor(t *testing.T) {
	f := newFake(t)
	f.hook(f.gatewayAnswer(map[string]any{"session_start_limit": map[string]any{"total": 1000, "remaining": 0, "reset_after": 3600_000, "max_concurrency": 1}}))
	var c clock
	r := start(t, f, nil, func(a *Adapter) { a.setSleep(c.sleep) })
	r.answers(t)
	if !c.waited(59*time.Minute, time.Hour) || !strings.Contains(r.log.String(), "wait=1h0m0s") {
		t.Errorf("waits %v, log:\n%s", c.waits, r.log)
	}
}

func TestAGatewayThatDoesNotGreetIsLeft(t *testing.T) {
	core := quietBot(t)
	for name, silence := range map[string]func(*fake){
		"no hello":   func(f *fake) { f.gateway.mute = 2 },
		"no ready":   func(f *fake) { f.nextStart(func(*fakeConn) {}) },
		"no resumed": func(*fake) {},
	} {
		f := newFake(t)
		silence(f)
		r := start(t, f, core, func(a *Adapter) { a.greetTime = 200 * time.Millisecond })
		r.answers(t)
		if name == "no resumed" {
			f.nextStart(func(*fakeConn) {})
			f.gateway.cut()
			r.answers(t)
		}
		if !strings.Contains(r.log.String(), errMute.Error()) {
			t.Errorf("%s: log:\n%s", name, r.log)
		}
	}
}

// A server that is not Discord's may quote the request.
func TestWhatAnErrorQuotesIsNotLogged(t *testing.T) {
	f := newFake(t)
	f.hook(func(c call) *answer {
		if !posts(c) {
			return nil
		}
		return &answer{404, nil, map[string]any{"statusCode": 404, "error": "Not Found", "message": fmt.Sprintf("Route %s:/api/v9%s not found", c.method, c.path)}}
	})
	r := start(t, f, nil) // which looks for secrets in the log
	r.command(channel, "ada", "ask", "question", bottest.PlainQuestion)
	r.Say(bottest.Say{Chat: "ada", Text: bottest.PlainQuestion})
	r.eventually("both are logged", func() bool { return strings.Count(r.log.String(), "answer not sent") == 2 })
}
