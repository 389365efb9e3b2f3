package console

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"handout/knowledge/editorial"
)

// formats of a download, with the types of their contents.
var formats = map[string]string{"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl", "zip": "application/zip"}

func (s *Server) files(v *visit) error { return s.showFiles(v, nil) }

func (s *Server) showFiles(v *visit, refusal *editorial.Refusal) error {
	s.show(v, statusOf(refusal), "files", &view{Title: "Export and import", Refusal: refusal})
	return nil
}

func (s *Server) export(v *visit) error {
	format := v.r.PathValue("format")
	if formats[format] == "" {
		return errMissing
	}
	name := fmt.Sprintf("corpus-%s.%s", s.Now().UTC().Format(time.DateOnly), format)
	data, _, err := s.Editor.Edition().Export(name)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	v.w.Header().Set("Content-Type", formats[format])
	v.w.Header().Set("Content-Disposition", "attachment; filename="+name)
	if _, err := v.w.Write(data); err != nil {
		s.Log.DebugContext(v.r.Context(), "download broken off", "err", err)
	}
	return nil
}

// upload shows what a file would change.
func (s *Server) upload(v *visit) error {
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
	bundle, err := editorial.Read(header.Filename, data)
	var refusal *editorial.Refusal
	if errors.As(err, &refusal) {
		return s.showFiles(v, refusal)
	}
	if err != nil {
		return fmt.Errorf("read upload: %w", err)
	}
	return s.plan(v, &upload{name: header.Filename, bundle: bundle}, editorial.RefuseConflicts)
}

// plan says what taking in an upload would do, and keeps that.
func (s *Server) plan(v *visit, u *upload, how editorial.Conflicts) error {
	var err error
	if u.plan, err = s.Editor.PlanImport(v.r.Context(), u.bundle, how); err != nil {
		return fmt.Errorf("plan import: %w", err)
	}
	s.uploads.keep(v.ID, u)
	return s.showPlan(v, u, nil)
}

// fate is the documents that meet the same one.
type fate struct {
	Name  editorial.Fate
	Items []editorial.Item
}

func (s *Server) showPlan(v *visit, u *upload, refusal *editorial.Refusal) error {
	var fates []fate
	for _, name := range editorial.Fates {
		if items := u.plan.Of(name); len(items) > 0 {
			fates = append(fates, fate{name, items})
		}
	}
	may := s.Editor.MayImport(v.Person, u.plan, asDrafts(u))
	var why *editorial.Refusal
	errors.As(may, &why)
	var found *report
	if u.plan.Report != nil {
		found = newReport(u.plan.Report)
	}
	s.show(v, statusOf(refusal), "plan", &view{Title: "What this file would change", Refusal: refusal, Body: struct {
		*editorial.Plan
		File      string
		Fates     []fate
		Found     *report
		Conflicts bool
		Why       *editorial.Refusal // it cannot be taken in as it is
	}{u.plan, u.name, fates, found, len(u.plan.Of(editorial.Conflicting)) > 0, why}})
	return nil
}

func asDrafts(u *upload) editorial.ImportOptions {
	return editorial.ImportOptions{Note: "import of " + u.name, Drafts: true}
}

// apply makes drafts of the plan that somebody was shown, or makes it anew with
// another side winning.
func (s *Server) apply(v *visit) error {
	u := s.uploads.of(v.ID)
	if u == nil {
		return &editorial.Refusal{What: "this plan is not kept any more", Fix: "upload the file again"}
	}
	if how := editorial.Conflicts(v.r.PostForm.Get("conflicts")); slices.Contains([]editorial.Conflicts{editorial.KeepStored, editorial.TakeFile}, how) {
		return s.plan(v, u, how)
	}
	_, err := s.Editor.ApplyImport(v.r.Context(), v.Person, u.plan, asDrafts(u))
	var refusal *editorial.Refusal
	if errors.As(err, &refusal) {
		return s.showPlan(v, u, refusal)
	}
	if err != nil {
		return err
	}
	s.uploads.drop(v.ID)
	return v.redirect(prefix+"drafts", "imported")
}
