package console_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

func TestPreviewKeepsWhatIsWrittenAndStoresNothing(t *testing.T) {
	s := newStage(t)
	b := s.enter(eve)
	page := b.post("edit", kestrelForm("do", "check")...).want(t, http.StatusOK, "Reading grade", "48 characters", "Words", "drawn", kestrelBody)
	if got := page.area(t, "body"); got != kestrelBody {
		t.Errorf("the box holds %q", got)
	}
	if strings.Contains(page.body, "&lt;i&gt;drawn") || !strings.Contains(page.body, "<i>drawn</i>") {
		t.Error("HTML of an adapter is escaped")
	}
	if s.editor.State().Docs[kestrel] != nil {
		t.Error("a preview was stored")
	}
}

func TestProblemsStandBesideTheirBox(t *testing.T) {
	s := newStage(t)
	b := s.enter(eve)
	page := b.post("edit", kestrelForm("do", "check", "questions", "how do owls hear", "body", "Take 15 mg a day.")...).want(t, http.StatusOK)
	for box, what := range map[string]string{"questions": "is also that of owls-hearing", "body": "reads as a dose"} {
		_, rest, _ := strings.Cut(page.body, `id="`+box+`-problems"`)
		beside, _, _ := strings.Cut(rest, "</div>")
		if !strings.Contains(beside, what) || strings.Contains(page.body, "<details open>") {
			t.Errorf("beside %s there is %q, not %q", box, beside, what)
		}
	}
	page = b.post("edit", kestrelForm("do", "check", "format", "riddle")...).want(t, http.StatusOK, "unknown format")
	if !strings.Contains(page.body, "<details open>") {
		t.Error("a box with a problem is folded away")
	}
}

func TestTwoEditAtOnce(t *testing.T) {
	s := newStage(t)
	first, second := s.enter(ada), s.enter(grace)
	const doc = "snippets/owls-hearing.md"
	pages := []page{first.see("edit/" + doc), second.see("edit/" + doc)}
	send := func(b *browser, p page, body, base string) page {
		return b.post("edit", "as", "form", "do", "save", "doc", doc, "base", base, "title", "How do owls hear?", "body", body, "topics", "birds",
			"questions", p.area(t, "questions"), "sources", p.area(t, "sources"))
	}
	send(first, pages[0], "Ada's words about owls.", pages[0].hidden(t, "base")).want(t, http.StatusSeeOther)
	refused := send(second, pages[1], "Other words about owls.", pages[1].hidden(t, "base")).want(t, http.StatusConflict, "has a newer version, 2 by Ada", "Ada's words about owls.")
	if got := refused.area(t, "body"); got != "Other words about owls." {
		t.Errorf("the moderator's own text is lost: %q", got)
	}
	if !strings.Contains(refused.body, "<ins>Other</ins>") || refused.hidden(t, "base") != "2" {
		t.Errorf("no diff, or base %s:\n%s", refused.hidden(t, "base"), refused.body)
	}
	send(second, pages[1], "Other words about owls.", refused.hidden(t, "base")).want(t, http.StatusSeeOther)
	if d := s.draft(doc); d.Num != 3 || d.Author.ID != grace.ID {
		t.Errorf("the draft is %+v", d)
	}
	second.see("document/"+doc, "Version 2", "Version 3")
}

func TestBrokenYAMLIsKept(t *testing.T) {
	s := newStage(t)
	b := s.enter(eve)
	const doc = "triage/emergencies.yaml"
	broken := "concepts: [unclosed\n  <script>alert(1)</script>\n"
	b.follow("edit", "as", "file", "do", "save", "doc", doc, "base", "1", "text", strings.ReplaceAll(broken, "\n", "\r\n")).want(t, http.StatusOK, "It cannot be served")
	r, err := s.editor.Latest(t.Context(), doc)
	if s.must(err); r.Text != broken {
		t.Errorf("kept is %q", r.Text)
	}
	page := b.see("edit/"+doc, "It cannot be served", "line 1")
	if page.area(t, "text") != broken || strings.Contains(page.body, "<script>alert") {
		t.Errorf("the box holds %q", page.area(t, "text"))
	}
	b.post("draft", "do", "submit", "doc", doc, "num", "2", "note", "").want(t, http.StatusConflict, "it cannot be served", "mend it first")
	page = b.post("edit", "as", "file", "do", "submit", "doc", doc, "base", "2", "text", broken+"#").want(t, http.StatusConflict, "Your draft is kept", "it cannot be served")
	if s.draft(doc).Num != 3 {
		t.Error("the text is lost that could not be submitted")
	}
}

func TestBrokenSnippetCannotBeAForm(t *testing.T) {
	s := newStage(t)
	b := s.enter(eve)
	const doc, broken = "snippets/owls-hearing.md", "---\nid: [\n---\nHoot.\n"
	b.follow("edit", "as", "file", "do", "save", "doc", doc, "base", "1", "text", broken)
	if got := b.see("edit/"+doc).area(t, "text"); got != broken {
		t.Errorf("the box holds %q", got)
	}
	page := b.post("edit", "as", "file", "do", "form", "doc", doc, "base", "2", "text", broken).want(t, http.StatusUnprocessableEntity, "cannot be read as a snippet")
	if got := page.area(t, "text"); got != broken {
		t.Errorf("the text is lost: %q", got)
	}
}

func TestFormAndFileAreTheSame(t *testing.T) {
	s := newStage(t)
	b := s.enter(eve)
	file := b.post("edit", kestrelForm("do", "file")...).want(t, http.StatusOK, "Text of the file")
	text, doc := file.area(t, "text"), "snippets/why-does-a-kestrel-hover.md"
	form := b.post("edit", "as", "file", "do", "form", "doc", doc, "base", "0", "text", text).want(t, http.StatusOK)
	if form.area(t, "body") != kestrelBody || form.hidden(t, "doc") != doc {
		t.Errorf("the form holds %q", form.area(t, "body"))
	}
	b.follow("edit", kestrelForm("do", "save", "doc", doc)...)
	if r, err := s.editor.Latest(t.Context(), doc); err != nil || r.Text != text {
		t.Errorf("%v: kept is\n%s\nnot\n%s", err, r.Text, text)
	}
}

func TestFormThatCannotBeKept(t *testing.T) {
	s := newStage(t)
	page := s.enter(eve).post("edit", kestrelForm("do", "save", "due", "next year")...).want(t, http.StatusUnprocessableEntity, "next year", "year-month-day")
	if page.area(t, "body") != kestrelBody || !strings.Contains(page.body, `value="next year"`) {
		t.Error("what was written is lost")
	}
	s.enter(eve).post("edit", "as", "file", "do", "save", "doc", "../escape.md", "base", "0", "text", "x").want(t, http.StatusUnprocessableEntity, "no name for a document")
}

func TestMarkupIsOnlyText(t *testing.T) {
	s := newStage(t)
	b := s.enter(eve)
	hostile := strings.Repeat(`"><script>alert(1)</script><img src=x onerror=alert(2)></textarea>{{.}}'`+"\u202e", 80)
	if len(hostile) < 4000 {
		t.Fatal("too little")
	}
	look := func(p page) {
		t.Helper()
		if tags := strings.Join(tagRE.FindAllString(p.body, -1), ""); strings.Contains(tags, "<script>alert") || strings.Contains(tags, "<img") {
			t.Errorf("%s: markup reached the page", p.Request.URL)
		}
	}
	form := kestrelForm("title", "Kestrel "+hostile, "body", hostile, "questions", hostile, "note", hostile, "topics", hostile, "keywords", hostile)
	page := b.post("edit", append(form, "do", "check")...)
	look(page)
	if got := page.area(t, "body"); got != hostile {
		t.Errorf("the box holds %.80q of %d bytes", got, len(got))
	}
	look(b.follow("edit", append(form, "do", "save")...))
	doc := s.editor.State().Drafts()[0].Name
	for _, path := range []string{"", "drafts", "corpus", "audit", "document/" + doc, "edit/" + doc, "edit/" + doc + "?as=file", "version/" + doc + "?num=1"} {
		look(b.get(path))
	}
	look(b.get("corpus?q=" + strings.Repeat("%22%3E%3Cimg%3E", 10)))
	look(b.get("audit?who=%22%3E%3Cimg%3E&about=%3Cimg%3E"))
	look(b.post("flag", "id", "owls-hearing", "doc", "snippets/owls-hearing.md", "note", hostile))
	look(b.see("document/snippets/owls-hearing.md"))
}

func TestTooMuch(t *testing.T) {
	s := newStage(t)
	b := s.enter(ada)
	b.post("edit", kestrelForm("do", "save", "body", strings.Repeat("x", 1<<20))...).want(t, http.StatusRequestEntityTooLarge, "too much", "Nothing was changed")
	if s.editor.State().Docs[kestrel] != nil {
		t.Error("kept all the same")
	}
	b.do("POST", "edit", strings.NewReader("title=%zz"), "Content-Type", "application/x-www-form-urlencoded").want(t, http.StatusBadRequest, "cannot be read")
}

// upload sends a file.
func (b *browser) upload(name, text string) page {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if name != "" {
		file, err := form.CreateFormFile("file", name)
		b.must(err)
		io.WriteString(file, text)
	}
	b.must(form.Close())
	return b.do("POST", "import", &body, "Content-Type", form.FormDataContentType())
}

func TestExportAndImport(t *testing.T) {
	s := newStage(t)
	b := s.enter(ada)
	table := b.see("export/csv", "owls-hearing").body
	for format, kind := range map[string]string{"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl", "zip": "application/zip"} {
		p := b.see("export/" + format)
		if p.Header.Get("Content-Type") != kind || p.Header.Get("Content-Disposition") != "attachment; filename=corpus-2026-11-22."+format {
			t.Errorf("%s: %v", format, p.Header)
		}
	}
	b.get("export/exe").want(t, http.StatusNotFound)
	b.see("files", "Show what it would change")
	b.upload("", "").want(t, http.StatusConflict, "no file was chosen")
	b.upload("<a>.exe", "x").want(t, http.StatusConflict, "<a>.exe is no corpus")
	b.upload("same.csv", table).want(t, http.StatusOK, "5 unchanged", "There is nothing to import")
	changed := strings.ReplaceAll(table, "two ears", "three & ears")
	p := b.upload("new.csv", changed).want(t, http.StatusOK, "1 changed", "Nothing has been changed yet")
	if !strings.Contains(p.body, "<del>two</del><ins>three &amp;</ins>") {
		t.Errorf("no diff:\n%s", p.seen())
	}
	s.enter(grace).post("apply").want(t, http.StatusConflict, "not kept any more")
	b.follow("apply").want(t, http.StatusOK, "Imported as drafts", "import of new.csv")
	b.post("apply").want(t, http.StatusConflict, "upload the file again")
	s.answers("how do owls hear", "two ears", true)
	if d := s.draft("snippets/owls-hearing.md"); d.Author.ID != ada.ID {
		t.Errorf("the draft is %+v", d)
	}
	b.upload("a.csv", strings.Repeat("x", 8<<20)).want(t, http.StatusRequestEntityTooLarge)
}

func TestImportOfWhatChangedOnBothSides(t *testing.T) {
	s := newStage(t)
	b := s.enter(ada)
	table := b.see("export/csv").body
	const doc = "snippets/owls-hearing.md"
	file := b.see("edit/"+doc+"?as=file").area(t, "text")
	b.follow("edit", "as", "file", "do", "save", "doc", doc, "base", "1", "text", strings.ReplaceAll(file, "two ears", "four ears"))
	b.upload("new.csv", strings.ReplaceAll(table, "two ears", "three ears")).want(t, http.StatusOK, "1 conflicting", "there is a draft of it", "It cannot be taken in as it is", "Which side is right?")
	b.post("apply").want(t, http.StatusConflict, "changed on both sides")
	b.post("apply", "conflicts", "store").want(t, http.StatusOK, "There is nothing to import")
	b.post("apply", "conflicts", "file").want(t, http.StatusOK, "Make drafts of it")
	b.follow("apply")
	if r, err := s.editor.Latest(t.Context(), doc); err != nil || r.Num != 3 || !strings.Contains(r.Text, "three ears") {
		t.Errorf("%v: the newest version is %d", err, r.Num)
	}
	b.see("document/"+doc, "Version 2") // nothing is lost
}
