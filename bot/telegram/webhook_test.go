package telegram

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"handout/bot/bottest"
)

// hook is an adapter that listens, and what Telegram sends it.
type hook struct {
	t      *testing.T
	url    string
	secret string
}

func newHook(t *testing.T, f *fake, cfg Config) (*hook, *stage) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	cfg.WebhookURL, cfg.WebhookAddr = "https://bot.example/hook", l.Addr().String()
	l.Close()
	a := f.quicken(New(discard, cfg))
	s := newStage(t, a)
	h := &hook{t: t, url: "http://" + cfg.WebhookAddr + "/hook"}
	f.awaitState(func() bool { return f.calls["setWebhook"] > 0 })
	f.mu.Lock()
	defer f.mu.Unlock()
	h.secret = f.hookSet.Get("secret_token")
	if f.hookSet.Get("url") != cfg.WebhookURL || h.secret == "" {
		t.Errorf("setWebhook: %v", f.hookSet)
	}
	return h, s
}

func (h *hook) post(secret, body string) int {
	h.t.Helper()
	req := httptest.NewRequest(http.MethodPost, h.url, strings.NewReader(body))
	req.RequestURI = ""
	req.Header.Set(secretHeader, secret)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Error(err)
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

func (f *fake) updateOf(id int, chat, text string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.chat(chat, false)
	raw, _ := json.Marshal(map[string]any{"update_id": id, "message": map[string]any{
		"message_id": id, "date": 1, "chat": c.json(), "from": c.person(), "text": text}})
	return string(raw)
}

func TestWebhook(t *testing.T) {
	f := newFake(t)
	h, s := newHook(t, f, f.config())
	question := f.updateOf(1, "ann", bottest.PlainQuestion)
	for _, tc := range []struct {
		name, secret, body string
		status             int
	}{
		{"wrong secret", "wrong", question, 403},
		{"no secret", "", question, 403},
		{"too large", h.secret, strings.Repeat(" ", maxUpdate+1), 413},
		{"no JSON", h.secret, "<html>", 200},
		{"undecodable", h.secret, `{"update_id":7,"message":5}`, 200},
		{"question", h.secret, question, 200},
		{"the same once more", h.secret, question, 200},
	} {
		if got := h.post(tc.secret, tc.body); got != tc.status {
			t.Errorf("%s: status %d, want %d", tc.name, got, tc.status)
		}
	}
	if f.next(); len(f.posted) != 0 || f.count("sendMessage") != 1 {
		t.Errorf("%d replies, want 1", f.count("sendMessage"))
	}
	s.hear()
	answered := make(chan int)
	go func() { answered <- h.post(h.secret, f.updateOf(2, "ann", holdText)) }()
	s.hear()
	s.cancel()
	close(s.gate)
	if got := <-answered; got != 200 {
		t.Errorf("during a stop: status %d, want 200 after the reply", got)
	}
	if err := s.wait(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestWebhookHasTelegramSendAgainWhatGotNoReply(t *testing.T) {
	f := newFake(t)
	cfg := f.config()
	cfg.Drain = 200 * time.Millisecond
	cfg.WebhookSecret = "chosen_secret-1"
	h, s := newHook(t, f, cfg)
	if h.secret != cfg.WebhookSecret {
		t.Errorf("secret %q", h.secret)
	}
	answered := make(chan int)
	go func() { answered <- h.post(h.secret, f.updateOf(2, "ann", holdText)) }()
	s.hear()
	s.cancel()
	if got := <-answered; got != 503 {
		t.Errorf("an update without reply: status %d", got)
	}
	if err := s.wait(); err == nil {
		t.Error("the stop says nothing of what was left")
	}
}

func TestABodyThatDoesNotArriveIsAskedForAgain(t *testing.T) {
	a := New(discard, Config{Token: fakeToken})
	a.self.Store(&user{ID: botID})
	r := httptest.NewRequest(http.MethodPost, "/", iotest.ErrReader(io.ErrUnexpectedEOF))
	r.Header.Set(secretHeader, "x")
	w := httptest.NewRecorder()
	a.webhook(t.Context(), t.Context(), "x").ServeHTTP(w, r)
	if w.Code != http.StatusRequestTimeout {
		t.Errorf("status %d, want 408", w.Code)
	}
}

func TestATokenThatIsRevokedEndsTheWebhook(t *testing.T) {
	f := newFake(t)
	h, s := newHook(t, f, f.config())
	f.mu.Lock()
	f.answerTo["sendMessage"] = func(w http.ResponseWriter) { refuse(w, 401, "Unauthorized", nil) }
	f.mu.Unlock()
	if got := h.post(h.secret, f.updateOf(1, "ann", bottest.PlainQuestion)); got != 503 {
		t.Errorf("refused once: status %d, want 503", got)
	}
	f.awaitState(func() bool { return f.calls["getMe"] == 2 }) // which is still answered
	f.answer401("getMe")
	h.post(h.secret, f.updateOf(2, "ann", bottest.PlainQuestion))
	if err := s.wait(); !isTokenError(err) {
		t.Errorf("err = %v", err)
	}
}
