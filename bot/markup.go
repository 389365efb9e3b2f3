package bot

import (
	"strings"
	"unicode"

	"handout/knowledge"
)

// Markup writes styled text as one platform wants it.
type Markup interface {
	Text(plain string) string       // escapes
	Strong(marked string) string    // of text that is already escaped
	Em(marked string) string        // likewise
	Link(marked, url string) string // likewise; the address is not escaped
	// Len is in the unit of the platform's limit, as the platform counts. Of two
	// texts together it is the sum of both.
	Len(marked string) int
}

// Messages renders the reply in few messages. Each of them ends with the
// footer. A passage or an alarm for which a message has room is not cut: its
// warnings stay with it. A longer text is cut between lines or, if a line is too
// long by itself, between words; styles are closed and opened again at a cut.
// What the options offer becomes buttons; the text lists it only where it is
// numbered.
func (r Reply) Messages(m Markup, limit int) []string {
	footer := renderLines(m, r.footer.lines())
	pages := paginate(m, r.sections, blankLine+footer, limit)
	if len(pages) == 0 {
		return []string{footer}
	}
	return pages
}

// Pages renders what is no answer to a patient, and so has no footer, in as few
// messages as the limit allows, cut as those of a reply are. There is none if
// there is nothing to say.
func Pages(m Markup, title string, blocks []knowledge.Block, limit int) []string {
	return paginate(m, []Section{{Title: title, Blocks: blocks}}, "", limit)
}

// paginate ends each page with the tail.
func paginate(m Markup, sections []Section, tail string, limit int) []string {
	p := &pager{markup: m, tail: tail, room: max(limit-m.Len(tail), 1)}
	for _, s := range sections {
		p.keep(s)
		for _, l := range s.lines() {
			p.add(l)
		}
	}
	p.flush()
	return p.pages
}

// line is a line of a message, with the break before it.
type line struct {
	lead  string // "\n\n" or "\n"
	spans []knowledge.Span
}

const (
	newLine   = "\n"
	blankLine = "\n\n"
)

// lines lays a section out.
func (s Section) lines() []line {
	var list []line
	if s.Title != "" {
		list = append(list, line{blankLine, []knowledge.Span{{Text: s.Title, Strong: true}}})
	}
	for _, b := range s.Blocks {
		lead := blankLine
		for i, item := range b.Items {
			if b.Kind != knowledge.Paragraph {
				item = append([]knowledge.Span{{Text: mark(b.Kind, i)}}, item...)
			}
			list = append(list, line{lead, item})
			if b.Kind != knowledge.Paragraph {
				lead = newLine
			}
		}
	}
	lead := blankLine
	for _, spans := range s.Provenance {
		list = append(list, line{lead, spans})
		lead = newLine
	}
	if s.Numbered {
		lead = blankLine
		for _, text := range s.listed() {
			list = append(list, line{lead, []knowledge.Span{{Text: text}}})
			lead = newLine
		}
	}
	return list
}

func renderLines(m Markup, list []line) string {
	var b strings.Builder
	for i, l := range list {
		if i > 0 {
			b.WriteString(l.lead)
		}
		b.WriteString(render(m, l.spans))
	}
	return b.String()
}

func render(m Markup, spans []knowledge.Span) string {
	if len(spans) == 1 && spans[0] == (knowledge.Span{Text: spans[0].Text}) {
		return m.Text(spans[0].Text)
	}
	var b strings.Builder
	for _, s := range spans {
		text := m.Text(s.Text)
		if s.Em {
			text = m.Em(text)
		}
		if s.Strong {
			text = m.Strong(text)
		}
		if s.URL != "" {
			text = m.Link(text, s.URL)
		}
		b.WriteString(text)
	}
	return b.String()
}

// pager fills pages of limited room.
type pager struct {
	markup Markup
	tail   string // of every page
	room   int    // for the text of a page, without its tail
	page   strings.Builder
	length int // of the page
	pages  []string
}

// keep begins a page where a passage or an alarm would be cut, or its text
// without the sources, although a page has room for it.
func (p *pager) keep(s Section) {
	if p.length == 0 || s.Kind != Passage && s.Kind != Alarm {
		return
	}
	text := s
	text.Provenance = nil
	for _, whole := range []Section{s, text} {
		n := p.markup.Len(renderLines(p.markup, whole.lines()))
		if p.length+len(blankLine)+n <= p.room {
			return
		}
		if n <= p.room {
			p.flush()
			return
		}
	}
}

func (p *pager) add(l line) {
	for len(l.spans) > 0 {
		text := render(p.markup, l.spans)
		if p.length > 0 {
			text = l.lead + text
		}
		if n := p.markup.Len(text); p.length+n <= p.room {
			p.page.WriteString(text)
			p.length += n
			return
		}
		if p.length > 0 {
			p.flush()
			continue
		}
		head, tail := p.cut(l.spans)
		p.page.WriteString(render(p.markup, head))
		p.length = p.room
		p.flush()
		l.spans = tail
	}
}

func (p *pager) flush() {
	if p.length > 0 {
		p.page.WriteString(p.tail)
		p.pages = append(p.pages, p.page.String())
		p.page.Reset()
		p.length = 0
	}
}

// cut returns as many words of the spans as fit on a page, and the rest. A word
// that does not fit by itself is cut.
func (p *pager) cut(spans []knowledge.Span) (head, tail []knowledge.Span) {
	n := 0
	for _, s := range spans {
		n += len([]rune(s.Text))
	}
	low, high := 1, n // the most runes that fit; at least one, or there would be no end
	for low < high {
		middle := (low + high + 1) / 2
		head, _ = splitAt(spans, middle)
		if p.markup.Len(render(p.markup, head)) <= p.room {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return splitAt(spans, wordEnd(spans, low))
}

// wordEnd is the last place at or before n, in runes, where a word ends.
func wordEnd(spans []knowledge.Span, n int) int {
	runes := []rune(knowledge.PlainText(spans))
	for i := min(n, len(runes)-1); i > 0; i-- {
		if unicode.IsSpace(runes[i]) {
			return i
		}
	}
	return n
}

// splitAt cuts spans after n runes, dropping the blanks at the cut.
func splitAt(spans []knowledge.Span, n int) (head, tail []knowledge.Span) {
	for i, s := range spans {
		runes := []rune(s.Text)
		if n >= len(runes) {
			head = append(head, s)
			n -= len(runes)
			continue
		}
		rest := s
		s.Text, rest.Text = string(runes[:n]), strings.TrimLeftFunc(string(runes[n:]), unicode.IsSpace)
		if s.Text != "" {
			head = append(head, s)
		}
		if rest.Text != "" {
			tail = append(tail, rest)
		}
		return head, append(tail, spans[i+1:]...)
	}
	return head, nil
}
