// Package store says how a corpus is kept while moderators work on it.
//
// A corpus is a folder of documents, and so it stays here: a [Revision] is one
// text of one document, snippet, vocabulary, triage rules or contacts alike. It
// never changes; what is done with it is an [Event], of which none is ever
// changed or removed either. What is served, what waits for review and what has
// been withdrawn follow from the events alone ([State]), so that the audit and
// the truth cannot differ.
//
// Beside that ledger a [Store] keeps what moderators look at: [Gap] entries,
// counts by day, and who is signed in to the console. For people who ask it keeps
// one thing, the region that somebody chose ([Choice]).
//
// Package sqlstore keeps it all in SQLite; storetest is what every store passes.
package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"
)

// Actor is who did something.
type Actor struct {
	ID   string // platform:id, such as discord:80351110224678912 or operator:anna
	Name string // as people know them; it may change
}

// Revision is one text of a document.
type Revision struct {
	Doc    string // name of the document: its path in the corpus folder
	Num    int    // counted from 1 in each document
	Base   int    // the revision that its author had before them; 0 for a new document
	Text   string
	Hash   string // SHA-256 of the text, in hex
	Author Actor
	At     time.Time
	Note   string // why, in the author's words
}

// Event is something that was done. Which of the fields it has depends on its kind.
type Event struct {
	Seq   int64 // counted from 1; given by the store
	At    time.Time
	Actor Actor
	Kind  Kind
	Doc   string // name of the document, or [Scope] of a withdrawal
	Num   int    // of its revision
	Hash  string // of its text; given by the store, or refused if it is another
	Note  string // why, in the actor's words
	More  string // what the kind needs beyond that
}

// Kind is what an event did.
type Kind string

// The kinds of event.
const (
	Proposed   Kind = "proposed"   // a new revision was written
	Imported   Kind = "imported"   // a new revision came from a file; it still has to be published
	Submitted  Kind = "submitted"  // put forward for review
	Approved   Kind = "approved"   // by somebody, for exactly this text
	Objected   Kind = "objected"   // changes were requested
	Signed     Kind = "signed"     // somebody takes it upon them that other answers change: More lists them
	Published  Kind = "published"  // served from now on
	Withdrawn  Kind = "withdrawn"  // no longer served; Doc is a scope
	Reinstated Kind = "reinstated" // served again; Doc is a scope
	Dropped    Kind = "dropped"    // the draft is not wanted any more
	Flagged    Kind = "flagged"    // somebody doubts a snippet: Note says why
	Announced  Kind = "announced"  // moderators have been told: More says of what
	GapClosed  Kind = "gap closed" // Doc is the snippet's document or empty; More the gap's id and state
	SignedIn   Kind = "signed in"  // to the console
	PolicySet  Kind = "policy set" // More says what holds from now on
	BackedUp   Kind = "backed up"
)

// Change is written whole or not at all.
type Change struct {
	Revisions []Revision // one of each document; Num, Hash and At are given by the store
	Events    []Event    // Seq and At are given by the store; Num 0 means that of the change's revision of the same document, if there is one
	// Expect names the latest revision, by document, on which the change rests
	// (0 for none). It is refused with [Stale] if another has come meanwhile.
	// A revision's own base is expected as well.
	Expect map[string]int
	// Served, if not nil, is the [State.Served] on which the change rests.
	Served *int64
}

// Ledger is the append-only part of a store.
type Ledger interface {
	// Commit writes the change durably and returns what it wrote: when it
	// returns, no loss of power undoes it. A change that fails leaves nothing.
	Commit(ctx context.Context, c Change) (Written, error)
	// Revision returns one text; [ErrNotFound] if there is none.
	Revision(ctx context.Context, doc string, num int) (*Revision, error)
	// Revisions returns all texts of a document, the oldest first.
	Revisions(ctx context.Context, doc string) ([]*Revision, error)
	// Texts returns the given revisions, one of each document; [ErrNotFound] if one is missing.
	Texts(ctx context.Context, want map[string]int) (map[string]*Revision, error)
	// Events yields what was done after an event, in order. Meanwhile the
	// store may be written to.
	Events(ctx context.Context, after int64) iter.Seq2[Event, error]
}

// Written is what a change became.
type Written struct {
	Revisions []Revision
	Events    []Event
}

// ErrNotFound means that there is no such thing in the store.
var ErrNotFound = errors.New("not found")

// Stale means that somebody else was faster.
type Stale struct {
	Doc    string
	Latest *Revision // what has come meanwhile; nil if what is served has changed
}

func (s *Stale) Error() string {
	if s.Latest == nil {
		return "what is served has changed meanwhile"
	}
	return fmt.Sprintf("%s has a newer revision, %d by %s", s.Doc, s.Latest.Num, s.Latest.Author.Name)
}

// Gap is a question that several people asked in vain, with personal details
// masked. It holds nobody's identity.
type Gap struct {
	ID      string // made of the question's words, so that it is the same whoever asks
	Text    string // as one of them asked it, masked
	Why     GapWhy
	Snippet string // id of the snippet that was disliked
	Count   int    // how often it was asked
	First   time.Time
	Last    time.Time
	State   GapState
}

// GapWhy is why a question is kept.
type GapWhy string

// Why questions are kept.
const (
	Unanswered GapWhy = "unanswered"
	Disliked   GapWhy = "disliked"
)

// GapState is what became of a gap.
type GapState string

// The states of a gap. Only open ones are shown; the others keep the same
// question from coming back.
const (
	Open      GapState = "open"
	Linked    GapState = "linked"    // it became another wording of a snippet
	Drafted   GapState = "drafted"   // a snippet is being written for it
	Dismissed GapState = "dismissed" // for good
)

// Gaps is the part of a store that keeps unanswered questions.
type Gaps interface {
	// AddGaps adds gaps, or the count of those that are there to theirs, with
	// the later day of the two. The state of those that are there stays.
	AddGaps(ctx context.Context, gaps []Gap) error
	// Gaps returns those in a state, the most often asked first.
	Gaps(ctx context.Context, s GapState) ([]Gap, error)
	// CloseGap gives an open gap another state and writes the event. It is
	// [ErrNotFound] if there is none open with that id.
	CloseGap(ctx context.Context, id string, s GapState, e Event) error
	// PruneGaps forgets open gaps last asked before a moment, and the text of
	// the others.
	PruneGaps(ctx context.Context, before time.Time) error
}

// Counts is the part of a store that counts by day. Days are in UTC.
type Counts interface {
	AddCounts(ctx context.Context, day time.Time, counts map[string]int) error
	// Counts yields those of the days from first to last, by day and key.
	Counts(ctx context.Context, first, last time.Time) iter.Seq2[Count, error]
}

// Count is how often something happened on a day.
type Count struct {
	Day time.Time
	Key string // such as outcome:answered, shown:ID, liked:ID, disliked:ID
	N   int
}

// Login lets somebody in: as a link that works once, or as a session. Only a
// hash of its secret is kept.
type Login struct {
	Hash    string // SHA-256 of the secret, in hex
	Actor   Actor
	Expires time.Time
}

// Logins is the part of a store that knows who may enter the console.
type Logins interface {
	AddLink(ctx context.Context, l Login) error
	// TakeLink returns a link that has not expired, and ends it: of several at
	// once one gets it, the others [ErrNotFound].
	TakeLink(ctx context.Context, hash string, now time.Time) (Login, error)
	AddSession(ctx context.Context, l Login) error
	// Session is [ErrNotFound] once it has expired or ended.
	Session(ctx context.Context, hash string, now time.Time) (Login, error)
	EndSession(ctx context.Context, hash string) error
}

// Choice is the region that a person chose, known by a keyed hash of their id.
// The key is kept elsewhere.
type Choice struct {
	Person string // in hex
	Region string
	Day    time.Time // in UTC
}

// Choices is the part of a store that keeps what people chose for themselves.
type Choices interface {
	// SetChoice keeps a choice in place of the person's earlier one. Without a
	// region it forgets the person.
	SetChoice(ctx context.Context, c Choice) error
	// Choices returns those made since a day, the oldest first, and forgets
	// the others.
	Choices(ctx context.Context, since time.Time) ([]Choice, error)
}

// Store keeps everything about one corpus. It is safe for concurrent use, by
// several processes too.
type Store interface {
	Ledger
	Gaps
	Counts
	Logins
	Choices
	// Backup writes a copy to a new file while others go on. It is whole, also
	// if the process is killed: there is no file until it is.
	Backup(ctx context.Context, path string) error
	Close() error
}
