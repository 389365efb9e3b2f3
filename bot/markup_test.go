package bot

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"handout/knowledge"
)

// tags is a markup whose balance can be checked.
type tags struct{}

var tagRE = regexp.MustCompile(`<[^>]*>`)

func (tags) Text(s string) string   { return html.EscapeString(s) }
func (tags) Strong(s string) string { return "<b>" + s + "</b>" }
func (tags) Em(s string) string     { return "<i>" + s + "</i>" }
func (tags) Link(s, url string) string {
	return `<a href="` + html.EscapeString(url) + `">` + s + "</a>"
}
func (tags) Len(s string) int {
	return utf8.RuneCountInString(html.UnescapeString(tagRE.ReplaceAllString(s, "")))
}

// TestMessages splits arbitrary replies and undoes it again.
func TestMessages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := rapid.Custom(func(t *rapid.T) knowledge.Span {
			return knowledge.Span{
				Text:   rapid.StringMatching(`[a-z<&">äß🙂]{0,12}( [a-z<&>]{1,30}){0,20}`).Draw(t, "text"),
				Strong: rapid.Bool().Draw(t, "strong"), Em: rapid.Bool().Draw(t, "em"),
				URL: rapid.SampledFrom([]string{"", "", "https://example.org/?a=1&b=2"}).Draw(t, "url"),
			}
		})
		block := rapid.Custom(func(t *rapid.T) knowledge.Block {
			return knowledge.Block{
				Kind:  rapid.SampledFrom([]knowledge.BlockKind{knowledge.Paragraph, knowledge.Bullets}).Draw(t, "kind"),
				Items: rapid.SliceOfN(rapid.SliceOfN(span, 1, 4), 1, 5).Draw(t, "items"),
			}
		})
		r := Reply{
			sections: []Section{{Kind: Passage, Title: "Title", Blocks: rapid.SliceOfN(block, 1, 6).Draw(t, "blocks")}},
			footer:   Section{Kind: Footer, Blocks: []knowledge.Block{paragraph("Consult your provider.")}},
		}
		limit := rapid.IntRange(40, 400).Draw(t, "limit")
		var parts []string
		for _, message := range r.Messages(tags{}, limit) {
			if n := (tags{}).Len(message); n > limit {
				t.Fatalf("a message of %d units, over %d: %q", n, limit, message)
			}
			body, ok := strings.CutSuffix(message, "Consult your provider.")
			if !ok {
				t.Fatalf("a message does not end with the footer: %q", message)
			}
			for _, name := range []string{"b", "i", "a"} {
				if open, shut := len(regexp.MustCompile("<"+name+"[ >]").FindAllString(body, -1)), strings.Count(body, "</"+name+">"); open != shut {
					t.Fatalf("%d <%s> and %d </%s> in %q", open, name, shut, name, body)
				}
			}
			parts = append(parts, html.UnescapeString(tagRE.ReplaceAllString(body, "")))
		}
		if got, want := letters(strings.Join(parts, "")), letters(r.sections[0].Text()); got != want {
			t.Fatalf("put together again:\n%q\nwant\n%q", got, want)
		}
	})
}

// letters leaves out white space, which a cut replaces.
func letters(s string) string { return strings.Join(strings.Fields(s), "") }

func TestPagesHaveNoFooterAndLoseNothing(t *testing.T) {
	words := strings.Repeat("owl ", 100)
	blocks := []knowledge.Block{{Kind: knowledge.Paragraph, Items: [][]knowledge.Span{{{Text: words}}}}}
	pages := Pages(tags{}, "Title", blocks, 50)
	for _, p := range pages {
		if n := (tags{}).Len(p); n > 50 {
			t.Errorf("page of %d characters", n)
		}
	}
	if got, want := strings.Fields(strings.Join(pages, " ")), strings.Fields("<b>Title</b> "+words); !slices.Equal(got, want) {
		t.Errorf("%d words of %d: %v", len(got), len(want), pages)
	}
	if one := Pages(tags{}, "T", blocks, 1000); len(one) != 1 || !strings.HasPrefix(one[0], "<b>T</b>\n\nowl") {
		t.Errorf("pages %q", one)
	}
	if none := Pages(tags{}, "", nil, 50); len(none) != 0 {
		t.Errorf("of nothing: %q", none)
	}
}

// Steps keep their numbers wherever a reply is shown as text.
func TestNumberedSteps(t *testing.T) {
	steps, err := knowledge.ParseMarkdown("Do this:\n\n1. Wash.\n2. Pat dry.")
	if err != nil {
		t.Fatal(err)
	}
	r := Reply{sections: []Section{{Kind: Notice, Blocks: steps}}, footer: Section{Kind: Footer, Blocks: []knowledge.Block{paragraph("Consult your provider.")}}}
	const want = "Do this:\n\n1. Wash.\n2. Pat dry.\n\nConsult your provider."
	if got := r.Text(); got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if got := r.Messages(tags{}, 400); len(got) != 1 || got[0] != want {
		t.Errorf("messages %q, want %q", got, want)
	}
}
