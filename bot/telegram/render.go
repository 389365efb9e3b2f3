package telegram

import (
	"strings"
	"unicode/utf16"

	"handout/bot"
	"handout/knowledge"
)

// longest is Telegram's limit for a message, in UTF-16 units, counted after
// the markup was taken out.
const longest = 4096

// markup writes Telegram's HTML.
type markup struct{}

var (
	escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	escapeURL  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
)

func (markup) Text(plain string) string    { return escapeText.Replace(plain) }
func (markup) Strong(marked string) string { return "<b>" + marked + "</b>" }
func (markup) Em(marked string) string     { return "<i>" + marked + "</i>" }
func (markup) Link(marked, url string) string {
	return `<a href="` + escapeURL.Replace(url) + `">` + marked + "</a>"
}

// Len counts as Telegram does: no tags, an entity as one, and a rune beyond
// the basic plane as two.
func (markup) Len(marked string) int {
	n := 0
	inTag, inEntity := false, false
	for i := 0; i < len(marked); i++ {
		c := marked[i]
		switch {
		case inTag:
			inTag = c != '>'
		case inEntity:
			inEntity = c != ';'
		case c == '<':
			inTag = true
		case c == '&':
			inEntity = true
			n++
		case c >= 0xF0: // the first byte of four
			n += 2
		case c < 0x80 || c >= 0xC0: // the first byte of others
			n++
		}
	}
	return n
}

type button struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"` // that it opens instead
}

// mostButtons is Telegram's limit for a message.
const mostButtons = 100

// mostFeedback is how many of them [bot.Reply.Feedback] may take.
const mostFeedback = 3

// keyboard is the buttons below a reply: what it offers, a line each, and
// what it asks about itself side by side. It is nil if there are none.
func keyboard(r bot.Reply) [][]button {
	rows := offers(r.Options())
	var feedback []button
	for _, o := range r.Feedback() {
		feedback = append(feedback, button{Text: o.Label, Data: o.Action()})
	}
	if feedback != nil {
		rows = append(rows, feedback)
	}
	return rows
}

// offers is a line for each option, with room left for feedback.
func offers(options []bot.Option) (rows [][]button) {
	for _, o := range options[:min(len(options), mostButtons-mostFeedback)] {
		rows = append(rows, []button{{Text: o.Label, Data: o.Action()}})
	}
	return rows
}

type menuEntry struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// menu is the list of commands that the app shows.
func menu() []menuEntry {
	var list []menuEntry
	for _, c := range bot.Commands {
		list = append(list, menuEntry{c.Name, c.Summary})
	}
	return list
}

func plainText(spans []knowledge.Span) string { return knowledge.PlainText(spans) }

// cutUnits keeps at most n UTF-16 units.
func cutUnits(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}

// ellipsis cuts a text where a word ends, and shows that it goes on.
func ellipsis(s string, n int) string {
	cut := cutUnits(s, n)
	if cut == s {
		return s
	}
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " …"
}
