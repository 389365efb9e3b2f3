package knowledge

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"handout/knowledge/corpus"
)

// Corpus is everything that one deployment of handout may say.
type Corpus struct {
	Settings   Settings
	Snippets   []*Snippet
	Vocabulary *Vocabulary
	Triage     *Triage
	Contacts   *Contacts
	Messages   *Messages
	Files      fs.FS // the folder that it was read from; nil for a table

	Translations []*Translation // of the fixed words

	byID map[string]*Snippet
}

// Settings is the corpus's own description, corpus.yaml.
type Settings struct {
	Name       string  `yaml:"name"`
	Lang       string  `yaml:"lang"`        // BCP 47; empty means en
	GradeLimit float64 `yaml:"grade_limit"` // highest reading grade that lint accepts; 0 means no limit
	Questions  int     `yaml:"questions"`   // fewest other wordings that lint accepts
	// FalseAnswers is the share of false answers, in percent, that the community
	// accepts among questions that the corpus does not answer: 0.1 to 5; 0 means
	// the default.
	FalseAnswers float64 `yaml:"false_answers"`
	// Benefits are words that claim a benefit. Lint demands the boxed warning of a
	// class of medicines beside them.
	Benefits []string `yaml:"benefits"`
	Topics   []Topic  `yaml:"topics"` // when given, snippets may use no other topic ids
}

// Topic is a heading of the table of contents and the topic ids under it.
type Topic struct {
	Name string   `yaml:"name"`
	IDs  []string `yaml:"ids"`
}

// Snippet returns the snippet with the given id, or nil.
func (c *Corpus) Snippet(id string) *Snippet { return c.byID[id] }

// Embedded names the starter corpus in problems and logs.
const Embedded = "embedded corpus"

// Open reads a corpus that is fit to be served: a folder, a .jsonl or .csv
// file, or the starter corpus if path is empty. Its error is a [Problems] when
// the corpus itself is at fault. A corpus that brings no triage rules,
// contacts or messages of its own has those of the starter corpus.
func Open(path string) (*Corpus, error) {
	l, err := read(path)
	if err != nil {
		return nil, err
	}
	return l.result()
}

func readFS(name string, fsys fs.FS) *loader {
	l := newLoader(name)
	l.readFolder(fsys)
	l.finish()
	return l
}

// result is the whole corpus or nothing.
func (l *loader) result() (*Corpus, error) {
	if fatal := l.problems.Fatal(); len(fatal) > 0 {
		fatal.Sort()
		return nil, fatal
	}
	return l.corpus, nil
}

// loader reads one corpus and gathers its problems.
type loader struct {
	root     string // as the person named it, to put before file names
	corpus   *Corpus
	problems Problems
	fields   map[reflect.Type]map[string][]int
	broken   map[string]bool // ids of snippets that could not be read, after their files' names
	rows     []Row           // of a table
	moving   bool            // somebody asks which fields a row gives
}

func (l *loader) fatal(file string, line int, what, fix string) {
	l.problems = append(l.problems, Problem{file, line, what, fix, true})
}

func (l *loader) fault(file string, line int, what, fix string) {
	l.problems = append(l.problems, Problem{file, line, what, fix, false})
}

func newLoader(root string) *loader {
	return &loader{
		root:   root,
		fields: map[reflect.Type]map[string][]int{},
		broken: map[string]bool{},
		corpus: &Corpus{Settings: Settings{Lang: "en", GradeLimit: 8}, Vocabulary: &Vocabulary{}},
	}
}

func read(path string) (*loader, error) {
	if path == "" {
		return readFS(Embedded, corpus.FS), nil
	}
	l := newLoader(path)
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open corpus: %w", err)
	}
	if info.IsDir() {
		l.readFolder(os.DirFS(path))
	} else if err := l.readTable(path); err != nil {
		return nil, fmt.Errorf("open corpus: %w", err)
	}
	l.finish()
	return l, nil
}

// The files of a corpus folder besides its snippets.
const (
	settingsFile   = "corpus.yaml"
	vocabularyFile = "vocabulary.yaml"
	contactsFile   = "contacts.yaml"
	messagesFile   = "messages.yaml"
	triageFolder   = "triage"
	goldenFolder   = "golden" // questions whose answers are known
)

var houseFiles = []string{settingsFile, vocabularyFile, contactsFile, messagesFile}

func isHouse(name string) bool {
	return slices.Contains(houseFiles, name) || translationLang(name) != ""
}

func (l *loader) readFolder(fsys fs.FS) {
	l.corpus.Files = fsys
	l.readSettings(fsys)
	l.readVocabulary(fsys)
	l.readHouse(fsys)
	fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil { // the rest may be readable: report it all in one run
			l.fatal(l.name(fsys, name), 0, err.Error(), "make the folder readable")
			return nil
		}
		hidden := name != "." && strings.HasPrefix(d.Name(), ".")
		switch {
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || hidden:
		default:
			l.readFile(fsys, name)
		}
		return nil
	})
}

func (l *loader) readFile(fsys fs.FS, name string) {
	base := path.Base(name)
	switch ext := strings.ToLower(path.Ext(base)); {
	case ext == ".md" && base != "README.md" && base != "CONTRIBUTING.md":
		l.readSnippet(fsys, name)
	case ext == ".yml" && path.Dir(name) == triageFolder: // nobody would miss rules that are not read
		l.fatal(l.name(fsys, name), 0, "not read because of its name", "let it end in .yaml")
	case (ext == ".yml" || ext == ".yaml") && path.Dir(name) == "." && !isHouse(name):
		l.fault(l.name(fsys, name), 0, "not read because of its name", "name it one of "+strings.Join(houseFiles, ", "))
	}
}

// finish supplies what the corpus did not bring and checks references.
func (l *loader) finish() {
	c := l.corpus
	if c.Contacts == nil || c.Messages == nil || c.Triage == nil {
		l.readHouse(corpus.FS)
	}
	if len(c.Snippets) == 0 && len(l.problems.Fatal()) == 0 {
		l.fatal(l.root, 0, "no snippets", "give it at least one: a Markdown file with front matter in a folder, a row in a table")
	}
	c.byID = make(map[string]*Snippet, len(c.Snippets))
	for _, s := range c.Snippets {
		if first, ok := c.byID[s.ID]; ok && s.ID != "" {
			l.fatal(s.origin.file, s.origin.at("id"), fmt.Sprintf("duplicate id %q", s.ID),
				fmt.Sprintf("rename it; the first one is at %s:%d", first.origin.file, first.origin.at("id")))
			continue
		}
		c.byID[s.ID] = s
	}
	for _, s := range c.Snippets {
		l.checkReferences(s)
	}
	l.checkWarnings()
}

func (l *loader) checkReferences(s *Snippet) {
	l.checkIDs(s, "with", s.With)
	l.checkIDs(s, "see_also", s.SeeAlso)
	if len(l.corpus.Vocabulary.Entities) == 0 {
		return
	}
	for i, id := range s.About {
		if l.corpus.Vocabulary.Entity(id) == nil {
			l.fatal(s.origin.file, s.origin.at(fmt.Sprintf("about[%d]", i)),
				fmt.Sprintf("about names %q, which the vocabulary does not have", id), "correct it or add it to "+vocabularyFile)
		}
	}
}

func (l *loader) checkIDs(s *Snippet, field string, ids []string) {
	for i, id := range ids {
		line := s.origin.at(fmt.Sprintf("%s[%d]", field, i))
		switch {
		case id == s.ID:
			l.fatal(s.origin.file, line, fmt.Sprintf("%s names the snippet itself", field), "remove it")
		case l.corpus.byID[id] == nil && !l.broken[id]:
			l.fatal(s.origin.file, line, fmt.Sprintf("%s names %q, which does not exist", field, id),
				"correct the id or write that snippet")
		}
	}
}

// name is how problems call a file: the starter corpus's own files keep its
// name also when they only supply what another corpus lacks.
func (l *loader) name(fsys fs.FS, name string) string {
	if fsys == fs.FS(corpus.FS) {
		return Embedded + "/" + name
	}
	return filepath.Join(l.root, filepath.FromSlash(name))
}

func (l *loader) readSettings(fsys fs.FS) {
	set := &l.corpus.Settings
	if y := l.readYAML(fsys, settingsFile, set); y != nil {
		l.checkLang(y.name, y.at("lang"), set.Lang)
		if f := set.FalseAnswers; f != 0 && !(f >= 0.1 && f <= 5) {
			l.fatal(y.name, y.at("false_answers"), fmt.Sprintf("false_answers: %g is no share that can be set", f), "give a percentage from 0.1 to 5")
		}
	}
	if set.Lang == "" {
		set.Lang = "en"
	}
}

// readHouse reads the safety rules and fixed words that every corpus needs,
// those that it does not have yet.
func (l *loader) readHouse(fsys fs.FS) {
	brought := *l.corpus
	if brought.Contacts == nil && exists(fsys, contactsFile) {
		l.readContacts(fsys)
	}
	if brought.Messages == nil && exists(fsys, messagesFile) {
		l.readMessages(fsys)
		for _, t := range l.readTranslations(fsys) {
			if brought.Contacts != nil { // theirs are not what it translates
				t.Regions = nil
			}
			if brought.Triage != nil {
				t.Cards = nil
			}
			l.corpus.Translations = append(l.corpus.Translations, t)
		}
	}
	if brought.Triage == nil {
		l.readTriage(fsys)
	}
}

func joinKeys[V any](m map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), ", ")
}
