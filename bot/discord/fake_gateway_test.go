package discord

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// fakeGateway is the gateway's state.
type fakeGateway struct {
	mu       sync.Mutex
	interval int // of heartbeats, in ms
	deaf     bool
	mute     int // so many connections are not greeted
	sessions map[string]*fakeSession
	waiting  map[int][]fakeEvent // by shard, for who comes first
	starts   []gatewayStart
	refuse   []func(*fakeConn) bool // each handles the next identify or resume
	closed   []int                  // close codes that the bot sent
	open     map[*fakeConn]bool
}

type gatewayStart struct {
	Op, Shard, Shards, Seq int
	Session, Path          string
}

type fakeSession struct {
	id    string
	shard int
	seq   int
	log   []fakeEvent
	conn  *fakeConn
}

type fakeEvent struct {
	Op   int             `json:"op"`
	Seq  int             `json:"s,omitempty"`
	Type string          `json:"t,omitempty"`
	Data json.RawMessage `json:"d"`
}

type fakeConn struct {
	ws      *websocket.Conn
	mu      sync.Mutex
	closing atomic.Bool // by the fake
}

func (c *fakeConn) send(v any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.ws.WriteJSON(v) // a connection that broke is what some tests want
}

func (c *fakeConn) raw(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.ws.WriteMessage(websocket.TextMessage, []byte(text))
}

func (c *fakeConn) close(code int) {
	c.closing.Store(true)
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
}

func (g *fakeGateway) init() {
	g.interval = 41250
	g.sessions, g.waiting, g.open = map[string]*fakeSession{}, map[int][]fakeEvent{}, map[*fakeConn]bool{}
}

// cut breaks every connection without a goodbye.
func (g *fakeGateway) cut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for c := range g.open {
		_ = c.ws.NetConn().Close()
	}
}

// each does something with every open connection.
func (g *fakeGateway) each(do func(*fakeConn)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for c := range g.open {
		do(c)
	}
}

func (g *fakeGateway) count(op int) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := 0
	for _, s := range g.starts {
		if s.Op == op {
			n++
		}
	}
	return n
}

var upgrader = websocket.Upgrader{}

func (f *fake) serveGateway(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("v") != "9" || r.URL.Query().Get("encoding") != "json" {
		f.t.Errorf("gateway query %q", r.URL.RawQuery)
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &fakeConn{ws: ws}
	g := &f.gateway
	g.mu.Lock()
	g.open[c] = true
	interval := g.interval
	mute := g.mute > 0
	g.mute--
	g.mu.Unlock()
	defer func() {
		g.mu.Lock()
		delete(g.open, c)
		g.mu.Unlock()
		ws.Close()
	}()
	if !mute {
		c.send(map[string]any{"op": 10, "d": map[string]any{"heartbeat_interval": interval}})
	}
	for {
		var e fakeEvent
		if err := ws.ReadJSON(&e); err != nil {
			g.left(c, err)
			f.changed.tell()
			return
		}
		f.onOp(c, e, r.URL.Path)
	}
}

// left forgets a session that the bot ended.
func (g *fakeGateway) left(c *fakeConn, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	code := 1006
	if e, ok := err.(*websocket.CloseError); ok {
		code = e.Code
	}
	g.closed = append(g.closed, code)
	for id, s := range g.sessions {
		if s.conn == c {
			s.conn = nil
			if !c.closing.Load() && (code == 1000 || code == 1001) {
				delete(g.sessions, id)
			}
		}
	}
}

func (f *fake) onOp(c *fakeConn, e fakeEvent, path string) {
	g := &f.gateway
	switch e.Op {
	case 1:
		g.mu.Lock()
		deaf := g.deaf
		g.mu.Unlock()
		if !deaf {
			c.send(map[string]any{"op": 11})
		}
	case 2, 6:
		f.onStart(c, e, path)
	default:
		f.t.Errorf("operation %d", e.Op)
	}
}

func (f *fake) onStart(c *fakeConn, e fakeEvent, path string) {
	var d struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     int    `json:"seq"`
		Shard   [2]int `json:"shard"`
		Intents int    `json:"intents"`
	}
	if err := json.Unmarshal(e.Data, &d); err != nil {
		f.t.Errorf("start: %v", err)
	}
	const privileged = 1<<1 | 1<<8 | 1<<15
	if d.Intents&privileged != 0 {
		f.t.Errorf("privileged intents: %b", d.Intents)
	}
	defer f.changed.tell()
	g := &f.gateway
	g.mu.Lock()
	defer g.mu.Unlock()
	g.starts = append(g.starts, gatewayStart{e.Op, d.Shard[0], d.Shard[1], d.Seq, d.Session, path})
	if d.Token != f.token {
		c.close(4004)
		return
	}
	if len(g.refuse) > 0 {
		handle := g.refuse[0]
		g.refuse = g.refuse[1:]
		if handle(c) {
			return
		}
	}
	if e.Op == 6 {
		g.resume(c, d.Session, d.Seq)
		return
	}
	f.identify(c, d.Shard[0])
}

func (g *fakeGateway) resume(c *fakeConn, id string, seq int) {
	s := g.sessions[id]
	if s == nil {
		c.send(map[string]any{"op": 9, "d": false})
		return
	}
	s.conn = c
	for _, e := range s.log {
		if e.Seq > seq {
			c.send(e)
		}
	}
	s.push("RESUMED", json.RawMessage(`{}`))
}

func (f *fake) identify(c *fakeConn, shard int) {
	g := &f.gateway
	maps.DeleteFunc(g.sessions, func(_ string, old *fakeSession) bool { return old.shard == shard })
	s := &fakeSession{id: "session-" + strconv.Itoa(len(g.starts)), shard: shard, conn: c}
	g.sessions[s.id] = s
	ready, _ := json.Marshal(map[string]any{
		"v": 9, "session_id": s.id, "resume_gateway_url": "ws" + f.server.URL[len("http"):] + "/gateway/resume",
		"user": map[string]any{"id": fakeUser, "bot": true, "username": "handout", "discriminator": "0"}, "application": map[string]any{"id": fakeApp, "flags": 0},
		"guilds": []any{}, "shard": [2]int{shard, f.shards},
	})
	s.push("READY", ready)
	for _, e := range g.waiting[shard] {
		s.push(e.Type, e.Data)
	}
	delete(g.waiting, shard)
}

func (s *fakeSession) push(kind string, data json.RawMessage) {
	e := fakeEvent{0, s.seq + 1, kind, data}
	s.seq++
	s.log = append(s.log, e)
	if len(s.log) > 10_000 {
		s.log = s.log[5_000:] // a benchmark needs no replay
	}
	if s.conn != nil {
		s.conn.send(e)
	}
}

// event sends an event to a shard, or keeps it until that is there.
func (f *fake) event(shard int, kind string, data any) {
	raw, err := json.Marshal(data)
	if err != nil {
		f.t.Errorf("event: %v", err)
	}
	g := &f.gateway
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range g.sessions {
		if s.shard == shard {
			s.push(kind, raw)
			return
		}
	}
	g.waiting[shard] = append(g.waiting[shard], fakeEvent{Type: kind, Data: raw})
}
