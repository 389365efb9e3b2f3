package knowledge

import (
	"reflect"
	"testing"
)

func TestParseMarkdown(t *testing.T) {
	plain := func(s string) []Span { return []Span{{Text: s}} }
	tests := []struct {
		name, source string
		want         []Block
	}{
		{"paragraphs", "One\ntwo.\n\nThree.", []Block{{Paragraph, [][]Span{plain("One two.")}}, {Paragraph, [][]Span{plain("Three.")}}}},
		{"hard breaks", "One  \ntwo\\\nthree", []Block{{Paragraph, [][]Span{plain("One\ntwo\nthree")}}}},
		{"styles", "a **b *c*** _d_", []Block{{Paragraph, [][]Span{{
			{Text: "a "}, {Text: "b ", Strong: true}, {Text: "c", Strong: true, Em: true}, {Text: " "}, {Text: "d", Em: true}}}}}},
		{"links", "[a *b*](HTTPS://x.org/?a=1&b=2 \"t\") <https://y.org>", []Block{{Paragraph, [][]Span{{
			{Text: "a ", URL: "HTTPS://x.org/?a=1&b=2"}, {Text: "b", Em: true, URL: "HTTPS://x.org/?a=1&b=2"},
			{Text: " "}, {Text: "https://y.org", URL: "https://y.org"}}}}}},
		{"lists", "- a\n- b\n\n1. c\n2. d", []Block{{Bullets, [][]Span{plain("a"), plain("b")}}, {Numbered, [][]Span{plain("c"), plain("d")}}}},
		{"loose list", "* a\n\n* b", []Block{{Bullets, [][]Span{plain("a"), plain("b")}}}},
		{"what is no markup", `2 * 3, a_b_c, \*not\*, AT&T, 5 < 6, "q" #1 [x] x | y`, []Block{{Paragraph, [][]Span{plain(`2 * 3, a_b_c, *not*, AT&T, 5 < 6, "q" #1 [x] x | y`)}}}},
		{"nothing", " \n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseMarkdown(tt.source)
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %+v, %v\nwant %+v", got, err, tt.want)
			}
		})
	}
	if _, err := ParseMarkdown("a\n\nb `c`"); err == nil || err.Error() != "line 3: unsupported Markdown: code" {
		t.Errorf("error %v", err)
	}
}

func TestTextBlocks(t *testing.T) {
	var got []string
	for _, b := range textBlocks("\n a *b*\nc\n \n \n\n\t\n<d>\n") {
		got = append(got, PlainText(b.Items[0]))
	}
	if want := []string{"a *b*\nc", "<d>"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWebURL(t *testing.T) {
	for _, good := range []string{"https://x.org", "HTTP://x.org/a%20b?c=d#e", "https://example.org:8443/ä"} {
		if !webURL(good) {
			t.Errorf("%q is refused", good)
		}
	}
	for _, bad := range []string{"", "x.org", "//x.org", "https:", "https://", "https:///x", "https://:80", "javascript:alert(1)", "data:text/html,x",
		"https://nhs.uk@x.org", "https://x.org/a b", "https://x.org/\"", "https://x.org/<b>", "https://x.org/\n", " https://x.org", "ftp://x.org"} {
		if webURL(bad) {
			t.Errorf("%q is taken for a web address", bad)
		}
	}
}
