package telegram

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"handout/bot/bottest"
)

// emulator is telegram-test-api from npm, which knows neither us nor our fake.
type emulator struct {
	t   *testing.T
	url string
	out *bufio.Scanner
}

const emulatorPackage = "telegram-test-api@4.2.1"

// npmFolder is a folder with a package from npm and one of our scripts. It is
// fetched from the network, so only CI does that; elsewhere the test is skipped.
func npmFolder(t *testing.T, npmPackage, script string) string {
	t.Helper()
	if os.Getenv("HANDOUT_CI") != "1" {
		t.Skipf("SKIPPED: %s is fetched from the network; set HANDOUT_CI=1 to do so", npmPackage)
	}
	folder := t.TempDir()
	install := exec.CommandContext(t.Context(), "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, npmPackage)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("%s cannot be installed: %v\n%s", npmPackage, err, out)
	}
	source, err := os.ReadFile(filepath.Join("testdata", script))
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, script), source, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func startEmulator(t *testing.T) *emulator {
	t.Helper()
	folder := npmFolder(t, emulatorPackage, "emulator.js")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	cmd := exec.Command("node", "emulator.js", fmt.Sprint(port))
	cmd.Dir, cmd.Stderr = folder, t.Output()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		_ = cmd.Wait()
	})
	e := &emulator{t: t, url: fmt.Sprintf("http://127.0.0.1:%d", port), out: bufio.NewScanner(out)}
	e.out.Buffer(nil, 1<<20)
	e.line()
	return e
}

func (e *emulator) line() []byte {
	e.t.Helper()
	if !e.out.Scan() {
		e.t.Fatalf("the emulator says nothing: %v", e.out.Err())
	}
	return e.out.Bytes()
}

// next is the next message that the bot sends.
func (e *emulator) next() (text, buttons string) {
	e.t.Helper()
	var sent struct {
		Message struct {
			Text        string          `json:"text"`
			ParseMode   string          `json:"parse_mode"`
			ReplyMarkup json.RawMessage `json:"reply_markup"`
		} `json:"message"`
	}
	if err := json.Unmarshal(e.line(), &sent); err != nil {
		e.t.Fatal(err)
	}
	text, err := readHTML(sent.Message.Text)
	if err != nil || sent.Message.ParseMode != "HTML" {
		e.t.Errorf("parse mode %s: %v", sent.Message.ParseMode, err)
	}
	return text, string(sent.Message.ReplyMarkup)
}

func (e *emulator) do(method string, fields map[string]any) {
	e.t.Helper()
	person := map[string]any{"id": 11, "first_name": "Ann", "username": "ann"}
	chat := map[string]any{"id": 11, "type": "private", "first_name": "Ann"}
	body := map[string]any{"botToken": fakeToken, "date": 1, "from": person, "chat": chat}
	for k, v := range fields {
		body[k] = v
	}
	if method == "sendCallback" {
		body["message"] = map[string]any{"chat": chat, "from": person, "message_id": 1, "date": 1}
	}
	raw, err := json.Marshal(body)
	if err != nil {
		e.t.Fatal(err)
	}
	resp, err := http.Post(e.url+"/"+method, "application/json", bytes.NewReader(raw))
	if err != nil {
		e.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		e.t.Fatalf("%s: %s", method, resp.Status)
	}
}

func TestEmulatorOfAThirdParty(t *testing.T) {
	e := startEmulator(t)
	var log logBuffer
	s := newStage(t, New(log.logger(), Config{Token: fakeToken, API: e.url}))
	footer := bottest.Corpus(t).Messages.Footer
	for _, tc := range []struct {
		method string
		fields map[string]any
		want   string
	}{
		{"sendMessage", map[string]any{"text": bottest.PlainQuestion}, "How do owls hear?"},
		{"sendCommand", map[string]any{"text": "/start", "entities": []any{map[string]any{"type": "bot_command", "offset": 0, "length": 6}}}, "Birds and rivers"},
		{"sendCallback", map[string]any{"data": "s:" + bottest.Hostile}, "<b>not bold</b>"},
		{"sendMessage", map[string]any{"text": bottest.EmergencyText}, "Call for help now"},
	} {
		e.do(tc.method, tc.fields)
		text, _ := e.next()
		if !strings.Contains(text, tc.want) || !strings.HasSuffix(text, footer) {
			t.Errorf("%s %v is answered:\n%s", tc.method, tc.fields, text)
		}
	}
	e.do("sendMessage", map[string]any{"text": bottest.PlainQuestion})
	if _, buttons := e.next(); !strings.Contains(buttons, `"callback_data":"s:`+bottest.Long) {
		t.Errorf("buttons: %s", buttons)
	}
	log.await(t, "the command menu could not be set") // which has done no harm
	s.cancel()
	if err := s.wait(); err != nil {
		t.Errorf("stop: %v", err)
	}
}
