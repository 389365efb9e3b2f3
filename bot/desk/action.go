package desk

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// act is the action of a verb: a button has no room for more than 56 bytes, so
// that names in it are tags.
func act(verb string, args ...any) string {
	var b strings.Builder
	b.WriteString(Prefix + verb)
	for _, a := range args {
		fmt.Fprintf(&b, ":%v", a)
	}
	return b.String()
}

// tag stands for a name, in 12 bytes. Nothing secret hangs on it.
func tag(name string) string {
	sum := sha256.Sum256([]byte(name))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// hashStart is how much of a text's hash a button carries.
const hashStart = 12

// doc is the document that a step names first.
func (c *Chats) doc(s step) (string, error) {
	for name := range c.editor.State().Docs {
		if tag(name) == s.arg(0) {
			return name, nil
		}
	}
	return "", errOld
}

// ref is the revision that a step names.
func (c *Chats) ref(s step) (editorial.Ref, error) {
	doc, err := c.doc(s)
	if err != nil {
		return editorial.Ref{}, err
	}
	num, err := strconv.Atoi(s.arg(1))
	if err != nil || num < 1 || num > c.editor.State().Docs[doc].Latest {
		return editorial.Ref{}, errOld
	}
	return editorial.Ref{Doc: doc, Num: num}, nil
}

// page is the page of a list that a step names.
func (s step) page(i int) int {
	n, _ := strconv.Atoi(s.arg(i))
	return max(n, 0)
}

const everything = "all"

// scopeTag stands for a scope in a button.
func scopeTag(scope store.Scope) string {
	if scope == store.Everything {
		return everything
	}
	return tag(string(scope))
}

// scope is the scope that a step names.
func (c *Chats) scope(s step) (store.Scope, error) {
	if s.arg(0) == everything {
		return store.Everything, nil
	}
	for scope := range c.editor.State().Withdrawn {
		if scopeTag(scope) == s.arg(0) {
			return scope, nil
		}
	}
	for _, x := range c.editor.Edition().Corpus.Snippets {
		for _, scope := range scopes(x) {
			if scopeTag(scope) == s.arg(0) {
				return scope, nil
			}
		}
	}
	return "", errOld
}

// scopes are what a snippet can be withdrawn with, the narrowest first.
func scopes(s *knowledge.Snippet) []store.Scope {
	list := []store.Scope{store.SnippetScope(s.ID)}
	for _, topic := range s.Topics {
		list = append(list, store.TopicScope(topic))
	}
	return append(list, store.Everything)
}

// served is the snippet of a document as it is published, or nil.
func (c *Chats) served(doc string) *knowledge.Snippet {
	for _, s := range c.editor.Edition().Corpus.Snippets {
		if s.File() == doc {
			return s
		}
	}
	return nil
}

// topicIDs are the topics that the corpus knows.
func (c *Chats) topicIDs() []string {
	corpus := c.editor.Edition().Corpus
	ids := map[string]bool{}
	for _, t := range corpus.Settings.Topics {
		for _, id := range t.IDs {
			ids[id] = true
		}
	}
	for _, s := range corpus.Snippets {
		for _, id := range s.Topics {
			if len(corpus.Settings.Topics) == 0 {
				ids[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(ids))
}
