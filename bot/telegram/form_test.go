package telegram

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"handout/bot/bottest"
)

// refuseOnce refuses the next call of a method.
func (f *fake) refuseOnce(method string, code int, description string) {
	f.answerOnce(method, func(w http.ResponseWriter) { refuse(w, code, description, nil) })
}

func (f *fake) answerOnce(method string, answer func(http.ResponseWriter)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answerTo[method] = func(w http.ResponseWriter) {
		f.mu.Lock()
		delete(f.answerTo, method)
		f.mu.Unlock()
		answer(w)
	}
}

func TestWhatIsRefusedForItsFormIsSentPlainer(t *testing.T) {
	for reason, part := range map[string]string{
		"Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 4": "parse_mode",
		"Bad Request: message to be replied not found":                                    "reply_parameters",
		"Bad Request: BUTTON_DATA_INVALID":                                                "reply_markup",
		"Bad Request: reply markup is too long":                                           "reply_markup",
	} {
		t.Run(part, func(t *testing.T) {
			f := newFake(t)
			f.plain = part == "parse_mode"
			var log logBuffer
			newStage(t, f.Adapter(log.logger()))
			f.refuseOnce("sendMessage", 400, reason)
			f.Say(bottest.Say{Chat: "club", Group: true, Mention: true, Text: bottest.HostileQuery})
			p := f.next()
			if !strings.Contains(p.Text, "<b>not bold</b>") || !strings.HasSuffix(p.Text, bottest.Corpus(t).Messages.Footer) {
				t.Errorf("posted:\n%s", p.Text)
			}
			v := f.lastSent()
			for _, other := range []string{"parse_mode", "reply_parameters", "reply_markup"} {
				if v.Has(other) == (other == part) {
					t.Errorf("%s: sent %v", other, v)
				}
			}
			log.await(t, "sending it plainer")
		})
	}
}

func TestAMessageThatTelegramFindsTooLongIsSentInMoreParts(t *testing.T) {
	f := newFake(t)
	newStage(t, f.Adapter(discard))
	f.refuseOnce("sendMessage", 400, "Bad Request: message is too long")
	f.Say(bottest.Say{Chat: "ann", Text: bottest.LongQuestion})
	p := f.next()
	if p.Size > longest/2 || !strings.Contains(p.Text, bottest.Corpus(t).Snippet(bottest.Long).Title) {
		t.Errorf("the first part has %d units:\n%s", p.Size, p.Text)
	}
}

func TestWhatIsRefusedInEveryFormIsDropped(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	for _, reason := range []string{"can't parse entities", "message is too long", "TOPIC_CLOSED"} {
		f.mu.Lock()
		f.answerTo["sendMessage"] = func(w http.ResponseWriter) { refuse(w, 400, "Bad Request: "+reason, nil) }
		f.mu.Unlock()
		f.Say(bottest.Say{Chat: "ann", Text: bottest.PlainQuestion})
		f.awaitState(func() bool { return len(f.updates) == 0 })
		f.mu.Lock()
		delete(f.answerTo, "sendMessage")
		f.mu.Unlock()
	}
	f.ask(s, "ann", bottest.PlainQuestion)
	if n := f.count("sendMessage"); n != 2+2+1+1 {
		t.Errorf("%d calls", n)
	}
}

func TestAnAnswerThatWasGrantedIsNotSentAgain(t *testing.T) {
	f := newFake(t)
	s := newStage(t, f.Adapter(discard))
	f.answerOnce("sendMessage", func(w http.ResponseWriter) {
		w.Header().Set("Content-Length", "500")
		fmt.Fprint(w, `{"ok":true,"result":{"message_id":`)
	})
	f.Say(bottest.Say{Chat: "ann", Text: bottest.PlainQuestion})
	if p := f.ask(s, "ann", bottest.HostileQuery); !isHostile(t, p) {
		t.Errorf("sent again:\n%s", p.Text)
	}
}

// isHostile reports whether a message answers [bottest.HostileQuery].
func isHostile(t *testing.T, p bottest.Posted) bool {
	return strings.Contains(p.Text, bottest.Corpus(t).Snippet(bottest.Hostile).Title)
}

func TestUnmarked(t *testing.T) {
	marked := `<b>a &amp; &lt;b&gt;</b> <i>c</i> <a href="https://x.example/?a=1&amp;b=2"><b>d</b></a>`
	if got := unmarked(marked); got != "a & <b> c d (https://x.example/?a=1&b=2)" {
		t.Errorf("%s", got)
	}
}
