package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"handout/knowledge/store"
)

// What nobody else would write. None may be found in anything that is left
// behind.
const (
	canaryName = "Quillwort-Peregrine" // as the platforms have it
	canaryUser = 7314159265358
	canaryChat = 8271828182845
	canaryAddr = "203.0.113.197"
)

// speaker is somebody who writes words and a name that nobody else does: what
// several people have asked alike may be kept.
type speaker struct{ word, name string }

var (
	reader    = speaker{"xylocanarium", "Ottoline"}
	texter    = speaker{"zephyrquoll", "Barnabas"}
	chatter   = speaker{"brimstoneibex", "Philippa"}
	everybody = []speaker{reader, texter, chatter}
)

// canaries are all that must not be found.
func canaries() []string {
	list := []string{canaryName, canaryAddr}
	for _, s := range everybody {
		list = append(list, s.word, s.name)
	}
	for _, id := range []int64{canaryUser, canaryChat} {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(id))
		list = append(list, strconv.FormatInt(id, 10), string(b[2:])) // SQLite writes an integer of six bytes
	}
	return list
}

// forms are the ways in which a canary may be written.
func forms(canary string) map[string]string {
	all := map[string]string{
		"plain": canary, "hex": hex.EncodeToString([]byte(canary)), "URL": url.QueryEscape(canary),
		"percent": "%" + strings.ToUpper(hex.EncodeToString([]byte(canary[:1]))) + canary[1:],
	}
	for shift := range 3 { // base64 of what it may stand in the middle of
		body := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + canary))
		all[fmt.Sprint("base64 ", shift)] = body[(shift*4+2)/3+1 : len(body)-2]
	}
	return all
}

// leaks looks for the canaries in what a place holds, in any case.
func leaks(data []byte) (found []string) {
	lower := bytes.ToLower(data)
	for _, canary := range canaries() {
		for name, form := range forms(canary) {
			if bytes.Contains(data, []byte(form)) || !strings.HasPrefix(name, "base64") && bytes.Contains(lower, bytes.ToLower([]byte(form))) {
				found = append(found, fmt.Sprintf("%q as %s", canary, name))
			}
		}
	}
	return found
}

func TestCanariesAreFoundInEachForm(t *testing.T) {
	for _, canary := range canaries() {
		for name, form := range forms(canary) {
			if len(form) < 4 || len(leaks([]byte("before"+form+"after"))) == 0 {
				t.Errorf("%q as %s, %q, is not found", canary, name, form)
			}
		}
		for shift := range 3 {
			data := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("-", shift) + canary + " and more"))
			if len(leaks([]byte(data))) == 0 {
				t.Errorf("%q is not found within base64", canary)
			}
		}
	}
	if found := leaks([]byte("an ordinary line of a log 203.0.113.1 731415926")); found != nil {
		t.Errorf("found %v", found)
	}
}

// house is a whole server, as serve makes it, with the platforms that it talks to.
type house struct {
	t        *testing.T
	data     string
	temp     string
	out      *logBuffer
	telegram *telegramHouse
	discord  *discordHouse
	page     string
	client   *http.Client
	panicAt  atomic.Int32 // which of a turn's next looks at the clock panics
	ahead    atomic.Int64 // how far the clock is
	stop     func()
}

func newHouse(t *testing.T) *house {
	h := &house{t: t, data: t.TempDir(), temp: t.TempDir()}
	t.Setenv("TMPDIR", h.temp)
	h.telegram, h.discord = newTelegramHouse(t), newDiscordHouse(t)
	h.start()
	return h
}

// now is a clock that can be made to panic, as anything in a turn might.
func (h *house) now() time.Time {
	if h.panicAt.Load() > 0 && inTurn() && h.panicAt.Add(-1) == 0 {
		panic(fmt.Sprint("a turn of ", canaryName, canaryUser, everybody))
	}
	return time.Now().Add(time.Duration(h.ahead.Load()))
}

// inTurn reports whether its caller answers somebody: what ticks in the
// background looks at the clock too.
func inTurn() bool { return bytes.Contains(debug.Stack(), []byte(").Respond(")) }

// pause lets people think before they write on, so that it is no flood.
func (h *house) pause() { h.ahead.Add(int64(10 * time.Second)) }

func (h *house) start() {
	h.t.Helper()
	h.out = newLogBuffer()
	s := &serveCmd{}
	s.Addr, s.Drain, s.Data = "127.0.0.1:0", 10*time.Second, h.data
	s.GapAskers, s.LimitPerson, s.LimitChat, s.LimitServer = 3, 20, 60, 600 // the defaults
	s.TelegramToken, s.TelegramAPI = "123456:not-a-real-one", h.telegram.url
	s.DiscordToken, s.DiscordAPI = "not.a-real.one", h.discord.url
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		defer h.out.close()
		ended <- s.Run(ctx, stdio{strings.NewReader(""), h.out, h.out}, h.now)
	}()
	stopped := false
	h.stop = func() {
		cancel()
		if !stopped {
			stopped = true
			if err := <-ended; err != nil {
				h.t.Errorf("serve: %v", err)
			}
		}
	}
	h.t.Cleanup(h.stop)
	if err := h.out.waitFor(surfaceOn); err != nil {
		h.t.Fatal(err)
	}
	h.page = "http://" + surfaceOn.FindStringSubmatch(h.out.String())[1]
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	h.client = &http.Client{Jar: jar}
}

// ask asks on the page. A connection that is cut off has no text.
func (h *house) ask(text string) string {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), "POST", h.page+"/ask", strings.NewReader(url.Values{"q": {text}}.Encode()))
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Forwarded-For", canaryAddr)
	req.Header.Set("User-Agent", canaryName)
	resp, err := h.client.Do(req)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(body)
}

// left reads all that the server has written: its log, its folder, and whatever
// lies where temporary files go.
func (h *house) left() map[string][]byte {
	all := map[string][]byte{"the log": []byte(h.out.String())}
	for _, dir := range []string{h.data, h.temp} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			all[filepath.Base(path)] = append([]byte(path+"\n"), data...)
			return err
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
	return all
}

func (h *house) clean(when string) {
	h.t.Helper()
	all := h.left()
	for name, data := range all {
		if found := leaks(data); found != nil {
			h.t.Errorf("%s, %s holds %s\n%s", when, name, strings.Join(found, ", "), h.out)
		}
	}
	if all["handout.db"] == nil || all[keyFile] == nil || len(all["the log"]) == 0 {
		h.t.Errorf("what was written? %v", len(all))
	}
}

// lines are what they say: together it takes every way through a turn.
func (s speaker) lines() []string {
	return []string{
		"/start", "what is " + s.word + " and eczema", "can i drink alcohol on rinvoq, says " + s.name,
		"is my " + s.word + " contagious", "i want to kill myself because of " + s.word,
		"my " + s.word + " throat is closing up", "how many mg of rinvoq should i take, " + s.name + "?",
		"/topics " + s.word, "/region " + s.word, "/region GB", "/privacy", s.word,
		"what is vitiligo? and does " + s.word + " itch? and who is " + s.name + "?", strings.Repeat(s.word+" ", 900),
		"/" + s.word, "/sources",
	}
}

// question is one that is answered.
func (s speaker) question() string { return "is eczema contagious, asks " + s.name + " of " + s.word }

// TestNothingOfAConversationIsLeft plays conversations on each surface against
// the server as it is, through errors and panics, and looks for what was said
// and who said it in everything that the server wrote.
func TestNothingOfAConversationIsLeft(t *testing.T) {
	h := newHouse(t)
	for i, line := range reader.lines() {
		if h.ask(line) == "" {
			t.Errorf("no page for %q", line)
		}
		h.telegram.hear(t, texter.lines()[i])
		h.discord.hear(t, chatter.lines()[i])
		h.pause()
	}
	h.faults()
	h.shared()
	h.clean("while it serves")
	h.stop()
	h.clean("after it stopped")
	if !strings.Contains(h.out.String(), "outcome=urgent") || !strings.Contains(h.out.String(), "turn panicked") {
		t.Errorf("the conversation was not what it should be:\n%s", h.out)
	}
	h.remembered()
}

// faults lets turns panic and answers be refused.
func (h *house) faults() {
	for at := range int32(2) { // outside of the bot's turn, and in it
		h.panicAt.Store(at + 1)
		h.ask(reader.question())
		h.panicAt.Store(at + 1)
		h.telegram.say(texter.question())
		h.telegram.help(h.t)
		h.panicAt.Store(at + 1)
		h.discord.say(chatter.question())
		h.discord.help(h.t)
		h.pause()
	}
	h.panicAt.Store(0)
	h.telegram.refuse(texter.question())
	h.discord.refuse(chatter.question())
	h.telegram.undecodable()
	h.discord.undecodable()
	h.telegram.vote(h.t, texter.question())
	h.discord.vote(h.t, chatter.question())
	h.telegram.help(h.t)
	h.discord.help(h.t)
	h.pause()
}

// shared lets three people ask the same in vain, so that it is kept.
func (h *house) shared() {
	const question = "does wombat balm interact with lighthouse paint"
	h.ask(question + " " + reader.word)
	h.telegram.hear(h.t, question+" of "+texter.name)
	h.discord.hear(h.t, question)
}

// remembered starts the server anew: who chose a region is known, until they
// want to be forgotten.
func (h *house) remembered() {
	h.t.Helper()
	h.start()
	for _, turn := range []struct {
		say   string
		elsew bool
	}{{"i cant breathe", false}, {"/forget", false}, {"i cant breathe", true}} {
		for name, say := range map[string]func(*testing.T, string) string{"telegram": h.telegram.hear, "discord": h.discord.hear} {
			if got := say(h.t, turn.say); turn.say != "/forget" && (strings.Contains(got, "Australia") != turn.elsew || !strings.Contains(got, "999")) {
				h.t.Errorf("%s, %s: every region %t\n%s", name, turn.say, !turn.elsew, got)
			}
		}
	}
	h.stop()
	h.clean("after a restart")
	s, err := openStore(h.t.Context(), h.data)
	if err != nil {
		h.t.Fatal(err)
	}
	defer s.Close()
	if left, err := s.Choices(h.t.Context(), time.Time{}); err != nil || len(left) > 0 {
		h.t.Errorf("after /forget: %v, %v", left, err)
	}
	open, err := s.Gaps(h.t.Context(), store.Open)
	if err != nil || !slices.ContainsFunc(open, func(g store.Gap) bool { return strings.Contains(g.Text, "wombat balm") }) {
		h.t.Errorf("gaps %v, %v", open, err)
	}
}
