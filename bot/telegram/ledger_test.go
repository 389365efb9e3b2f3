package telegram

import "testing"

func TestLedgerConfirmsBelowWhatIsOpen(t *testing.T) {
	var l ledger
	entries := map[int]*entry{}
	for _, id := range []int{5, 6, 9, 3} { // Telegram began anew with 3
		e, fresh := l.begin(id)
		if !fresh {
			t.Fatalf("%d is known", id)
		}
		entries[id] = e
	}
	for _, step := range []struct{ end, offset, pending int }{{6, 0, 4}, {5, 7, 2}, {3, 7, 2}, {9, 4, 0}} {
		l.end(entries[step.end], true)
		if l.offset() != step.offset || l.pending() != step.pending {
			t.Errorf("after %d: offset %d, pending %d; want %+v", step.end, l.offset(), l.pending(), step)
		}
	}
	if _, fresh := l.begin(6); fresh {
		t.Error("an update is taken on twice")
	}
	select {
	case <-l.settled():
	default:
		t.Error("nothing is open, but it is not settled")
	}
}

func TestLedgerLeavesOpenWhatWasGivenUp(t *testing.T) {
	var l ledger
	first, _ := l.begin(1)
	second, _ := l.begin(2)
	l.end(first, false)
	l.end(second, true)
	if l.offset() != 0 || l.done(first) || !l.done(second) {
		t.Errorf("offset %d", l.offset())
	}
	if _, fresh := l.begin(1); !fresh {
		t.Error("what was given up is not taken on again")
	}
}

func TestLedgerPassesOverWhatTakesTooLong(t *testing.T) {
	var l ledger
	slow, _ := l.begin(1)
	l.begin(2)
	l.pass()
	if l.offset() != 3 {
		t.Errorf("offset %d, want 3", l.offset())
	}
	if _, fresh := l.begin(1); fresh {
		t.Error("what still runs is taken on again")
	}
	l.end(slow, true)
	if l.offset() != 3 {
		t.Errorf("offset %d went back", l.offset())
	}
}

func TestLedgerForgets(t *testing.T) {
	var l ledger
	for id := range 3 * remembered {
		e, _ := l.begin(id + 1)
		l.end(e, true)
	}
	if len(l.byID) > remembered {
		t.Errorf("%d updates are remembered", len(l.byID))
	}
}
