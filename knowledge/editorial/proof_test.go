package editorial_test

import (
	"context"
	"strings"
	"testing"

	"handout/bot/bottest"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

func (s *stage) proof(name string) editorial.Proof {
	s.t.Helper()
	proofs, err := s.Proofs(s.t.Context())
	s.must(err)
	for _, p := range proofs {
		if p.Doc == name {
			return p
		}
	}
	s.t.Fatalf("no proof of %s", name)
	panic("unreachable")
}

func TestProofNamesThePeople(t *testing.T) {
	s := newStage(t)
	r := s.propose(ada, 0, kestrel(kestrelBody))
	s.publish(r)
	p := s.proof(doc)
	if p.Text != r.Text || p.Hash != store.Hash(r.Text) || p.Author.Name != "ada" || len(p.Approvals) != 1 || p.Approvals[0].Actor.Name != "grace" ||
		p.Published.Actor.Name != "grace" || p.Alone() || p.Withdrawn || len(p.Faults) > 0 {
		t.Errorf("%+v", p)
	}
	if p := s.proof(s.owls()); !p.Alone() || len(p.Faults) > 0 {
		t.Errorf("%+v", p)
	}
	s.must(s.Withdraw(t.Context(), ada, store.SnippetScope("kestrel-hover"), "a test"))
	if !s.proof(doc).Withdrawn {
		t.Error("not withdrawn")
	}
}

// forger is a store that somebody has tampered with.
type forger struct {
	*sqlstore.Store
	forged bool
}

func (f *forger) Texts(ctx context.Context, want map[string]int) (map[string]*store.Revision, error) {
	texts, err := f.Store.Texts(ctx, want)
	if r := texts[doc]; r != nil && f.forged {
		changed := *r
		changed.Text = strings.Replace(r.Text, "voles", "cats", 1)
		texts[doc] = &changed
	}
	return texts, err
}

func TestProofFindsAnotherText(t *testing.T) {
	s := newStage(t)
	s.publish(s.propose(ada, 0, kestrel(kestrelBody)))
	f := &forger{Store: s.store}
	e, err := edit(t.Context(), f, bottest.Now)
	s.must(err)
	s.Editor, f.forged = e, true
	faults := strings.Join(s.proof(doc).Faults, "\n")
	for _, want := range []string{"the hash is", "another text is served", "another passage is served"} {
		if !strings.Contains(faults, want) {
			t.Errorf("no %q in:\n%s", want, faults)
		}
	}
}

func TestRecognise(t *testing.T) {
	s := newStage(t)
	s.publish(s.propose(ada, 0, kestrel("A **kestrel** hovers to look for voles.\n\n- It looks down.\n- Then it dives.")))
	s.publish(s.propose(ada, 1, kestrel(kestrelBody)))
	for name, c := range map[string]struct {
		text    string
		match   editorial.Match
		num     int
		snippet string
	}{
		"what is served":     {"Why does a kestrel hover?\n\n" + kestrelBody + "\n\nSource: x", editorial.Whole, 2, "kestrel-hover"},
		"an older version":   {"A kestrel hovers to look for voles.\n• It looks down.\n• Then it dives.\n", editorial.Whole, 1, "kestrel-hover"},
		"without bullets":    {"A kestrel hovers to look for voles. It looks down. Then it dives.", editorial.Whole, 1, "kestrel-hover"},
		"something between":  {"A kestrel hovers to look for voles. Or mice. It looks down. Then it dives.", editorial.Different, 1, "kestrel-hover"},
		"a part of it":       {"to look for voles in the grass.", editorial.Excerpt, 2, "kestrel-hover"},
		"one word otherwise": {strings.Replace(kestrelBody, "voles", "cats", 1), editorial.Different, 2, "kestrel-hover"},
		"nothing like it":    {"zzz", editorial.Unknown, 0, ""},
		"nothing":            {"", editorial.Unknown, 0, ""},
		"a long one":         {s.ask(bottest.LongQuestion).Text(), editorial.Whole, 1, bottest.Long},
		"hostile markup":     {s.ask(bottest.HostileQuery).Text(), editorial.Whole, 1, bottest.Hostile},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := s.Recognise(t.Context(), c.text)
			s.must(err)
			num := 0
			if p.Revision != nil {
				num = p.Revision.Num
			}
			if p.Match != c.match || num != c.num || p.Snippet != c.snippet {
				t.Errorf("%s %s %d, want %s %s %d", p.Match, p.Snippet, num, c.match, c.snippet, c.num)
			}
			if (p.Match == editorial.Different) != (len(p.Diff) > 0) {
				t.Errorf("diff %v", p.Diff)
			}
		})
	}
}
