package bot

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"
)

// mostRegions is how many people's choices are kept; the oldest go first.
const mostRegions = 50_000

// Regions keeps, for the adapters, which region each person chose, in memory
// and until the process ends. A person is known by a keyed hash of their id,
// and the key goes with the process.
type Regions struct {
	key [32]byte

	mu     sync.Mutex
	chosen map[person]string
	order  []person // as they came
}

type person [sha256.Size]byte

// NewRegions returns an empty memory with a key of its own.
func NewRegions() *Regions {
	r := &Regions{chosen: map[person]string{}}
	rand.Read(r.key[:]) // never fails
	return r
}

func (r *Regions) person(user string) person {
	h := hmac.New(sha256.New, r.key[:])
	h.Write([]byte(user)) // never fails
	return person(h.Sum(nil))
}

// Of returns the region that the user chose, or "".
func (r *Regions) Of(user string) string {
	p := r.person(user)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.chosen[p]
}

// Set keeps a choice, or forgets it if the region is "".
func (r *Regions) Set(user, region string) {
	p := r.person(user)
	r.mu.Lock()
	defer r.mu.Unlock()
	if region == "" {
		delete(r.chosen, p)
		return
	}
	if _, known := r.chosen[p]; !known {
		r.order = append(r.order, p)
	}
	r.chosen[p] = region
	for len(r.chosen) > mostRegions || len(r.order) > 2*mostRegions {
		delete(r.chosen, r.order[0])
		r.order = r.order[1:]
	}
}
