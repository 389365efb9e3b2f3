package knowledge

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// Vocabulary is what people call the things that the corpus is about.
type Vocabulary struct {
	Entities []*Entity `yaml:"entities"`

	byID      map[string]*Entity
	medicines map[string]bool // names of a single word
	masked    map[string]bool // names that Grade counts as one short word
	counted   sync.Map        // syllables, by word
}

// Entity is one thing with all its names.
type Entity struct {
	ID           string   `yaml:"id"`
	Kind         Kind     `yaml:"kind"`
	Name         string   `yaml:"name"` // generic or usual name
	Brands       []string `yaml:"brands"`
	Synonyms     []string `yaml:"synonyms"`     // other ways to say the same thing
	Acronyms     []string `yaml:"acronyms"`     // counted only when typed in capitals
	Misspellings []string `yaml:"misspellings"` // that spelling correction would not find
	Class        []string `yaml:"class"`        // ids of the wider things that it is one of: a medicine's class, a condition's family
	Form         string   `yaml:"form"`         // id of a medicine's form, if it has one only

	BoxedWarning string `yaml:"boxed_warning"` // id of the snippet that tells a medicine's or a class's boxed warning

	origin origin
}

// Kind says what an entity is. Entities of one kind, [Term] and [Other] apart,
// exclude each other: what is said about one does not hold for another.
type Kind string

// The kinds of entity.
const (
	Medicine  Kind = "medicine"
	Class     Kind = "class"
	Form      Kind = "form"
	Group     Kind = "group" // of people: baby, pregnancy, older adult
	Condition Kind = "condition"
	Term      Kind = "term"  // any other words with one meaning
	Other     Kind = "other" // not what the single words of its name stand for here: clotted cream is neither a clot nor a cream
)

var kinds = []Kind{Medicine, Class, Form, Group, Condition, Term, Other}

// Entity returns the entity with the given id, or nil.
func (v *Vocabulary) Entity(id string) *Entity { return v.byID[id] }

// Names returns every spelling of the entity that counts in any case.
func (e *Entity) Names() []string {
	return slices.Concat([]string{e.Name}, e.Brands, e.Synonyms, e.Misspellings)
}

func (v *Vocabulary) addMedicine(e *Entity) {
	for _, name := range e.Names() {
		if words := Words(name); e.Kind == Medicine && len(words) == 1 {
			v.medicines[words[0]] = true
		}
	}
}

func (l *loader) readVocabulary(fsys fs.FS) {
	v := l.corpus.Vocabulary
	y := l.readYAML(fsys, vocabularyFile, v)
	if y == nil {
		return
	}
	v.byID, v.medicines, v.masked = make(map[string]*Entity, len(v.Entities)), map[string]bool{}, map[string]bool{}
	named := map[string]*Entity{}
	for i, e := range v.Entities {
		at := fmt.Sprintf("entities[%d]", i)
		e.origin = origin{file: y.name, line: y.at(at)}
		switch {
		case e.ID == "" || e.Name == "":
			l.fatal(y.name, y.at(at), "an entity needs an id and a name", "add them")
			continue
		case v.byID[e.ID] != nil:
			l.fatal(y.name, y.at(at), fmt.Sprintf("duplicate entity %q", e.ID), "merge the two")
			continue
		case !slices.Contains(kinds, e.Kind):
			l.fatal(y.name, y.at(at+".kind"), fmt.Sprintf("unknown kind %q", e.Kind), fmt.Sprintf("use one of %s", kinds))
		}
		v.byID[e.ID] = e
		v.addMedicine(e)
		for _, name := range append(e.Names(), e.Acronyms...) {
			key := strings.Join(Words(name), " ")
			if key == "" {
				l.fatal(y.name, y.at(at), fmt.Sprintf("the name %q of %s holds no word", name, e.ID), "remove it")
				continue
			}
			if other := named[key]; other != nil && other != e {
				l.fatal(y.name, y.at(at), fmt.Sprintf("%q names both %s and %s", name, other.ID, e.ID), "keep it in one, or leave an ambiguous word out")
			}
			named[key] = e
			if e.Kind == Medicine || e.Kind == Class || e.Kind == Condition {
				v.masked[key], v.masked[key+"s"] = true, true
			}
		}
	}
	for i, e := range v.Entities {
		for j, id := range e.Class {
			if c := v.byID[id]; c == nil || c == e || c.Kind != Class && c.Kind != e.Kind {
				l.fatal(y.name, y.at(fmt.Sprintf("entities[%d].class[%d]", i, j)), fmt.Sprintf("class %q is neither a class nor another %s", id, e.Kind), "add it or correct the id")
			}
		}
		if f := v.byID[e.Form]; e.Form != "" && (f == nil || f.Kind != Form) {
			l.fatal(y.name, y.at(fmt.Sprintf("entities[%d].form", i)), fmt.Sprintf("form %q is not an entity of kind form", e.Form), "add it or correct the id")
		}
	}
}
