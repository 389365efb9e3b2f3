package discord

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"
)

// mostRegions is how many people's choices are kept; the oldest go first.
const mostRegions = 50_000

// regions keeps the region that each person chose, until the process ends. A
// person is known by a keyed hash of their id; the key is thrown away with the
// process.
type regions struct {
	key [32]byte

	mu     sync.Mutex
	chosen map[person]string
	order  []person // as they came
}

type person [sha256.Size]byte

func newRegions() *regions {
	r := &regions{chosen: map[person]string{}}
	rand.Read(r.key[:]) // never fails
	return r
}

func (r *regions) person(user string) person {
	h := hmac.New(sha256.New, r.key[:])
	h.Write([]byte(user)) // never fails
	return person(h.Sum(nil))
}

func (r *regions) of(user string) string {
	p := r.person(user)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.chosen[p]
}

func (r *regions) set(user, region string) {
	p := r.person(user)
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.chosen[p]; !known {
		r.order = append(r.order, p)
	}
	r.chosen[p] = region
	if len(r.order) > mostRegions {
		delete(r.chosen, r.order[0])
		r.order = r.order[1:]
	}
}
