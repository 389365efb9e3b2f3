package telegram

import (
	"context"
	"encoding/json"
	"testing"

	"handout/bot"
	"handout/bot/deliver"
)

type nothing struct{}

func (nothing) Respond(context.Context, bot.Message) bot.Reply { return bot.Reply{} }

// FuzzUpdate: whatever an update holds, it is done in the end, and nothing
// panics that would not be caught.
func FuzzUpdate(f *testing.F) {
	for _, s := range []string{
		`{"update_id":1}`, `{"update_id":1,"message":null}`, `{"update_id":1,"message":{}}`, `{"update_id":1,"callback_query":{}}`,
		`{"update_id":1,"callback_query":{"id":"5","data":"+","message":{"chat":{"id":1}}}}`, `{"update_id":1,"inline_query":{"from":{}}}`,
		`{"update_id":1,"message":{"chat":{"id":-1,"type":"group"},"text":"a","entities":[{"type":"mention","offset":9223372036854775807,"length":1}]}}`,
		`[]`, `null`, `{"update_id":-1,"my_chat_member":{"new_chat_member":5}}`,
		`{"update_id":1,"message":{"chat":{"type":"private"},"text":"x","reply_to_message":{"reply_to_message":{}}}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !json.Valid(raw) {
			return
		}
		a := New(discard, Config{Token: fakeToken, API: "http://127.0.0.1:1"})
		a.responder = nothing{}
		a.self.Store(&user{ID: botID, Username: botName})
		a.sender, a.quick = &deliver.Sender{Tries: 1}, &deliver.Sender{Tries: 1}
		a.client.timeout = 1
		a.takeAll(context.Background(), []json.RawMessage{raw})
		a.lanes.Wait()
		a.side.Wait()
		if n := a.ledger.pending(); n != 0 {
			t.Errorf("%d updates are open", n)
		}
	})
}
