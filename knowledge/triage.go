package knowledge

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// Triage is the rules that are tried on every message before any search, one
// or more files in the folder triage. Package bot/triage matches them.
type Triage struct {
	Concepts map[string][]Phrase
	Frames   Frames
	Rules    []*Rule
}

// Rule recognises one emergency, or one kind of question that a program must
// not answer, and holds the fixed reply.
type Rule struct {
	ID       string   `yaml:"id"`
	Tier     Tier     `yaml:"tier"`
	Title    string   `yaml:"title"`
	Text     string   `yaml:"text"`     // the reply, Markdown subset
	Line     string   `yaml:"line"`     // one line put above an ordinary answer when the sign is only asked about
	Contacts []string `yaml:"contacts"` // emergency, crisis, urgent, poison; of a decline: report
	Snippet  string   `yaml:"snippet"`  // teaching snippet offered with it; ignored where a corpus lacks it
	Tales    bool     `yaml:"tales"`    // the snippet's wordings tell of the sign, in words of everyday life, which many questions hold
	Signs    []string `yaml:"signs"`    // those of [Signs] that the rule is about, also where it does not know the words
	Sources  []Source `yaml:"sources"`
	Review   Review   `yaml:"review"`
	When     []string `yaml:"when"`
	Surely   []string `yaml:"surely"` // as when, but without exceptions
	Unless   []string `yaml:"unless"`

	WhenAny, SurelyAny, UnlessAny []Pattern `yaml:"-"`
	Blocks                        []Block   `yaml:"-"`

	origin origin
}

// Tier is how urgent a rule is.
type Tier string

// The tiers, most urgent first.
const (
	Now     Tier = "now"     // call the emergency number
	Crisis  Tier = "crisis"  // call a crisis line
	Today   Tier = "today"   // be seen the same day
	Note    Tier = "note"    // only its line is put above the answer
	Decline Tier = "decline" // personal dosing, diagnosis: say who can help
)

// Signs are what a message may tell of that can be suspected where no rule knows the
// wording, by the tier that it mostly has; package bot/triage/classify is
// fitted on them. A rule names those that it is about.
var Signs = map[Tier][]string{
	Now: {"heart", "stroke", "clot-lung", "anaphylaxis", "sepsis", "breathing", "belly", "overdose", "baby",
		"unconscious", "bleeding", "burn", "other-now"},
	Crisis: {"plan", "wish", "harm", "other-person"},
	Today: {"herpeticum", "eye", "clot-leg", "infection", "fever", "shingles", "poison", "pregnant", "jaundice",
		"exposure", "other-today"},
	Decline: {"dose", "stop", "mix", "diagnose", "photo", "lab"},
}

// Report is the contact for side effects, of a rule that declines.
const Report = "report"

var tiers = []Tier{Now, Crisis, Today, Note, Decline}

// Urgent reports whether the tier calls for help before anything else.
func (t Tier) Urgent() bool { return t == Now || t == Crisis || t == Today }

// Rank orders tiers, most urgent first.
func (t Tier) Rank() int { return slices.Index(tiers, t) }

// Frames are turns of phrase that change what a sign means.
type Frames struct {
	Negation  []Pattern // before a sign: it is not there
	Pseudo    []Pattern // holds a negation, but denies nothing: "not sure", "oh no"
	Education []Pattern // the sign is asked about in general
	Story     []Pattern // the whole message is made up, or for teaching
	Past      []Pattern // the sign is over
	Over      []Pattern // so is what was said before it
	Lasting   []Pattern // the sign is old: had for years, or from birth
	Acute     []Pattern // the sign is new
	Turn      []Pattern // the story turns to now: in a long message a sign needs this, or to be new
	Current   []Pattern // the sign is there after all
}

type triageFile struct {
	Concepts map[string][]string `yaml:"concepts"`
	Frames   struct {
		Negation  []string `yaml:"negation"`
		Pseudo    []string `yaml:"pseudo"`
		Education []string `yaml:"education"`
		Story     []string `yaml:"story"`
		Past      []string `yaml:"past"`
		Over      []string `yaml:"over"`
		Lasting   []string `yaml:"lasting"`
		Acute     []string `yaml:"acute"`
		Turn      []string `yaml:"turn"`
		Current   []string `yaml:"current"`
	} `yaml:"frames"`
	Rules []*Rule `yaml:"rules"`
}

// readTriage reads every file of the folder; they share their concepts.
func (l *loader) readTriage(fsys fs.FS) {
	names, err := fs.Glob(fsys, triageFolder+"/*.yaml")
	if err != nil || len(names) == 0 {
		return
	}
	t := &Triage{Concepts: map[string][]Phrase{}}
	l.corpus.Triage = t
	files := make([]triageFile, len(names))
	docs := make([]*yamlFile, len(names))
	whole := true
	for i, name := range names {
		if docs[i] = l.readYAML(fsys, name, &files[i]); docs[i] == nil {
			whole = false
			continue
		}
		for _, concept := range slices.Sorted(maps.Keys(files[i].Concepts)) {
			if t.Concepts[concept] != nil {
				l.fatal(docs[i].name, docs[i].at("concepts."+concept), fmt.Sprintf("duplicate concept %q", concept), "merge the two")
			}
			t.Concepts[concept] = phrases(files[i].Concepts[concept])
		}
	}
	if !whole { // what the rest lacks may stand in the broken file
		return
	}
	seen := map[string]bool{}
	for i := range files {
		l.compileTriage(docs[i], &files[i], seen)
	}
	l.checkTriage(l.name(fsys, triageFolder))
}

func (l *loader) compileTriage(y *yamlFile, f *triageFile, seen map[string]bool) {
	t := l.corpus.Triage
	compile := func(at string, list []string) []Pattern {
		var out []Pattern
		for i, text := range list {
			p, err := ParsePattern(text, t.Concepts)
			if err != nil {
				l.fatal(y.name, y.at(fmt.Sprintf("%s[%d]", at, i)), fmt.Sprintf("pattern %q: %v", text, err), "see the head of the file for how patterns are written")
				continue
			}
			out = append(out, p)
		}
		return out
	}
	t.Frames.Negation = append(t.Frames.Negation, compile("frames.negation", f.Frames.Negation)...)
	t.Frames.Pseudo = append(t.Frames.Pseudo, compile("frames.pseudo", f.Frames.Pseudo)...)
	t.Frames.Education = append(t.Frames.Education, compile("frames.education", f.Frames.Education)...)
	t.Frames.Story = append(t.Frames.Story, compile("frames.story", f.Frames.Story)...)
	t.Frames.Past = append(t.Frames.Past, compile("frames.past", f.Frames.Past)...)
	t.Frames.Over = append(t.Frames.Over, compile("frames.over", f.Frames.Over)...)
	t.Frames.Lasting = append(t.Frames.Lasting, compile("frames.lasting", f.Frames.Lasting)...)
	t.Frames.Acute = append(t.Frames.Acute, compile("frames.acute", f.Frames.Acute)...)
	t.Frames.Turn = append(t.Frames.Turn, compile("frames.turn", f.Frames.Turn)...)
	t.Frames.Current = append(t.Frames.Current, compile("frames.current", f.Frames.Current)...)
	for i, r := range f.Rules {
		at := fmt.Sprintf("rules[%d]", i)
		r.origin = origin{file: y.name, line: y.at(at)}
		r.WhenAny, r.SurelyAny, r.UnlessAny = compile(at+".when", r.When), compile(at+".surely", r.Surely), compile(at+".unless", r.Unless)
		l.checkRule(y, at, r, seen)
		t.Rules = append(t.Rules, r)
	}
}

func (l *loader) checkRule(y *yamlFile, at string, r *Rule, seen map[string]bool) {
	fail := func(what, fix string) { l.fatal(y.name, y.at(at), what, fix) }
	switch {
	case r.ID == "":
		fail("a rule needs an id", "add one")
	case seen[r.ID]:
		fail(fmt.Sprintf("duplicate rule %q", r.ID), "merge the two")
	case r.Tier.Rank() < 0:
		fail(fmt.Sprintf("rule %s: unknown tier %q", r.ID, r.Tier), fmt.Sprintf("use one of %s", tiers))
	case len(r.When)+len(r.Surely)+len(r.Signs) == 0:
		fail(fmt.Sprintf("rule %s can never match", r.ID), "give it at least one pattern under when")
	case r.Tier.Urgent() && (r.Line == "" || len(r.Contacts) == 0):
		fail(fmt.Sprintf("rule %s needs a line and contacts", r.ID), "add them")
	case r.Tier == Note && r.Line == "":
		fail(fmt.Sprintf("rule %s needs a line", r.ID), "add it")
	case r.Tier != Note && (r.Title == "" || r.Text == ""):
		fail(fmt.Sprintf("rule %s needs a title and a text", r.ID), "add them")
	}
	seen[r.ID] = true
	for _, c := range r.Contacts {
		kinds, use := []string{"emergency", "crisis", "urgent", "poison"}, "use emergency, crisis, urgent or poison"
		if r.Tier == Decline {
			kinds, use = []string{Report}, "use report, or none"
		}
		if !slices.Contains(kinds, c) {
			fail(fmt.Sprintf("rule %s: unknown contact %q", r.ID, c), use)
		}
	}
	l.checkSigns(r, fail)
	blocks, err := ParseMarkdown(r.Text)
	if err != nil {
		fail(fmt.Sprintf("rule %s: %v", r.ID, err), markdownFix)
	}
	r.Blocks = blocks
}

// checkSigns makes sure that a sign leads to one rule, and an emergency's to an
// emergency's.
func (l *loader) checkSigns(r *Rule, fail func(what, fix string)) {
	for _, sign := range r.Signs {
		tier := tierOfSign(sign)
		other := l.corpus.Triage.bySign(sign)
		switch {
		case tier == "":
			fail(fmt.Sprintf("rule %s: unknown sign %q", r.ID, sign), fmt.Sprintf("use one of %s", strings.Join(signNames(), ", ")))
		case tier.Urgent() != r.Tier.Urgent() || r.Tier == Note:
			fail(fmt.Sprintf("rule %s of tier %s cannot be about %q", r.ID, r.Tier, sign), fmt.Sprintf("give the sign to a rule of tier %s", tier))
		case other != nil:
			fail(fmt.Sprintf("rules %s and %s are both about %q", other.ID, r.ID, sign), "keep the sign in one of them")
		}
	}
}

func tierOfSign(sign string) Tier {
	for tier, signs := range Signs {
		if slices.Contains(signs, sign) {
			return tier
		}
	}
	return ""
}

func signNames() []string {
	var list []string
	for _, tier := range tiers {
		list = append(list, Signs[tier]...)
	}
	return list
}

// bySign is the rule about one of [Signs], or nil.
func (t *Triage) bySign(sign string) *Rule {
	i := slices.IndexFunc(t.Rules, func(r *Rule) bool { return slices.Contains(r.Signs, sign) })
	if i < 0 {
		return nil
	}
	return t.Rules[i]
}

// checkTriage makes sure that a corpus cannot be served with rules that leave
// the worst cases out.
func (l *loader) checkTriage(name string) {
	have := map[Tier]bool{}
	for _, r := range l.corpus.Triage.Rules {
		have[r.Tier] = true
	}
	for _, t := range []Tier{Now, Crisis, Decline} {
		if !have[t] {
			l.fatal(name, 0, fmt.Sprintf("no rule of tier %q", t), "every corpus needs one")
		}
	}
}
