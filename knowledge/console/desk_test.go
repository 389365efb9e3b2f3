package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"handout/knowledge/store"
)

func mustURL(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		panic(err)
	}
	return u
}

func TestFromDraftToAnswer(t *testing.T) {
	s := newStage(t)
	author := s.kestrelDraft(ada)
	author.see("draft/"+kestrel, "Why does a kestrel hover?", "No fault was found", "drawn", "somebody else has to approve")
	author.follow("draft", "do", "submit", "doc", kestrel, "num", "1", "note", "please look")
	hash := s.draft(kestrel).Hash
	author.post("draft", "do", "approve", "doc", kestrel, "num", "1", "hash", hash).want(t, http.StatusConflict, "nobody approves what they wrote themselves")
	s.answers(kestrelQuestion, kestrelBody, false)
	reviewer := s.enter(grace)
	reviewer.see("", "1 waiting for review")
	reviewer.see("drafts?stage=in+review", "please look")
	reviewer.post("draft", "do", "approve", "doc", kestrel, "num", "1", "hash", strings.Repeat("0", 64)).want(t, http.StatusConflict, "not the text that you were shown")
	reviewer.post("publish", "ref", "1:"+kestrel).want(t, http.StatusConflict, "nobody has approved")
	page := reviewer.follow("draft", "do", "approve", "doc", kestrel, "num", "1", "hash", hash).want(t, http.StatusOK, "Grace <b> approved exactly this text")
	reviewer.follow("publish", "ref", "1:"+kestrel, "signature", page.hidden(t, "signature")).want(t, http.StatusOK, "Published", "served", hash[:12])
	s.answers(kestrelQuestion, kestrelBody, true)
	reviewer.see("audit", "Ada wrote", "Ada submitted", "Grace <b> approved", "Grace <b> published")
	reviewer.see("audit?who=ada", "Ada wrote")
	if page := reviewer.see("audit?who=ada"); strings.Contains(page.seen(), "approved") {
		t.Error("the audit is not narrowed to a person")
	}
}

func TestOnePersonIsEnough(t *testing.T) {
	s := newStage(t)
	b := s.kestrelDraft(ada)
	b.follow("settings", "alone", "on").want(t, http.StatusOK, "One person is enough")
	page := b.follow("draft", "do", "approve", "doc", kestrel, "num", "1", "hash", s.draft(kestrel).Hash)
	b.follow("publish", "ref", "1:"+kestrel, "signature", page.hidden(t, "signature"))
	s.answers(kestrelQuestion, kestrelBody, true)
	b.see("audit", "set a rule", "one person is enough")
}

func TestChangedAnswersAreSignedFor(t *testing.T) {
	s := newStage(t)
	b := s.enter(ada)
	b.follow("edit", kestrelForm("do", "save", "keywords", "owl, ears")...) // and the same wording as another
	b.follow("settings", "alone", "on")
	b.follow("edit", kestrelForm("do", "save", "doc", kestrel, "base", "1", "questions", "how do owls hear\nwhat are owl ears like")...)
	page := b.follow("draft", "do", "approve", "doc", kestrel, "num", "2", "hash", s.draft(kestrel).Hash)
	page.want(t, http.StatusOK, "What is wrong with it", "is also that of", "I, Ada, have read")
	b.post("publish", "ref", "2:"+kestrel).want(t, http.StatusConflict, "need a signature")
	b.follow("publish", "ref", "2:"+kestrel, "signature", page.hidden(t, "signature"))
	b.see("audit", "signed for changed answers")
}

func TestSeveralAtOnce(t *testing.T) {
	s := newStage(t)
	b := s.enter(ada)
	b.follow("settings", "alone", "on")
	docs := []string{}
	for _, bird := range []string{"merlin", "osprey"} {
		doc := "snippets/where-does-the-" + bird + "-live.md"
		b.follow("edit", "as", "form", "base", "0", "do", "save", "title", "Where does the "+bird+" live?", "body", "The "+bird+" lives far away.", "topics", "birds", "due", "2027-05-01",
			"sources", "Notes | Club | https://example.org/"+bird+" | 2026-11-22")
		b.follow("draft", "do", "approve", "doc", doc, "num", "1", "hash", s.draft(doc).Hash)
		docs = append(docs, doc)
	}
	b.see("drafts", "Look at the chosen ones together")
	b.get("publish").want(t, http.StatusConflict, "nothing was chosen")
	page := b.see("publish?ref=1:"+docs[0]+"&ref=1:"+docs[1], "Publish 2 drafts", "Publish all")
	b.follow("publish", "ref", "1:"+docs[0], "ref", "1:"+docs[1], "signature", page.hidden(t, "signature"))
	s.answers("where does the merlin live", "The merlin lives far away.", true)
	s.answers("where does the osprey live", "The osprey lives far away.", true)
}

func TestChangesAreRequestedAndDropped(t *testing.T) {
	s := newStage(t)
	s.kestrelDraft(ada)
	b := s.enter(grace)
	b.post("draft", "do", "object", "doc", kestrel, "num", "1", "note", " ").want(t, http.StatusConflict, "needs words")
	b.follow("draft", "do", "object", "doc", kestrel, "num", "1", "note", "say <which> grass").want(t, http.StatusOK, "say <which> grass", "asks for changes")
	page := b.post("draft", "do", "drop", "doc", kestrel, "num", "7", "note", "my words").want(t, http.StatusConflict, "overtaken")
	if got := page.area(t, "note"); !strings.Contains(got, "my words") {
		t.Errorf("the note is lost: %q", got)
	}
	b.follow("draft", "do", "drop", "doc", kestrel, "num", "1", "note", "not wanted").want(t, http.StatusOK, "dropped")
	b.get("draft/"+kestrel).want(t, http.StatusConflict, "no draft")
	b.post("draft", "do", "jump", "doc", kestrel, "num", "1").want(t, http.StatusNotFound)
}

func TestWithdrawAndReinstate(t *testing.T) {
	s := newStage(t)
	b := s.enter(eve)
	b.see("withdraw?scope=snippet:owls-hearing", "1 snippet will not be sent", "how do owls hear")
	b.post("withdraw", "scope", "snippet:owls-hearing", "note", "").want(t, http.StatusConflict, "needs a reason")
	s.answers("how do owls hear", "two ears", true)
	b.follow("withdraw", "scope", "snippet:owls-hearing", "note", "a fault").want(t, http.StatusOK, "Withdrawn", "not sent to anybody")
	s.answers("how do owls hear", "two ears", false)
	b.see("corpus?state=withdrawn", "1 of 5 snippets", "How do owls hear?")
	b.see("settings", "a fault")
	b.post("reinstate", "scope", "snippet:owls-hearing").want(t, http.StatusConflict, "no right")
	s.enter(ada).follow("reinstate", "scope", "snippet:owls-hearing", "note", "mended")
	s.answers("how do owls hear", "two ears", true)
	b.see("withdraw?scope=everything", "5 snippets will not be sent")
	b.get("withdraw?scope=snippet:never").want(t, http.StatusNotFound)
	b.follow("withdraw", "scope", "everything", "note", "stop").want(t, http.StatusOK, "everything")
	s.answers("what are owl ears like", "two ears", false)
}

func TestRollBack(t *testing.T) {
	s := newStage(t)
	b := s.enter(ada)
	b.follow("settings", "alone", "on")
	const doc = "snippets/owls-hearing.md"
	file := b.see("edit/"+doc+"?as=file").area(t, "text")
	b.follow("edit", "as", "file", "doc", doc, "base", "1", "do", "save", "text", strings.ReplaceAll(file, "two ears", "three ears"))
	page := b.follow("draft", "do", "approve", "doc", doc, "num", "2", "hash", s.draft(doc).Hash)
	if !strings.Contains(page.body, "<del>two</del><ins>three</ins>") {
		t.Errorf("no diff by words:\n%s", page.body)
	}
	b.follow("publish", "ref", "2:"+doc, "signature", page.hidden(t, "signature"))
	s.answers("how do owls hear", "three ears", true)
	b.see("document/"+doc, "Version 2 served", "Version 1 was served")
	page = b.see("version/"+doc+"?num=1", "If it were served again")
	b.follow("rollback", "doc", doc, "num", "1", "note", "wrong", "signature", page.hidden(t, "signature"))
	s.answers("how do owls hear", "two ears", true)
	b.post("rollback", "doc", doc, "num", "1").want(t, http.StatusConflict, "is the one that is served")
	b.get("version/"+doc+"?num=9").want(t, http.StatusNotFound)
	b.post("rollback", "doc", "snippets/never.md", "num", "1").want(t, http.StatusConflict, "there is no document")
}

func TestFlag(t *testing.T) {
	s := newStage(t)
	b := s.enter(eve)
	b.follow("flag", "id", "owls-hearing", "doc", "snippets/owls-hearing.md", "note", "is it so?").want(t, http.StatusOK, "Eve doubts this text", "is it so?")
	b.see("", "1 doubted by somebody")
	b.see("corpus?state=doubted", "1 of 5 snippets")
	b.post("flag", "id", "never", "doc", "x").want(t, http.StatusConflict, "there is no snippet")
}

func TestGaps(t *testing.T) {
	s := newStage(t)
	gap := func(id, text string) store.Gap {
		return store.Gap{ID: id, Text: text, Why: store.Unanswered, State: store.Open, Count: 4, First: s.now, Last: s.now}
	}
	s.must(s.store.AddGaps(t.Context(), []store.Gap{gap("a", "do owls hear mice"), gap("b", "why does a kestrel hover"), gap("c", "what <b>is</b> this"), gap("d", "how do owls hear"), gap("e", "can a kestrel see in the dark […]")}))
	b := s.enter(eve)
	b.see("gaps", "do owls hear mice", "what <b>is</b> this")
	b.see("gap/a", "asked 4 times", "How do owls hear?")
	b.see("gap/c?q=rivers", "iver")
	b.follow("gap", "do", "link", "gap", "a", "snippet", "owls-hearing").want(t, http.StatusOK, "do owls hear mice")
	b.post("gap", "do", "link", "gap", "a", "snippet", "owls-hearing").want(t, http.StatusConflict, "not open any more")
	b.post("gap", "do", "link", "gap", "d", "snippet", "owls-hearing").want(t, http.StatusConflict, "has that wording already")
	page := b.see("new?gap=b")
	if page.hidden(t, "gap") != "b" || !strings.Contains(page.body, `value="why does a kestrel hover"`) || !strings.Contains(page.body, `value="2027-11-22"`) {
		t.Errorf("the question is not taken over:\n%s", page.body)
	}
	b.follow("edit", kestrelForm("do", "submit", "gap", "b")...).want(t, http.StatusOK, "in review")
	if page := b.see("new?gap=e"); !strings.Contains(page.body, `value="can a kestrel see in the dark"`) {
		t.Errorf("the question is not taken over as people would write it:\n%s", page.body)
	}
	b.follow("edit", kestrelForm("do", "save", "gap", "e", "title", "Does it see at night?")...).want(t, http.StatusOK, "- can a kestrel see in the dark")
	b.follow("gap", "do", "dismiss", "gap", "c").want(t, http.StatusOK, "Done with that question")
	if page := b.see("gaps"); strings.Contains(page.seen(), "kestrel") || strings.Contains(page.seen(), "what") && strings.Contains(page.seen(), "is</b> this") {
		t.Errorf("what is dealt with is shown:\n%s", page.seen())
	}
	b.post("gap", "do", "dismiss", "gap", "c").want(t, http.StatusConflict, "somebody else")
}
