package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// bar shows on a terminal how far a long run is. A nil bar shows nothing.
type bar struct {
	w     io.Writer
	now   clock
	begin time.Time
	last  time.Time // when it was drawn; zero if it never was
	total int
}

const (
	barPatience = time.Second            // before a run counts as long
	barPause    = 100 * time.Millisecond // between two drawings
	barWidth    = 30
)

// newBar is nil unless w is a terminal.
func newBar(w io.Writer, now clock, total int) *bar {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return &bar{w: w, now: now, begin: now(), total: total}
}

func (b *bar) show(done int) {
	if b == nil {
		return
	}
	at := b.now()
	if at.Sub(b.begin) < barPatience || at.Sub(b.last) < barPause {
		return
	}
	b.last = at
	full := barWidth * done / b.total
	fmt.Fprintf(b.w, "\r[%s%s] %d of %d questions", strings.Repeat("#", full), strings.Repeat(".", barWidth-full), done, b.total)
}

// clear leaves the terminal as it was.
func (b *bar) clear() {
	if b != nil && !b.last.IsZero() {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}
