package discord

import "testing"

func TestTextIsReadAsItWasWritten(t *testing.T) {
	for plain, want := range map[string]string{
		"plain words.":                "plain words.",
		"**b** _i_ ~~s~~ ||x|| `c`":   "\\*\\*b\\*\\* \\_i\\_ \\~\\~s\\~\\~ \\|\\|x\\|\\| \\`c\\`",
		"<@1> <#2> <:e:3> [t](u)":     `\<@1\> \<\#2\> \<:e:3\> \[t\](u)`,
		"- not a list":                `\- not a list`,
		"one\n1. not a list\n  + nor": "one\n1\\. not a list\n  \\+ nor",
		"2.5 mg, - 3":                 "2.5 mg, - 3",
		"> no quote\n# no heading":    "\\> no quote\n\\# no heading",
		"see https://a.b/c_d*e now_":  `see https://a.b/c_d*e now\_`,
		"- ":                          "- ",
	} {
		if got := (markdown{}).Text(plain); got != want {
			t.Errorf("%q: %q, want %q", plain, got, want)
		}
		if got := unmark(markdown{}.Text(plain)); got != plain {
			t.Errorf("%q is read as %q", plain, got)
		}
	}
}

func TestMarks(t *testing.T) {
	m := markdown{}
	for got, want := range map[string]string{
		m.Strong(" a "):                        " **a** ",
		m.Strong(""):                           "",
		m.Em("a"):                              "*a*",
		m.Link("text", "https://a.b/c) d>"):    "[text](<https://a.b/c)%20d%3E>)",
		m.Link("https://a.b/", "https://a.b/"): "<https://a.b/>",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if n := m.Len("a👩é"); n != 4 {
		t.Errorf("length %d", n)
	}
}

func FuzzText(f *testing.F) {
	f.Add("**a** <@1> https://x_y <\n- b")
	f.Fuzz(func(t *testing.T, plain string) {
		marked := markdown{}.Text(plain)
		if len(marked) < len(plain) {
			t.Errorf("%q became %q", plain, marked)
		}
	})
}
