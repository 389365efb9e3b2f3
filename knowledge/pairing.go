package knowledge

import (
	"fmt"
	"slices"
	"strings"
)

// lintPairing demands that a boxed warning is sent with what is said about its
// medicine, and with what claims a benefit of a class of medicines.
func (l *loader) lintPairing(s *Snippet) {
	missing := map[string]bool{}
	for i, id := range s.About {
		e := l.corpus.Vocabulary.Entity(id)
		if e == nil || e.BoxedWarning == "" || e.BoxedWarning == s.ID || slices.Contains(s.With, e.BoxedWarning) || missing[e.BoxedWarning] {
			continue
		}
		what := fmt.Sprintf("is about %s", e.Name)
		if e.Kind != Medicine {
			claim := l.claim(s)
			if claim == "" {
				continue
			}
			what = fmt.Sprintf("claims a benefit of %ss (%q)", e.Name, claim)
		}
		missing[e.BoxedWarning] = true
		l.faultAt(s, fmt.Sprintf("about[%d]", i), fmt.Sprintf("%s without its boxed warning", what), fmt.Sprintf("add %s to with", e.BoxedWarning))
	}
}

// claim is the first of the corpus's words for a benefit that stand in the body.
func (l *loader) claim(s *Snippet) string {
	body := " " + strings.Join(Words(s.plain()), " ") + " "
	for _, words := range l.corpus.Settings.Benefits {
		if folded := strings.Join(Words(words), " "); folded != "" && strings.Contains(body, " "+folded+" ") {
			return words
		}
	}
	return ""
}

// checkWarnings makes sure that the vocabulary's boxed warnings can be sent.
func (l *loader) checkWarnings() {
	for _, e := range l.corpus.Vocabulary.Entities {
		if id := e.BoxedWarning; id != "" && l.corpus.byID[id] == nil && !l.broken[id] {
			l.fatal(e.origin.file, e.origin.line, fmt.Sprintf("boxed_warning names %q, which does not exist", id), "correct the id or write that snippet")
		}
	}
}
