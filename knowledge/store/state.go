package store

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// State is what the events come to.
type State struct {
	Seq       int64                // of the last event
	Served    int64                // Seq of the last event that changed what is served
	Docs      map[string]*Document // by name
	Withdrawn map[Scope]Event
	Told      map[string]bool // what moderators have been told: [Event.More] of [Announced]
	Alone     bool            // one person is enough: an author may approve their own text
}

// Document is where one document stands.
type Document struct {
	Name      string
	Latest    int       // its last revision
	Published int       // the revision that is served; 0 if none is
	Since     time.Time // when it was published
	Drafts    map[int]*Draft
	Approvals map[string][]Event // by hash of the text
	Objected  map[string]int64   // Seq of the last request for changes, by hash of the text
	Authors   map[int]Actor
	Times     []int // revisions that have been served, in that order
}

// Draft is a revision newer than what is served.
type Draft struct {
	Num     int
	Hash    string
	Author  Actor
	At      time.Time
	Stage   Stage
	Note    string // of the last event about it
	By      Actor  // of the last event about it
	Changed time.Time
}

// Stage is how far a draft has come.
type Stage string

// The stages.
const (
	Drafting  Stage = "draft"
	InReview  Stage = "in review"
	Requested Stage = "changes requested"
	Ready     Stage = "approved" // by a person, for exactly this text
	Over      Stage = "over"     // published, dropped, or overtaken by what was
)

// Scope is what a withdrawal covers.
type Scope string

// Everything is the scope of a withdrawal of the whole corpus. Emergencies are
// answered all the same.
const Everything Scope = "everything"

// SnippetScope is the scope of one snippet.
func SnippetScope(id string) Scope { return Scope("snippet:" + id) }

// TopicScope is the scope of all snippets of a topic.
func TopicScope(id string) Scope { return Scope("topic:" + id) }

// Snippet returns the id if the scope is one snippet.
func (s Scope) Snippet() (string, bool) { return strings.CutPrefix(string(s), "snippet:") }

// Covers reports whether a snippet of that id and those topics belongs to it.
func (s Scope) Covers(id string, topics []string) bool {
	topic, ok := s.Topic()
	return s == Everything || s == SnippetScope(id) || ok && slices.Contains(topics, topic)
}

// Topic returns the id if the scope is a topic.
func (s Scope) Topic() (string, bool) { return strings.CutPrefix(string(s), "topic:") }

// NewState is the state before any event.
func NewState() *State {
	return &State{Docs: map[string]*Document{}, Withdrawn: map[Scope]Event{}, Told: map[string]bool{}}
}

// Apply takes the next event in.
func (s *State) Apply(e Event) {
	s.Seq = e.Seq
	switch e.Kind {
	case Withdrawn:
		s.Withdrawn[Scope(e.Doc)] = e
		s.Served = e.Seq
	case Reinstated:
		delete(s.Withdrawn, Scope(e.Doc))
		s.Served = e.Seq
	case PolicySet:
		s.Alone = e.More == AloneOn
	case Announced:
		s.Told[e.More] = true
	default:
		if e.Doc != "" && e.Num != 0 {
			s.document(e.Doc).apply(e)
		}
		if e.Kind == Published {
			s.Served = e.Seq
		}
	}
}

// apply takes in an event about one of the document's revisions.
func (d *Document) apply(e Event) {
	switch e.Kind {
	case Proposed, Imported:
		d.Latest = max(d.Latest, e.Num)
		d.Authors[e.Num] = e.Actor
		d.Drafts[e.Num] = &Draft{Num: e.Num, Hash: e.Hash, Author: e.Actor, At: e.At, Stage: Drafting}
	case Submitted:
		d.move(e, InReview)
	case Objected:
		d.Objected[e.Hash] = e.Seq
		d.move(e, Requested)
	case Approved:
		d.Approvals[e.Hash] = append(d.Approvals[e.Hash], e)
		d.move(e, Ready)
	case Dropped:
		d.move(e, Over)
	case Published:
		d.publish(e)
	}
	if draft := d.Drafts[e.Num]; draft != nil {
		draft.Note, draft.By, draft.Changed = e.Note, e.Actor, e.At
	}
}

func (d *Document) publish(e Event) {
	d.Published, d.Since = e.Num, e.At
	d.Times = append(d.Times, e.Num)
	for num, draft := range d.Drafts {
		if num <= e.Num {
			draft.Stage = Over
		}
	}
}

// What [PolicySet] may say.
const (
	AloneOn  = "one person is enough"
	AloneOff = "two people are needed"
)

func (s *State) document(name string) *Document {
	d := s.Docs[name]
	if d == nil {
		d = &Document{Name: name, Drafts: map[int]*Draft{}, Approvals: map[string][]Event{}, Objected: map[string]int64{}, Authors: map[int]Actor{}}
		s.Docs[name] = d
	}
	return d
}

func (d *Document) move(e Event, to Stage) {
	if draft := d.Drafts[e.Num]; draft != nil && draft.Stage != Over {
		draft.Stage = to
	}
}

// Draft returns the newest draft that is not over, or nil.
func (d *Document) Draft() *Draft {
	if draft := d.Drafts[d.Latest]; draft != nil && draft.Stage != Over {
		return draft
	}
	return nil
}

// Approved reports whether somebody else than its author wants a draft to be
// sent, or its author if one person is enough, and nobody has asked for changes
// in that text since.
func (d *Document) Approved(draft *Draft, alone bool) bool {
	return slices.ContainsFunc(d.Approvals[draft.Hash], func(approval Event) bool {
		return approval.Seq > d.Objected[draft.Hash] && (alone || approval.Actor.ID != draft.Author.ID)
	})
}

// WasServed reports whether a revision has been served once, so that it may be again.
func (d *Document) WasServed(num int) bool { return slices.Contains(d.Times, num) }

// Drafts are the newest drafts that are not over, the longest waiting first.
// With stages, only those in one of them.
func (s *State) Drafts(stages ...Stage) []*Document {
	var list []*Document
	for _, d := range s.Docs {
		if draft := d.Draft(); draft != nil && (len(stages) == 0 || slices.Contains(stages, draft.Stage)) {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(a, b *Document) int {
		return cmp.Or(a.Draft().Changed.Compare(b.Draft().Changed), strings.Compare(a.Name, b.Name))
	})
	return list
}

// Published are the revisions that are served, by document, withdrawn ones too.
func (s *State) Published() map[string]int {
	served := map[string]int{}
	for name, d := range s.Docs {
		if d.Published > 0 {
			served[name] = d.Published
		}
	}
	return served
}

// Clone is a copy that can be changed without the other.
func (s *State) Clone() *State {
	c := *s
	c.Withdrawn, c.Told = maps.Clone(s.Withdrawn), maps.Clone(s.Told)
	c.Docs = make(map[string]*Document, len(s.Docs))
	for name, d := range s.Docs {
		c.Docs[name] = d.clone()
	}
	return &c
}

func (d *Document) clone() *Document {
	c := *d
	c.Authors, c.Objected, c.Times = maps.Clone(d.Authors), maps.Clone(d.Objected), slices.Clone(d.Times)
	c.Approvals = make(map[string][]Event, len(d.Approvals))
	for hash, list := range d.Approvals {
		c.Approvals[hash] = slices.Clone(list)
	}
	c.Drafts = make(map[int]*Draft, len(d.Drafts))
	for num, draft := range d.Drafts {
		copied := *draft
		c.Drafts[num] = &copied
	}
	return &c
}
