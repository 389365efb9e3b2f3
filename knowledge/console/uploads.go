package console

import (
	"slices"
	"sync"
	"time"

	"handout/knowledge/editorial"
)

// upload is a file that somebody wants to import, and what that would do.
type upload struct {
	name   string
	bundle *editorial.Bundle
	plan   *editorial.Plan

	by    string // id of whoever sent it
	until time.Time
}

// uploads keeps each person's last one until it is carried out.
type uploads struct {
	now  func() time.Time
	mu   sync.Mutex
	list []*upload
}

const (
	mostUploads = 4 // each holds an index
	uploadHolds = time.Hour
)

func (k *uploads) keep(by string, u *upload) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.forget(by)
	if len(k.list) >= mostUploads {
		k.list = slices.Delete(k.list, 0, 1)
	}
	u.by, u.until = by, k.now().Add(uploadHolds)
	k.list = append(k.list, u)
}

// of is somebody's last upload, or nil.
func (k *uploads) of(by string) *upload {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.forget("")
	for _, u := range k.list {
		if u.by == by {
			return u
		}
	}
	return nil
}

func (k *uploads) drop(by string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.forget(by)
}

// forget removes somebody's upload, and those that are too old.
func (k *uploads) forget(by string) {
	now := k.now()
	k.list = slices.DeleteFunc(k.list, func(u *upload) bool { return u.by == by || now.After(u.until) })
}
