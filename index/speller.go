package index

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"handout/index/background"
	"handout/index/memo"
	"handout/index/spell"
	"handout/knowledge"
)

// speller mends words that nobody knows.
type speller struct {
	lexicon   *lexicon
	analyzer  *analyzer        // of the corpus's main language
	learned   words            // words that lead to a snippet; only until the index is built
	known     map[string]bool  // stems of every word of the corpus and the vocabulary
	own       spell.Dictionary // words that lead to a snippet
	general   spell.Dictionary // ordinary words
	medicines map[string]*knowledge.Entity
	names     spell.Dictionary   // of medicines, those of the vocabulary and others
	listed    map[string]string  // misspellings that the vocabulary lists, by what they stand for
	joined    map[string]string  // names of several words, by their letters
	accented  map[string]string  // words with accents, by their letters without
	pairs     map[pair]bool      // terms that follow each other in a wording
	mended    memo.Words[string] // words that nobody knows, by what they stand for; others by themselves
	guessed   memo.Words[[]guess]
}

// usual is the share of texts from which an ordinary word is worth being
// recognised in a typing error.
const usual = 0.001

func newSpeller(x *Index, l *lexicon) *speller {
	return &speller{lexicon: l, analyzer: x.analyzers[0], learned: words{}, known: map[string]bool{}, medicines: map[string]*knowledge.Entity{},
		listed: map[string]string{}, joined: map[string]string{}, accented: map[string]string{}, pairs: map[pair]bool{}}
}

// read learns the words of a snippet's labels.
func (s *speller) read(e *entry, raw *rawEntry) {
	for _, w := range raw.labels {
		s.use(w)
	}
	for _, w := range e.wordings {
		for _, p := range w.pairs {
			s.pairs[p] = true
		}
	}
}

// finish makes the dictionaries of what was read, of the vocabulary and of
// general words.
func (s *speller) finish(v *knowledge.Vocabulary, all iter.Seq[string]) {
	for w := range all {
		s.known[s.analyzer.stem(w)] = true
	}
	for _, e := range v.Entities {
		s.list(e)
		for _, text := range append(e.Names(), e.Acronyms...) {
			s.addName(text, e)
		}
	}
	for name := range otherMedicine {
		s.names.Add(name, 1)
	}
	for _, w := range slices.Sorted(maps.Keys(s.learned)) {
		s.own.AddAs(w, s.learned[w].meaning, s.learned[w].uses)
		if plain := unaccented(w); plain != w {
			s.accented[plain] = w
		}
	}
	s.learned = nil
	if s.analyzer.tabled() {
		for w, b := range background.Words() {
			if b.Share >= usual {
				s.general.AddAs(w, s.analyzer.stem(w), b.Share)
			}
		}
	}
}

// words are those that lead to a snippet, with how often they are used and
// what they stand for.
type words map[string]use

type use struct {
	meaning string
	uses    float64
}

func (s *speller) use(w string) {
	u := s.learned[w]
	if u.uses == 0 {
		u.meaning = s.analyzer.stem(w)
		s.known[u.meaning] = true
	}
	s.learned[w] = use{u.meaning, u.uses + 1}
}

// addName learns one of the names of a thing.
func (s *speller) addName(text string, e *knowledge.Entity) {
	list := s.analyzer.lower(text)
	for _, w := range list {
		s.use(w)
	}
	if len(list) > 1 {
		s.joined[strings.Join(list, "")] = strings.Join(list, " ")
	}
	if len(list) != 1 {
		return
	}
	s.learned[list[0]] = use{entityTerm(e.ID), s.learned[list[0]].uses}
	if isMedicine(e) {
		s.medicines[list[0]] = e
		s.names.Add(list[0], 1)
	}
}

// list notes the misspellings of single words, so that they also make up names
// of several words.
func (s *speller) list(e *knowledge.Entity) {
	for _, typed := range e.Misspellings {
		if words := s.analyzer.lower(typed); len(words) == 1 {
			if meant := s.analyzer.lower(s.nearest(slices.Concat([]string{e.Name}, e.Brands, e.Synonyms), words[0])); len(meant) == 1 {
				s.listed[words[0]] = meant[0]
			}
		}
	}
}

// nearest returns the name that the word is most like.
func (s *speller) nearest(names []string, word string) string {
	best, least := names[0], utf8.RuneCountInString(word)
	for _, name := range names {
		for _, w := range s.analyzer.lower(name) {
			if d := spell.Distance(word, w, least); d < least {
				best, least = name, d
			}
		}
	}
	return best
}

func isMedicine(e *knowledge.Entity) bool {
	return e.Kind == knowledge.Medicine || e.Kind == knowledge.Class
}
