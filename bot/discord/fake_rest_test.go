package discord

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"handout/bot/bottest"
)

// call is a request to the fake.
type call struct {
	method, path string // the path without /api/v9
	body         []byte
}

// answer is what the fake answers.
type answer struct {
	status int
	header map[string]string
	body   any
}

var noContent = answer{status: http.StatusNoContent}

func refuse(status, code int, message string) answer {
	return answer{status: status, body: map[string]any{"code": code, "message": message}}
}

func (f *fake) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/gateway", f.serveGateway)
	mux.HandleFunc("/gateway/", f.serveGateway)
	mux.HandleFunc("/api/v9/", f.serveREST)
	return mux
}

func (f *fake) serveREST(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the bot gave up
	}
	c := call{r.Method, strings.TrimPrefix(r.URL.Path, "/api/v9"), body}
	if f.quick != nil && strings.HasSuffix(c.path, "/messages") {
		f.quick.Add(1)
		reply(w, answer{200, nil, map[string]any{"id": "1"}})
		f.onQuick <- c.path
		return
	}
	f.mu.Lock()
	f.calls = append(f.calls, c.method+" "+c.path)
	f.mu.Unlock()
	f.changed.tell()
	defer f.changed.tell()
	r.Body = io.NopCloser(bytes.NewReader(body))
	if err := f.spec.check(r, c); err != nil {
		f.t.Errorf("request against the specification: %s %s: %v\n%.2000s", c.method, c.path, err, body)
	}
	if !open(c) && r.Header.Get("Authorization") != "Bot "+f.token {
		reply(w, refuse(http.StatusUnauthorized, 0, "401: Unauthorized"))
		return
	}
	if posts(c) && f.failNow(w, r) {
		return
	}
	f.mu.Lock()
	hook := f.onCall
	f.mu.Unlock()
	if hook != nil {
		if a := hook(c); a != nil {
			reply(w, *a)
			return
		}
	}
	reply(w, f.route(c))
}

func reply(w http.ResponseWriter, a answer) {
	for name, value := range a.header {
		w.Header().Set(name, value)
	}
	if text, ok := a.body.(string); ok {
		w.WriteHeader(a.status)
		io.WriteString(w, text)
		return
	}
	if a.body == nil {
		w.WriteHeader(a.status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	json.NewEncoder(w).Encode(a.body)
}

// open reports whether a call needs no token of the bot: an interaction has
// its own.
func open(c call) bool {
	return c.path == "/gateway" || strings.HasPrefix(c.path, "/interactions/") || strings.HasPrefix(c.path, "/webhooks/")
}

// posts reports whether a call shows something to people.
func posts(c call) bool {
	if strings.HasSuffix(c.path, "/callback") {
		return bytes.Contains(c.body[:min(len(c.body), 12)], []byte(`"type":4`)) || bytes.Contains(c.body[:min(len(c.body), 12)], []byte(`"type":5`))
	}
	return strings.HasSuffix(c.path, "/messages") || strings.HasPrefix(c.path, "/webhooks/")
}

// failNow lets a call fail as [fake.Fail] ordered.
func (f *fake) failNow(w http.ResponseWriter, r *http.Request) bool {
	f.mu.Lock()
	if f.faults == 0 {
		f.mu.Unlock()
		return false
	}
	f.faults--
	fault := f.fault
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.failed++
		f.mu.Unlock()
	}()
	switch fault {
	case bottest.Limited:
		reply(w, answer{429, map[string]string{"Retry-After": "1"}, map[string]any{"message": "You are being rate limited.", "retry_after": 0.3, "global": false}})
	case bottest.Broken:
		reply(w, refuse(500, 0, "500: Internal Server Error"))
	case bottest.Garbage:
		reply(w, answer{502, map[string]string{"Content-Type": "text/html"}, "<html>bad gateway</html>"})
	case bottest.Dropped:
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			conn.Close()
		}
	case bottest.Silent:
		<-r.Context().Done()
	}
	return true
}

// route is what Discord does with a call.
func (f *fake) route(c call) answer {
	parts := strings.Split(strings.Trim(c.path, "/"), "/")
	switch {
	case c.path == "/gateway/bot":
		return answer{200, nil, map[string]any{"url": "ws" + strings.TrimPrefix(f.server.URL, "http") + "/gateway", "shards": f.shards,
			"session_start_limit": map[string]any{"total": 1000, "remaining": 999, "reset_after": 86400000, "max_concurrency": 1}}}
	case c.path == "/gateway": // for bare discordgo
		return answer{200, nil, map[string]any{"url": "ws" + strings.TrimPrefix(f.server.URL, "http") + "/gateway"}}
	case c.path == "/applications/@me":
		return answer{200, nil, map[string]any{"id": fakeApp, "name": "Handout", "bot_public": true, "flags": 0}}
	case c.method == "PUT" && parts[0] == "applications":
		return f.setCommands(c)
	case parts[0] == "channels" && len(parts) == 3:
		return f.channelMessage(parts[1], object(f.t, c.body))
	case parts[0] == "channels" && len(parts) == 4 && c.method == http.MethodPatch:
		f.rewritten <- object(f.t, c.body)
		return answer{200, nil, map[string]any{"id": parts[3]}}
	case c.method == http.MethodGet && f.stored[c.path] != nil:
		return answer{200, nil, f.stored[c.path]}
	case c.method == http.MethodGet:
		return refuse(404, 10000, "unknown")
	case parts[0] == "interactions":
		return f.callback(parts[2], object(f.t, c.body))
	case parts[0] == "webhooks":
		return f.webhook(c, parts[2], object(f.t, c.body))
	}
	f.t.Errorf("unknown call %s %s", c.method, c.path)
	return refuse(404, 0, "404: Not Found")
}

func (f *fake) setCommands(c call) answer {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.commands = nil
	if err := json.Unmarshal(c.body, &f.commands); err != nil {
		f.t.Errorf("commands: %v", err)
	}
	return answer{200, nil, f.commands}
}

func (f *fake) channelMessage(channel string, body map[string]any) answer {
	f.mu.Lock()
	_, known := f.channels[channel]
	nonce := channel + " " + str(body["nonce"])
	again := body["enforce_nonce"] == true && f.nonces[nonce]
	f.nonces[nonce] = true
	f.mu.Unlock()
	switch {
	case !known:
		return refuse(404, 10003, "Unknown Channel")
	case again:
		return answer{200, nil, map[string]any{"id": "1"}}
	}
	return answer{200, map[string]string{"X-RateLimit-Remaining": "4", "X-RateLimit-Reset-After": "5"},
		map[string]any{"id": f.accept(channel, body, false, false), "channel_id": channel}}
}

const ephemeralFlag = 64

func (f *fake) callback(token string, body map[string]any) answer {
	f.mu.Lock()
	t := f.tickets[token]
	if t == nil {
		f.mu.Unlock()
		return refuse(404, 10062, "Unknown interaction")
	}
	if t.responded {
		f.mu.Unlock()
		return refuse(400, 40060, "Interaction has already been acknowledged.")
	}
	t.responded = true
	flags, _ := dig(body, "data", "flags").(float64)
	t.ephemeral = int(flags)&ephemeralFlag != 0
	f.mu.Unlock()
	data, _ := body["data"].(map[string]any)
	switch body["type"] {
	case 4.0:
		f.accept(t.channel, data, t.ephemeral, false)
	case 5.0:
	case 6.0:
		t.ephemeral = t.onOwn
	case 7.0:
		f.accept(t.channel, data, t.onOwn, true)
	case 9.0:
		f.modals <- data
	case 8.0:
		var list8 []bottest.Suggestion
		for _, c := range list(data["choices"]) {
			if name, value := str(dig(c, "name")), str(dig(c, "value")); name == "" || value == "" || max(markdown{}.Len(name), markdown{}.Len(value)) > 100 {
				f.t.Errorf("choice %q of value %q", name, value)
			}
			list8 = append(list8, bottest.Suggestion{Title: str(dig(c, "name")), Data: str(dig(c, "value"))})
		}
		if len(list8) > 25 {
			f.t.Errorf("%d choices", len(list8))
		}
		t.choices <- list8
	default:
		f.t.Errorf("callback of type %v", body["type"])
	}
	close(t.acked)
	return noContent
}

func (f *fake) webhook(c call, token string, body map[string]any) answer {
	f.mu.Lock()
	t := f.tickets[token]
	f.mu.Unlock()
	if t == nil || !t.responded {
		return refuse(404, 10015, "Unknown Webhook")
	}
	flags, _ := body["flags"].(float64)
	edit := c.method == http.MethodPatch
	hidden := int(flags)&ephemeralFlag != 0 || edit && t.ephemeral
	return answer{200, nil, map[string]any{"id": f.accept(t.channel, body, hidden, edit)}}
}

func (f *fake) called(want string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, c := range f.calls {
		if strings.HasPrefix(c, want) {
			n++
		}
	}
	return n
}

func (f *fake) hook(h func(call) *answer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.onCall = h
}
