package bot_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"handout/bot"
	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

func TestRegionsOutlastARestart(t *testing.T) {
	dir := t.TempDir()
	now := today
	open := func(key byte) (*bot.Regions, *sqlstore.Store) {
		t.Helper()
		s, err := sqlstore.Open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		r, err := bot.OpenRegions(t.Context(), slog.New(slog.DiscardHandler), func() time.Time { return now }, [32]byte{key}, s)
		if err != nil {
			t.Fatal(err)
		}
		return r, s
	}
	r, s := open(1)
	r.Set(t.Context(), "ada", "GB")
	r.Set(t.Context(), "bob", "US")
	r.Set(t.Context(), "bob", "")
	s.Close()
	r, s = open(1)
	if r.Of("ada") != "GB" || r.Of("bob") != "" {
		t.Errorf("after a restart ada has %q, bob %q", r.Of("ada"), r.Of("bob"))
	}
	s.Close()
	r, s = open(2)
	if r.Of("ada") != "" {
		t.Error("known under another key")
	}
	s.Close()
	now = now.AddDate(1, 0, 1)
	r, s = open(1)
	if r.Of("ada") != "" {
		t.Error("kept for more than a year")
	}
	s.Close()
}

// full is a store that takes nothing.
type full struct{ *sqlstore.Store }

func (full) SetChoice(context.Context, store.Choice) error { return errors.New("disk full") }

func TestARegionThatCannotBeWrittenHoldsMeanwhile(t *testing.T) {
	s, err := sqlstore.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var log bytes.Buffer
	r, err := bot.OpenRegions(t.Context(), slog.New(slog.NewTextHandler(&log, nil)), func() time.Time { return today }, [32]byte{}, full{s})
	if err != nil {
		t.Fatal(err)
	}
	r.Set(t.Context(), "ada", "GB")
	if r.Of("ada") != "GB" || !strings.Contains(log.String(), "disk full") || strings.Contains(log.String(), "ada") {
		t.Errorf("%q, log: %s", r.Of("ada"), &log)
	}
}

func TestForget(t *testing.T) {
	c, _ := starter()
	for _, text := range []string{"/forget", "forget", "/Forget@handout_bot"} {
		r := ask(t, newBot(t), text)
		if r.Region == nil || *r.Region != "" || !r.Forget || !strings.Contains(r.Text(), c.Messages.Forgotten) {
			t.Errorf("%s: %+v\n%s", text, r.Region, r.Text())
		}
	}
	if r := ask(t, newBot(t), "/region none"); r.Forget {
		t.Error("a region that is not wanted any more forgets more than that")
	}
}
