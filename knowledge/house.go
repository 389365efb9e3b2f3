package knowledge

import (
	"fmt"
	"io/fs"
	"reflect"
	"strings"

	"handout/knowledge/corpus"
)

// Contacts says whom to call, by region.
type Contacts struct {
	Regions []*Region `yaml:"regions"`
}

// Region is a country or a group of them with its numbers.
type Region struct {
	ID        string   `yaml:"id"` // ISO 3166 code, EU, or "other"
	Name      string   `yaml:"name"`
	Also      []string `yaml:"also"`      // other names by which people choose it
	Emergency string   `yaml:"emergency"` // the number for an emergency now
	Crisis    string   `yaml:"crisis"`    // lines for a mental-health crisis, as a sentence
	Urgent    string   `yaml:"urgent"`    // advice the same day, where there is such a line
	Poison    string   `yaml:"poison"`
	Report    string   `yaml:"report"` // where a person reports a side effect
	Sources   []Source `yaml:"sources"`
	Review    Review   `yaml:"review"`

	origin origin
}

// Region returns the region with the given id, or nil.
func (c *Contacts) Region(id string) *Region {
	for _, r := range c.Regions {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// Find returns the region that a person means by an id or a name, or nil.
func (c *Contacts) Find(text string) *Region {
	asked := strings.Join(Words(text), " ")
	if asked == "" {
		return nil
	}
	for _, r := range c.Regions {
		for _, name := range append([]string{r.ID, r.Name}, r.Also...) {
			if strings.Join(Words(name), " ") == asked {
				return r
			}
		}
	}
	return nil
}

func (l *loader) readContacts(fsys fs.FS) {
	c := &Contacts{}
	l.corpus.Contacts = c // a broken file is not replaced by another corpus's
	y := l.readYAML(fsys, contactsFile, c)
	if y == nil {
		return
	}
	seen := map[string]bool{}
	for i, r := range c.Regions {
		at := fmt.Sprintf("regions[%d]", i)
		r.origin = origin{file: y.name, line: y.at(at)}
		if r.ID == "" || r.Name == "" || r.Emergency == "" || r.Crisis == "" {
			l.fatal(y.name, y.at(at), "a region needs id, name, emergency and crisis", "fill them in")
		}
		if seen[r.ID] {
			l.fatal(y.name, y.at(at), fmt.Sprintf("duplicate region %q", r.ID), "keep one")
		}
		seen[r.ID] = true
		if len(r.Sources) == 0 {
			l.fault(y.name, y.at(at), fmt.Sprintf("region %s has no source", r.ID), "say where the numbers were read")
		}
	}
	if len(c.Regions) == 0 {
		l.fatal(y.name, 1, "no regions", "list at least one")
	}
}

// Messages are the bot's own words: fixed, reviewed with the corpus, and
// never made up. Each is in the Markdown subset.
type Messages struct {
	Footer      string `yaml:"footer"`       // ends every reply
	NoMatch     string `yaml:"no_match"`     // nothing curated fits
	Unanswered  string `yaml:"unanswered"`   // before a part of a message that nothing fits
	Nearest     string `yaml:"nearest"`      // above the nearest titles
	Choose      string `yaml:"choose"`       // above two or three titles
	DidYouMean  string `yaml:"did_you_mean"` // asks about a name that nobody knows; followed by a medicine's name
	Related     string `yaml:"related"`      // above related titles
	Teaching    string `yaml:"teaching"`     // between a decline and a general snippet
	Contacts    string `yaml:"contacts"`     // above the numbers of all regions
	SetRegion   string `yaml:"set_region"`   // how to see one region only
	NotReviewed string `yaml:"not_reviewed"` // beside the source while nobody has signed
	Due         string `yaml:"due"`          // beside the source: next check by, followed by a date
	Source      string `yaml:"source"`       // before a source
	Reviewed    string `yaml:"reviewed"`     // before a reviewer's name
	Proof       string `yaml:"proof"`        // on the button that shows the sources of an answer
	Version     string `yaml:"version"`      // before the number of a text's revision
	Published   string `yaml:"published"`    // before the day since which it is sent
	Approved    string `yaml:"approved"`     // before the name of who approved a text
	Unapproved  string `yaml:"unapproved"`   // only its author agreed to a text
	Hash        string `yaml:"hash"`         // before a text's SHA-256
	Emergency   string `yaml:"emergency"`    // before an emergency number
	Urgent      string `yaml:"urgent"`       // before a line for advice the same day
	Poison      string `yaml:"poison"`       // before a poison line
	Report      string `yaml:"report"`       // above where a side effect can be reported
	ReportNone  string `yaml:"report_none"`  // below it: who knows where no place is given
	NoSource    string `yaml:"no_source"`
	Expired     string `yaml:"expired"` // the snippet asked for is no longer served
	Empty       string `yaml:"empty"`   // a message without words
	TooLong     string `yaml:"too_long"`
	Start       string `yaml:"start"`
	Help        string `yaml:"help"`
	Privacy     string `yaml:"privacy"`
	Topics      string `yaml:"topics"`
	Sources     string `yaml:"sources"`
	Region      string `yaml:"region"`         // how to choose a region
	RegionSet   string `yaml:"region_set"`     // followed by the region's name
	RegionNone  string `yaml:"region_unknown"` // no such region
	Forgotten   string `yaml:"forgotten"`      // what was deleted
	NotGone     string `yaml:"not_forgotten"`  // what was to be deleted is not
	Failed      string `yaml:"failed"`         // something went wrong on our side
	Busy        string `yaml:"busy"`           // too much is waiting to answer now
	Limited     string `yaml:"limited"`        // too many messages came from one place
	Thanks      string `yaml:"thanks"`         // for a vote on a snippet

	Greetings  Phrases `yaml:"greetings"`  // a message of nothing else gets Start
	Courtesies Phrases `yaml:"courtesies"` // a message of nothing else, but for greetings, gets Welcome
	Welcome    string  `yaml:"welcome"`    // for thanks and goodbyes
}

func (l *loader) readMessages(fsys fs.FS) {
	m := &Messages{}
	l.corpus.Messages = m
	y := l.readYAML(fsys, messagesFile, m)
	if y == nil {
		return
	}
	v, starter := reflect.ValueOf(m).Elem(), reflect.ValueOf(starterMessages()).Elem()
	for i := range v.NumField() {
		name, text := v.Type().Field(i).Tag.Get("yaml"), v.Field(i).String()
		if text == "" { // written before there was such a message: that is no reason to serve nothing
			l.fault(y.name, y.at(name), fmt.Sprintf("no message %q, so that of the starter corpus is said", name), "write it; every message is needed")
			text = starter.Field(i).String()
			v.Field(i).SetString(text)
		}
		if text == "" {
			l.fatal(y.name, y.at(name), fmt.Sprintf("no message %q", name), "write it; every message is needed")
		}
		if _, err := ParseMarkdown(text); err != nil {
			l.fatal(y.name, y.at(name), fmt.Sprintf("message %q: %v", name, err), markdownFix)
		}
	}
}

func starterMessages() *Messages {
	m := &Messages{}
	newLoader(Embedded).readYAML(corpus.FS, messagesFile, m)
	return m
}
