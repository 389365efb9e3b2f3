package web

import (
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/bot/limit"
	"handout/index"
	"handout/knowledge"
)

// browser asks the page of the suite's corpus and keeps cookies.
type browser struct {
	t      *testing.T
	client *http.Client
	url    string
	corpus *knowledge.Corpus
}

func open(t *testing.T) *browser { return openWith(t, bottest.Bot(t, slog.New(slog.DiscardHandler))) }

func openWith(t *testing.T, r bot.Responder) *browser {
	t.Helper()
	b := &browser{t: t, corpus: bottest.Corpus(t)}
	s := &Server{Log: slog.New(slog.DiscardHandler), Corpus: b.serves, responder: r}
	s.ready.Store(true)
	server := httptest.NewServer(s.handler())
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := server.Client()
	client.Jar = jar
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	b.client, b.url = client, server.URL
	return b
}

func (b *browser) serves() *knowledge.Corpus { return b.corpus }

// page is a response with its body read.
type response struct {
	*http.Response
	body string
}

func (b *browser) do(method, path string, body io.Reader, header ...string) response {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return response{resp, string(data)}
}

func (b *browser) get(path string) response { b.t.Helper(); return b.do("GET", path, nil) }

func (b *browser) ask(question string, more ...string) response {
	b.t.Helper()
	form := url.Values{"q": {question}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return b.do("POST", "/ask", strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
}

var (
	tagRE    = regexp.MustCompile(`<[^>]*>`)
	breakRE  = regexp.MustCompile(`<br>`)
	passages = regexp.MustCompile(`(?s)<article class="passage" id="[^"]*" data-snippet="([^"]*)">.*?<div class="body">(.*?)</div>`)
	footerRE = regexp.MustCompile(`(?s)<footer>(.*?)</footer>`)
)

// seen is the text that a person reads of a piece of a page.
func seen(piece string) string {
	piece = breakRE.ReplaceAllString(piece, "\n")
	piece = strings.NewReplacer("</p>", "\n\n", "</li>", "\n").Replace(piece)
	return strings.TrimSpace(html.UnescapeString(tagRE.ReplaceAllString(piece, "")))
}

// everyPage visits each kind of response that there is.
func everyPage(b *browser) map[string]response {
	pages := map[string]response{
		"home":          b.get("/"),
		"answer":        b.ask(bottest.PlainQuestion),
		"long":          b.ask(bottest.LongQuestion),
		"hostile":       b.ask(bottest.HostileQuery),
		"no match":      b.ask("zzyzx quux"),
		"urgent":        b.ask(bottest.EmergencyText),
		"too long":      b.ask(strings.Repeat("far too long ", 20000)),
		"empty":         b.ask(""),
		"snippet":       b.get("/snippets/" + bottest.Plain),
		"gone":          b.get("/snippets/never-was"),
		"style":         b.get("/static/style.css"),
		"health":        b.get("/healthz"),
		"ready":         b.get("/readyz"),
		"unknown":       b.get("/nothing/here"),
		"GET of a form": b.get("/ask"),
		"HEAD":          b.do("HEAD", "/", nil),
		"PUT":           b.do("PUT", "/", nil),
		"cross-origin":  b.do("POST", "/ask", nil, "Sec-Fetch-Site", "cross-site"),
		"broken form":   b.do("POST", "/ask", strings.NewReader("q=%zz"), "Content-Type", "application/x-www-form-urlencoded"),
	}
	for _, c := range bot.Commands {
		pages["/"+c.Name] = b.ask("/" + c.Name)
	}
	return pages
}

// answers are the pages on which the bot says something.
func answers(b *browser) map[string]response {
	pages := everyPage(b)
	for _, other := range []string{"style", "health", "ready", "unknown", "GET of a form", "HEAD", "PUT", "cross-origin", "broken form"} {
		delete(pages, other)
	}
	return pages
}

func TestSecurityHeaders(t *testing.T) {
	for name, page := range everyPage(open(t)) {
		for header, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options":  "nosniff",
			"X-Frame-Options":         "DENY",
			"Referrer-Policy":         "same-origin",
			"Cache-Control":           "private, no-cache",
		} {
			if got := page.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, not %q", name, header, got, want)
			}
		}
	}
}

func TestPagesRunAndLoadNothing(t *testing.T) {
	active := regexp.MustCompile(`(?i)<script|<iframe|<object|<embed|<img|<style|\son[a-z]+=|\sstyle=|javascript:|(?:src|href)="(?:https?:)?//[^"]*\.(?:js|css)"`)
	for name, page := range answers(open(t)) {
		if found := active.FindString(withoutText(page.body)); found != "" {
			t.Errorf("%s holds %q", name, found)
		}
	}
}

// withoutText leaves the tags of a page.
func withoutText(page string) string { return strings.Join(tagRE.FindAllString(page, -1), "") }

func TestEveryAnswerEndsWithTheFooter(t *testing.T) {
	b := open(t)
	for name, page := range answers(b) {
		found := footerRE.FindAllStringSubmatch(page.body, -1)
		if len(found) != 1 {
			t.Errorf("%s has %d footers", name, len(found))
			continue
		}
		if got := seen(found[0][1]); got != b.corpus.Messages.Footer {
			t.Errorf("%s: footer is %q", name, got)
		}
		if i, j := strings.LastIndex(page.body, "</article>"), strings.Index(page.body, "<footer>"); i > j {
			t.Errorf("%s: a passage stands below the footer", name)
		}
	}
}

func TestBodiesAreVerbatim(t *testing.T) {
	b := open(t)
	for _, s := range b.corpus.Snippets {
		page := b.get("/snippets/" + s.ID)
		found := passages.FindStringSubmatch(page.body)
		if found == nil {
			t.Errorf("%s: no passage", s.ID)
			continue
		}
		if got, want := seen(found[2]), plainBody(s); got != want {
			t.Errorf("%s reads\n%s\nnot\n%s", s.ID, got, want)
		}
	}
}

// plainBody is the approved body as a person reads it. That of a text is the
// very bytes of its file.
func plainBody(s *knowledge.Snippet) string {
	if s.Format == knowledge.Text {
		return s.Body
	}
	var out strings.Builder
	for _, block := range s.Blocks() {
		for _, item := range block.Items {
			out.WriteString(knowledge.PlainText(item))
			out.WriteString(map[bool]string{true: "\n\n", false: "\n"}[block.Kind == knowledge.Paragraph])
		}
	}
	return strings.TrimSpace(out.String())
}

func TestHostileQuestionIsOnlyText(t *testing.T) {
	b := open(t)
	hostile := `"><script>alert(1)</script><b>&amp;{{.}}'` + "\u202e"
	page := b.ask(hostile)
	if strings.Contains(page.body, "<script") || strings.Contains(page.body, "<b>") {
		t.Error("markup of a question reached the page")
	}
	value := regexp.MustCompile(`name="q" type="text" value="([^"]*)"`).FindStringSubmatch(page.body)
	if value == nil || html.UnescapeString(value[1]) != hostile {
		t.Errorf("the box holds %q", value)
	}
}

func TestQuestionStandsInNoAddress(t *testing.T) {
	b := open(t)
	question := "owls hear secretword"
	page := b.ask(question)
	if page.Request.URL.RawQuery != "" || page.StatusCode != http.StatusOK {
		t.Errorf("%d %s", page.StatusCode, page.Request.URL)
	}
	for _, address := range regexp.MustCompile(`(?:href|action)="([^"]*)"`).FindAllStringSubmatch(page.body, -1) {
		if strings.Contains(address[1], "secretword") {
			t.Errorf("it stands in %s", address[1])
		}
	}
	if title := regexp.MustCompile(`<title>(.*)</title>`).FindString(page.body); strings.Contains(title, "secretword") {
		t.Errorf("the history of the browser would show it: %s", title)
	}
	for _, form := range regexp.MustCompile(`<form[^>]*>`).FindAllString(page.body, -1) {
		if !strings.Contains(form, `method="post"`) {
			t.Errorf("%s puts what is typed into the address", form)
		}
	}
}

func TestSnippetPage(t *testing.T) {
	b := open(t)
	s := b.corpus.Snippet(bottest.Plain)
	page := b.get("/snippets/" + bottest.Plain)
	if page.StatusCode != http.StatusOK || !strings.Contains(seen(page.body), s.Title) {
		t.Errorf("%d, without its title", page.StatusCode)
	}
	for _, source := range s.Sources {
		if !strings.Contains(seen(page.body), source.String()) {
			t.Errorf("source %s is missing", source)
		}
	}
	if page := b.get("/snippets/never-was"); page.StatusCode != http.StatusGone {
		t.Errorf("a snippet that is not there: %d", page.StatusCode)
	}
}

func TestExpiredSnippetIsGone(t *testing.T) {
	c := bottest.Corpus(t)
	later := func() time.Time { return time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC) }
	b := openWith(t, bot.New(slog.New(slog.DiscardHandler), later, c, nothing{}))
	page := b.get("/snippets/" + bottest.Plain)
	if page.StatusCode != http.StatusGone || strings.Contains(page.body, "data-snippet") {
		t.Errorf("%d, or the text is still shown", page.StatusCode)
	}
}

func TestRegionIsKeptInTheBrowser(t *testing.T) {
	b := open(t)
	region := b.corpus.Contacts.Regions[0]
	other := b.corpus.Contacts.Regions[1]
	if page := b.ask(bottest.EmergencyText); !strings.Contains(page.body, other.Name) {
		t.Fatalf("without a region, %s is missing", other.Name)
	}
	page := b.ask("/region " + region.ID)
	cookies := page.Cookies()
	if len(cookies) != 1 || cookies[0].Value != region.ID || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode || cookies[0].MaxAge <= 0 {
		t.Fatalf("cookies: %v", cookies)
	}
	if page := b.ask(bottest.EmergencyText); !strings.Contains(page.body, region.Name) || strings.Contains(page.body, other.Name) {
		t.Error("the chosen region's numbers are not the only ones")
	}
	b.ask("/forget")
	if page := b.ask(bottest.EmergencyText); !strings.Contains(page.body, other.Name) {
		t.Error("the region was not forgotten")
	}
	at, err := url.Parse(b.url)
	if err != nil {
		t.Fatal(err)
	}
	if left := b.client.Jar.Cookies(at); len(left) > 0 {
		t.Errorf("the browser keeps %v", left)
	}
}

// undeleting is a bot before which something fails to delete what it should.
type undeleting struct{ bot.Responder }

func (u undeleting) Respond(ctx context.Context, m bot.Message) bot.Reply {
	return u.Responder.Respond(ctx, m).NotDeleted()
}

func TestWhoIsNotForgottenIsTold(t *testing.T) {
	b := openWith(t, undeleting{bottest.Bot(t, slog.New(slog.DiscardHandler))})
	b.ask("/region GB")
	page := b.ask("/forget")
	if text := seen(page.body); !strings.Contains(text, b.corpus.Messages.NotGone) || strings.Contains(text, "Done.") {
		t.Errorf("told:\n%s", text)
	}
	if cookies := page.Cookies(); len(cookies) != 1 || cookies[0].MaxAge >= 0 {
		t.Errorf("the browser still keeps what it can delete: %v", cookies)
	}
}

func TestRegionCookieIsSecureBehindTLS(t *testing.T) {
	b := open(t)
	form := strings.NewReader("q=/region+" + b.corpus.Contacts.Regions[0].ID)
	page := b.do("POST", "/ask", form, "Content-Type", "application/x-www-form-urlencoded", "X-Forwarded-Proto", "https")
	if cookies := page.Cookies(); len(cookies) != 1 || !cookies[0].Secure {
		t.Errorf("cookies: %v", cookies)
	}
}

func TestFollowUpCarriesTheAnswer(t *testing.T) {
	asked := make(chan bot.Message, 1)
	b := openWith(t, spy{bottest.Bot(t, slog.New(slog.DiscardHandler)), asked})
	page := b.ask(bottest.PlainQuestion)
	<-asked
	hidden := regexp.MustCompile(`name="re" value="([^"]*)"`).FindStringSubmatch(page.body)
	if hidden == nil {
		t.Fatal("no form for a follow-up")
	}
	b.ask("and at night?", "re", html.UnescapeString(hidden[1]))
	if m := <-asked; m.Text != "and at night?" || m.ReplyTo != b.corpus.Snippet(bottest.Plain).Title {
		t.Errorf("the bot was asked %+v", m)
	}
}

func TestForms(t *testing.T) {
	b := open(t)
	for name, test := range map[string]struct {
		page response
		want int
	}{
		"from another site":   {b.do("POST", "/ask", nil, "Sec-Fetch-Site", "cross-site"), http.StatusForbidden},
		"from another origin": {b.do("POST", "/ask", nil, "Origin", "https://evil.example"), http.StatusForbidden},
		"from the page's own": {b.do("POST", "/ask", nil, "Origin", b.url), http.StatusOK},
		"broken":              {b.do("POST", "/ask", strings.NewReader("q=%zz"), "Content-Type", "application/x-www-form-urlencoded"), http.StatusBadRequest},
		"too large":           {b.ask(strings.Repeat("x", 2*maxForm)), http.StatusOK},
		"GET":                 {b.get("/ask"), http.StatusSeeOther},
		"PUT":                 {b.do("PUT", "/ask", nil), http.StatusMethodNotAllowed},
		"unknown path":        {b.get("/nothing"), http.StatusNotFound},
		"folder of files":     {b.get("/page.html"), http.StatusNotFound},
	} {
		if test.page.StatusCode != test.want {
			t.Errorf("%s: %s, not %d", name, test.page.Status, test.want)
		}
		if test.want == http.StatusForbidden && !strings.Contains(test.page.body, b.corpus.Messages.Failed) {
			t.Errorf("%s: a person reads %q", name, test.page.body)
		}
	}
	if page := b.ask(strings.Repeat("x", 2*maxForm)); !strings.Contains(seen(page.body), seen(b.corpus.Messages.TooLong)) {
		t.Error("what is too large has no fixed words")
	}
	head := b.do("HEAD", "/", nil)
	if head.StatusCode != http.StatusOK || head.body != "" || head.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("HEAD: %s %q", head.Status, head.body)
	}
}

func TestPageIsForEveryone(t *testing.T) {
	for name, page := range answers(open(t)) {
		for what, want := range map[string]string{
			"language":            `<html lang="en">`,
			"width of a phone":    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
			"title":               `<title>`,
			"main landmark":       `<main>`,
			"navigation landmark": `<nav aria-label="`,
			"search landmark":     `role="search"`,
			"label of the box":    `<label for="q">`,
			"way past the head":   `<a class="skip" href="#answer">`,
			"where that leads":    `id="answer"`,
		} {
			if !strings.Contains(page.body, want) {
				t.Errorf("%s: no %s: %s", name, what, want)
			}
		}
		ids := map[string]bool{}
		for _, id := range regexp.MustCompile(`\sid="([^"]*)"`).FindAllStringSubmatch(page.body, -1) {
			if ids[id[1]] {
				t.Errorf("%s: id %s stands twice", name, id[1])
			}
			ids[id[1]] = true
		}
		if n := strings.Count(page.body, `type="text"`) - strings.Count(page.body, "<label "); n != 0 {
			t.Errorf("%s: %d boxes without a label", name, n)
		}
		if n := strings.Count(page.body, "<h1"); n != 1 {
			t.Errorf("%s: %d main headings", name, n)
		}
	}
}

func TestServesUntilStopped(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Log: slog.New(slog.DiscardHandler), Drain: time.Minute, Corpus: func() *knowledge.Corpus { return nil },
		Listen: func(context.Context, string) (net.Listener, error) { return l, nil }}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, bottest.Bot(t, s.Log)) }()
	resp, err := http.Get(fmt.Sprintf("http://%s/readyz", l.Addr()))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Error(resp.Status)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	w := httptest.NewRecorder()
	s.readyz(w, nil)
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("after the stop, readyz says %d", w.Code)
	}
}

// spy shows the messages that reach the bot.
type spy struct {
	bot.Responder
	asked chan bot.Message
}

func (s spy) Respond(ctx context.Context, m bot.Message) bot.Reply {
	s.asked <- m
	return s.Responder.Respond(ctx, m)
}

// nothing is an index in which nothing is found.
type nothing struct{}

func (nothing) Search(context.Context, index.Query) (index.Result, error) { return index.Result{}, nil }

func TestWhoSendsTooMuchIsToldSo(t *testing.T) {
	b := openWith(t, limit.New(bottest.Now, bottest.Bot(t, slog.New(slog.DiscardHandler)), limit.Rates{Person: 4}))
	from := func(address, question string) response {
		t.Helper()
		return b.do("POST", "/ask", strings.NewReader(url.Values{"q": {question}}.Encode()),
			"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin", "X-Forwarded-For", address)
	}
	const ann, bob = "198.51.100.1", "198.51.100.2"
	for n := range 4 {
		want := http.StatusOK
		if n > 1 {
			want = http.StatusTooManyRequests
		}
		if r := from(ann, bottest.PlainQuestion); r.StatusCode != want || (n > 1) != strings.Contains(r.body, b.corpus.Messages.Limited) {
			t.Errorf("question %d: %s\n%s", n+1, r.Status, seen(r.body))
		}
	}
	if r := from(ann, bottest.EmergencyText); r.StatusCode != http.StatusOK || !strings.Contains(r.body, "999") {
		t.Errorf("emergency: %s\n%s", r.Status, seen(r.body))
	}
	if r := from(bob, bottest.PlainQuestion); r.StatusCode != http.StatusOK {
		t.Errorf("somebody else: %s", r.Status)
	}
	for range 5 {
		if r := from("", bottest.PlainQuestion); r.StatusCode != http.StatusOK {
			t.Errorf("a proxy that names nobody: %s", r.Status)
		}
	}
}
