package bot

import (
	"slices"
	"strconv"
	"strings"

	"handout/index"
	"handout/knowledge"
)

// Outcome says what became of a message.
type Outcome string

// The outcomes.
const (
	Answered Outcome = "answered" // a snippet, or what a command asks for
	Choose   Outcome = "choose"   // two or three titles to choose from
	NoMatch  Outcome = "no_match" // nothing curated fits
	Declined Outcome = "declined" // a question for a person, not for a program
	Urgent   Outcome = "urgent"   // an emergency: whom to call, before anything else
)

// Reply is what the bot sends. Only this package makes one, and it always ends
// with the footer: an adapter cannot see a passage without it.
type Reply struct {
	Outcome    Outcome
	Snippet    string        // id of the snippet sent, or of the rule for an urgent reply
	Revision   int           // of the snippet sent; 0 if the corpus is kept in no store
	Also       []string      // ids of the snippets that answer further questions of the message
	Confidence float64       // of the snippet sent or, if none was, of the best match
	Matches    []index.Match // what search found, best first, whatever the outcome
	Corrected  []string      // words of the question that search took for others, as "typed→meant"
	Region     *string       // the region that the person has just chosen, "" to forget it; nil if none
	Forget     bool          // the person wants nothing kept that they can be told by
	Why        *Why          // nil unless asked for
	Voted      Option        // the vote that was counted, if the message was one
	Silent     bool          // its words were said already: they are shown only where a platform demands an answer
	InVain     string        // the question, if nothing curated fits it or its answer was voted down; empty if it is nobody's reading matter

	reason   Reason
	parts    []Why // of a message that asks several things, if asked for
	sections []Section
	footer   Section
	proof    string            // label of the button that shows where a passage comes from
	undone   []knowledge.Block // what to say instead if something is not deleted that was to be
}

// Section is one part of a reply, in the order in which they are shown.
type Section struct {
	Kind       SectionKind
	Title      string // of an alarm or a passage
	Label      string // of options, where they are shown as a list in the text rather than as buttons
	Blocks     []knowledge.Block
	Snippet    *knowledge.Snippet // of a passage
	Provenance [][]knowledge.Span // below a passage, a line each: its sources and review
	Options    []Option
	Lang       string // BCP 47, of what is not in the corpus's language
	Numbered   bool   // the options are numbered, and listed in the text in full also where they are buttons
}

// SectionKind says what a section is.
type SectionKind int

// The kinds of section.
const (
	Notice  SectionKind = iota // fixed words
	Alarm                      // an emergency card
	Line                       // one line of warning above an answer
	Passage                    // a snippet, verbatim
	Options                    // things to choose from
	Footer                     // always last
)

// Option is a button, a link, or a numbered line.
type Option struct {
	Label    string
	Snippet  string // id of the snippet that it shows, or
	Command  string // the command that it sends, or
	Question string // the question that it sends: only in suggestions, which carry it themselves
	Vote     Vote   // it does not show the snippet, but says what the person thinks of it
}

// Options returns everything that the reply offers to choose from, each once,
// for platforms that show it as buttons. The label of one that the text lists
// begins with its number there, because a button cuts what is long.
func (r Reply) Options() []Option {
	var list []Option
	seen := map[string]bool{}
	for _, s := range r.sections {
		for i, o := range s.Options {
			action := o.Action()
			if seen[action] || o.Label == "" { // a heading without a name cannot be pressed
				continue
			}
			seen[action] = true
			if s.Numbered {
				o.Label = strconv.Itoa(i+1) + "  " + o.Label
			}
			list = append(list, o)
		}
	}
	return list
}

// listed is the options as lines of text.
func (s Section) listed() []string {
	var lines []string
	for i, o := range s.Options {
		kind := knowledge.Bullets
		if s.Numbered {
			kind = knowledge.Numbered
		}
		lines = append(lines, mark(kind, i)+o.Label)
	}
	return lines
}

// mark is what stands before an item of a block, numbered from 0.
func mark(kind knowledge.BlockKind, i int) string {
	switch kind {
	case knowledge.Bullets:
		return "- "
	case knowledge.Numbered:
		return strconv.Itoa(i+1) + ". "
	}
	return ""
}

// Sections returns the parts of the reply; the last one is the footer.
func (r Reply) Sections() []Section {
	return append(r.sections[:len(r.sections):len(r.sections)], r.footer)
}

// Text is the reply as plain text, the body of a snippet exactly as it was
// written.
func (r Reply) Text() string {
	var parts []string
	for _, s := range r.Sections() {
		parts = append(parts, s.Text())
	}
	return strings.Join(parts, "\n\n")
}

// Text is the section as plain text.
func (s Section) Text() string {
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	add(s.Title)
	add(s.Label)
	if s.Snippet != nil {
		add(s.Snippet.Body)
	} else {
		add(plain(s.Blocks))
	}
	var lines []string
	for _, spans := range s.Provenance {
		lines = append(lines, knowledge.PlainText(spans))
	}
	add(strings.Join(lines, "\n"))
	add(strings.Join(s.listed(), "\n"))
	sep := "\n\n"
	if s.Kind == Options {
		sep = "\n"
	}
	return strings.Join(parts, sep)
}

func plain(list []knowledge.Block) string {
	var parts []string
	for _, b := range list {
		var items []string
		for i, spans := range b.Items {
			items = append(items, mark(b.Kind, i)+knowledge.PlainText(spans))
		}
		parts = append(parts, strings.Join(items, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

func (b *Bot) reply(o Outcome, sections ...Section) Reply {
	return Reply{Outcome: o, sections: sections, footer: Section{Kind: Footer, Blocks: b.blocks(b.corpus.Messages.Footer)}, proof: b.corpus.Messages.Proof}
}

// deletes makes the reply one to somebody whose region is to be deleted.
func (b *Bot) deletes(r Reply) Reply {
	r.Region, r.undone = new(string), b.blocks(b.corpus.Messages.NotGone)
	return r
}

// NotDeleted is the reply if something of what it says to be deleted could not
// be. What else is to be deleted still is.
func (r Reply) NotDeleted() Reply {
	if r.undone == nil {
		return r
	}
	r.Outcome, r.sections = NoMatch, []Section{{Kind: Notice, Blocks: r.undone}}
	return r.because(failed)
}

func (b *Bot) notice(o Outcome, message string) Reply {
	return b.reply(o, Section{Kind: Notice, Blocks: b.blocks(message)})
}

func (r *Reply) above(s ...Section) { r.sections = append(s, r.sections...) }
func (r *Reply) below(s ...Section) { r.sections = append(r.sections, s...) }

// blocks parses one of the corpus's messages, which were checked on loading,
// once. The result is shared: appending to it copies.
func (b *Bot) blocks(message string) []knowledge.Block {
	if list, ok := b.parsed.Load(message); ok {
		return list.([]knowledge.Block)
	}
	list, err := knowledge.ParseMarkdown(message)
	if err != nil {
		panic("message was not checked: " + err.Error())
	}
	list = slices.Clip(list)
	b.parsed.Store(message, list)
	return list
}

func paragraph(text string) knowledge.Block {
	return knowledge.Block{Kind: knowledge.Paragraph, Items: [][]knowledge.Span{{{Text: text}}}}
}

func bullets(items []string) knowledge.Block {
	b := knowledge.Block{Kind: knowledge.Bullets}
	for _, item := range items {
		b.Items = append(b.Items, []knowledge.Span{{Text: item}})
	}
	return b
}
