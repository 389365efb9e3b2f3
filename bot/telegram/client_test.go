package telegram

import (
	"os/exec"
	"strings"
	"testing"

	"handout/bot/bottest"
)

const clientPackage = "grammy@1.46.0"

// TestAClientOfAThirdPartySpeaksWithTheFake shows that the fake speaks
// Telegram's protocol, and not only ours: grammY sends JSON where we send
// forms, leaves out what we give, and takes no null for a list.
func TestAClientOfAThirdPartySpeaksWithTheFake(t *testing.T) {
	folder := npmFolder(t, clientPackage, "client.js")
	f := newFake(t)
	cmd := exec.Command("node", "client.js", f.open(), fakeToken)
	cmd.Dir, cmd.Stderr = folder, t.Output()
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	f.Say(bottest.Say{Chat: "ann", Text: "hello"})
	p := f.next()
	if p.Chat != "ann" || p.Text != "hello" || len(p.Buttons) != 1 {
		t.Errorf("posted %+v", p)
	}
	if v := f.press(p, p.Buttons[0]); v.Get("text") != "again" {
		t.Errorf("a pressed button is answered by %v", v)
	}
	f.Say(bottest.Say{Chat: "club", Group: true, Topic: "hearing", Text: "hello"})
	if p := f.next(); p.Chat != "club" || p.Topic != "hearing" {
		t.Errorf("posted %+v", p)
	}
	if v := f.await("inline_query", map[string]any{"from": map[string]any{"id": personID}, "query": "owls", "offset": ""}); !strings.Contains(v.Get("results"), `"title":"owls"`) {
		t.Errorf("an inline query is answered by %v", v)
	}
	in.Close()
	if err := cmd.Wait(); err != nil {
		t.Errorf("the client: %v", err)
	}
	f.awaitState(func() bool { return len(f.updates) == 0 })
}
