package discord

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"handout/bot"
)

// mute says nothing.
type mute struct{}

func (mute) Respond(context.Context, bot.Message) bot.Reply { return bot.Reply{} }

// silentAPI grants every call.
type silentAPI struct{}

func (silentAPI) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("{}")), Request: r}, nil
}

// FuzzEvent: whatever an event holds, it is done in the end, and nothing panics,
// caught or not.
func FuzzEvent(f *testing.F) {
	for _, s := range []string{
		`null`, `{}`, `[]`, `{"type":2}`, `{"type":3,"data":{"custom_id":"share s:x"},"message":{"referenced_message":{"author":null}}}`,
		`{"type":3,"data":{"custom_id":"menu 0","values":[]}}`, `{"type":2,"data":{"type":3,"target_id":"7","resolved":{"messages":{"7":null}}}}`,
		`{"type":4,"data":{"name":"ask","options":[{"name":"question","value":5,"focused":true}]}}`, `{"type":2,"member":{"user":null},"data":{"name":"region","options":null}}`,
		`{"id":"1","author":{"id":"2"},"mentions":[{"id":"900000000000000002"}],"guild_id":"3","content":"<@900000000000000002>"}`,
		`{"id":"1","author":{"id":"2"},"type":19,"referenced_message":{"author":{"id":"900000000000000002"},"embeds":[{"title":null}],"referenced_message":{}}}`,
		`{"type":5,"data":{"custom_id":"desk:x","components":[{"components":[{"custom_id":1}]}]}}`,
	} {
		f.Add(true, []byte(s))
		f.Add(false, []byte(s))
	}
	f.Fuzz(func(t *testing.T, interaction bool, data []byte) {
		if !json.Valid(data) {
			return
		}
		log := &strings.Builder{}
		a := New(slog.New(slog.NewTextHandler(log, nil)), Config{Token: "not.a.token"})
		a.api.client.Transport = silentAPI{}
		a.setSleep(func(context.Context, time.Duration) error { return nil })
		a.responder, a.live, a.work = mute{}, t.Context(), t.Context()
		a.self.set(fakeUser)
		s := &shard{adapter: a, greeting: time.NewTimer(time.Hour)}
		kind := "MESSAGE_CREATE"
		if interaction {
			kind = "INTERACTION_CREATE"
		}
		s.dispatch(&conn{}, &discordgo.Event{Type: kind, RawData: data})
		a.lanes.Wait()
		a.told.wait()
		if strings.Contains(log.String(), "panicked") {
			t.Errorf("%s", log)
		}
	})
}
