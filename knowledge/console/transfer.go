package console

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// Plan is what importing a file would do. Nothing has been done yet.
type Plan struct {
	Added, Changed, Conflicting []Imported
	Missing                     []string // documents that the file does not have; they stay
	Same                        int      // documents that would stay as they are
	Problems                    knowledge.Problems
	// Apply makes drafts of it, all or none, and returns how many.
	Apply func(ctx context.Context, p editorial.Person) (int, error)
}

// Imported is one document of a plan.
type Imported struct {
	Doc           string
	Before, After string // texts; Before is empty for a new document
	Why           string // it conflicts
}

// formats of a download, with the types of their contents.
var formats = map[string]string{"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl", "zip": "application/zip"}

func (s *Server) files(v *visit) error { return s.showFiles(v, nil) }

func (s *Server) showFiles(v *visit, refusal *editorial.Refusal) error {
	s.show(v, statusOf(refusal), "files", &view{Title: "Export and import", Refusal: refusal, Body: struct{ Export, Import bool }{s.Export != nil, s.Import != nil}})
	return nil
}

func (s *Server) export(v *visit) error {
	format := v.r.PathValue("format")
	if formats[format] == "" || s.Export == nil {
		return errMissing
	}
	var b bytes.Buffer // a file that breaks off would look whole
	if err := s.Export(v.r.Context(), &b, format); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	v.w.Header().Set("Content-Type", formats[format])
	v.w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=corpus-%s.%s", s.Now().UTC().Format(time.DateOnly), format))
	_, err := b.WriteTo(v.w)
	if err != nil {
		s.Log.DebugContext(v.r.Context(), "download broken off", "err", err)
	}
	return nil
}

// upload shows what a file would change.
func (s *Server) upload(v *visit) error {
	if s.Import == nil {
		return errMissing
	}
	file, header, err := v.r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) {
		return s.showFiles(v, &editorial.Refusal{What: "no file was chosen", Fix: "choose one and try again"})
	}
	if err != nil {
		return unread(err)
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf("read upload: %w", err)
	}
	plan, err := s.Import(v.r.Context(), v.Person, header.Filename, data)
	var refusal *editorial.Refusal
	if errors.As(err, &refusal) {
		return s.showFiles(v, refusal)
	}
	if err != nil {
		return fmt.Errorf("plan import: %w", err)
	}
	sum := sha256.Sum256(data)
	type item struct {
		Imported
		Diff []editorial.Piece
	}
	diffs := func(list []Imported) (items []item) {
		for _, d := range list {
			items = append(items, item{d, shorten(editorial.Diff(d.Before, d.After))})
		}
		return items
	}
	return s.page(v, "plan", "What this file would change", struct {
		*Plan
		File                        string
		Added, Changed, Conflicting []item
		Key                         string
	}{plan, header.Filename, diffs(plan.Added), diffs(plan.Changed), diffs(plan.Conflicting), s.plans.keep(v.Actor, hex.EncodeToString(sum[:]), plan)})
}

// apply makes drafts of a plan that was shown.
func (s *Server) apply(v *visit) error {
	plan := s.plans.take(v.Actor, v.r.PostForm.Get("plan"))
	if plan == nil {
		return &editorial.Refusal{What: "this plan is not kept any more", Fix: "upload the file again"}
	}
	if _, err := plan.Apply(v.r.Context(), v.Person); err != nil {
		return err
	}
	return v.redirect(prefix+"drafts", "imported")
}

// plans keeps those that were shown until they are carried out.
type plans struct {
	now  func() time.Time
	mu   sync.Mutex
	list []keptPlan
}

type keptPlan struct {
	actor, key string
	until      time.Time
	plan       *Plan
}

const (
	mostPlans = 8 // each may hold as much as an upload
	planHolds = time.Hour
)

// keep keeps a plan for somebody, under a key.
func (k *plans) keep(a store.Actor, key string, p *Plan) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.drop(func(one keptPlan) bool { return one.actor == a.ID && one.key == key })
	if len(k.list) >= mostPlans {
		k.list = slices.Delete(k.list, 0, 1)
	}
	k.list = append(k.list, keptPlan{a.ID, key, k.now().Add(planHolds), p})
	return key
}

// take hands out somebody's plan once.
func (k *plans) take(a store.Actor, key string) *Plan {
	k.mu.Lock()
	defer k.mu.Unlock()
	var found *Plan
	k.drop(func(one keptPlan) bool {
		if one.actor == a.ID && one.key == key {
			found = one.plan
			return true
		}
		return false
	})
	return found
}

// drop removes plans, and those that are too old.
func (k *plans) drop(which func(keptPlan) bool) {
	now := k.now()
	k.list = slices.DeleteFunc(k.list, func(one keptPlan) bool { return now.After(one.until) || which(one) })
}
