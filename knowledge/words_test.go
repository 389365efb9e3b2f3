package knowledge

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"marks only", "?! … 🙂", ""},
		{"case", "JAK Inhibitors", "jak inhibitors"},
		{"apostrophes of every kind", "can't can’t can‘t can`t can´t canʼt can′t can＇t", strings.TrimSpace(strings.Repeat("cant ", 8))},
		{"a quoted word", "'itch' is", "itch is"},
		{"hyphens and dashes separate", "non-steroid well‑known a–b", "non steroid well known a b"},
		{"soft hyphens vanish", "ecz\u00adema", "eczema"},
		{"invisible characters vanish", "s\u200bu\u200ci\u200dc\u2060i\ufeffde", "suicide"},
		{"direction marks vanish", "\u202eitch\u202c", "itch"},
		{"full width and ligatures", "ＪＡＫ ﬁre ①", "jak fire 1"},
		{"accents, composed or not, are one", "e\u0301czema", "éczema"},
		{"digits", "0.5mg 30mg", "0 5mg 30mg"},
		{"emoji with a selector", "itch❤\ufe0fsoon", "itch soon"},
		{"other scripts", "экзема 湿疹", "экзема 湿疹"},
		{"line breaks", "a\r\nb\tc", "a b c"},
		{"bytes that are no text", "it\xffch", "it ch"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(Words(tt.text), " "); got != tt.want {
				t.Errorf("Words(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
