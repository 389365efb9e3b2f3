package main

import (
	"encoding/json"
	"io"
	"time"

	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// act is who did something, as --json writes it.
type act struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	At   time.Time `json:"at"`
	Note string    `json:"note,omitempty"`
}

// proof is the object that --json writes.
type proof struct {
	Document  string   `json:"document"`
	Snippet   string   `json:"snippet,omitempty"`
	Revision  int      `json:"revision"`
	SHA256    string   `json:"sha256"`
	Written   act      `json:"written"`
	Approved  []act    `json:"approved"`
	Signed    []act    `json:"signed"`
	Published act      `json:"published"`
	Alone     bool     `json:"without_second_person"`
	Withdrawn bool     `json:"withdrawn"`
	Faults    []string `json:"faults"`
	Text      string   `json:"text,omitempty"`
}

func proofOf(p editorial.Proof, text bool) proof {
	out := proof{
		Document: p.Doc, Snippet: p.Snippet, Revision: p.Num, SHA256: p.Hash, Alone: p.Alone(), Withdrawn: p.Withdrawn,
		Written: act{p.Author.ID, p.Author.Name, p.At, p.Note}, Published: actOf(p.Published),
		Approved: []act{}, Signed: []act{}, Faults: append([]string{}, p.Faults...),
	}
	for _, a := range p.Approvals {
		out.Approved = append(out.Approved, actOf(a))
	}
	for _, s := range p.Signed {
		out.Signed = append(out.Signed, actOf(s))
	}
	if text {
		out.Text = p.Text
	}
	return out
}

func actOf(e store.Event) act { return act{e.Actor.ID, e.Actor.Name, e.At, e.Note} }

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// recognised is the object that --json writes for --text.
type recognised struct {
	Match    editorial.Match `json:"match"`
	Snippet  string          `json:"snippet"`
	Revision int             `json:"revision"`
	SHA256   string          `json:"sha256"`
	Served   bool            `json:"served"`
}

func recognisedOf(p *editorial.Passage) recognised {
	out := recognised{Match: p.Match, Snippet: p.Snippet, Served: p.Served}
	if p.Revision != nil {
		out.Revision, out.SHA256 = p.Revision.Num, p.Revision.Hash
	}
	return out
}
