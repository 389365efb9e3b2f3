package editorial

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"handout/bot"
	"handout/knowledge"
	"handout/knowledge/gate"
	"handout/knowledge/store"
)

// Ref names a revision.
type Ref struct {
	Doc string
	Num int
}

// Report says what publishing some drafts would do.
type Report struct {
	Refs     []Ref
	Problems knowledge.Problems // in the drafts, and elsewhere because of them
	Diff     *gate.Diff         // nil if the corpus could not be served with the drafts
	Grades   map[string]float64 // reading grade of each draft that is a snippet in English, by id

	served    int64
	candidate *Edition
	drafts    map[string]*store.Revision
}

// Examine says what publishing a revision would do.
func (e *Editor) Examine(ctx context.Context, doc string, num int) (*Report, error) {
	return e.examine(ctx, []Ref{{doc, num}})
}

// ExamineAll says what publishing several revisions at once would do.
func (e *Editor) ExamineAll(ctx context.Context, refs ...Ref) (*Report, error) {
	return e.examine(ctx, refs)
}

// Try says what is wrong with a text that has not been kept, and how it would
// look. It asks no golden questions: the report has no diff.
func (e *Editor) Try(ctx context.Context, doc, text string) (*Report, error) {
	d := Draft{Doc: doc, Text: text}
	if err := d.check(); err != nil {
		return nil, err
	}
	now := e.Edition()
	r := newReport(now, nil)
	r.drafts[doc] = &store.Revision{Doc: doc, Text: text}
	if err := e.draw(ctx, r, now, e.State()); err != nil {
		return nil, fmt.Errorf("try %s: %w", doc, err)
	}
	return r, nil
}

// report is about drafts that are in the store.
func (e *Editor) report(ctx context.Context, now *Edition, state *store.State, refs []Ref) (*Report, error) {
	r := newReport(now, refs)
	for _, ref := range refs {
		text, err := e.Store.Revision(ctx, ref.Doc, ref.Num)
		if errors.Is(err, store.ErrNotFound) {
			return nil, refuse("", "%s has no version %d", ref.Doc, ref.Num)
		}
		if err != nil {
			return nil, fmt.Errorf("examine %s: %w", ref.Doc, err)
		}
		r.drafts[ref.Doc] = text
	}
	return r, e.judge(ctx, r, now, state)
}

// examineTexts says what publishing texts would do that are not in the store.
func (e *Editor) examineTexts(ctx context.Context, texts map[string]*store.Revision) (*Report, error) {
	now, state := e.Edition(), e.State()
	r := newReport(now, nil)
	r.drafts = texts
	return r, e.judge(ctx, r, now, state)
}

// judge builds the corpus with a report's drafts and compares.
func (e *Editor) judge(ctx context.Context, r *Report, now *Edition, state *store.State) error {
	err := e.draw(ctx, r, now, state)
	if err != nil {
		return fmt.Errorf("examine: %w", err)
	}
	if r.candidate == nil {
		return nil
	}
	before, err := e.answers(ctx, now)
	if err != nil {
		return fmt.Errorf("answers before: %w", err)
	}
	after, err := e.compared(ctx, r.candidate, before)
	if err != nil {
		return fmt.Errorf("answers after: %w", err)
	}
	r.Diff = gate.Compare(*before, *after, r.changed())
	return nil
}

func newReport(now *Edition, refs []Ref) *Report {
	return &Report{Refs: refs, Grades: map[string]float64{}, served: now.Served, drafts: map[string]*store.Revision{}}
}

// draw builds the corpus with the drafts, if it can be served with them, and
// notes what is wrong with it.
func (e *Editor) draw(ctx context.Context, r *Report, now *Edition, state *store.State) error {
	candidate, err := e.build(ctx, now, state, r.drafts)
	if errors.As(err, &r.Problems) {
		return nil
	}
	if err != nil {
		return err
	}
	r.candidate = candidate
	r.Problems = r.newProblems(now.Problems, candidate.Problems)
	for id := range r.changed() {
		if grade, ok := candidate.Corpus.Grade(candidate.Corpus.Snippet(id)); ok {
			r.Grades[id] = grade
		}
	}
	return nil
}

// newProblems are those in the drafts, and those that were not there before.
func (r *Report) newProblems(before, after knowledge.Problems) knowledge.Problems {
	var list knowledge.Problems
	for _, p := range after {
		if r.drafts[p.File] != nil || !slices.Contains(before, p) {
			list = append(list, p)
		}
	}
	return list
}

// changed are the ids of the snippets that the drafts change.
func (r *Report) changed() map[string]bool {
	ids := map[string]bool{}
	for _, s := range r.candidate.Corpus.Snippets {
		if r.drafts[s.File()] != nil {
			ids[s.ID] = true
		}
	}
	return ids
}

// Servable reports whether the corpus could be served with the drafts.
func (r *Report) Servable() bool { return r.candidate != nil && len(r.Problems.Fatal()) == 0 }

// Bot answers as it would after publishing, for previews. It is nil if the
// corpus cannot be served.
func (r *Report) Bot() *bot.Bot {
	if r.candidate == nil {
		return nil
	}
	return r.candidate.Quiet
}

// Corpus is what it would be after publishing, or nil.
func (r *Report) Corpus() *knowledge.Corpus {
	if r.candidate == nil {
		return nil
	}
	return r.candidate.Corpus
}

// Stops is what has to be signed for before the drafts are published, a line
// each: faults that lint found, and answers to other questions that change.
func (r *Report) Stops() []string {
	var list []string
	for _, p := range r.Problems {
		list = append(list, p.String())
	}
	if r.Diff != nil {
		for _, c := range r.Diff.Stops() {
			list = append(list, c.String())
		}
	}
	return list
}

// Signature is what a person signs: it is another one as soon as anything
// different stops the drafts. It is empty if nothing does.
func (r *Report) Signature() string {
	if len(r.Stops()) == 0 {
		return ""
	}
	h := sha256.New()
	fmt.Fprintln(h, r.Problems.Error())
	if r.Diff != nil {
		fmt.Fprintln(h, r.Diff.Hash())
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
