package bot_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge/sqlstore"
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

func TestARegionThatCannotBeWrittenHoldsMeanwhile(t *testing.T) {
	var log bytes.Buffer
	kept := &bottest.Kept{}
	kept.Broken.Store(true)
	r := bottest.Regions(t, slog.New(slog.NewTextHandler(&log, nil)), kept)
	if got := r.Follow(t.Context(), "ada", ask(t, newBot(t), "/region GB")); r.Of("ada") != "GB" || !strings.Contains(got.Text(), "United Kingdom") {
		t.Errorf("%q:\n%s", r.Of("ada"), got.Text())
	}
	if !strings.Contains(log.String(), "disk full") || strings.Contains(log.String(), "ada") {
		t.Errorf("log: %s", &log)
	}
}

func TestWhoIsNotForgottenIsTold(t *testing.T) {
	c, _ := starter()
	b, kept := newBot(t), &bottest.Kept{}
	var log bytes.Buffer
	r := bottest.Regions(t, slog.New(slog.NewTextHandler(&log, nil)), kept)
	for _, tc := range []struct {
		say    string
		broken bool
		want   string
	}{
		{"/region GB", false, c.Messages.RegionSet},
		{"/region none", true, c.Messages.NotGone},
		{"/forget", true, c.Messages.NotGone},
		{"forget", true, c.Messages.NotGone},
		{"/help", true, c.Messages.Help[:20]},
		{"/forget", false, c.Messages.Forgotten},
		{"/forget", false, c.Messages.Forgotten},
		{"/region none", false, c.Messages.Region},
	} {
		kept.Broken.Store(tc.broken)
		got := r.Follow(t.Context(), "ada", ask(t, b, tc.say))
		if !strings.Contains(got.Text(), tc.want) || strings.Contains(got.Text(), c.Messages.NotGone) != (tc.want == c.Messages.NotGone) {
			t.Errorf("%s, broken %v:\n%s", tc.say, tc.broken, got.Text())
		}
		if !strings.HasSuffix(got.Text(), c.Messages.Footer) || len(got.Sections()) < 2 {
			t.Errorf("%s: without its footer:\n%s", tc.say, got.Text())
		}
	}
	left, _ := kept.Choices(t.Context(), today)
	if n := strings.Count(log.String(), "disk full"); n != 3 || strings.Contains(log.String(), "ada") || len(left) > 0 {
		t.Errorf("%d failures logged, kept %v:\n%s", n, left, &log)
	}
	if r := ask(t, b, "what is eczema"); r.NotDeleted().Text() != r.Text() {
		t.Error("an answer that deletes nothing becomes another")
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
