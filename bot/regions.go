package bot

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"handout/knowledge/store"
)

const (
	// mostRegions is how many people's choices are kept; the oldest go first.
	mostRegions = 50_000
	// keepRegion is for how long, in years, as in a browser's cookie.
	keepRegion = 1
)

// Regions knows, for the adapters, which region each person chose. A person is
// known by a keyed hash of their id.
type Regions struct {
	log  *slog.Logger
	now  func() time.Time
	key  [32]byte
	kept store.Choices // nil if a choice ends with the process

	mu     sync.Mutex
	chosen map[person]string
	order  []person // as they came
}

type person [sha256.Size]byte

// NewRegions returns an empty memory with a key of its own, which ends with the
// process.
func NewRegions() *Regions {
	r := &Regions{chosen: map[person]string{}}
	rand.Read(r.key[:]) // never fails
	return r
}

// OpenRegions returns what is kept under a key, which must not stand beside it.
func OpenRegions(ctx context.Context, log *slog.Logger, now func() time.Time, key [32]byte, kept store.Choices) (*Regions, error) {
	r := &Regions{log: log, now: now, key: key, kept: kept, chosen: map[person]string{}}
	list, err := kept.Choices(ctx, now().AddDate(-keepRegion, 0, 0))
	if err != nil {
		return nil, fmt.Errorf("people's regions: %w", err)
	}
	for _, c := range list {
		var p person
		if n, err := hex.Decode(p[:], []byte(c.Person)[:min(len(c.Person), 2*len(p))]); err == nil && n == len(p) {
			r.set(p, c.Region)
		}
	}
	return r, nil
}

// Secret is a key for another purpose, as lasting as the regions' own.
func (r *Regions) Secret(purpose string) [32]byte { return r.person("secret of " + purpose) }

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

// Follow does what a reply says of the user's region, and returns what to tell
// them: another reply if it was to be deleted and is not.
func (r *Regions) Follow(ctx context.Context, user string, reply Reply) Reply {
	if reply.Region == nil {
		return reply
	}
	if err := r.Set(ctx, user, *reply.Region); err != nil {
		r.log.ErrorContext(ctx, "people's regions are not written down", "err", err)
		if *reply.Region == "" {
			return reply.NotDeleted()
		}
	}
	return reply
}

// Set keeps a choice, or forgets it if the region is "". With an error it holds
// until the process ends.
func (r *Regions) Set(ctx context.Context, user, region string) error {
	p := r.person(user)
	r.mu.Lock()
	gone := r.set(p, region)
	r.mu.Unlock()
	err := r.keep(ctx, p, region)
	for _, old := range gone {
		err = errors.Join(err, r.keep(ctx, old, ""))
	}
	return err
}

// set returns for whom there was no room any more.
func (r *Regions) set(p person, region string) (gone []person) {
	if region == "" {
		delete(r.chosen, p)
		return nil
	}
	if _, known := r.chosen[p]; !known {
		r.order = append(r.order, p)
	}
	r.chosen[p] = region
	for len(r.chosen) > mostRegions || len(r.order) > 2*mostRegions {
		if old := r.order[0]; r.chosen[old] != "" {
			delete(r.chosen, old)
			gone = append(gone, old)
		}
		r.order = r.order[1:]
	}
	return gone
}

// keep writes a choice down.
func (r *Regions) keep(ctx context.Context, p person, region string) error {
	if r.kept == nil {
		return nil
	}
	c := store.Choice{Person: hex.EncodeToString(p[:]), Region: region, Day: r.now()}
	if err := r.kept.SetChoice(ctx, c); err != nil {
		return fmt.Errorf("keep a region: %w", err)
	}
	return nil
}
