package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestBar(t *testing.T) {
	var out bytes.Buffer
	at := time.Unix(0, 0)
	b := &bar{w: &out, now: func() time.Time { return at }, begin: at, total: 200}
	b.show(1) // not yet a long run
	b.clear()
	if out.Len() > 0 {
		t.Errorf("a short run shows %q", &out)
	}
	at = at.Add(time.Second)
	b.show(50)
	b.show(51) // too soon to draw again
	at = at.Add(time.Second)
	b.show(200)
	b.clear()
	const want = "\r[#######.......................] 50 of 200 questions" +
		"\r[##############################] 200 of 200 questions\r\x1b[K"
	if out.String() != want {
		t.Errorf("shows %q, want %q", &out, want)
	}
}

func TestBarOnTerminalsOnly(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := newBar(f, time.Now, 1)
	if b != nil {
		t.Error("a file has a bar")
	}
	b.show(1)
	b.clear()
	if b := newBar(&bytes.Buffer{}, time.Now, 1); b != nil {
		t.Error("a buffer has a bar")
	}
}
