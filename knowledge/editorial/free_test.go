package editorial_test

import (
	"runtime"
	"testing"
	"weak"
)

// An edition that nobody answers from any more gives its memory back.
func TestEditionsThatAreOverAreFreed(t *testing.T) {
	st := newStage(t)
	old := weak.Make(st.Edition().Corpus)
	r := st.propose(ada, 0, kestrel(kestrelBody))
	st.publish(r)
	st.edit()       // the one before may keep reports
	for range 200 { // the index is closed in between, by another goroutine
		runtime.GC()
		runtime.Gosched()
		if old.Value() == nil {
			return
		}
	}
	t.Error("the corpus of an edition that is over is still held")
}
