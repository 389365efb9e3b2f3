package knowledge

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

var (
	fence   = []byte("---")
	closing = regexp.MustCompile(`(?m)^---[ \t]*(?:\n|\z)`)
	slugRE  = regexp.MustCompile(`^[^\s\pC]+$`)
)

// maxID, in bytes, is far beyond what a readable id needs.
const maxID = 200

// maxMarkdown, in bytes, is many times what one message takes. The parsers
// need quadratic time for some input, so it is not tried on more.
const maxMarkdown = 32 << 10

// readSnippet reads one Markdown file: front matter between two lines of
// three dashes, then the body.
func (l *loader) readSnippet(fsys fs.FS, name string) {
	full := l.name(fsys, name)
	want := strings.TrimSuffix(path.Base(name), path.Ext(name))
	data, ok := l.readText(fsys, name)
	if !ok {
		l.broken[want] = true
		return
	}
	if len(data) > maxMarkdown {
		l.fatal(full, 1, fmt.Sprintf("a file of %d bytes", len(data)), "a snippet is one message; split it")
		l.broken[want] = true
		return
	}
	front, body, bodyLine, err := splitFrontMatter(data)
	if err != nil {
		l.fatal(full, 1, err.Error(), "begin with a line of ---, the fields, and another line of ---")
		l.broken[want] = true
		return
	}
	s := &Snippet{}
	y := l.decodeYAML(full, 1, front, s)
	s.Body, s.origin = body, origin{file: full, line: 1, lines: map[string]int{}, body: bodyLine}
	if y == nil { // the body can be checked all the same
		l.broken[want] = true
		l.parseBody(s)
		return
	}
	s.origin.lines = y.lines
	l.addSnippet(s)
	if s.ID != "" && s.ID != want {
		l.fault(full, s.origin.at("id"), fmt.Sprintf("id %q in a file named %s.md", s.ID, want), "name the file after the id")
	}
}

// splitFrontMatter also returns the line on which the body begins.
func splitFrontMatter(data []byte) (front []byte, body string, line int, err error) {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	if !bytes.Equal(bytes.TrimRight(first, " \t"), fence) {
		return nil, "", 0, fmt.Errorf("no front matter")
	}
	end := closing.FindIndex(rest)
	if end == nil {
		return nil, "", 0, fmt.Errorf("the front matter has no end")
	}
	front = rest[:end[0]]
	raw := string(rest[end[1]:])
	body = strings.TrimSpace(raw)
	lead := strings.Index(raw, body)
	return front, body, 3 + bytes.Count(front, []byte("\n")) + strings.Count(raw[:lead], "\n"), nil
}

// addSnippet checks what every snippet needs before it can be served.
func (l *loader) addSnippet(s *Snippet) {
	o := s.origin
	switch {
	case s.ID == "":
		l.fatal(o.file, o.line, "no id", "give it a short, lasting one, like jak-alcohol")
	case !slugRE.MatchString(s.ID) || len(s.ID) > maxID:
		l.fatal(o.file, o.at("id"), fmt.Sprintf("id %q cannot be used", s.ID),
			fmt.Sprintf("leave out spaces, and keep it under %d bytes", maxID))
	}
	if !hasWord(s.Title) {
		l.fatal(o.file, o.at("title"), "no title", "write the question that it answers")
	}
	if !hasWord(s.Body) {
		l.fatal(o.file, o.bodyAt(0), "no body", "write the text that is sent")
	}
	l.checkLang(o.file, o.at("lang"), s.Lang)
	l.checkControl(o.file, o.at("title"), s.Title)
	for i, text := range s.Questions {
		l.checkControl(o.file, o.at(fmt.Sprintf("questions[%d]", i)), text)
	}
	l.checkControl(o.file, o.bodyAt(strings.Count(s.Body[:max(0, controlAt(s.Body))], "\n")), s.Body)
	for i, src := range s.Sources {
		if src.URL != "" && !webURL(src.URL) {
			l.fatal(o.file, o.at(fmt.Sprintf("sources[%d].url", i)), fmt.Sprintf("source address %q is not http or https", src.URL), "give the page's full address")
		}
	}
	switch s.Format {
	case Text:
	case Markdown, "markdown":
		s.Format = Markdown
		l.parseBody(s)
	default:
		l.fatal(o.file, o.at("format"), fmt.Sprintf("unknown format %q", s.Format), "use markdown or text")
	}
	l.corpus.Snippets = append(l.corpus.Snippets, s)
}

func (l *loader) parseBody(s *Snippet) {
	if len(s.Body) > maxMarkdown {
		l.fatal(s.origin.file, s.origin.bodyAt(0), fmt.Sprintf("a body of %d bytes", len(s.Body)), "a snippet is one message; split it")
		return
	}
	var errs []markdownError
	s.blocks, errs = parseMarkdown(s.Body)
	for _, e := range errs {
		l.fatal(s.origin.file, s.origin.bodyAt(e.line), e.what, markdownFix)
	}
}
