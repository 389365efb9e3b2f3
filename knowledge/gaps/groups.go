package gaps

import (
	"crypto/rand"
	"slices"
	"time"

	"handout/knowledge/store"
)

const (
	mostWaiting = 2000
	mostShared  = 5000
	alike       = 0.75 // Dice coefficient from which two askings are one question
)

// groups sorts askings. A group is shared once enough different people have
// asked it. Only then its text may leave the memory, and of that only the
// words that as many of them used.
type groups struct {
	enough  int // askers
	waiting []*group
	shared  map[string]*group
	day     time.Time
	key     *[32]byte // of the day
}

func newGroups(enough int) *groups {
	return &groups{enough: enough, shared: map[string]*group{}}
}

// ask takes an asking in. It returns what is to be kept of it, if anything is,
// and whether that is new.
func (g *groups) ask(q question) (gap store.Gap, kept, fresh bool) {
	if s := g.nearestShared(q); s != nil {
		s.last = later(s.last, q.day)
		return s.gap(1, q.day), !s.closed, false
	}
	w := g.wait(q)
	shared := w.common(g.enough)
	// Each asking has three fifths of the words or more, so that this does not
	// go on for long.
	if len(w.askers) < g.enough || 2*len(shared) < len(w.words) {
		return store.Gap{}, false, false
	}
	g.waiting = slices.DeleteFunc(g.waiting, func(other *group) bool { return other == w })
	gap, kept = g.share(w, shared)
	return gap, kept, kept
}

// leave forgets the questions that somebody asked and that still wait, with what
// others asked alike.
func (g *groups) leave(id string) {
	g.waiting = slices.DeleteFunc(g.waiting, func(w *group) bool { return w.askers[w.asker(id)] })
}

// nearestShared finds the question among those that are shared.
func (g *groups) nearestShared(q question) *group {
	if s := g.shared[idOf(q.subject, q.words)]; s != nil {
		return s
	}
	var best *group
	most := alike
	for _, s := range g.shared {
		if d := likeness(s, q); d > most || d == most && (best == nil || s.id < best.id) {
			best, most = s, d
		}
	}
	return best
}

func likeness(g *group, q question) float64 {
	if a, b := len(g.words), len(q.words); g.subject != q.subject || 2*float64(min(a, b)) < alike*float64(a+b) {
		return 0 // it cannot be alike
	}
	return dice(g.words, q.words)
}

// wait adds an asking to the group that waits for more of its kind.
func (g *groups) wait(q question) *group {
	var w *group
	most := 0.0
	for _, other := range g.waiting {
		if d := likeness(other, q); d >= alike && d > most {
			w, most = other, d
		}
	}
	if w == nil {
		w = &group{subject: q.subject, first: q.day, key: g.keyOf(q.day), askers: map[asker]bool{}, used: map[word]int{}}
		g.makeRoom()
		g.waiting = append(g.waiting, w)
	}
	w.add(q)
	return w
}

// makeRoom drops the oldest group that but one person asked, or else the
// oldest.
func (g *groups) makeRoom() {
	if len(g.waiting) < mostWaiting {
		return
	}
	at := max(0, slices.IndexFunc(g.waiting, func(w *group) bool { return len(w.askers) == 1 }))
	g.waiting = slices.Delete(g.waiting, at, at+1)
}

// keyOf is the key under which the askers of the groups that begin on a day
// are known. It ends with the last of these groups, or with the process.
func (g *groups) keyOf(day time.Time) *[32]byte {
	if g.key == nil || !g.day.Equal(day) {
		g.day, g.key = day, new([32]byte)
		rand.Read(g.key[:]) // never fails
	}
	return g.key
}

// share lets a group be kept, unless it turns out to be one that is.
func (g *groups) share(w *group, words []word) (store.Gap, bool) {
	id := idOf(w.subject, words)
	if s := g.shared[id]; s != nil {
		s.last = later(s.last, w.last)
		return s.gap(w.count, w.last), !s.closed
	}
	w.id, w.text, w.words = id, w.without(words), words
	w.tokens, w.key, w.askers, w.used = nil, nil, nil, nil
	g.keep(w)
	gap := w.gap(w.count, w.last)
	gap.First = w.first
	return gap, true
}

// keep adds a shared group. If there are too many, the one that was not asked
// for the longest time must gather its people again.
func (g *groups) keep(s *group) {
	g.shared[s.id] = s
	if len(g.shared) <= mostShared {
		return
	}
	oldest := s
	for _, other := range g.shared {
		if other.last.Before(oldest.last) {
			oldest = other
		}
	}
	delete(g.shared, oldest.id)
}

// forget drops what was last asked before a day, and what has been waiting
// since before it.
func (g *groups) forget(before time.Time) {
	g.waiting = slices.DeleteFunc(g.waiting, func(w *group) bool { return w.first.Before(before) })
	for id, s := range g.shared {
		if !s.closed && s.last.Before(before) {
			delete(g.shared, id)
		}
	}
}

// restore takes in a gap that is kept already.
func (g *groups) restore(gap store.Gap) {
	g.keep(&group{
		subject: subject{gap.Why, gap.Snippet}, id: gap.ID, text: gap.Text, words: set(tokens(gap.Text, nil)),
		first: gap.First, last: gap.Last, closed: gap.State != store.Open,
	})
}
