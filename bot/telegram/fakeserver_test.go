package telegram

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"handout/bot/bottest"
)

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || token != fakeToken {
		refuse(w, 401, "Unauthorized", nil)
		return
	}
	if err := readParams(r); err != nil {
		f.t.Errorf("%s: %v", method, err)
	}
	f.contract.check(f.t, method, r.PostForm)
	f.mu.Lock()
	f.calls[method]++
	if method == "setWebhook" {
		f.hookSet = r.PostForm
	}
	if method == "setMyCommands" {
		f.menu = r.PostForm
	}
	defer f.noticed()
	other := f.answerTo[method]
	f.mu.Unlock()
	if other != nil {
		other(w)
		return
	}
	switch method {
	case "getMe":
		grant(w, selfJSON())
	case "getUpdates":
		f.getUpdates(w, r)
	case "sendMessage":
		f.sendMessage(w, r)
	case "editMessageText":
		f.editMessage(w, r.PostForm)
	case "getChatMember":
		f.mu.Lock()
		status := cmp.Or(f.members[r.PostForm.Get("user_id")], "left")
		f.mu.Unlock()
		grant(w, map[string]any{"status": status, "user": map[string]any{"id": 1}})
	case "answerCallbackQuery":
		f.answer(w, "callback_query_id", r.PostForm)
	case "answerInlineQuery":
		f.answer(w, "inline_query_id", r.PostForm)
	case "setMyCommands", "sendChatAction", "setWebhook", "deleteWebhook":
		grant(w, true)
	default:
		refuse(w, 404, "Not Found: method not found", nil)
	}
}

// readParams fills the request's form in any of the ways that Telegram reads.
func readParams(r *http.Request) error {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		err := r.ParseMultipartForm(1 << 20)
		if errors.Is(err, http.ErrNotMultipart) {
			return nil
		}
		return err
	}
	var object map[string]json.RawMessage
	if err := json.NewDecoder(r.Body).Decode(&object); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	r.PostForm = url.Values{}
	for name, raw := range object {
		value := string(raw)
		var text string
		if json.Unmarshal(raw, &text) == nil {
			value = text
		}
		if value != "null" && value != "" {
			r.PostForm.Set(name, value)
		}
	}
	return nil
}

// noticed wakes those who wait for a state of the fake.
func (f *fake) noticed() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.changed()
}

// changed is noticed with the lock held.
func (f *fake) changed() {
	close(f.seen)
	f.seen = make(chan struct{})
}

func grant(w http.ResponseWriter, result any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func refuse(w http.ResponseWriter, code int, description string, parameters map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": false, "error_code": code, "description": description, "parameters": parameters})
}

func (f *fake) getUpdates(w http.ResponseWriter, r *http.Request) {
	offset, _ := strconv.Atoi(r.PostForm.Get("offset"))
	limit, _ := strconv.Atoi(cmp.Or(r.PostForm.Get("limit"), "100"))
	hold, _ := strconv.Atoi(r.PostForm.Get("timeout"))
	late := time.After(time.Duration(hold) * time.Second)
	for {
		f.mu.Lock()
		f.offset = max(f.offset, offset)
		f.updates = slices.DeleteFunc(f.updates, func(u fakeUpdate) bool { return u.id < offset })
		f.changed()
		list := []json.RawMessage{} // never null
		for _, u := range f.updates[:min(len(f.updates), limit)] {
			list = append(list, u.raw)
		}
		wake, cut := f.wake, f.cut
		f.mu.Unlock()
		if len(list) > 0 || hold == 0 {
			grant(w, list)
			return
		}
		select {
		case <-wake:
		case <-cut:
			panic(http.ErrAbortHandler)
		case <-r.Context().Done():
			return
		case <-late:
			hold = 0
		}
	}
}

func (f *fake) sendMessage(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.logged = append(f.logged, r.PostForm)
	if len(f.faults) > 0 {
		fault := f.faults[0]
		f.faults = f.faults[1:]
		f.failed++
		f.mu.Unlock()
		breakDown(w, r, fault)
		return
	}
	p, m, err := f.accept(r.PostForm)
	f.mu.Unlock()
	if err != nil {
		f.t.Errorf("sendMessage: %v", err)
		refuse(w, 400, "Bad Request: "+err.Error(), nil)
		return
	}
	f.posted <- p
	grant(w, m.json())
}

// editMessage puts a text in the place of another.
func (f *fake) editMessage(w http.ResponseWriter, v url.Values) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.message(v.Get("message_id"))
	p, edited, err := f.accept(v)
	if err != nil {
		f.t.Errorf("editMessageText: %v", err)
		refuse(w, 400, "Bad Request: "+err.Error(), nil)
		return
	}
	f.sent = f.sent[:len(f.sent)-1]
	m.text, p.ID = edited.text, strconv.Itoa(m.id)
	f.edits++
	f.posted <- p
	grant(w, m.json())
}

func breakDown(w http.ResponseWriter, r *http.Request, fault bottest.Fault) {
	switch fault {
	case bottest.Limited:
		refuse(w, 429, "Too Many Requests: retry after 1", map[string]any{"retry_after": 1})
	case bottest.Broken:
		refuse(w, 500, "Internal Server Error", nil)
	case bottest.Garbage:
		w.WriteHeader(502)
		fmt.Fprint(w, "<html><body><h1>502 Bad Gateway</h1></body></html>")
	case bottest.Dropped:
		panic(http.ErrAbortHandler)
	case bottest.Silent:
		<-r.Context().Done()
	}
}

// accept does what Telegram does with a message. The lock is held.
func (f *fake) accept(v url.Values) (p bottest.Posted, m *fakeMessage, err error) {
	text := v.Get("text")
	switch {
	case v.Get("parse_mode") == "HTML":
		text, err = readHTML(text)
	case !f.plain:
		err = errors.New("not HTML")
	}
	if err != nil {
		return p, nil, fmt.Errorf("can't parse entities: %w", err)
	}
	if n := units(text); n == 0 || n > 4096 {
		return p, nil, fmt.Errorf("message of %d", n)
	}
	f.lastID++
	m = &fakeMessage{id: f.lastID, text: text}
	for _, c := range f.chats {
		if strconv.FormatInt(c.id, 10) == v.Get("chat_id") {
			m.chat = c
		}
	}
	if m.chat == nil {
		return p, nil, errors.New("chat not found")
	}
	m.thread, _ = strconv.Atoi(v.Get("message_thread_id"))
	f.sent = append(f.sent, m)
	p = bottest.Posted{ID: strconv.Itoa(m.id), Chat: m.chat.name, Text: text, Size: units(text), Limit: 4096}
	if m.thread != 0 {
		if i := m.thread - 50; i < 0 || i >= len(m.chat.topics) {
			return p, nil, errors.New("message thread not found")
		}
		p.Topic = m.chat.topics[m.thread-50]
	}
	p.Buttons, err = readKeyboard(v.Get("reply_markup"))
	return p, m, err
}

func readKeyboard(markup string) (list []bottest.Button, err error) {
	var k struct {
		Rows [][]button `json:"inline_keyboard"`
	}
	if markup == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(markup), &k); err != nil {
		return nil, err
	}
	for _, row := range k.Rows {
		for _, b := range row {
			if b.URL != "" && b.Data == "" && b.Text != "" {
				continue // a link
			}
			if len(b.Data) == 0 || len(b.Data) > 64 || b.Text == "" || b.URL != "" {
				return nil, fmt.Errorf("button %+v", b)
			}
			list = append(list, bottest.Button{Label: b.Text, Data: b.Data})
		}
	}
	return list, nil
}

func (f *fake) answer(w http.ResponseWriter, name string, v url.Values) {
	f.mu.Lock()
	answer := f.waiting[v.Get(name)]
	delete(f.waiting, v.Get(name))
	f.mu.Unlock()
	if answer == nil {
		refuse(w, 400, "Bad Request: query is too old and response timeout expired or query ID is invalid", nil)
		return
	}
	grant(w, true)
	answer <- v
}

var htmlToken = regexp.MustCompile(`<[^>]*>|&[^;\s]*;|[^<&]+|.`)

// readHTML undoes Telegram's HTML as strictly as Telegram parses it.
func readHTML(marked string) (string, error) {
	var b strings.Builder
	var open []string
	for _, token := range htmlToken.FindAllString(marked, -1) {
		switch {
		case strings.HasPrefix(token, "</"):
			name := token[2 : len(token)-1]
			if len(open) == 0 || open[len(open)-1] != name {
				return "", fmt.Errorf("unexpected %s", token)
			}
			open = open[:len(open)-1]
		case token == "<b>" || token == "<i>":
			open = append(open, token[1:2])
		case strings.HasPrefix(token, `<a href="http`) && strings.HasSuffix(token, `">`):
			open = append(open, "a")
		case strings.HasPrefix(token, "<"):
			return "", fmt.Errorf("unsupported %s", token)
		case strings.HasPrefix(token, "&"):
			plain, ok := map[string]string{"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": `"`}[token]
			if !ok {
				return "", fmt.Errorf("unknown %s", token)
			}
			b.WriteString(plain)
		default:
			b.WriteString(token)
		}
	}
	if len(open) > 0 {
		return "", fmt.Errorf("<%s> is not closed", open[0])
	}
	return b.String(), nil
}
