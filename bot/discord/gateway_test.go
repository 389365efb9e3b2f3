package discord

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"handout/bot/bottest"
)

// clock is one that only notes for how long someone would have waited.
type clock struct {
	mu    sync.Mutex
	waits []time.Duration
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	c.waits = append(c.waits, d)
	c.mu.Unlock()
	return brief(ctx, d)
}

// waited reports whether someone waited for a time in the range.
func (c *clock) waited(least, most time.Duration) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range c.waits {
		if d >= least && d <= most {
			return true
		}
	}
	return false
}

func (r *running) answers(t *testing.T) {
	t.Helper()
	r.Say(bottest.Say{Chat: "ada", Text: bottest.PlainQuestion})
	if a := r.next(); !strings.Contains(strings.ToLower(a.Text), "owl") {
		t.Errorf("answered:\n%s", a.Text)
	}
}

func TestEveryCloseCode(t *testing.T) {
	core := quietBot(t)
	for code, want := range map[int]string{
		1000: "resume", 1001: "resume", 1006: "resume", 4000: "resume", 4001: "resume", 4002: "resume", 4003: "start", 4005: "resume", 4007: "start", 4008: "resume", 4009: "start",
		4004: "stop", 4010: "stop", 4011: "stop", 4012: "stop", 4013: "stop", 4014: "stop",
	} {
		f := newFake(t)
		r := start(t, f, core)
		r.answers(t)
		if code == 1006 {
			r.gateway.cut()
		} else {
			r.gateway.each(func(c *fakeConn) { c.close(code) })
		}
		switch want {
		case "resume":
			r.eventually("resume", func() bool { return r.gateway.count(opResume) == 1 })
			r.answers(t)
		case "start":
			r.eventually("new session", func() bool { return r.gateway.count(opIdentify) == 2 })
			r.Say(bottest.Say{Chat: "bob", Text: "/help"})
			r.next()
		case "stop":
			r.eventually("stop", func() bool { return r.gateway.count(opIdentify) == 1 && fatal(r.wait()) == code })
		}
		if n := r.gateway.count(opIdentify); want == "resume" && n != 1 {
			t.Errorf("%d: %d new sessions", code, n)
		}
	}
}

// fatal is the code of the error by which the adapter ended.
func fatal(err error) int {
	var f *FatalError
	if errors.As(err, &f) && f.Fix != "" && f.What != "" {
		return f.Code
	}
	return 0
}

func TestAResumedSessionLosesAndRepeatsNothing(t *testing.T) {
	r := start(t, newFake(t), nil)
	r.answers(t)
	for n := range 5 {
		r.gateway.cut()
		r.Say(bottest.Say{Chat: "ada", Text: bottest.HostileQuery}) // while nobody listens
		if a := r.next(); !strings.Contains(a.Text, "hostile") {
			t.Fatalf("round %d:\n%s", n, a.Text)
		}
		r.answers(t)
	}
	for _, s := range r.gateway.starts[1:] {
		if s.Op != opResume || s.Session == "" || s.Seq == 0 || s.Path != "/gateway/resume" {
			t.Errorf("start %+v", s)
		}
	}
}

func TestAnInvalidSessionIsWaitedForAndReplaced(t *testing.T) {
	core := quietBot(t)
	for _, resumable := range []bool{true, false} {
		var c clock
		r := start(t, newFake(t), core, func(a *Adapter) { a.setSleep(c.sleep) })
		r.answers(t)
		r.gateway.mu.Lock()
		r.gateway.refuse = append(r.gateway.refuse, func(c *fakeConn) bool { c.send(map[string]any{"op": 9, "d": resumable}); return true })
		r.gateway.mu.Unlock()
		r.gateway.cut()
		r.eventually("the session goes on", func() bool {
			return resumable && r.gateway.count(opResume) == 2 || !resumable && r.gateway.count(opIdentify) == 2
		})
		r.answers(t)
		if !c.waited(time.Second, 5*time.Second) {
			t.Errorf("waits %v, want one of 1 to 5 s", c.waits)
		}
	}
}

func TestAskedToReconnectItResumesAtOnce(t *testing.T) {
	r := start(t, newFake(t), nil)
	r.answers(t)
	r.gateway.each(func(c *fakeConn) { c.send(map[string]any{"op": 7}) })
	r.eventually("resume", func() bool { return r.gateway.count(opResume) == 1 })
	r.answers(t)
}

func TestASilentGatewayIsLeft(t *testing.T) {
	f := newFake(t)
	f.gateway.interval = 30
	r := start(t, f, nil)
	r.answers(t)
	r.gateway.mu.Lock()
	r.gateway.deaf = true
	r.gateway.mu.Unlock()
	r.eventually("resume", func() bool { return r.gateway.count(opResume) >= 1 })
	r.gateway.mu.Lock()
	r.gateway.deaf = false
	r.gateway.mu.Unlock()
	r.answers(t)
}

func TestTwoShards(t *testing.T) {
	f := newFake(t)
	f.shards = 2
	var c clock
	r := start(t, f, nil, func(a *Adapter) { a.setSleep(c.sleep) })
	for shard := range 2 {
		m := r.message(bottest.Say{Chat: "general", Group: true, Mention: true, Text: bottest.PlainQuestion})
		r.event(shard, "MESSAGE_CREATE", m)
		r.next()
	}
	if r.gateway.starts[0].Shard == r.gateway.starts[1].Shard || r.gateway.starts[0].Shards != 2 {
		t.Errorf("starts %+v", r.gateway.starts)
	}
	if !c.waited(5*time.Second, 6*time.Second) {
		t.Errorf("waits %v, want 5 s between two starts", c.waits)
	}
}

func TestAWrongTokenEndsTheSurfaceWithAdvice(t *testing.T) {
	core := quietBot(t)
	for name, set := range map[string]func(*Adapter){
		"refused":    func(a *Adapter) { a.api.token = "Bot other" },
		"at gateway": func(a *Adapter) { a.token = "other" },
		"missing":    func(a *Adapter) { a.token = "" },
		"two lines":  func(a *Adapter) { a.token = "a\nb" },
	} {
		r := start(t, newFake(t), core, set)
		var f *FatalError
		if err := r.wait(); !errors.As(err, &f) || !strings.Contains(err.Error(), "developer portal") && name != "two lines" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestItStartsWithoutANetwork(t *testing.T) {
	f := newFake(t)
	tries := 0
	f.hook(func(c call) *answer {
		if c.path != "/gateway/bot" {
			return nil
		}
		tries++
		switch tries {
		case 1:
			return &answer{500, nil, "oops"}
		case 2:
			return &answer{200, map[string]string{"Content-Type": "text/html"}, "<html>sign in to this hotel</html>"}
		case 3:
			return &answer{429, nil, map[string]any{"retry_after": 30.0, "message": "slow"}}
		case 4:
			return &answer{404, nil, map[string]any{"message": "a proxy that does not know the way"}}
		case 5:
			return &answer{200, nil, map[string]any{"url": "ws://127.0.0.1:1", "shards": 1}}
		}
		return nil
	})
	var c clock
	r := start(t, f, nil, func(a *Adapter) { a.setSleep(c.sleep) })
	r.answers(t)
	if !c.waited(30*time.Second, 30*time.Second) {
		t.Errorf("waits %v, want the 30 s that were asked for", c.waits)
	}
}

func TestCommandsAreSetInSpiteOfFailures(t *testing.T) {
	f := newFake(t)
	tries := 0
	f.hook(func(c call) *answer {
		if c.method == http.MethodPut {
			if tries++; tries < 4 {
				return &answer{503, map[string]string{"Content-Type": "text/html"}, "<html>"}
			}
		}
		return nil
	})
	r := start(t, f, nil)
	r.answers(t)
	r.eventually("commands", func() bool { r.mu.Lock(); defer r.mu.Unlock(); return len(r.commands) > 0 })
	names := map[string]map[string]any{}
	for _, c := range r.commands {
		names[str(c["name"])] = c
		if len(list(c["contexts"])) != 3 || len(list(c["integration_types"])) != 2 {
			t.Errorf("%v: contexts %v, installs %v", c["name"], c["contexts"], c["integration_types"])
		}
	}
	for _, name := range []string{"ask", findCommand, "help", "topics", "region", "sources", "privacy", "start"} {
		if names[name] == nil {
			t.Errorf("no command %q", name)
		}
	}
	regions := list(dig(list(names["region"]["options"])[0], "choices"))
	if len(regions) < 2 || str(dig(regions[len(regions)-1], "value")) != "none" {
		t.Errorf("choices of /region: %v", regions)
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	f := newFake(t)
	a := f.adapter(nil)
	for _, finding := range a.Check(t.Context()) {
		if finding.Fix != "" {
			t.Errorf("%+v", finding)
		}
	}
	a.api.token = "Bot wrong"
	if list := a.Check(t.Context()); len(list) != 1 || !strings.Contains(list[0].Fix, "reset the token") {
		t.Errorf("%+v", list)
	}
	link, err := f.adapter(nil).Invite(t.Context())
	if err != nil || link != "https://discord.com/oauth2/authorize?client_id="+fakeApp+"&permissions=274877991936&scope=bot+applications.commands" {
		t.Errorf("%s, %v", link, err)
	}
}
