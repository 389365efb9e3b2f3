package desk

import (
	"crypto/rand"
	"slices"
	"sync"
	"time"
)

const (
	formHolds = time.Hour
	mostForms = 500
)

// Forms keeps forms that could not be filled in or saved at once, so that nobody
// has to write them again. It keeps them in memory only, since they may hold what
// a patient wrote: after a restart they are gone. The zero value is ready.
type Forms struct {
	mu   sync.Mutex
	list []keptForm // the oldest first
}

type keptForm struct {
	key, owner string
	form       Form
	until      time.Time
}

// Keep returns the key under which its owner, and nobody else, finds a form for
// an hour. It has 26 letters.
func (k *Forms) Keep(owner string, f Form, now time.Time) (key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.list = slices.DeleteFunc(k.list, func(x keptForm) bool { return now.After(x.until) })
	if len(k.list) >= mostForms {
		k.list = slices.Delete(k.list, 0, 1)
	}
	key = rand.Text()
	k.list = append(k.list, keptForm{key, owner, f, now.Add(formHolds)})
	return key
}

// Find is false if the owner has no such form, or not any more.
func (k *Forms) Find(owner, key string, now time.Time) (Form, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, x := range k.list {
		if x.key == key && x.owner == owner && now.Before(x.until) {
			return x.form, true
		}
	}
	return Form{}, false
}
