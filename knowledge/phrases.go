package knowledge

import "strings"

// Phrases are ways to say one thing: a list in YAML, kept as a line each, so that
// what holds for a message holds for them.
type Phrases string

// List returns the phrases.
func (p Phrases) List() []string {
	if p == "" {
		return nil
	}
	return strings.Split(string(p), "\n")
}
