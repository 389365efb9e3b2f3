package telegram

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"sync"
)

// names gives chats and people keys under which something may be kept in
// memory. Nobody can tell from a key whose it is. The secret lasts as long as that
// of the regions, which are known by these keys.
type names struct{ secret [32]byte }

func (n *names) key(kind string, id int64) string {
	mac := hmac.New(sha256.New, n.secret[:])
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(id))
	mac.Write(b[:])
	return kind + string(mac.Sum(nil)[:16])
}

// The kinds of key.
const (
	directKey = "d"
	groupKey  = "g"
	personKey = "p"
)

func isGroup(key string) bool { return strings.HasPrefix(key, groupKey) }

func (n *names) chat(c chat) string {
	if c.group() {
		return n.key(groupKey, c.ID)
	}
	return n.key(directKey, c.ID)
}

// told remembers what was said already, so as not to say it twice: to which
// chats that the queue is full, for which albums that we cannot read pictures.
type told struct {
	mu   sync.Mutex
	keys map[string]bool
}

// first reports whether this was not said yet, and remembers it.
func (t *told) first(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.keys[key] {
		return false
	}
	if t.keys == nil || len(t.keys) >= allChats {
		t.keys = map[string]bool{}
	}
	t.keys[key] = true
	return true
}

func (t *told) forget(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.keys, key)
}
