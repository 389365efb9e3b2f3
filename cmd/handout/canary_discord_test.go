package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gorilla/websocket"
)

// discordHouse is as much of Discord as a conversation needs: one person, in a
// direct chat and in a server.
type discordHouse struct {
	url  string
	sent chan string // texts of the bot

	mu      sync.Mutex
	conn    *websocket.Conn // once the session is on
	seq     int
	waiting []any
	refused func()
}

func newDiscordHouse(t *testing.T) *discordHouse {
	h := &discordHouse{sent: make(chan string, 1000)}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

// ServeHTTP is the REST interface and the gateway.
func (h *discordHouse) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/json")
	switch path := strings.TrimPrefix(r.URL.Path, "/api/v9"); {
	case path == "/gateway":
		h.gateway(w, r)
	case path == "/gateway/bot":
		fmt.Fprintf(w, `{"url":"ws%s/gateway","shards":1,"session_start_limit":{"total":1000,"remaining":999,"reset_after":1,"max_concurrency":1}}`, strings.TrimPrefix(h.url, "http"))
	case path == "/applications/@me":
		fmt.Fprint(w, `{"id":"11","name":"Handout","bot_public":true}`)
	case r.Method == http.MethodPost || r.Method == http.MethodPatch:
		h.post(w, body)
	default:
		fmt.Fprint(w, `[]`)
	}
}

func (h *discordHouse) post(w http.ResponseWriter, body []byte) {
	h.mu.Lock()
	refused := h.refused
	h.refused = nil
	h.mu.Unlock()
	if refused != nil {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, `{"code":50007,"message":"Cannot send \"%s\" to \"%s\" (%d) in %d"}`, chatter.question(), canaryName, canaryUser, canaryChat)
		refused()
		return
	}
	fmt.Fprint(w, `{"id":"99"}`)
	h.sent <- string(body)
}

func (h *discordHouse) gateway(w http.ResponseWriter, r *http.Request) {
	conn, err := new(websocket.Upgrader).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	h.write(conn, map[string]any{"op": 10, "d": map[string]any{"heartbeat_interval": 45000}})
	for {
		var e struct {
			Op int `json:"op"`
		}
		if conn.ReadJSON(&e) != nil {
			h.left()
			return
		}
		switch e.Op {
		case 1:
			h.write(conn, map[string]any{"op": 11})
		case 2, 6:
			h.begin(conn)
		}
	}
}

func (h *discordHouse) left() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conn = nil
}

// begin starts a session, with what was said while there was none.
func (h *discordHouse) begin(conn *websocket.Conn) {
	h.mu.Lock()
	h.conn, h.seq = conn, 0
	waiting := h.waiting
	h.waiting = nil
	h.mu.Unlock()
	h.event("READY", map[string]any{"session_id": "s", "user": map[string]any{"id": "22", "bot": true}, "application": map[string]any{"id": "11"}})
	for _, e := range waiting {
		h.event("MESSAGE_CREATE", e)
	}
}

func (h *discordHouse) write(conn *websocket.Conn, v any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	_ = conn.WriteJSON(v)
}

func (h *discordHouse) event(kind string, data any) {
	h.mu.Lock()
	if h.conn == nil {
		h.waiting = append(h.waiting, data)
		h.mu.Unlock()
		return
	}
	h.seq++
	conn, e := h.conn, map[string]any{"op": 0, "t": kind, "s": h.seq, "d": data}
	h.mu.Unlock()
	h.write(conn, e)
}

var discordPerson = map[string]any{"id": fmt.Sprint(canaryUser), "username": canaryName, "global_name": canaryName}

// discordIDs counts: no two messages or interactions have the same.
var discordIDs atomic.Int64

func discordMessage(text string) map[string]any {
	return map[string]any{"id": fmt.Sprint(discordIDs.Add(1)), "channel_id": fmt.Sprint(canaryChat), "type": 0, "content": text, "author": discordPerson}
}

func (h *discordHouse) say(text string) { h.event("MESSAGE_CREATE", discordMessage(text)) }

// hear says something and reads how the answer begins.
func (h *discordHouse) hear(t *testing.T, text string) string {
	t.Helper()
	h.say(text)
	return await(t, h.sent, "")
}

func (h *discordHouse) help(t *testing.T) {
	t.Helper()
	h.say("/help")
	await(t, h.sent, "/privacy says")
}

// refuse asks, and refuses the answer.
func (h *discordHouse) refuse(question string) {
	done := make(chan struct{})
	h.mu.Lock()
	h.refused = func() { close(done) }
	h.mu.Unlock()
	h.say(question)
	<-done
}

// undecodable sends what a decoder quotes when it refuses it.
func (h *discordHouse) undecodable() {
	m := discordMessage(chatter.word)
	m["type"] = json.Number(fmt.Sprint(canaryUser, ".5"))
	h.event("MESSAGE_CREATE", m)
}

// vote asks in a server, and dislikes an answer to a question there.
func (h *discordHouse) vote(t *testing.T, question string) {
	at := func(kind int, data map[string]any) map[string]any {
		return map[string]any{"id": fmt.Sprint(canaryChat, discordIDs.Add(1)), "application_id": "11", "type": kind, "token": canaryName + fmt.Sprint(kind), "channel_id": fmt.Sprint(canaryChat),
			"guild_id": fmt.Sprint(canaryChat), "context": 0, "member": map[string]any{"nick": canaryName, "user": discordPerson}, "data": data}
	}
	h.event("INTERACTION_CREATE", at(2, map[string]any{"name": "ask", "type": 1, "options": []any{map[string]any{"name": "question", "type": 3, "value": question}}}))
	await(t, h.sent, "")
	press := at(3, map[string]any{"custom_id": "-s:ecz-contagious", "component_type": 2})
	press["message"] = map[string]any{"id": "78", "author": map[string]any{"id": "22", "bot": true}, "referenced_message": discordMessage(question)}
	h.event("INTERACTION_CREATE", press)
	await(t, h.sent, "Your vote")
}
