package console_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"handout/knowledge/console"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

func TestLinkWorksOnce(t *testing.T) {
	s := newStage(t)
	link := s.link(ada)
	secret := secretOf(link)
	for range 3 { // as chats do for their previews
		b := s.browser()
		page := b.see(strings.TrimPrefix(link, s.url), "Sign in to the console")
		if len(page.Cookies()) > 0 {
			t.Error("looking at the link sets a cookie")
		}
		if got := page.Header.Get("Referrer-Policy"); got != "strict-origin" {
			t.Errorf("the secret would stand in Referer: %q", got)
		}
	}
	b := s.browser()
	page := b.post("sign-in", "secret", secret).want(t, http.StatusSeeOther)
	c := page.Cookies()
	if len(c) != 1 || c[0].Name != "console" || !c[0].HttpOnly || c[0].Secure || c[0].SameSite != http.SameSiteStrictMode || c[0].Path != "/" || c[0].MaxAge != 12*3600 {
		t.Errorf("cookies: %v", c)
	}
	b.see("", "Ada")
	other := s.browser()
	other.post("sign-in", "secret", secret).want(t, http.StatusForbidden, "no longer works")
	other.get("").want(t, http.StatusUnauthorized)
	if strings.Contains(s.log.String(), secret) || strings.Contains(s.log.String(), c[0].Value) {
		t.Errorf("a secret stands in the log: %s", s.log)
	}
	b.see("audit", "Ada signed in")
}

func TestLinkExpires(t *testing.T) {
	s := newStage(t)
	link := s.link(ada)
	s.now = s.now.Add(10*time.Minute + time.Second)
	s.browser().post("sign-in", "secret", secretOf(link)).want(t, http.StatusForbidden, "no longer works")
	s.browser().post("sign-in", "secret", "").want(t, http.StatusForbidden, "no longer works")
}

func TestSessionExpiresAndEnds(t *testing.T) {
	s := newStage(t)
	b := s.enter(ada)
	cookies := b.client.Jar.Cookies(mustURL(s.url))
	b.post("sign-out").want(t, http.StatusOK, "signed out")
	b.client.Jar.SetCookies(mustURL(s.url), cookies) // as a thief would
	b.get("").want(t, http.StatusUnauthorized)
	b = s.enter(ada)
	s.now = s.now.Add(12*time.Hour + time.Second)
	b.get("").want(t, http.StatusUnauthorized)
}

func TestCookieBehindTLS(t *testing.T) {
	s := newStage(t, func(c *console.Config) { c.BaseURL = "https://bot.example" })
	link := s.link(ada)
	if !strings.HasPrefix(link, "https://bot.example/console/in/") {
		t.Error(link)
	}
	c := s.browser().post("sign-in", "secret", secretOf(link)).Cookies()
	if len(c) != 1 || c[0].Name != "__Host-console" || !c[0].Secure || c[0].Path != "/" || c[0].Domain != "" {
		t.Errorf("cookies: %v", c)
	}
}

func TestWhoMayNothingGetsNoSession(t *testing.T) {
	s := newStage(t)
	b := s.browser()
	page := b.post("sign-in", "secret", secretOf(s.link(store.Actor{ID: "chat:mal", Name: "Mal"}))).want(t, http.StatusForbidden, "no right")
	if len(page.Cookies()) > 0 {
		t.Error("a cookie all the same")
	}
}

func TestOperatorIsNotAskedAbout(t *testing.T) {
	s := newStage(t)
	b := s.enter(store.Actor{ID: "operator:root", Name: "root"})
	b.follow("settings", "alone", "on")
	if s.asked != 0 || !s.editor.State().Alone {
		t.Errorf("asked %d times, alone is %v", s.asked, s.editor.State().Alone)
	}
}

func TestRightsLostBetweenOpeningAndApproving(t *testing.T) {
	s := newStage(t)
	s.kestrelDraft(ada)
	b := s.enter(grace)
	b.see("draft/"+kestrel, "Approve")
	s.let(grace, editorial.Rights{})
	approve := []string{"do", "approve", "doc", kestrel, "num", "1", "hash", s.draft(kestrel).Hash}
	b.post("draft", approve...).want(t, http.StatusForbidden, "no right", "Nothing was changed")
	s.let(grace, editorial.Rights{Edit: true, Review: true})
	b.get("").want(t, http.StatusUnauthorized) // the session is over
	b = s.enter(grace)
	s.let(grace, editorial.Rights{Edit: true})
	b.post("draft", approve...).want(t, http.StatusConflict, "you have no right to approve")
	if stage := s.draft(kestrel).Stage; stage != store.Drafting {
		t.Errorf("the draft is %s", stage)
	}
}

func TestRightsAreAskedForEveryActAndOnceAMinuteForLooking(t *testing.T) {
	s := newStage(t)
	b := s.enter(ada)
	before := s.asked
	b.see("")
	b.see("corpus")
	if s.asked != before {
		t.Errorf("asked %d times for looking", s.asked-before)
	}
	b.post("settings", "alone", "on")
	b.post("settings", "alone", "off")
	if s.asked != before+2 {
		t.Errorf("asked %d times for two acts", s.asked-before)
	}
	s.now = s.now.Add(time.Minute + time.Second)
	b.see("")
	if s.asked != before+3 {
		t.Error("not asked again after a minute")
	}
	s.down = true
	b.post("settings", "alone", "on").want(t, http.StatusInternalServerError, "Nothing was changed")
	if s.editor.State().Alone {
		t.Error("done without anybody's rights being known")
	}
	s.down = false
	b.see("") // still signed in
}

func TestWhatWasWrittenOutlivesASession(t *testing.T) {
	s := newStage(t)
	b := s.browser() // its session is over
	page := b.post("edit", kestrelForm("do", "save")...).want(t, http.StatusUnauthorized, "not signed in", kestrelBody, "Send it again")
	for _, want := range []string{`action="/console/edit"`, `name="as" value="form"`, `name="do" value="save"`} {
		if !strings.Contains(page.body, want) {
			t.Errorf("no %s:\n%s", want, page.body)
		}
	}
	page = b.post("edit", "do", "save", "text", "<script>alert(1)</script>")
	if strings.Contains(page.body, "<script>alert") {
		t.Error("markup is let through")
	}
	if page := b.post("draft", "do", "approve", "doc", kestrel); strings.Contains(page.body, "Send it again") {
		t.Errorf("nothing was written:\n%s", page.body)
	}
	if page := b.get("new?text=x"); strings.Contains(page.body, "Send it again") {
		t.Errorf("nothing was sent:\n%s", page.body)
	}
}

func TestSigningInIsLimited(t *testing.T) {
	s := newStage(t)
	b := s.browser()
	for i := range 10 {
		b.post("sign-in", "secret", fmt.Sprint(i)).want(t, http.StatusForbidden)
	}
	b.post("sign-in", "secret", "x").want(t, http.StatusTooManyRequests)
	other := b.do("POST", "sign-in", strings.NewReader("secret="+secretOf(s.link(ada))), "Content-Type", "application/x-www-form-urlencoded", "X-Forwarded-For", "203.0.113.7")
	other.want(t, http.StatusSeeOther)
	s.now = s.now.Add(6 * time.Second)
	b.post("sign-in", "secret", "x").want(t, http.StatusForbidden)
}

func TestStrangersLearnNothing(t *testing.T) {
	s := newStage(t)
	b := s.browser()
	there := b.get("document/snippets/owls-hearing.md").want(t, http.StatusUnauthorized)
	for _, path := range []string{"document/snippets/never.md", "nothing", "gap/1", "export/csv"} {
		page := b.get(path).want(t, http.StatusUnauthorized)
		if !strings.Contains(page.body, `href="/console/`+path+`">Open`) {
			t.Errorf("%s: no way on:\n%s", path, page.body)
		}
		if strings.ReplaceAll(page.body, path, "document/snippets/owls-hearing.md") != there.body {
			t.Errorf("%s is told apart:\n%s", path, page.body)
		}
	}
	b.post("settings", "alone", "on").want(t, http.StatusUnauthorized)
	if s.editor.State().Alone {
		t.Error("a stranger changed a setting")
	}
}

func TestFormsOfOtherSites(t *testing.T) {
	s := newStage(t)
	b := s.enter(ada)
	for name, header := range map[string][]string{
		"cross-site": {"Sec-Fetch-Site", "cross-site"}, "same-site": {"Sec-Fetch-Site", "same-site"}, "origin": {"Origin", "https://evil.example"},
	} {
		page := b.do("POST", "settings", strings.NewReader("alone=on"), append(header, "Content-Type", "application/x-www-form-urlencoded")...)
		page.want(t, http.StatusForbidden, "another site")
		if s.editor.State().Alone {
			t.Errorf("%s: done", name)
		}
	}
}
