package editorial

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"handout/bot"
	"handout/index"
	"handout/knowledge"
	"handout/knowledge/store"
)

// Edition is one published state of a corpus, ready to answer. It never changes.
type Edition struct {
	Corpus   *knowledge.Corpus
	Problems knowledge.Problems // what its keepers should mend, as of a day
	Bot      *bot.Bot           // without what is withdrawn
	Quiet    *bot.Bot           // the same, but logs no replies: for whoever asks and is no patient
	Served   int64              // [store.State.Served]

	day     time.Time // of its problems, which come with review dates
	index   *searcher
	texts   map[string]*store.Revision // by document
	record  *record
	answers *answers
}

// build makes the edition of a state, in which some documents may have other
// texts than those that are published. What does not change is taken from the
// edition before.
func (e *Editor) build(ctx context.Context, before *Edition, state *store.State, drafts map[string]*store.Revision) (*Edition, error) {
	texts, err := e.texts(ctx, before, state.Published())
	if err != nil {
		return nil, fmt.Errorf("read what is published: %w", err)
	}
	maps.Copy(texts, drafts)
	x := &Edition{Served: state.Served, texts: texts, day: e.today()}
	if err := e.fill(ctx, x, before); err != nil {
		return nil, err
	}
	x.record = x.known(state)
	x.Bot, x.Quiet = x.Bot.Under(x.record), x.Quiet.Under(x.record)
	x.answers = new(answers)
	if before != nil && x.index == before.index && maps.Equal(x.record.withdrawn, before.record.withdrawn) {
		x.answers = before.answers
	}
	return x, nil
}

// fill gives an edition its corpus, its problems and its bot.
func (e *Editor) fill(ctx context.Context, x, before *Edition) error {
	if before == nil || !maps.EqualFunc(x.texts, before.texts, sameText) {
		return e.index(ctx, x)
	}
	x.Corpus, x.Problems, x.index, x.Quiet, x.Bot = before.Corpus, before.Problems, before.index, before.Quiet, before.Bot
	if x.day.Equal(before.day) {
		return nil
	}
	return e.read(x, x.Corpus.Files)
}

// read gives an edition the corpus of a folder, if it has none yet, and finds
// what is wrong with it on the edition's day.
func (e *Editor) read(x *Edition, folder fs.FS) error {
	c, problems, err := knowledge.CheckFS("", folder, e.Now())
	if err != nil {
		return err
	}
	if x.Corpus == nil {
		x.Corpus = c
	}
	_, unread, err := x.questions()
	x.Problems = append(problems, unread...)
	return err
}

func sameText(a, b *store.Revision) bool { return a.Num == b.Num && a.Hash == b.Hash }

// texts are the published documents.
func (e *Editor) texts(ctx context.Context, before *Edition, published map[string]int) (map[string]*store.Revision, error) {
	texts := make(map[string]*store.Revision, len(published))
	missing := map[string]int{}
	for doc, num := range published {
		if before != nil && before.texts[doc] != nil && before.texts[doc].Num == num {
			texts[doc] = before.texts[doc]
		} else {
			missing[doc] = num
		}
	}
	read, err := e.Store.Texts(ctx, missing)
	if err != nil {
		return nil, err
	}
	for doc, num := range missing {
		if read[doc] == nil {
			return nil, fmt.Errorf("revision %d of %s: %w", num, doc, store.ErrNotFound)
		}
	}
	maps.Copy(texts, read)
	return texts, nil
}

// index reads the documents and makes the bot. Its error is a
// [knowledge.Problems] if the documents are at fault.
func (e *Editor) index(ctx context.Context, x *Edition) error {
	documents := make(map[string]string, len(x.texts))
	for doc, r := range x.texts {
		documents[doc] = r.Text
	}
	if err := e.read(x, knowledge.Folder(documents)); err != nil {
		return err
	}
	built, err := index.Build(ctx, x.Corpus)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	x.index = newSearcher(built)
	x.Bot = bot.New(e.Log, e.Now, x.Corpus, x.index)
	x.Quiet = x.Bot.Quiet()
	return nil
}

// record is what the store knows of an edition's snippets, by id.
type record struct {
	withdrawn map[string]bool
	editions  map[string]bot.Edition
}

func (r *record) Withdrawn(s *knowledge.Snippet) bool      { return r.withdrawn[s.ID] }
func (r *record) Edition(s *knowledge.Snippet) bot.Edition { return r.editions[s.ID] }

func (x *Edition) known(state *store.State) *record {
	r := &record{map[string]bool{}, map[string]bot.Edition{}}
	for _, s := range x.Corpus.Snippets {
		if text := x.texts[s.File()]; text != nil {
			r.editions[s.ID] = edition(state.Docs[s.File()], text)
		}
		for scope := range state.Withdrawn {
			if scope.Covers(s.ID, s.Topics) {
				r.withdrawn[s.ID] = true
			}
		}
	}
	return r
}

// edition says who let a revision be sent.
func edition(d *store.Document, r *store.Revision) bot.Edition {
	x := bot.Edition{Revision: r.Num, Hash: r.Hash, Author: r.Author.Name, Published: r.At}
	if d == nil {
		return x
	}
	if d.Published == r.Num {
		x.Published = d.Since
	}
	for _, approval := range d.Approvals[r.Hash] {
		if approval.Actor.ID != r.Author.ID {
			x.Approver = approval.Actor.Name
		}
	}
	return x
}

// Text is the published text of a document, or nil.
func (x *Edition) Text(doc string) *store.Revision { return x.texts[doc] }

// Documents are the names of the published documents, in order.
func (x *Edition) Documents() []string { return slices.Sorted(maps.Keys(x.texts)) }

// IsSnippet reports whether a document is a snippet's.
func IsSnippet(doc string) bool { return strings.EqualFold(path.Ext(doc), ".md") }
