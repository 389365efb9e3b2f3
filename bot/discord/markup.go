package discord

import (
	"regexp"
	"strings"
	"unicode"
)

// markdown is Discord's, as a [bot.Markup].
type markdown struct{}

var (
	// address is what Discord makes a link of by itself; escaping would break it.
	address = regexp.MustCompile(`https?://[^\s<]+`)
	special = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `_`, `\_`, `~`, `\~`, "`", "\\`", `|`, `\|`, `<`, `\<`, `>`, `\>`, `[`, `\[`, `]`, `\]`, `#`, `\#`)
	// listMark is what Discord makes a list of at the start of a line.
	listMark = regexp.MustCompile(`^[ \t]*(?:[-+][ \t]|\d+\.[ \t])`)
)

// bullet is the mark of a list, which is meant as one.
const bullet = "- "

// Text escapes.
func (markdown) Text(plain string) string {
	if plain == bullet {
		return plain
	}
	text := escape(plain)
	if !strings.Contains(text, "\n") {
		return escapeLine(text)
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = escapeLine(line)
	}
	return strings.Join(lines, "\n")
}

// escape leaves addresses alone.
func escape(plain string) string {
	if !strings.Contains(plain, "://") {
		return special.Replace(plain)
	}
	var b strings.Builder
	at := 0
	for _, m := range address.FindAllStringIndex(plain, -1) {
		b.WriteString(special.Replace(plain[at:m[0]]))
		b.WriteString(plain[m[0]:m[1]])
		at = m[1]
	}
	b.WriteString(special.Replace(plain[at:]))
	return b.String()
}

// escapeLine puts a backslash before the sign that makes a list.
func escapeLine(line string) string {
	start := strings.TrimLeft(line, " \t")
	if start == "" || !strings.ContainsRune("-+0123456789", rune(start[0])) {
		return line
	}
	mark := listMark.FindString(line)
	if mark == "" {
		return line
	}
	sign := strings.IndexAny(mark, "-+.")
	return line[:sign] + `\` + line[sign:]
}

// Strong is bold.
func (markdown) Strong(marked string) string { return around("**", marked) }

// Em is italic.
func (markdown) Em(marked string) string { return around("*", marked) }

// around leaves blanks outside of the marks, where Discord wants them.
func around(mark, marked string) string {
	inner := strings.TrimLeftFunc(marked, unicode.IsSpace)
	before := marked[:len(marked)-len(inner)]
	inner = strings.TrimRightFunc(inner, unicode.IsSpace)
	if inner == "" {
		return marked
	}
	return before + mark + inner + mark + marked[len(before)+len(inner):]
}

var urlEscape = strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\n", "", "\\", "%5C")

// Link is a link with a text. An address that is its own text stands bare,
// since Discord hides no address behind another.
func (markdown) Link(marked, url string) string {
	if strings.Contains(marked, "://") {
		return "<" + urlEscape.Replace(url) + ">"
	}
	return "[" + marked + "](<" + urlEscape.Replace(url) + ">)"
}

// Len counts UTF-16 units, the strictest reading of Discord's limits.
func (markdown) Len(marked string) int {
	n := 0
	for _, r := range marked {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
