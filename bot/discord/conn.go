package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"handout/bot/deliver"
)

// Operations of the gateway.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

// intents are the events that the bot wants. None is privileged: direct
// messages and mentions carry their text without.
const intents = discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

var (
	errReconnect = errors.New("the gateway asks to connect again")
	errSilent    = errors.New("the gateway does not answer heartbeats")
	errMute      = errors.New("the gateway does not take the session on")
)

// invalidSession is the gateway's answer to a start or a resumption that it
// does not take.
type invalidSession struct{ resumable bool }

// Error says so.
func (*invalidSession) Error() string { return "the gateway does not take the session" }

// dialer connects to the gateway. It is shared and never changed.
var dialer = &websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: 15 * time.Second}

const (
	writeTime  = 10 * time.Second
	closeTime  = 2 * time.Second // for the gateway's goodbye
	mostEvent  = 64 << 20        // bytes of an event
	keepCode   = 4000            // a close by us that keeps the session
	normalCode = websocket.CloseNormalClosure
)

// conn is one connection to the gateway.
type conn struct {
	ws    *websocket.Conn
	write sync.Mutex
	seq   atomic.Int64
	acked atomic.Bool
}

// connect runs one connection until it ends. The reason is never nil.
func (s *shard) connect(ctx context.Context) error {
	address, err := s.address(ctx)
	if err != nil {
		return err
	}
	ws, err := dial(ctx, address)
	if err != nil {
		return err
	}
	c := &conn{ws: ws}
	c.seq.Store(s.seq)
	defer context.AfterFunc(ctx, func() { c.close(normalCode) })()
	err = s.talk(ctx, c)
	if ctx.Err() == nil {
		c.close(keepCode)
	}
	_ = ws.Close() // it is over either way
	return err
}

func dial(ctx context.Context, address string) (*websocket.Conn, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("gateway address: %w", err)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = "v=" + discordgo.APIVersion + "&encoding=json"
	ws, resp, err := dialer.DialContext(ctx, u.String(), nil)
	if resp != nil && err != nil {
		return nil, fmt.Errorf("connect to the gateway: %w: HTTP %d", err, resp.StatusCode)
	}
	if err != nil {
		return nil, fmt.Errorf("connect to the gateway: %w", err)
	}
	ws.SetReadLimit(mostEvent)
	return ws, nil
}

// talk greets the gateway and reads events until the connection ends.
func (s *shard) talk(ctx context.Context, c *conn) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	giveUp := func(err error) {
		stop(err)
		c.close(keepCode)
	}
	s.greeting = time.AfterFunc(s.adapter.greetTime, func() { giveUp(errMute) })
	defer s.greeting.Stop()
	err := s.converse(ctx, c, giveUp)
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

func (s *shard) converse(ctx context.Context, c *conn, giveUp func(error)) error {
	interval, err := c.hello()
	if err != nil {
		return err
	}
	if err := s.introduce(c); err != nil {
		return err
	}
	go c.beat(ctx, giveUp, interval)
	for err == nil {
		err = s.next(ctx, c)
	}
	return err
}

// hello reads the gateway's first word: how often it wants a heartbeat.
func (c *conn) hello() (time.Duration, error) {
	e, err := c.read()
	if err != nil {
		return 0, err
	}
	var hello struct {
		Interval int `json:"heartbeat_interval"`
	}
	if err := json.Unmarshal(e.RawData, &hello); err != nil || e.Operation != opHello || hello.Interval <= 0 {
		return 0, fmt.Errorf("the gateway does not say hello, but operation %d", e.Operation)
	}
	return time.Duration(hello.Interval) * time.Millisecond, nil
}

// introduce starts a session or resumes one.
func (s *shard) introduce(c *conn) error {
	token := s.adapter.token
	if s.session != "" {
		return c.send(opResume, map[string]any{"token": token, "session_id": s.session, "seq": s.seq})
	}
	s.seq = 0
	c.seq.Store(0)
	return c.send(opIdentify, map[string]any{
		"token":      token,
		"intents":    intents,
		"shard":      [2]int{s.id, s.count},
		"properties": map[string]string{"os": "linux", "browser": "handout", "device": "handout"},
	})
}

// errUndecodable is an event that is not JSON of the known kind.
var errUndecodable = errors.New("event cannot be decoded")

func (c *conn) read() (*discordgo.Event, error) {
	_, data, err := c.ws.ReadMessage()
	if err != nil {
		return &discordgo.Event{}, err
	}
	var e discordgo.Event
	if err := json.Unmarshal(data, &e); err != nil {
		return &e, fmt.Errorf("%w: %T", errUndecodable, err) // its text may quote what a person wrote
	}
	return &e, nil
}

func (c *conn) send(op int, data any) error {
	c.write.Lock()
	defer c.write.Unlock()
	if err := c.ws.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return err
	}
	return c.ws.WriteJSON(map[string]any{"op": op, "d": data})
}

// beat sends heartbeats, the first one after a random part of the interval, and
// closes a connection on which they are not answered.
func (c *conn) beat(ctx context.Context, giveUp func(error), interval time.Duration) {
	c.acked.Store(true)
	for wait := rand.N(interval); deliver.Sleep(ctx, wait) == nil; wait = interval {
		if !c.acked.Swap(false) {
			giveUp(errSilent)
			return
		}
		if c.heartbeat() != nil {
			return // the reader meets the same error
		}
	}
}

func (c *conn) heartbeat() error {
	if seq := c.seq.Load(); seq > 0 {
		return c.send(opHeartbeat, seq)
	}
	return c.send(opHeartbeat, nil)
}

// close says goodbye and gives the gateway a moment to do so. A read in
// progress then ends.
func (c *conn) close(code int) {
	deadline := time.Now().Add(closeTime)
	err := c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), deadline)
	if err != nil {
		deadline = time.Now() // it is broken already
	}
	_ = c.ws.SetReadDeadline(deadline) // fails on a closed connection only
}
