package index

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/blevesearch/segment"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"handout/index/memo"
	"handout/knowledge"
)

// stemmers names Bleve's stemming filter for each language that has one.
var stemmers = map[string]string{
	"da": da.SnowballStemmerName, "de": de.SnowballStemmerName, "en": en.SnowballStemmerName,
	"es": es.SnowballStemmerName, "fi": fi.SnowballStemmerName, "fr": fr.SnowballStemmerName,
	"hu": hu.SnowballStemmerName, "it": it.SnowballStemmerName, "nl": nl.SnowballStemmerName,
	"no": no.SnowballStemmerName, "pt": pt.LightStemmerName, "ro": ro.SnowballStemmerName,
	"ru": ru.SnowballStemmerName, "sv": sv.SnowballStemmerName, "tr": tr.SnowballStemmerName,
	"zh": cjk.BigramName, "ja": cjk.BigramName, "ko": cjk.BigramName,
}

// token is one unit of meaning in a text: a word's stem, or a thing of the
// vocabulary under whatever name it was typed.
type token struct {
	term   string            // stem, or "=" and the entity's id
	words  []string          // as typed, lower-cased
	parts  []string          // terms of the single words, if there are several
	entity *knowledge.Entity // nil for plain words
}

// analyzer turns texts of one language into tokens: the same way for what is
// indexed and for what is asked. It is safe for concurrent use.
type analyzer struct {
	lang    string // of its base, as in en for en-GB
	stops   analysis.TokenMap
	stemmer analysis.TokenFilter // nil where the language has none
	names   map[string][]name    // vocabulary, by the first stem
	stems   *memo.Words[string]  // of words, by every analyzer of the language
	latin   func(word string) string
}

// stemsOf remembers stems by language, for all indexes: stemming is most of the
// work, and a stem depends on nothing else.
var stemsOf sync.Map // of *memo.Words[string]

// name is one spelling of an entity.
type name struct {
	stems  []string
	entity *knowledge.Entity
	exact  string // an acronym, which counts in capitals only
}

func newAnalyzer(lang string, v *knowledge.Vocabulary) (*analyzer, error) {
	base, _ := language.Make(lang).Base()
	cache := registry.NewCache()
	a := &analyzer{lang: base.String(), names: map[string][]name{}, latin: v.Latin}
	a.stops, _ = cache.TokenMapNamed("stop_" + a.lang) // some languages have none
	if filter, ok := stemmers[a.lang]; ok {
		stems, _ := stemsOf.LoadOrStore(a.lang, new(memo.Words[string]))
		a.stems = stems.(*memo.Words[string])
		var err error
		if a.stemmer, err = cache.TokenFilterNamed(filter); err != nil {
			return nil, fmt.Errorf("analyzer for %q: %w", lang, err)
		}
	}
	for _, e := range v.Entities {
		for _, text := range e.Names() {
			a.addName(text, e, "")
		}
		for _, text := range e.Acronyms {
			a.addName(text, e, text)
		}
	}
	for _, list := range a.names { // longest first
		slices.SortStableFunc(list, func(x, y name) int { return len(y.stems) - len(x.stems) })
	}
	return a, nil
}

func (a *analyzer) addName(text string, e *knowledge.Entity, exact string) {
	var stems []string
	for _, w := range a.words(text) {
		stems = append(stems, a.stem(w.lower))
	}
	if len(stems) > 0 {
		a.names[stems[0]] = append(a.names[stems[0]], name{stems, e, exact})
	}
}

// tabled reports whether the background table holds the language's words.
func (a *analyzer) tabled() bool { return a.lang == "en" }

func (a *analyzer) lower(text string) []string {
	var list []string
	for _, w := range a.words(text) {
		list = append(list, w.lower)
	}
	return list
}

// word is a word as it stands in a text.
type word struct{ typed, lower string }

func (a *analyzer) words(text string) []word { return a.appendWords(nil, text) }

// appendWords splits a text where Unicode says that words end. Apostrophes and
// invisible characters vanish, so that "can't" is one word however it is typed,
// letters that look like Latin ones are read so, and texting forms are written out.
func (a *analyzer) appendWords(words []word, text string) []word {
	if a.tabled() {
		text = slashed(text)
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == '.' || r == '·' || r == '‧':
			return ' '
		case knowledge.Silent(r):
			return -1
		}
		return r
	}, norm.NFKC.String(strings.ReplaceAll(text, "´", "'"))) // whose compatibility form begins with a space
	segments := segment.NewWordSegmenterDirect([]byte(text))
	for segments.Segment() {
		typed := text[:len(segments.Bytes())]
		text = text[len(typed):]
		if segments.Type() == segment.None {
			continue
		}
		w := word{typed, a.latin(strings.ToLower(typed))}
		if full, ok := texting[w.lower]; ok && a.tabled() {
			w = word{full, full}
		}
		words = append(words, w)
	}
	return words
}

func (a *analyzer) stem(lower string) string {
	if a.stemmer == nil {
		return lower
	}
	return a.stems.Get(lower, a.workOutStem)
}

func (a *analyzer) workOutStem(lower string) string {
	out := a.stemmer.Filter(analysis.TokenStream{{Term: []byte(lower), Type: analysis.AlphaNumeric, Position: 1}})
	if len(out) == 0 {
		return lower
	}
	stem := string(out[0].Term)
	if base, ok := strings.CutSuffix(stem, "ment"); ok && a.lang == "en" && len(base) >= 4 {
		return base
	}
	return stem
}

// tokens joins the words that name one thing, the longest name first.
func (a *analyzer) tokens(words []word) []token {
	stems, lowers := make([]string, len(words)), make([]string, len(words))
	for i, w := range words {
		stems[i], lowers[i] = a.stem(w.lower), w.lower
	}
	return a.appendTokens(make([]token, 0, len(words)), words, stems, lowers)
}

// appendTokens joins the words that name one thing, the longest name first.
func (a *analyzer) appendTokens(tokens []token, words []word, stems, lowers []string) []token {
	for i := 0; i < len(words); {
		n, entity := a.longestName(words[i:], stems[i:])
		t := token{term: termOf(stems[i], entity), entity: entity, words: lowers[i : i+n : i+n]}
		for j := i; n > 1 && j < i+n && entity.Kind != knowledge.Other; j++ {
			_, part := a.longestName(words[j:j+1], stems[j:j+1])
			t.parts = append(t.parts, termOf(stems[j], part))
		}
		tokens = append(tokens, t)
		i += n
	}
	return tokens
}

func entityTerm(id string) string { return "=" + id }

func termOf(stem string, e *knowledge.Entity) string {
	if e != nil {
		return entityTerm(e.ID)
	}
	return stem
}

func (a *analyzer) longestName(words []word, stems []string) (int, *knowledge.Entity) {
	for _, n := range a.names[stems[0]] {
		if len(n.stems) > len(stems) || !slices.Equal(n.stems, stems[:len(n.stems)]) {
			continue
		}
		if n.exact == "" || n.exact == words[0].typed {
			return len(n.stems), n.entity
		}
	}
	return 1, nil
}

// terms lists what a text is found by: each token, and the single words of
// those that have several, so that "hand eczema" is also found by "eczema".
func terms(tokens []token) []string {
	var list []string
	for _, t := range tokens {
		list = append(list, t.term)
		list = append(list, t.parts...)
	}
	return list
}

// languages returns the languages of a corpus, its main one first.
func languages(c *knowledge.Corpus) []string {
	others := map[string]bool{}
	for _, s := range c.Snippets {
		if s.Lang != "" && s.Lang != c.Settings.Lang {
			others[s.Lang] = true
		}
	}
	return append([]string{c.Settings.Lang}, slices.Sorted(maps.Keys(others))...)
}
