package editorial_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handout/bot/bottest"
	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

var root = editorial.Person{
	Actor:  store.Actor{ID: editorial.OperatorPrefix + "root", Name: "root"},
	Rights: editorial.Rights{Edit: true, Review: true},
}

func (s *stage) files() map[string]string {
	s.t.Helper()
	files, err := s.Edition().Files()
	s.must(err)
	texts := map[string]string{}
	for name, data := range files {
		texts[name] = string(data)
	}
	return texts
}

func (s *stage) plan(files map[string]string, how editorial.Conflicts) *editorial.Plan {
	s.t.Helper()
	b, err := editorial.ReadFolder("folder", knowledge.Folder(files))
	s.must(err)
	plan, err := s.PlanImport(s.t.Context(), b, how)
	s.must(err)
	return plan
}

// fates lists what is not unchanged.
func fates(p *editorial.Plan) string {
	var list []string
	for _, item := range p.Items {
		if item.Fate != editorial.Same {
			list = append(list, string(item.Fate)+" "+item.Doc)
		}
	}
	return strings.Join(list, ", ")
}

func (s *stage) hasFates(p *editorial.Plan, want string) {
	s.t.Helper()
	if got := fates(p); got != want {
		s.t.Errorf("got %q\nwant %q", got, want)
	}
}

func (s *stage) apply(p *editorial.Plan) {
	s.t.Helper()
	o := editorial.ImportOptions{Note: "a test", Signer: root.Actor}
	if p.Report != nil {
		o.Signature = p.Report.Signature()
	}
	_, err := s.ApplyImport(s.t.Context(), root, p, o)
	s.must(err)
}

// first is the first snippet's document that can be changed without ado.
func (s *stage) owls() string { return s.Edition().Corpus.Snippet(bottest.Plain).File() }

func TestAFolderComesBackByteForByte(t *testing.T) {
	s := newStage(t)
	files := s.files()
	for _, doc := range s.Edition().Documents() {
		if files[doc] != s.Edition().Text(doc).Text {
			t.Errorf("%s differs", doc)
		}
	}
	s.hasFates(s.plan(files, editorial.RefuseConflicts), "")
	crlf := maps.Clone(files)
	crlf[s.owls()] = "\ufeff" + strings.ReplaceAll(crlf[s.owls()], "\n", "\r\n")
	s.hasFates(s.plan(crlf, editorial.RefuseConflicts), "")
	delete(files, editorial.ManifestFile)
	plan := s.plan(files, editorial.RefuseConflicts)
	s.hasFates(plan, "")
	if len(plan.Notes) != 1 {
		t.Errorf("notes: %q", plan.Notes)
	}
}

// TestExportsComeBackTheSame writes each kind of file, takes it into another
// store, and writes it again.
func TestExportsComeBackTheSame(t *testing.T) {
	s := newStage(t)
	for _, name := range []string{"x.csv", "x.jsonl", "x.zip"} {
		t.Run(name, func(t *testing.T) {
			data, lost, err := s.Edition().Export(name)
			s.must(err)
			if tables := name != "x.zip"; tables != (len(lost) > 0) {
				t.Errorf("lost %q", lost)
			}
			b, err := editorial.Read(name, data)
			s.must(err)
			plan, err := s.PlanImport(t.Context(), b, editorial.RefuseConflicts)
			s.must(err)
			s.hasFates(plan, "")
			again, _, err := seeded(t, name, data, b).Edition().Export(name)
			s.must(err)
			if !bytes.Equal(again, data) {
				t.Errorf("the second export has %d bytes, the first %d", len(again), len(data))
			}
		})
	}
}

// seeded is an editor over a new store that took in a file.
func seeded(t *testing.T, name string, data []byte, b *editorial.Bundle) *editorial.Editor {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	c, _, err := knowledge.CheckFS("", knowledge.Folder(b.Documents), bottest.Now())
	if b.Documents == nil {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err = knowledge.Open(path)
	}
	if err != nil {
		t.Fatal(err)
	}
	st, err := sqlstore.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	if _, err := editorial.Seed(t.Context(), st, c, name); err != nil {
		t.Fatal(err)
	}
	e, err := edit(t.Context(), st, bottest.Now)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestImportTellsWhoChangedWhat(t *testing.T) {
	s := newStage(t)
	s.publish(s.propose(ada, 0, kestrel(kestrelBody)))
	files := s.files()
	// Here: another text is published, and another one drafted.
	s.publish(s.propose(ada, 1, kestrel("A kestrel hovers above the verge.")))
	s.hasFates(s.plan(files, editorial.RefuseConflicts), "newer here "+doc)
	// There: the same one is changed, one is added, one is deleted.
	files[doc] = kestrel("A kestrel hovers over there.")
	files["snippets/wren.md"] = strings.ReplaceAll(kestrel("A wren sings."), "kestrel", "wren")
	delete(files, s.owls())
	plan := s.plan(files, editorial.RefuseConflicts)
	want := []string{"missing " + s.owls(), "conflicting " + doc, "added snippets/wren.md"}
	for _, fate := range want {
		if !slices.Contains(strings.Split(fates(plan), ", "), fate) {
			t.Errorf("%q lacks %q", fates(plan), fate)
		}
	}
	_, err := s.ApplyImport(t.Context(), root, plan, editorial.ImportOptions{})
	s.refused(err, "changed on both sides")
	before := s.audit("")

	s.hasFates(s.plan(files, editorial.KeepStored), fates(plan))
	s.apply(s.plan(files, editorial.TakeFile))
	s.says(kestrelQuestion, "hovers over there", true)
	if s.Edition().Corpus.Snippet(bottest.Plain) == nil {
		t.Error("what was missing in the folder is gone")
	}
	if got, want := strings.TrimPrefix(s.audit(""), before), "imported by root"; !strings.Contains(got, want) {
		t.Errorf("the audit adds %q", got)
	}
	s.hasFates(s.plan(files, editorial.RefuseConflicts), "missing "+s.owls())
}

func TestAnOpenDraftIsNotOverrun(t *testing.T) {
	s := newStage(t)
	files := s.files()
	files[doc] = kestrel(kestrelBody)
	draft := s.propose(ada, 0, kestrel("A kestrel hovers, drafted."))
	plan := s.plan(files, editorial.RefuseConflicts)
	s.hasFates(plan, "conflicting "+doc)
	if why := plan.Of(editorial.Conflicting)[0].Why; !strings.Contains(why, "draft") || !strings.Contains(why, "ada") {
		t.Errorf("why: %q", why)
	}
	files[doc] = draft.Text
	s.hasFates(s.plan(files, editorial.RefuseConflicts), "drafted "+doc)
}

func TestImportOfDraftsServesNothing(t *testing.T) {
	s := newStage(t)
	files := s.files()
	files[doc] = kestrel(kestrelBody)
	plan := s.plan(files, editorial.RefuseConflicts)
	if _, err := s.ApplyImport(t.Context(), mal, plan, editorial.ImportOptions{Drafts: true}); err == nil {
		t.Error("somebody without rights imports")
	}
	_, err := s.ApplyImport(t.Context(), eve, plan, editorial.ImportOptions{Drafts: true, Note: "a file"})
	s.must(err)
	s.says(kestrelQuestion, kestrelBody, false)
	if d := s.State().Docs[doc].Draft(); d == nil || d.Author.ID != eve.ID || d.Stage != store.Drafting {
		t.Errorf("draft: %+v", d)
	}
	_, err = s.ApplyImport(t.Context(), eve, plan, editorial.ImportOptions{Drafts: true})
	s.refused(err, "newer version")
}

func TestOneModeratorAloneDoesNotPublishAnImport(t *testing.T) {
	s := newStage(t)
	files := s.files()
	files[doc] = kestrel(kestrelBody)
	plan := s.plan(files, editorial.RefuseConflicts)
	_, err := s.ApplyImport(t.Context(), ada, plan, editorial.ImportOptions{Signature: plan.Report.Signature()})
	s.refused(err, "one person alone")
}

// TestAFailedImportChangesNothing tries each way in which one fails.
func TestAFailedImportChangesNothing(t *testing.T) {
	s := newStage(t)
	files, before := s.files(), s.audit("")
	broken := maps.Clone(files)
	broken[doc] = "---\nid: kestrel-hover\ntitle: [\n---\nText.\n"
	broken["snippets/wren.md"] = strings.ReplaceAll(kestrel("A wren sings."), "kestrel", "wren")
	plan := s.plan(broken, editorial.RefuseConflicts)
	_, err := s.ApplyImport(t.Context(), root, plan, editorial.ImportOptions{Signature: plan.Report.Signature()})
	s.refused(err, "cannot be served")

	faulty := maps.Clone(files)
	faulty[doc] = strings.Replace(kestrel(kestrelBody), "2027-05-01", "2020-05-01", 1)
	plan = s.plan(faulty, editorial.RefuseConflicts)
	_, err = s.ApplyImport(t.Context(), root, plan, editorial.ImportOptions{})
	if r := s.refused(err, "need a signature"); r.Report != plan.Report {
		t.Error("the refusal does not say what has to be signed for")
	}

	b, err := editorial.Read("x.csv", []byte("id,title,body\nkestrel-hover,Why?,\n"))
	s.must(err)
	plan, err = s.PlanImport(t.Context(), b, editorial.RefuseConflicts)
	s.must(err)
	_, err = s.ApplyImport(t.Context(), root, plan, editorial.ImportOptions{})
	s.refused(err, "cannot be read")
	if got := s.audit(""); got != before {
		t.Errorf("the audit has changed: %s", strings.TrimPrefix(got, before))
	}

	good := maps.Clone(files)
	good[doc] = kestrel(kestrelBody)
	plan = s.plan(good, editorial.RefuseConflicts)
	s.must(s.Withdraw(t.Context(), ada, store.SnippetScope(bottest.Plain), "meanwhile"))
	_, err = s.ApplyImport(t.Context(), root, plan, editorial.ImportOptions{Signature: plan.Report.Signature()})
	s.refused(err, "changed meanwhile")
	s.says(kestrelQuestion, kestrelBody, false)
}

func TestAnImportIsServedAtOnceAsItsAuthors(t *testing.T) {
	s := newStage(t)
	files := s.files()
	files[doc] = kestrel(kestrelBody)
	s.apply(s.plan(files, editorial.RefuseConflicts))
	s.says(kestrelQuestion, kestrelBody, true)
	if r := s.Edition().Text(doc); r.Author.ID != root.ID || r.At.IsZero() || r.Num != 1 {
		t.Errorf("served: %+v", r)
	}
	served := s.Edition().Text(doc)
	s.edit() // as another process sees it
	if r := s.Edition().Text(doc); *r != *served {
		t.Errorf("the store has %+v, served was %+v", r, served)
	}
}

func TestAMovedFileKeepsItsDocument(t *testing.T) {
	s := newStage(t)
	files, old := s.files(), s.owls()
	files["elsewhere/"+bottest.Plain+".md"] = files[old]
	delete(files, old)
	plan := s.plan(files, editorial.RefuseConflicts)
	s.hasFates(plan, "")
	if len(plan.Notes) != 1 || !strings.Contains(plan.Notes[0], old) {
		t.Errorf("notes: %q", plan.Notes)
	}
}

// TestATableChangesOnlyItsColumns takes a few columns as news.
func TestATableChangesOnlyItsColumns(t *testing.T) {
	s := newStage(t)
	s.publish(s.propose(ada, 0, kestrel(kestrelBody)))
	b, err := editorial.Read("x.csv", []byte("id;title;body\nkestrel-hover;Why does a kestrel hover?;A kestrel waits.\n"))
	s.must(err)
	plan, err := s.PlanImport(t.Context(), b, editorial.RefuseConflicts)
	s.must(err)
	if changed := plan.Of(editorial.Differs); len(changed) != 1 || changed[0].Text != kestrel("A kestrel waits.") {
		t.Fatalf("%s\n%+v", fates(plan), changed)
	}
}

// TestATableTellsConflictsToo changes the same snippet on both sides.
func TestATableTellsConflictsToo(t *testing.T) {
	s := newStage(t)
	s.publish(s.propose(ada, 0, kestrel(kestrelBody)))
	for _, name := range []string{"x.csv", "x.jsonl"} {
		before := s.State().Docs[doc].Latest
		data, _, err := s.Edition().Export(name)
		s.must(err)
		s.publish(s.propose(ada, before, kestrel("A kestrel looks, says "+name+".")))
		for _, c := range []struct{ data, want string }{
			{string(data), "newer here " + doc},
			{strings.ReplaceAll(string(data), "A kestrel hovers to", "A kestrel hangs to"), "conflicting " + doc},
		} {
			b, err := editorial.Read(name, []byte(c.data))
			s.must(err)
			plan, err := s.PlanImport(t.Context(), b, editorial.RefuseConflicts)
			s.must(err)
			s.hasFates(plan, c.want)
		}
		s.publish(s.propose(ada, before+1, kestrel(kestrelBody)))
	}
}
