package knowledge

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
)

// Translation is the bot's fixed words in another language than the corpus's: a
// file messages.LANG.yaml. What it leaves out is said in the corpus's language.
// Snippets are not translated.
type Translation struct {
	Lang      string            `yaml:"-"`         // BCP 47
	Words     []string          `yaml:"words"`     // common words without accents, by which a message in the language is known
	Foreign   string            `yaml:"foreign"`   // says in which language the texts are
	Unchecked string            `yaml:"unchecked"` // says who has not checked the translation
	Messages  Messages          `yaml:"messages"`
	Cards     []TranslatedCard  `yaml:"cards"`
	Regions   []TranslatedPlace `yaml:"regions"`

	file string
}

// TranslatedCard is what a triage rule says, in another language.
type TranslatedCard struct {
	Rule  string `yaml:"rule"` // its id
	Title string `yaml:"title"`
	Text  string `yaml:"text"`
	Line  string `yaml:"line"`

	blocks []Block
}

// TranslatedPlace is what a region's contacts say, in another language. Numbers
// that stand by themselves are those of the region.
type TranslatedPlace struct {
	Region    string `yaml:"region"` // its id
	Name      string `yaml:"name"`
	Emergency string `yaml:"emergency"`
	Crisis    string `yaml:"crisis"`
	Report    string `yaml:"report"`
}

// In returns the corpus with its fixed words in another language. Rules and
// regions keep their order.
func (c *Corpus) In(t *Translation) *Corpus {
	other := *c
	messages := t.Messages
	fallBack(&messages, c.Messages)
	triage, contacts := *c.Triage, Contacts{}
	triage.Rules = nil
	for _, r := range c.Triage.Rules {
		triage.Rules = append(triage.Rules, t.rule(r))
	}
	for _, r := range c.Contacts.Regions {
		contacts.Regions = append(contacts.Regions, t.region(r))
	}
	other.Messages, other.Triage, other.Contacts = &messages, &triage, &contacts
	return &other
}

// fallBack fills what is empty in a struct of strings.
func fallBack[T any](v, from *T) {
	to, other := reflect.ValueOf(v).Elem(), reflect.ValueOf(from).Elem()
	for i := range to.NumField() {
		if to.Field(i).String() == "" {
			to.Field(i).SetString(other.Field(i).String())
		}
	}
}

func (t *Translation) rule(r *Rule) *Rule {
	i := slices.IndexFunc(t.Cards, func(c TranslatedCard) bool { return c.Rule == r.ID })
	if i < 0 {
		return r
	}
	other, card := *r, t.Cards[i]
	if card.Text != "" {
		other.Title, other.Text, other.Blocks = card.Title, card.Text, card.blocks
	}
	if card.Line != "" {
		other.Line = card.Line
	}
	return &other
}

func (t *Translation) region(r *Region) *Region {
	i := slices.IndexFunc(t.Regions, func(p TranslatedPlace) bool { return p.Region == r.ID })
	if i < 0 {
		return r
	}
	other, place := *r, t.Regions[i]
	here := TranslatedPlace{place.Region, r.Name, r.Emergency, r.Crisis, r.Report}
	fallBack(&place, &here)
	other.Name, other.Emergency, other.Crisis, other.Report = place.Name, place.Emergency, place.Crisis, place.Report
	other.Also = append([]string{r.Name}, r.Also...)
	return &other
}

// translationLang is the language of a translation's file, or "".
func translationLang(name string) string {
	lang, ok := strings.CutPrefix(name, "messages.")
	if lang, ext := strings.CutSuffix(lang, ".yaml"); ok && ext && path.Dir(name) == "." {
		return lang
	}
	return ""
}

// readTranslations reads those beside messages.yaml.
func (l *loader) readTranslations(fsys fs.FS) (list []*Translation) {
	names, _ := fs.Glob(fsys, "messages.*.yaml") // the pattern is sound
	for _, name := range names {
		t := &Translation{Lang: translationLang(name)}
		y := l.readYAML(fsys, name, t)
		if y == nil {
			continue
		}
		t.file = y.name
		l.checkLang(t.file, 0, t.Lang)
		l.checkTranslation(y, t)
		list = append(list, t)
	}
	return list
}

func (l *loader) checkTranslation(y *yamlFile, t *Translation) {
	if len(t.Words) == 0 || t.Foreign == "" {
		l.fatal(y.name, 1, "a translation needs words and foreign", "give the words by which the language is known, and what to say to who writes it")
	}
	texts := map[string]string{"foreign": t.Foreign, "unchecked": t.Unchecked}
	v := reflect.ValueOf(t.Messages)
	for i := range v.NumField() {
		texts["messages."+v.Type().Field(i).Tag.Get("yaml")] = v.Field(i).String()
	}
	for i := range t.Cards {
		c := &t.Cards[i]
		at := fmt.Sprintf("cards[%d]", i)
		texts[at] = c.Line
		var err error
		if c.blocks, err = ParseMarkdown(c.Text); err != nil {
			l.fatal(y.name, y.at(at), fmt.Sprintf("card %s: %v", c.Rule, err), markdownFix)
		}
		if (c.Title == "") != (c.Text == "") {
			l.fatal(y.name, y.at(at), fmt.Sprintf("card %s has only one of title and text", c.Rule), "give both")
		}
	}
	for _, at := range slices.Sorted(maps.Keys(texts)) {
		if _, err := ParseMarkdown(texts[at]); err != nil {
			l.fatal(y.name, y.at(at), fmt.Sprintf("message %q: %v", at, err), markdownFix)
		}
	}
}

// lintTranslations finds what a translation says of rules and regions that are
// not there.
func (l *loader) lintTranslations() {
	c := l.corpus
	if c.Triage == nil || c.Contacts == nil {
		return
	}
	for _, t := range c.Translations {
		for _, card := range t.Cards {
			if !slices.ContainsFunc(c.Triage.Rules, func(r *Rule) bool { return r.ID == card.Rule }) {
				l.fault(t.file, 0, fmt.Sprintf("a card for the rule %q, which does not exist", card.Rule), "correct the id")
			}
		}
		for _, place := range t.Regions {
			if c.Contacts.Region(place.Region) == nil {
				l.fault(t.file, 0, fmt.Sprintf("words for the region %q, which does not exist", place.Region), "correct the id")
			}
		}
	}
}
