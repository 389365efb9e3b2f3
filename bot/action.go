package bot

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"handout/knowledge"
)

// A button carries an action: what pressing it does, in few enough bytes for
// every platform. It holds no secret and no person's data, so a forged one
// can do no more than its sender could by typing.
const (
	snippetAction = "s:" // and an id
	hashAction    = "h:" // and the hash of an id that is too long
	commandAction = "c:" // and a command
)

// maxAction is the shortest limit among the platforms: Telegram's callback
// data, in bytes. A few are left for the adapter.
const maxAction = 56

// Action returns what the option's button carries, at most 56 bytes.
func (o Option) Action() string {
	switch {
	case o.Command != "":
		return commandAction + o.Command
	case o.Vote != "":
		return string(o.Vote) + o.target()
	}
	return o.target()
}

// target names the snippet, by its hash if its id is too long. A vote's
// byte comes before it.
func (o Option) target() string {
	if fits(o.Snippet) {
		return snippetAction + o.Snippet
	}
	return hashAction + idHash(o.Snippet)
}

func fits(id string) bool { return len(Up)+len(snippetAction)+len(id) <= maxAction }

func idHash(id string) string {
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

// action returns the text or the snippet id that an action stands for, and the
// vote if it is one. An action that nobody knows asks for a snippet that does
// not exist.
func (b *Bot) action(a string) (text, snippet string, vote Vote) {
	for _, v := range []Vote{Up, Down, proof} {
		if rest, ok := strings.CutPrefix(a, string(v)); ok {
			vote, a = v, rest
		}
	}
	if command, ok := strings.CutPrefix(a, commandAction); ok && vote == "" && strings.HasPrefix(command, "/") {
		return command, "", ""
	}
	return "", cmp.Or(targetID(b.corpus, a), a), vote
}

// VotedOn is the id of the snippet that the button of a vote is about, and so
// the one that the message above it shows: of several, the first. It is empty
// if the action is no vote, or of a snippet that the corpus no longer has and
// whose id was too long for the button.
func VotedOn(c *knowledge.Corpus, action string) string {
	for _, v := range []Vote{Up, Down} {
		if target, ok := strings.CutPrefix(action, string(v)); ok {
			return targetID(c, target)
		}
	}
	return ""
}

// targetID reads what [Option.target] wrote.
func targetID(c *knowledge.Corpus, target string) string {
	if id, ok := strings.CutPrefix(target, snippetAction); ok {
		return id
	}
	if hash, ok := strings.CutPrefix(target, hashAction); ok {
		for _, s := range c.Snippets {
			if !fits(s.ID) && idHash(s.ID) == hash {
				return s.ID
			}
		}
	}
	return ""
}
