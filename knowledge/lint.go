package knowledge

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"
)

// MessageLimit is the longest message, in UTF-16 units, of the narrowest
// platform that handout serves: Discord's limit for a bot. A snippet with
// its title, sources and footer must fit.
const MessageLimit = 2000

// Check reads the corpus at path (the starter corpus if empty) and reports
// everything wrong with it, in the order of its files. The error is for a
// path that cannot be read at all.
func Check(path string, now time.Time) (Problems, error) {
	l, err := read(path)
	if err != nil {
		return nil, err
	}
	return l.check(now), nil
}

// CheckFS reads a corpus like [Open], from a folder that need not be on disk, and
// reports everything wrong with it. name stands before the names of files in
// problems if it is not empty.
func CheckFS(name string, fsys fs.FS, now time.Time) (*Corpus, Problems, error) {
	l := readFS(name, fsys)
	c, err := l.result()
	return c, l.check(now), err
}

func (l *loader) check(now time.Time) Problems {
	l.lint(now)
	l.problems.Sort()
	return l.problems
}

func (l *loader) lint(now time.Time) {
	l.lintWordings()
	topics := map[string]bool{}
	for _, t := range l.corpus.Settings.Topics {
		for _, id := range t.IDs {
			topics[id] = true
		}
	}
	for _, s := range l.corpus.Snippets {
		l.lintSources(s)
		l.lintReview(s, now)
		l.lintBody(s)
		l.lintPairing(s)
		if n := l.corpus.Settings.Questions; len(s.Questions) < n {
			l.faultAt(s, "questions", fmt.Sprintf("too few other wordings, %d of %d", len(s.Questions), n), "add ways in which people ask this")
		}
		for i, t := range s.Topics {
			if len(topics) > 0 && !topics[t] {
				l.faultAt(s, fmt.Sprintf("topics[%d]", i), fmt.Sprintf("unknown topic %q", t), "use a topic of "+settingsFile+" or add it there")
			}
		}
		if len(topics) > 0 && len(s.Topics) == 0 {
			l.faultAt(s, "topics", "no topic", "give at least one of "+settingsFile)
		}
	}
	l.lintHouse(now)
	l.lintTranslations()
}

func (l *loader) faultAt(s *Snippet, field, what, fix string) {
	l.fault(s.origin.file, s.origin.at(field), what, fix)
}

// lintWordings finds the same wording in two snippets: only one could answer.
func (l *loader) lintWordings() {
	type place struct {
		s     *Snippet
		field string
	}
	seen := map[string]place{}
	for _, s := range l.corpus.Snippets {
		for i, text := range s.Wordings() {
			field := "title"
			if i > 0 {
				field = fmt.Sprintf("questions[%d]", i-1)
			}
			key := cmp.Or(s.Lang, l.corpus.Settings.Lang) + "\x00" + strings.Join(Words(text), " ")
			first, ok := seen[key]
			switch {
			case !hasWord(text):
				if i > 0 { // an empty title is reported already
					l.faultAt(s, field, fmt.Sprintf("the wording %q holds no word", text), "remove it")
				}
			case !ok:
				seen[key] = place{s, field}
			case first.s == s:
				l.faultAt(s, field, fmt.Sprintf("the wording %q stands twice", text), "keep one")
			default:
				l.faultAt(s, field, fmt.Sprintf("the wording %q is also that of %s", text, first.s.ID),
					fmt.Sprintf("keep it where it is answered best; the other is at %s:%d", first.s.origin.file, first.s.origin.at(first.field)))
			}
		}
	}
}

func (l *loader) lintSources(s *Snippet) {
	if len(s.Sources) == 0 {
		l.faultAt(s, "sources", "no source", "say where its facts were read")
	}
	if s.origin.lines == nil {
		return // a table's rows have no room for more than a title and an address
	}
	for i, src := range s.Sources {
		at := fmt.Sprintf("sources[%d]", i)
		switch {
		case src.Title == "":
			l.faultAt(s, at, "a source without a title", "name the document")
		case src.URL == "" && src.Via == "":
			l.faultAt(s, at, "a source without an address", "give its url, or via: copy if only a copy elsewhere was read")
		case src.Read.IsZero() && src.Via != "project":
			l.faultAt(s, at, "a source without the day on which it was read", "add read: and the date")
		}
	}
}

func (l *loader) lintReview(s *Snippet, now time.Time) {
	switch {
	case !s.Current(now):
		l.faultAt(s, "review.due", fmt.Sprintf("the review date %s has passed, so it is no longer served", s.Review.Due.iso()), "check it against its sources and set a new date")
	case s.Review.Due.IsZero() && s.origin.lines != nil:
		l.faultAt(s, "review", "no review date", "add review: {due: date}")
	}
	if s.Review.By != "" && s.Review.On.IsZero() {
		l.faultAt(s, "review.by", "a reviewer without a date", "add on: and the day of the review")
	}
}

var (
	doseRE   = regexp.MustCompile(`(?i)\b\d+(?:[.,]\d+)?[\s*_-]*(?:mg|mcg|µg|g|ml|milligrams?|micrograms?|grams?|millilit(?:er|re)s?)\b`)
	changeRE = regexp.MustCompile(`(?i)\b(?:stop|start|restart|skip|halve|double|quit)(?:ping|ting|ing)?\s+(?:taking|using|applying)\b`)
	notRE    = regexp.MustCompile(`(?i)\b(?:not|never|cannot|without|nor)\b|n['’]t\b`)
)

func (l *loader) lintBody(s *Snippet) {
	body := func(offset int) int { return s.origin.bodyAt(strings.Count(s.Body[:offset], "\n")) }
	file := s.origin.file
	if n := l.messageLength(s); n > MessageLimit {
		l.fault(file, body(0), fmt.Sprintf("with title, sources and footer it takes %d characters", n), fmt.Sprintf("shorten it to %d, or split it in two snippets", MessageLimit))
	}
	if limit := l.corpus.Settings.GradeLimit; limit > 0 {
		if g, ok := l.corpus.Grade(s); ok && g > limit {
			l.fault(file, body(0), fmt.Sprintf("reading grade %.1f", g), fmt.Sprintf("use shorter sentences and words, down to grade %g", limit))
		}
	}
	for _, m := range doseRE.FindAllStringIndex(s.Body, -1) {
		l.fault(file, body(m[0]), fmt.Sprintf("%q reads as a dose", s.Body[m[0]:m[1]]), "leave amounts to the prescriber")
	}
	for _, m := range changeRE.FindAllStringIndex(s.Body, -1) {
		clause := s.Body[strings.LastIndexAny(s.Body[:m[0]], ".!?,;:\n")+1 : m[0]]
		if !notRE.MatchString(clause) {
			l.fault(file, body(m[0]), fmt.Sprintf("%q tells a person to change a treatment", s.Body[m[0]:m[1]]), "say who decides that with them")
		}
	}
}

// Grade is the reading grade of a snippet's body; false for a language in which
// none is known.
func (c *Corpus) Grade(s *Snippet) (float64, bool) {
	if !strings.HasPrefix(cmp.Or(s.Lang, c.Settings.Lang), "en") {
		return 0, false
	}
	return c.Vocabulary.Grade(s.plain()), true
}

// messageLength is the size of the snippet's whole message in UTF-16 units.
func (l *loader) messageLength(s *Snippet) int {
	if l.corpus.Messages == nil {
		return 0
	}
	parts := []string{s.Title, s.Body}
	for _, line := range l.corpus.Messages.Provenance(s) {
		parts = append(parts, PlainText(line))
	}
	parts = append(parts, l.corpus.Messages.Footer)
	return len(utf16.Encode([]rune(strings.Join(parts, "\n\n"))))
}

// lintHouse checks the rules and contacts. They are served past their date
// all the same: an old number is better than none.
func (l *loader) lintHouse(now time.Time) {
	overdue := func(o origin, what string, r Review) {
		if r.past(now) {
			l.fault(o.file, o.line, fmt.Sprintf("the review date %s of %s has passed", r.Due.iso(), what), "check it against its sources and set a new date")
		}
	}
	if l.corpus.Contacts != nil {
		for _, r := range l.corpus.Contacts.Regions {
			overdue(r.origin, "the contacts for "+r.ID, r.Review)
		}
	}
	if l.corpus.Triage != nil {
		for _, r := range l.corpus.Triage.Rules {
			overdue(r.origin, "the triage rule "+r.ID, r.Review)
		}
	}
}
