package desk

import (
	"context"
	"errors"
	"testing"

	"handout/knowledge/store"
)

func TestALinkIntoTheConsole(t *testing.T) {
	s := newStage(t)
	s.refuse(s.do(ann, Input{}), "web desk")
	s.expect(s.do(ann, Input{Action: Web}), "no web desk here")
	var err error
	s.console = func(_ context.Context, who store.Actor) (string, error) {
		return "https://desk.example/in?for=" + who.ID, err
	}
	v := s.press(ann, s.do(ann, Input{}), "Open the web desk")
	if b := v.Buttons[0][0]; b.URL != "https://desk.example/in?for=test:1" {
		t.Errorf("%+v", b)
	}
	err = errors.New("no secrets left")
	s.expect(s.do(ann, Input{Action: Web}), "Something failed on our side")
}
