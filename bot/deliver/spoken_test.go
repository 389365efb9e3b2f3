package deliver

import "testing"

func TestWhatAPlatformRepeatsIsLeftOut(t *testing.T) {
	for said, want := range map[string]string{
		"Forbidden: bot was blocked by the user":                        "Forbidden: bot was blocked by the user",
		`can't parse entities: unsupported start tag "my itch" at 1024`: `can't parse entities: unsupported start tag … at 1024`,
		`no user "ann`: `no user …`,
		"chat -1001234567890 not found; retry after 30": "chat -… not found; retry after 30",
	} {
		if got := Spoken(said); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}
