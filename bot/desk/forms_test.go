package desk

import (
	"testing"
	"time"
)

func TestFormsAreForgotten(t *testing.T) {
	var k Forms
	now := time.Now()
	first := k.Keep("ann", Form{Action: "d:1"}, now)
	if f, ok := k.Find("ann", first, now.Add(formHolds/2)); !ok || f.Action != "d:1" {
		t.Error("forgotten too early")
	}
	if _, ok := k.Find("bob", first, now); ok {
		t.Error("found by somebody else")
	}
	if _, ok := k.Find("ann", first, now.Add(formHolds)); ok {
		t.Error("kept too long")
	}
	for range mostForms {
		k.Keep("bob", Form{}, now)
	}
	if _, ok := k.Find("ann", first, now); ok || len(k.list) != mostForms {
		t.Errorf("%d forms are kept", len(k.list))
	}
	k.Keep("bob", Form{}, now.Add(2*formHolds))
	if len(k.list) != 1 {
		t.Errorf("%d forms are kept after their time", len(k.list))
	}
}
