package gaps

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"handout/knowledge/store"
)

// question is one asking, masked.
type question struct {
	subject
	text   string
	tokens []token
	words  []word // sorted
	asker  string
	day    time.Time
}

// subject is what must be the same for two askings to be one question.
type subject struct {
	why     store.GapWhy
	snippet string
}

// group is a question with its near-duplicates. While it waits for more people
// it is in memory only, and nobody can read it.
type group struct {
	subject
	id          string // once it is shared
	text        string // of the shortest asking
	tokens      []token
	words       []word
	count       int
	first, last time.Time

	key    *[32]byte // of the day on which it began
	askers map[asker]bool
	used   map[word]int // by how many of them
	closed bool         // somebody has dealt with it
}

// asker is a keyed hash of somebody's id.
type asker [16]byte

func (w *group) add(q question) {
	if w.text == "" || len(q.words) < len(w.words) {
		w.text, w.tokens, w.words = q.text, q.tokens, q.words
	}
	w.count++
	w.last = later(w.last, q.day)
	if who := w.asker(q.asker); !w.askers[who] {
		w.askers[who] = true
		for _, word := range q.words {
			w.used[word]++
		}
	}
}

// asker is how somebody is known here.
func (w *group) asker(id string) asker {
	mac := hmac.New(sha256.New, w.key[:])
	mac.Write([]byte(id)) // never fails
	return asker(mac.Sum(nil)[:16])
}

// common is the words that enough people used.
func (w *group) common(enough int) []word {
	return slices.DeleteFunc(slices.Clone(w.words), func(word word) bool { return w.used[word] < enough })
}

// without is the text with each word Hidden that is not among those given.
func (w *group) without(words []word) string {
	var b strings.Builder
	end := 0
	for _, t := range w.tokens {
		b.WriteString(w.text[end:t.start])
		if slices.ContainsFunc(t.words, func(x word) bool { return !slices.Contains(words, x) }) {
			b.WriteString(Hidden)
		} else {
			b.WriteString(w.text[t.start:t.end])
		}
		end = t.end
	}
	b.WriteString(w.text[end:])
	return tidy(b.String())
}

// gap is what is kept of askings on a day.
func (g *group) gap(count int, day time.Time) store.Gap {
	return store.Gap{ID: g.id, Text: g.text, Why: g.why, Snippet: g.snippet, Count: count, First: day, Last: day, State: store.Open}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// idOf names a question by its words.
func idOf(s subject, words []word) string {
	h := sha256.New()
	h.Write([]byte(string(s.why) + "\x00" + s.snippet + "\x00")) // never fails
	binary.Write(h, binary.BigEndian, words)
	return hex.EncodeToString(h.Sum(nil)[:12])
}
