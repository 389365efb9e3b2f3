package discord

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
	"handout/bot/desk"
	"handout/knowledge/editorial"
)

// latest is the session and its last event that a person made.
func (g *fakeGateway) latest() (s *fakeSession, last fakeEvent) {
	for _, s = range g.sessions {
		for _, e := range s.log {
			if e.Type == "MESSAGE_CREATE" || e.Type == "INTERACTION_CREATE" {
				last = e
			}
		}
	}
	return s, last
}

// again are the ways in which the gateway may give an event twice.
var again = map[string]func(r *running){
	"under its own number": func(r *running) {
		r.gateway.mu.Lock()
		defer r.gateway.mu.Unlock()
		s, last := r.gateway.latest()
		s.conn.send(last)
	},
	"under a new number": func(r *running) {
		r.gateway.mu.Lock()
		defer r.gateway.mu.Unlock()
		s, last := r.gateway.latest()
		s.push(last.Type, last.Data)
	},
	"by a resumption that begins too early": func(r *running) {
		r.gateway.mu.Lock()
		r.gateway.refuse = append(r.gateway.refuse, func(c *fakeConn) bool {
			s, _ := r.gateway.latest()
			r.gateway.resume(c, s.id, 0)
			return true
		})
		r.gateway.mu.Unlock()
		r.gateway.cut()
		r.eventually("resume", func() bool { return r.gateway.count(opResume) == 1 })
	},
	"in a new session": func(r *running) {
		r.gateway.mu.Lock()
		_, last := r.gateway.latest()
		r.gateway.mu.Unlock()
		r.gateway.each(func(c *fakeConn) { c.close(4009) })
		r.eventually("new session", func() bool { return r.gateway.count(opIdentify) == 2 })
		r.event(0, last.Type, json.RawMessage(last.Data))
	},
}

func TestWhatComesTwiceIsDoneOnce(t *testing.T) {
	for name, act := range map[string]func(r *running, snippet string){
		"message": func(r *running, snippet string) { r.Say(bottest.Say{Chat: "ada", Text: snippet}) },
		"mention": func(r *running, snippet string) {
			r.Say(bottest.Say{Chat: "general", Group: true, Mention: true, Text: snippet})
		},
		"command":  func(r *running, snippet string) { r.command(channel, "ada", "ask", "question", snippet) },
		"press":    func(r *running, snippet string) { r.press(channel, "ada", "s:"+snippet) },
		"vote":     func(r *running, snippet string) { r.press(channel, "ada", "+s:"+snippet) },
		"share":    func(r *running, snippet string) { r.press(channel, "ada", shareAction+"s:"+snippet) },
		"the desk": func(r *running, snippet string) { r.stepOn(true, "d:"+snippet, r.moderator("mod", editorRole)) },
	} {
		for how, repeat := range again {
			t.Run(name+" "+how, func(t *testing.T) {
				f := newFake(t)
				heard := make(chan bot.Message, 100)
				d := doing(func(_ context.Context, _ editorial.Person, in desk.Input) desk.View {
					heard <- bot.Message{Action: in.Action}
					return desk.View{Title: "Seen"}
				})
				r := start(t, f, listening{quietBot(t), heard}, func(a *Adapter) {
					a.desk = newModerators(Config{Desk: d, DeskGuilds: []string{fakeGuild}, EditorRoles: []string{editorRole}})
				})
				r.eventually("commands are set", func() bool { return r.called("PUT /applications") == 1 })
				act(r, bottest.Plain)
				r.next()
				repeat(r)
				act(r, bottest.Hostile)
				n := 0
				for m := (bot.Message{}); !strings.Contains(m.Text+m.Action, bottest.Hostile); m = <-heard {
					if strings.Contains(m.Text+m.Action, bottest.Plain) {
						n++
					}
				}
				if n != 1 {
					t.Errorf("done %d times", n)
				}
			})
		}
	}
}

func TestWhatHasNoIDIsNotTakenForTheSame(t *testing.T) {
	a := &Adapter{}
	for range 2 {
		if !a.fresh("message ", "") {
			t.Error("taken for the same")
		}
	}
	if !a.fresh("message ", "1") || !a.fresh("interaction ", "1") || a.fresh("message ", "1") {
		t.Error("messages and interactions are told apart by their ids and nothing else")
	}
}
