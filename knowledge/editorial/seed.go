package editorial

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"handout/knowledge"
	"handout/knowledge/store"
)

// Seed fills an empty store with a corpus, published as it is. It does nothing
// if the store holds anything. Nobody has approved these texts, and the audit
// says so.
func Seed(ctx context.Context, s store.Store, c *knowledge.Corpus, from string) (bool, error) {
	for _, err := range s.Events(ctx, 0) {
		return false, err
	}
	documents, err := documentsOf(c)
	if err != nil {
		return false, err
	}
	var change store.Change
	for _, doc := range slices.Sorted(maps.Keys(documents)) {
		change.Revisions = append(change.Revisions, store.Revision{Doc: doc, Text: documents[doc], Author: System, Note: from})
		for _, kind := range []store.Kind{store.Imported, store.Published} {
			change.Events = append(change.Events, store.Event{Actor: System, Kind: kind, Doc: doc, Note: from})
		}
	}
	served := int64(0)
	change.Served = &served // of two that fill it at once, one does
	if _, err := s.Commit(ctx, change); err != nil {
		return false, fmt.Errorf("take in %s: %w", from, err)
	}
	return true, nil
}

// documentsOf are the documents of a corpus, by name; of a table a document for each row.
// Rules and words that it took from the starter corpus are among them, so that
// they can be revised.
func documentsOf(c *knowledge.Corpus) (map[string]string, error) {
	documents := map[string]string{}
	if c.Files != nil {
		var err error
		if documents, err = knowledge.Documents(c.Files); err != nil {
			return nil, err
		}
	} else {
		for _, s := range c.Snippets {
			text, err := s.Document()
			if err != nil {
				return nil, err
			}
			documents[s.Path()] = text
		}
	}
	return documents, knowledge.AddHouse(documents)
}
