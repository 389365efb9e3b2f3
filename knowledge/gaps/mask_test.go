package gaps

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMask(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		// nothing to hide
		{"can i drink alcohol on rinvoq", "can i drink alcohol on rinvoq"},
		{"does JAK1 matter at 15 mg or 7.5-15 mg, age 34?", "does JAK1 matter at 15 mg or 7.5-15 mg, age 34?"},
		{"is vitamin B12 2mg ok", "is vitamin B12 2mg ok"},
		{"is the cream called Opzelura", "is the cream called Opzelura"},
		{"do MS patients have more flares", "do MS patients have more flares"},
		{"what if i miss doses", "what if i miss doses"},
		{"can you call me if it itches", "can you call me if it itches"},
		{"hi there, does it itch", "hi there, does it itch"},
		{"does it sting? thanks for your help", "does it sting? thanks for your help"},
		{"i'm pregnant, is it safe", "i'm pregnant, is it safe"},
		{"e.g. rinvoq, i.e. a JAK inhibitor", "e.g. rinvoq, i.e. a JAK inhibitor"},
		{"what does it do...", "what does it do…"},
		{"湿疹可以游泳吗", "湿疹可以游泳吗"},
		// names
		{"my name is anna and I itch", "my name is […] and I itch"},
		{"My name is Will Smith, is eczema contagious", "My name is […], is eczema contagious"},
		{"My name’s Mary-Jane O'Neil. Can I swim?", "My name's […]. Can I swim?"},
		{"my daughter's name is zoë, can she swim", "my daughter's name is […], can she swim"},
		{"im called bob can i swim", "im called […] can i swim"},
		{"you can call me anna, does it itch", "you can call me […], does it itch"},
		{"my son is called finn and he itches", "my son is called […] and he itches"},
		{"This is Anna Bell speaking, can I swim", "This is […] speaking, can I swim"},
		{"this is anna here can i swim", "this is […] here can i swim"},
		{"I'm Anna and I itch", "I'm […] and I itch"},
		{"Dear Dr. Smith, can I swim", "Dear […], can I swim"},
		{"hi anna, can i swim", "hi […], can i swim"},
		{"Hi Anna can i swim", "Hi […] can i swim"},
		{"does Dr Smith know about eczema", "does Dr […] know about eczema"},
		{"mrs bucket asked can she swim", "mrs […] asked can she swim"},
		{"My daughter Zoë itches", "My daughter […] itches"},
		{"patient: john doe, eczema", "patient: […], eczema"},
		{"can I swim?\n\nKind regards,\nAnna Bell", "can I swim? Kind regards, […]"},
		{"can i swim? thanks anna", "can i swim? thanks […]"},
		{"can i swim thx anna", "can i swim thx […]"},
		{"can i swim - Anna", "can i swim - […]"},
		{"can i swim?\nAnna", "can i swim? […]"},
		{"Can I swim? Love, Anna xx", "Can I swim? Love, […]"},
		// in other languages and scripts
		{"ich heiße Jürgen Groß und habe Ekzem", "ich heiße […] und habe Ekzem"},
		{"me llamo josé, puedo nadar", "me llamo […], puedo nadar"},
		{"Je m’appelle Zoé, puis-je nager", "Je m'appelle […], puis-je nager"},
		{"меня зовут Анна, можно плавать?", "меня зовут […], можно плавать?"},
		{"मेरा नाम प्रिया, तैर सकती हूँ", "मेरा नाम […], तैर सकती हूँ"},
		{"اسمي فاطمة، هل يمكنني السباحة", "اسمي […]، هل يمكنني السباحة"},
		{"我叫王小明，可以游泳吗", "我叫[…],可以游泳吗"},
		// numbers
		{"call 555-123-4567 about eczema", "call […] about eczema"},
		{"call +44 (0)7700 900123 please", "call […] please"},
		{"my nhs number is 943 476 5919", "my nhs number is […]"},
		{"id AB123456C ok", "id […] ok"},
		{"phone ５５５１２３４５６７ ok", "phone […] ok"},
		{"phone ٠١٢٣٤٥٦٧٨٩ ok", "phone […] ok"},
		{"phone 1\u200b2\u200b3\u200b4\u200b5 ok", "phone […] ok"},
		{"born 12/03/1985, can i swim", "born […], can i swim"},
		{"i was born on 3rd March 1985", "i was born on […]"},
		{"born in march 85, can i swim", "[…], can i swim"},
		{"since March 3, 1985 i itch", "since […] i itch"},
		{"dob 12.03.85 swim", "dob […] swim"},
		{"geboren 1985-03-12", "geboren […]"},
		{"生于1985年3月12日", "生于[…]"},
		{"zip 90210", "zip […]"},
		{"i live at sw1a 1aa", "i live at […]"},
		{"K1A 0B1 is cold", "[…] is cold"},
		{"at 12b Old Mill Road i itch", "at […] i itch"},
		{"my ip is 192.168.1.20", "my ip is […]"},
		// the net
		{"mail me: anna.bell+x@mail.example.org now", "mail me: […] now"},
		{"anna (at) mail (dot) org please", "[…] please"},
		{"i am @anna_bell on insta", "i am […] on insta"},
		{"＠anna ﹫bob", "[…]"},
		{"see https://example.org/anna?x=1 for it", "see […] for it"},
		{"see example.com or t.me/anna or foo.bar/anna", "see […] or […] or […]"},
		{"ask <@123456789012345678> or <@!12> or <#55> <:smile:77>", "ask […] or […] or […]"},
		{"[anna](https://x.example)", "[…]"},
	} {
		got := Mask(tc.text)
		if got != tc.want {
			t.Errorf("%q\n got %q\nwant %q", tc.text, got, tc.want)
		}
		if again := Mask(got); again != got {
			t.Errorf("masked again, %q becomes %q", got, again)
		}
	}
}

func TestMaskCutsLongTexts(t *testing.T) {
	for name, text := range map[string]string{
		"words":      strings.Repeat("does it itch ", 100),
		"one word":   strings.Repeat("湿疹", 700),
		"a number":   strings.Repeat("itch ", 38) + "call 0123 456 789",
		"after much": strings.Repeat("x", 990) + " 555 123 4567",
		"links":      strings.Repeat("https://example.org/"+strings.Repeat("a", 180)+" itch ", 20) + "5551234567",
	} {
		got := Mask(text)
		if n := utf8.RuneCountInString(got); n > longest+2 || n == 0 {
			t.Errorf("%s: %d characters: %q", name, n, got)
		}
		if strings.ContainsAny(got, "0123456789") {
			t.Errorf("%s: a number stays: %q", name, got)
		}
	}
	if got := Mask(strings.Repeat("does it itch ", 100)); !strings.HasPrefix(got, "does it itch") || !strings.HasSuffix(got, "does …") {
		t.Errorf("got %q", got)
	}
}

// leaks are what may be left of no text.
var leaks = regexp.MustCompile(`(?i)\p{Nd}{5}|@|://|www\.|[\p{Zl}\p{Zp}\p{Cc}]`)

func FuzzMask(f *testing.F) {
	for _, seed := range []string{
		"my name is Anna, call 555-123-4567 or a@b.example", "https://x.example www.y.example @anna <@123>", "1\u03012\u03013\u03014\u03015",
		"१२३४५६", "1\xff2345", "www\u200b.x", "a…b@…c", strings.Repeat("9 ", 600), "Hi Anna,\n\nthanks\nBob", "w\u00adww.x", "1\u20602345",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Mask(text)
		if found := leaks.FindString(got); found != "" {
			t.Errorf("%q stays in %q", found, got)
		}
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > longest+2 {
			t.Errorf("%q is no text to keep", got)
		}
		set(tokens(got, nil)) // must not panic
	})
}
