package discord

import (
	"strings"
	"testing"

	"handout/bot"
	"handout/bot/bottest"
)

// pressOn presses a button of a message that everyone sees, or of one that
// somebody else alone sees, as only a forger could.
func (f *fake) pressOn(p place, who, data string, private bool) {
	flags := 0
	if private {
		flags = ephemeralFlag
	}
	f.interactAs(p, 3, who, map[string]any{"custom_id": data, "component_type": 2}, map[string]any{"message": map[string]any{
		"id": f.id(), "channel_id": f.channel(p), "type": 0, "content": "", "timestamp": "2026-11-22T12:00:00Z", "flags": flags,
		"author": map[string]any{"id": fakeUser, "bot": true}, "mentions": []any{}, "embeds": []any{}, "components": []any{},
		"interaction_metadata": map[string]any{"id": f.id(), "user": map[string]any{"id": f.person("ada")}},
	}})
}

// A button works for whoever presses it: they alone see what comes, and it counts
// for them. Only what is to be shared is for all, and that is a handout.
func TestAButtonAnswersWhoeverPressesIt(t *testing.T) {
	action := bot.Option{Snippet: bottest.Plain}.Action()
	messages, title := bottest.Corpus(t).Messages, bottest.Corpus(t).Snippet(bottest.Plain).Title
	for name, tc := range map[string]struct {
		data   string
		direct bool // in the presser's own chat with the bot
		public bool // everyone there sees the answer
		want   string
	}{
		"a title":                  {action, false, false, title},
		"a title, in a direct":     {action, true, true, title},
		"sources":                  {"?" + action, false, false, title},
		"a vote":                   {"+" + action, false, false, messages.Thanks},
		"to share":                 {shareAction + action, false, true, title},
		"to share what is gone":    {shareAction + "s:gone", false, false, messages.Expired},
		"to share a command":       {shareAction + "c:/region GB", false, false, messages.RegionSet},
		"to share a vote":          {shareAction + "+" + action, false, false, messages.Thanks},
		"to share a choice":        {shareAction + "c:/topics 1", false, false, "provider"},
		"a country":                {"c:/region GB", false, false, messages.RegionSet},
		"to be forgotten":          {"c:/forget", false, false, messages.Forgotten},
		"a step at the desk":       {"d:ok:x:1", false, false, messages.Expired},
		"a form that is not there": {"form x", false, false, messages.Expired},
	} {
		for _, private := range []bool{false, true} {
			f := newFake(t)
			heard := make(chan bot.Message, 100)
			r := start(t, f, listening{quietBot(t), heard})
			r.eventually("commands are set", func() bool { return r.called("PUT /applications") == 1 })
			for len(heard) > 0 {
				<-heard // a command's options are looked up at the start
			}
			at := channel
			if tc.direct {
				at = place{chat: "bob"}
			}
			r.pressOn(at, "bob", tc.data, private)
			p := r.next()
			if p.Ephemeral == tc.public || !strings.Contains(p.Text, tc.want) {
				t.Errorf("%s, private %v: ephemeral %v:\n%s", name, private, p.Ephemeral, p.Text)
			}
			if m := <-heard; m.Origin.Person != asker(f.person("bob")) || m.Asker != m.Origin.Person {
				t.Errorf("%s, private %v: counts for %q, asked by %q", name, private, m.Origin.Person, m.Asker)
			}
			if ada := r.adapter.regions.Of(asker(f.person("ada"))); ada != "" {
				t.Errorf("%s: the asker's country is %q now", name, ada)
			}
		}
	}
}
