package knowledge

import (
	"encoding/json"
	"testing"
	"time"
)

func date(tb testing.TB, day string) Date {
	tb.Helper()
	var d Date
	if err := d.UnmarshalText([]byte(day)); err != nil {
		tb.Fatal(err)
	}
	return d
}

func TestSnippetCurrent(t *testing.T) {
	tokyo, la := time.FixedZone("", 9*3600), time.FixedZone("", -8*3600)
	tests := []struct {
		name string
		due  string
		now  time.Time
		want bool
	}{
		{"no date", "", clock, true},
		{"long before", "2027-11-22", clock, true},
		{"first moment of the day", "2026-11-23", time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), true},
		{"last moment of the day", "2026-11-23", time.Date(2026, 11, 23, 23, 59, 59, 999999999, time.UTC), true},
		{"first moment of the next", "2026-11-23", time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), false},
		{"next day in Tokyo, still the day in UTC", "2026-11-23", time.Date(2026, 11, 24, 8, 59, 0, 0, tokyo), true},
		{"next day in UTC", "2026-11-23", time.Date(2026, 11, 24, 9, 0, 0, 0, tokyo), false},
		{"still the day in Los Angeles, next in UTC", "2026-11-23", time.Date(2026, 11, 23, 16, 0, 0, 0, la), false},
		{"leap day", "2028-02-29", time.Date(2028, 2, 29, 23, 0, 0, 0, time.UTC), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &Snippet{Review: Review{Due: date(t, tt.due)}}
			if got := s.Current(tt.now); got != tt.want {
				t.Errorf("Current(%v) with due %q = %v", tt.now, tt.due, got)
			}
		})
	}
}

func TestDate(t *testing.T) {
	for _, bad := range []string{"2026-02-30", "2026-2-3", "22/11/2026", "2026-11-22T00:00:00Z", " 2026-11-22", "tomorrow", "20261122"} {
		if err := new(Date).UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q is read as a date", bad)
		}
	}
	d := date(t, "2026-11-22")
	if d.String() != "22 Nov 2026" {
		t.Errorf("String() = %q", d)
	}
	for _, want := range []Date{d, {}} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Date
		if err := json.Unmarshal(data, &got); err != nil || !got.Equal(want.Time) {
			t.Errorf("%v becomes %s and then %v, %v", want, data, got, err)
		}
	}
	var got Date
	if err := json.Unmarshal([]byte("null"), &got); err != nil || !got.IsZero() {
		t.Errorf("null becomes %v, %v", got, err)
	}
}

func TestSourceString(t *testing.T) {
	read := date(t, "2026-11-22")
	for want, s := range map[string]Source{
		"Itch, NHS (read 22 Nov 2026)":         {Title: "Itch", Publisher: "NHS", Read: read},
		"NHS (read 22 Nov 2026)":               {Title: "NHS", Publisher: "NHS", Read: read},
		"Itch (read in a copy, 22 Nov 2026)":   {Title: "Itch", Via: "copy", Read: read},
		"Itch (read in a copy)":                {Title: "Itch", Via: "copy"},
		"handout project description, handout": {Title: "handout project description", Publisher: "handout", Via: "project", Read: read},
	} {
		if got := s.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
