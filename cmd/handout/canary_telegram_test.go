package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// telegramHouse is as much of Telegram as a conversation needs: one person in
// one group, who always mentions the bot.
type telegramHouse struct {
	url  string
	sent chan string // texts of the bot

	mu      sync.Mutex
	updates []map[string]any
	done    int // updates that were confirmed
	more    chan struct{}
	refused func()
}

const (
	botName      = "handout_bot"
	acknowledged = "(a button is acknowledged)"
)

func newTelegramHouse(t *testing.T) *telegramHouse {
	h := &telegramHouse{sent: make(chan string, 1000), more: make(chan struct{}, 1)}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

// ServeHTTP is the Bot API.
func (h *telegramHouse) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	w.Header().Set("Content-Type", "application/json")
	switch method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]; method {
	case "getMe":
		fmt.Fprintf(w, `{"ok":true,"result":{"id":1,"is_bot":true,"username":%q}}`, botName)
	case "getUpdates":
		h.poll(w, r)
	case "sendMessage", "editMessageText":
		h.post(w, r.Form.Get("text"))
	case "answerCallbackQuery":
		fmt.Fprint(w, `{"ok":true,"result":true}`)
		h.sent <- acknowledged
	default:
		fmt.Fprint(w, `{"ok":true,"result":true}`)
	}
}

func (h *telegramHouse) poll(w http.ResponseWriter, r *http.Request) {
	offset, _ := strconv.Atoi(r.Form.Get("offset"))
	fresh := func() []map[string]any {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.done = max(h.done, offset-1)
		return h.updates[h.done:]
	}
	list := fresh()
	if len(list) == 0 && r.Form.Get("timeout") != "0" {
		select {
		case <-h.more:
		case <-r.Context().Done():
		}
		list = fresh()
	}
	data, _ := json.Marshal(map[string]any{"ok": true, "result": list})
	_, _ = w.Write(data)
}

// post takes a message, or refuses it in words that quote it.
func (h *telegramHouse) post(w http.ResponseWriter, text string) {
	h.mu.Lock()
	refused := h.refused
	h.refused = nil
	h.mu.Unlock()
	if refused != nil {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, `{"ok":false,"error_code":403,"description":"Forbidden: \"%s\" (%d) has blocked the bot in %d about \"%s\""}`, canaryName, canaryUser, -canaryChat, texter.question())
		refused()
		return
	}
	fmt.Fprint(w, `{"ok":true,"result":{"message_id":99}}`)
	h.sent <- text
}

func (h *telegramHouse) update(kind string, content map[string]any) {
	h.mu.Lock()
	h.updates = append(h.updates, map[string]any{"update_id": len(h.updates) + 1, kind: content})
	h.mu.Unlock()
	select {
	case h.more <- struct{}{}:
	default:
	}
}

var telegramPerson = map[string]any{"id": canaryUser, "first_name": canaryName, "username": canaryName, "last_name": canaryName}

func telegramMessage(text string) map[string]any {
	return map[string]any{"message_id": 5, "from": telegramPerson, "chat": map[string]any{"id": canaryChat, "type": "private", "first_name": canaryName}, "text": text}
}

func (h *telegramHouse) say(text string) { h.update("message", telegramMessage(text)) }

// hear says something and reads how the answer begins.
func (h *telegramHouse) hear(t *testing.T, text string) string {
	t.Helper()
	h.say(text)
	return await(t, h.sent, "")
}

func (h *telegramHouse) help(t *testing.T) {
	t.Helper()
	h.say("/help")
	await(t, h.sent, "/privacy says")
}

// await reads until there is a message with the words.
func await(t *testing.T, sent <-chan string, words string) string {
	t.Helper()
	for {
		select {
		case text := <-sent:
			if strings.Contains(text, words) {
				return text
			}
		case <-time.After(hung):
			t.Fatalf("nothing that says %q", words)
		}
	}
}

// refuse asks, and refuses the answer.
func (h *telegramHouse) refuse(question string) {
	done := make(chan struct{})
	h.mu.Lock()
	h.refused = func() { close(done) }
	h.mu.Unlock()
	h.say(question)
	<-done
}

// undecodable sends what a decoder quotes when it refuses it.
func (h *telegramHouse) undecodable() {
	m := telegramMessage(texter.word)
	m["from"] = map[string]any{"id": json.Number(fmt.Sprint(canaryUser, ".5")), "first_name": canaryName}
	h.update("message", m)
}

// vote dislikes an answer to a question in a group, and waits until that is acknowledged.
func (h *telegramHouse) vote(t *testing.T, question string) {
	answer := telegramMessage("an answer")
	answer["from"] = map[string]any{"id": 1, "is_bot": true}
	answer["chat"] = map[string]any{"id": canaryChat, "type": "supergroup"}
	answer["reply_to_message"] = telegramMessage(question)
	h.update("callback_query", map[string]any{"id": "1", "from": telegramPerson, "message": answer, "data": "-s:ecz-contagious"})
	await(t, h.sent, acknowledged)
}
