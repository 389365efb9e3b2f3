package knowledge

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Block is one paragraph or list of a body, the same for every surface; each
// adapter renders it in its own markup. A list has an item for each point; a
// paragraph has one item.
type Block struct {
	Kind  BlockKind
	Items [][]Span
}

// BlockKind says what a block is.
type BlockKind int

// The kinds of block.
const (
	Paragraph BlockKind = iota
	Bullets
	Numbered
)

// Span is a run of text with one style.
type Span struct {
	Text   string
	Strong bool
	Em     bool
	URL    string // link target, http or https; empty for plain text
}

// PlainText is the spans without their style.
func PlainText(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

var blankLine = regexp.MustCompile(`\n(?:[ \t]*\n)+`)

// textBlocks splits plain text at blank lines; nothing in it is markup.
func textBlocks(body string) []Block {
	var blocks []Block
	for _, p := range blankLine.Split(strings.TrimSpace(body), -1) {
		blocks = append(blocks, Block{Kind: Paragraph, Items: [][]Span{{{Text: p}}}})
	}
	return blocks
}

// markdownError is a construct that not every surface can show.
type markdownError struct {
	line int // counted from the first line of the body, which is 0
	what string
}

const markdownFix = "use paragraphs, lists, bold, italics and http links only"

// ParseMarkdown parses a text in the Markdown subset: paragraphs, flat
// lists, bold, italics and links. The error names the first construct that
// is outside it.
func ParseMarkdown(source string) ([]Block, error) {
	blocks, errs := parseMarkdown(source)
	if len(errs) > 0 {
		return nil, fmt.Errorf("line %d: %s", errs[0].line+1, errs[0].what)
	}
	return blocks, nil
}

// markdownParser is made once: it is safe for many goroutines.
var markdownParser = goldmark.DefaultParser()

// What goldmark takes for plain text, but writers mean as markup.
var pseudoMarkup = []struct {
	re   *regexp.Regexp
	what string
}{
	{regexp.MustCompile(`(?m)^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$`), "a table"},
	{regexp.MustCompile(`~~\S`), "struck-out text"},
	{regexp.MustCompile(`&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);`), "an HTML entity in place of the character"},
}

func parseMarkdown(source string) ([]Block, []markdownError) {
	p := &bodyParser{source: []byte(source)}
	for _, m := range pseudoMarkup {
		for _, at := range m.re.FindAllStringIndex(source, -1) {
			p.failAt(at[0], "unsupported Markdown: "+m.what)
		}
	}
	root := markdownParser.Parse(text.NewReader(p.source))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		p.block(n)
	}
	return p.blocks, p.errs
}

type bodyParser struct {
	source []byte
	blocks []Block
	errs   []markdownError
}

func (p *bodyParser) fail(n ast.Node, what string) { p.failAt(position(n), what) }

// failAt reports a construct once a line: both tags of <b>this</b> are one.
func (p *bodyParser) failAt(offset int, what string) {
	e := markdownError{bytes.Count(p.source[:offset], []byte("\n")), what}
	if !slices.Contains(p.errs, e) {
		p.errs = append(p.errs, e)
	}
}

// position is the offset of a node, or of the next one round it that knows its own.
func position(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if pos := n.Pos(); pos >= 0 {
			return pos
		}
	}
	return 0
}

func (p *bodyParser) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		p.blocks = append(p.blocks, Block{Paragraph, [][]Span{p.spans(n, Span{})}})
	case *ast.List:
		p.list(n)
	default:
		p.fail(n, "unsupported Markdown: "+describe(n))
	}
}

func (p *bodyParser) list(l *ast.List) {
	b := Block{Kind: Bullets}
	if l.IsOrdered() {
		b.Kind = Numbered
		if l.Start != 1 {
			p.fail(l, fmt.Sprintf("unsupported Markdown: a list that begins with %d", l.Start))
		}
	}
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		var spans []Span
		for n := item.FirstChild(); n != nil; n = n.NextSibling() {
			switch n.(type) {
			case *ast.TextBlock, *ast.Paragraph:
				if spans != nil {
					p.fail(n, "unsupported Markdown: a list item of several paragraphs")
				}
				spans = append(spans, p.spans(n, Span{})...)
			default:
				p.fail(n, "unsupported Markdown: "+describe(n)+" inside a list")
			}
		}
		if spans == nil {
			p.fail(item, "unsupported Markdown: an empty list item")
		}
		b.Items = append(b.Items, spans)
	}
	p.blocks = append(p.blocks, b)
}

func (p *bodyParser) spans(parent ast.Node, style Span) []Span {
	var spans []Span
	add := func(s string) {
		if k := len(spans) - 1; k >= 0 && spans[k].sameStyle(style) {
			spans[k].Text += s
			return
		}
		next := style
		next.Text = s
		spans = append(spans, next)
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			add(unescape(string(n.Segment.Value(p.source))))
			if n.HardLineBreak() {
				add("\n")
			} else if n.SoftLineBreak() {
				add(" ")
			}
		case *ast.String:
			add(string(n.Value))
		case *ast.Emphasis:
			inner := style
			inner.Strong = style.Strong || n.Level == 2
			inner.Em = style.Em || n.Level == 1
			spans = append(spans, p.spans(n, inner)...)
		case *ast.Link:
			inner := style
			inner.URL = string(n.Destination)
			p.checkURL(n, inner.URL)
			label := p.spans(n, inner)
			if PlainText(label) == "" {
				p.fail(n, "unsupported Markdown: a link without a text")
			}
			spans = append(spans, label...)
		case *ast.AutoLink:
			inner := style
			inner.URL = string(n.URL(p.source))
			inner.Text = string(n.Label(p.source))
			p.checkURL(n, inner.URL)
			spans = append(spans, inner)
		default:
			p.fail(n, "unsupported Markdown: "+describe(n))
		}
	}
	return spans
}

func (s Span) sameStyle(o Span) bool {
	return s.Strong == o.Strong && s.Em == o.Em && s.URL == o.URL
}

func (p *bodyParser) checkURL(n ast.Node, url string) {
	if !webURL(url) {
		p.fail(n, fmt.Sprintf("link to %q, which is not a whole http or https address", url))
	}
}

var escaped = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")

// unescape removes the backslashes that Markdown allows before punctuation.
func unescape(s string) string { return escaped.ReplaceAllString(s, "$1") }

func describe(n ast.Node) string {
	switch n.Kind() {
	case ast.KindHeading:
		return "a heading"
	case ast.KindCodeBlock:
		return "a code block (four spaces at the start of a line)"
	case ast.KindFencedCodeBlock, ast.KindCodeSpan:
		return "code"
	case ast.KindHTMLBlock, ast.KindRawHTML:
		return "HTML"
	case ast.KindImage:
		return "an image"
	case ast.KindBlockquote:
		return "a quotation"
	case ast.KindThematicBreak:
		return "a rule"
	case ast.KindList:
		return "a list"
	case ast.KindLinkReferenceDefinition:
		return "a link definition"
	}
	return strings.ToLower(n.Kind().String())
}
