package index

import (
	"slices"
	"strings"

	"handout/knowledge"
)

const (
	maxText    = 16384 // bytes of one message that are read
	maxWords   = 256   // of one message that are read
	maxClauses = 12    // of one message that are tried by themselves
	longClause = 14    // words from which a clause is cut into windows
	sentence   = 4     // words that may say a question in full
	window     = 10    // words of such a window
)

// question is a message as the index understands it.
type question struct {
	tokens    []asked  // distinct, in their order
	clauses   []clause // the whole message first
	named     entities
	denied    entities // named as what is not meant
	uses      uses
	foreign   []*knowledge.Entity // those that the corpus says nothing about
	stranger  bool                // it names a medicine that neither corpus nor vocabulary knows, and none that they know
	atHome    bool                // it names a treatment, a form of one or a condition that the corpus is about
	asks      bool                // it opens as a question
	context   bool                // it was read with the context of the answer before
	corrected []string
	hunches   []hunch // words that may be meant for a medicine's name
}

// asked is a token of a question with what the lexicon knows of it.
type asked struct {
	token
	id       termID
	partIDs  []termID
	classIDs []termID // of what the thing that it names is one of
	surprise float64
	weight   float64
	strange  bool // no snippet's labels hold it
	clinical bool // it may name a condition
	named    bool // it names a treatment, or a condition that the whole corpus is about
}

// clause is a part of a message that may be the question in it.
type clause struct {
	tokens []int   // indexes of the question's tokens
	holds  []bool  // by index of the question's token; may be short
	pairs  []pair  // terms that follow each other
	text   textID  // of the terms in their order; noText for a part too short to stand for itself
	share  float64 // of the message's surprise
	weight float64 // of its tokens
}

// understand reads a message. The context is added to every part of it, and words
// that nobody knows are read as what meant says.
func (x *Index) understand(a *analyzer, text string, context []token, meant map[string]string) *question {
	q := &question{context: len(context) > 0}
	parts := q.read(x.words.spelling, a, text, meant)
	if len(parts) == 0 {
		return q
	}
	whole := slices.Concat(parts...)
	q.name(slices.Concat(whole, context), x.corpus.Vocabulary)
	q.uses.read(whole)
	q.add(x, a, slices.Concat(whole, context))
	if len(parts) > 1 {
		for _, p := range parts {
			if len(p) <= longClause {
				q.add(x, a, slices.Concat(p, context))
			}
		}
	}
	if n := len(whole); n > longClause {
		for i := 0; i < n; i += max(window/2, n/maxClauses) {
			q.add(x, a, slices.Concat(whole[i:min(i+window, n)], context))
		}
	}
	q.atHome = len(q.named.treatments) > 0 || len(q.named.byKind[knowledge.Form]) > 0 || slices.ContainsFunc(q.named.byKind[knowledge.Condition], x.atHome)
	q.foreign = x.foreign(q.named)
	q.stranger = len(q.named.treatments) == 0 && slices.ContainsFunc(q.tokens, asked.isStranger)
	return q
}

// read returns the tokens of each part of a message, its spelling mended.
func (q *question) read(s *speller, a *analyzer, text string, meant map[string]string) [][]token {
	if len(text) > maxText {
		text = text[:maxText]
	}
	var parts [][]token
	left := maxWords
	for _, part := range split(text) {
		words := a.words(part)
		words = s.join(words[:min(len(words), left)])
		left -= len(words)
		if words = q.mend(s, words, meant); len(words) > 0 {
			parts = append(parts, a.tokens(words))
		}
	}
	return parts
}

// mend corrects words that nobody knows.
func (q *question) mend(s *speller, words []word, meant map[string]string) []word {
	list := make([]word, 0, len(words))
	for _, w := range words {
		fixed, ok := s.correct(w.lower)
		switch {
		case ok:
			q.corrected = append(q.corrected, w.lower+"→"+fixed)
		case meant[w.lower] != "":
			fixed = meant[w.lower]
		default:
			q.wonder(s, w.lower)
			list = append(list, w)
			continue
		}
		for part := range strings.FieldsSeq(fixed) {
			list = append(list, word{part, part})
		}
	}
	return list
}

// split cuts a message where people put a stop or a comma.
func split(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".,;:!?()\n", r) })
}

// add makes a clause of tokens.
func (q *question) add(x *Index, a *analyzer, tokens []token) {
	if len(q.clauses) > maxClauses {
		return
	}
	c := clause{text: noText}
	last := unknown
	for _, t := range tokens {
		i := slices.IndexFunc(q.tokens, func(o asked) bool { return o.term == t.term })
		if i < 0 {
			i = len(q.tokens)
			q.tokens = append(q.tokens, x.asked(a, t))
		}
		id := q.tokens[i].id
		if last != unknown && id != unknown {
			c.pairs = append(c.pairs, pair{last, id})
		}
		last = id
		if i >= len(c.holds) {
			c.holds = append(c.holds, make([]bool, i+1-len(c.holds))...)
		}
		if !c.holds[i] {
			c.holds[i] = true
			c.tokens = append(c.tokens, i)
		}
	}
	var all, own float64
	for _, t := range q.tokens {
		all += t.surprise
	}
	for _, i := range c.tokens {
		own += q.tokens[i].surprise
		c.weight += q.tokens[i].weight
	}
	if all > 0 {
		c.share = own / all
	}
	if len(q.clauses) == 0 || len(tokens) >= sentence {
		c.text = x.words.text(strings.Join(terms(tokens), " "))
	}
	q.clauses = append(q.clauses, c)
}

// small is the surprise of words in a seventh of all texts. Less than that
// tells nothing.
const small = 2

// asked looks a token up.
func (x *Index) asked(a *analyzer, t token) asked {
	l := x.words
	q := asked{token: t, id: l.id(t.term), surprise: l.tokenSurprise(a, t)}
	q.weight = l.weight(q.id, q.surprise)
	q.surprise = max(0, q.surprise-small)
	q.strange = q.id == unknown || l.labelDocs[q.id] == 0
	q.clinical = t.entity == nil && l.clinical[t.term]
	for _, p := range t.parts {
		q.partIDs = append(q.partIDs, l.id(p))
	}
	if t.entity != nil {
		kind := t.entity.Kind
		q.named = kind == knowledge.Medicine || kind == knowledge.Class || kind == knowledge.Condition && x.atHome(t.entity)
		for _, class := range t.entity.Class {
			q.classIDs = append(q.classIDs, l.id(entityTerm(class)))
		}
	}
	return q
}
