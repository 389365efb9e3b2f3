package bot

import (
	"slices"
	"strings"
	"testing"
)

func TestParts(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"can I drink on rinvoq and does it cause acne?", []string{"can I drink on rinvoq", "does it cause acne?"}},
		{"Is eczema contagious? Will my baby get it?", []string{"Is eczema contagious?", "Will my baby get it?"}},
		{"is tsw a thing + is protopic a steroid", []string{"is tsw a thing", "is protopic a steroid"}},
		{"ok so what are jaks, how do they work n do they hurt", []string{"ok so what are jaks", "how do they work", "do they hurt"}},
		{"¿Qué es el eccema? ¿Se contagia a otros?", []string{"¿Qué es el eccema?", "¿Se contagia a otros?"}},
		{"is it ok in pregnancy? and if i stop how long must i wait", []string{"is it ok in pregnancy?", "if i stop how long must i wait"}},
		{"my boy scratches all night, what helps and does he need wraps?", []string{"my boy scratches all night, what helps", "does he need wraps?"}},
		{"shingles on jaks, how common? also the shingles jab, is it allowed", []string{"shingles on jaks, how common?", "the shingles jab, is it allowed"}},
		{"what does a flare look like, and when shld I go to a doctor about it, or to a nurse, please", []string{"what does a flare look like", "when shld I go to a doctor about it, or to a nurse, please"}},
		{"grapefruit why not, and missed tablet what then", []string{"grapefruit why not", "missed tablet what then"}},
		{"Do you need bloods with biologics? And JAKs?", []string{"Do you need bloods with biologics?", "JAKs?"}},
		{"what is a jak? and why?", nil},
		{"if I see what he eats I will cry. what helps", nil},
		{"I dont have any pain, but is it true that jaks hurt", nil},
		{"not sure what it is, and no idea why", nil},
		{"where do you keep rinvoq, is the bathroom ok", nil},
		{"My son is 7. He has a rash. Is it safe to use steroid cream on his face?", nil},
		{"is it safe with alcohol and ibuprofen", nil},
		{"my skin is dry and is itchy", nil},
		{"Dose 1.5 mg? Really", nil},
		{"what is eczema and how", nil},
		{"a? b? c? d? e?", nil},
		{"what is a? what is b? what is c? what is d?", nil},
		{"", nil},
	} {
		if got := parts(c.text); !slices.Equal(got, c.want) {
			t.Errorf("parts(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

// A part is the person's own words, and no message makes it panic.
func FuzzParts(f *testing.F) {
	f.Add("can I drink on rinvoq and does it cause acne?")
	f.Add("and and and ? & + ,,, what is")
	f.Add("\xff and is it\n¿")
	f.Fuzz(func(t *testing.T, text string) {
		for _, part := range parts(text) {
			if !strings.Contains(text, part) {
				t.Errorf("%q is no part of %q", part, text)
			}
		}
	})
}
