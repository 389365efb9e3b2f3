package console_test

import (
	"bytes"
	"context"
	"errors"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"handout/bot"
	"handout/bot/bottest"
	"handout/knowledge/console"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

// stage is a console over a store on disk that holds the suite's corpus.
type stage struct {
	t      *testing.T
	editor *editorial.Editor
	store  *sqlstore.Store
	server *console.Server
	url    string
	now    time.Time
	log    *bytes.Buffer

	mu     sync.Mutex
	rights map[string]editorial.Rights // by id
	asked  int                         // how often for rights
	down   bool                        // the platform does not say
}

var (
	ada   = store.Actor{ID: "chat:ada", Name: "Ada"}
	grace = store.Actor{ID: "chat:grace", Name: "Grace <b>"}
	eve   = store.Actor{ID: "chat:eve", Name: "Eve"} // may edit only
)

func newStage(t *testing.T, change ...func(*console.Config)) *stage {
	t.Helper()
	s := &stage{t: t, now: bottest.Now(), log: new(bytes.Buffer), rights: map[string]editorial.Rights{
		ada.ID: {Edit: true, Review: true}, grace.ID: {Edit: true, Review: true}, eve.ID: {Edit: true},
	}}
	clock := func() time.Time { return s.now }
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	s.store, err = sqlstore.Open(t.Context(), t.TempDir())
	s.must(err)
	t.Cleanup(func() { s.store.Close() })
	s.store.Now = clock
	_, err = editorial.Seed(t.Context(), s.store, bottest.Corpus(t), "the suite's corpus")
	s.must(err)
	s.editor, err = editorial.Open(t.Context(), editorial.Config{Log: log, Now: clock, Store: s.store})
	s.must(err)
	config := console.Config{Log: log, Now: clock, Editor: s.editor, Rights: s.may, Previews: []console.Preview{
		{Name: "Words", Render: func(r bot.Reply) []string { return []string{r.Text()} }},
		{Name: "Marks", Render: func(bot.Reply) []string { return []string{"<i>drawn</i>"} }, HTML: true},
	}}
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	s.url, config.BaseURL = server.URL, server.URL
	for _, c := range change {
		c(&config)
	}
	s.server = console.New(config)
	handler = s.server
	return s
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) may(_ context.Context, a store.Actor) (editorial.Rights, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if s.down {
		return editorial.Rights{}, errors.New("the platform is away")
	}
	return s.rights[a.ID], nil
}

func (s *stage) let(a store.Actor, r editorial.Rights) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rights[a.ID] = r
}

func (s *stage) link(a store.Actor) string {
	s.t.Helper()
	link, err := s.server.Link(s.t.Context(), a)
	s.must(err)
	return link
}

// browser keeps cookies and follows no redirect.
type browser struct {
	*stage
	client *http.Client
}

func (s *stage) browser() *browser {
	jar, err := cookiejar.New(nil)
	s.must(err)
	return &browser{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// enter is a browser in which somebody is signed in.
func (s *stage) enter(a store.Actor) *browser {
	s.t.Helper()
	b := s.browser()
	if page := b.post("sign-in", "secret", secretOf(s.link(a))); page.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("signing in: %s\n%s", page.Status, page.body)
	}
	return b
}

func secretOf(link string) string { return link[strings.LastIndex(link, "/")+1:] }

type page struct {
	*http.Response
	body string
}

func (b *browser) do(method, path string, body io.Reader, header ...string) page {
	b.t.Helper()
	if !strings.HasPrefix(path, "/") {
		path = "/console/" + path
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, body)
	b.must(err)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := b.client.Do(req)
	b.must(err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	b.must(err)
	return page{resp, string(data)}
}

func (b *browser) get(path string) page { b.t.Helper(); return b.do("GET", path, nil) }

// see gets a page that must be there.
func (b *browser) see(path string, texts ...string) page {
	b.t.Helper()
	return b.get(path).want(b.t, http.StatusOK, texts...)
}

func (b *browser) post(path string, form ...string) page {
	b.t.Helper()
	values := url.Values{}
	for i := 0; i < len(form); i += 2 {
		if form[i] != "ref" {
			values.Del(form[i]) // later ones are meant instead
		}
		values.Add(form[i], form[i+1])
	}
	return b.do("POST", path, strings.NewReader(values.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
}

// follow posts what must succeed, and shows where it leads.
func (b *browser) follow(path string, form ...string) page {
	b.t.Helper()
	p := b.post(path, form...)
	if p.StatusCode != http.StatusSeeOther {
		b.t.Fatalf("POST %s %v: %s\n%s", path, form, p.Status, p.seen())
	}
	return b.get(p.Header.Get("Location")).want(b.t, http.StatusOK)
}

func (p page) want(t *testing.T, status int, texts ...string) page {
	t.Helper()
	if p.StatusCode != status {
		t.Fatalf("%s: %s, not %d\n%s", p.Request.URL, p.Status, status, p.seen())
	}
	for _, text := range texts {
		if !strings.Contains(p.seen(), text) {
			t.Errorf("%s does not say %q:\n%s", p.Request.URL, text, p.seen())
		}
	}
	return p
}

var (
	tagRE   = regexp.MustCompile(`<[^>]*>`)
	spaceRE = regexp.MustCompile(`\s+`)
)

// seen is what a person reads.
func (p page) seen() string {
	return spaceRE.ReplaceAllString(html.UnescapeString(tagRE.ReplaceAllString(p.body, " ")), " ")
}

// hidden is the value of a hidden field.
func (p page) hidden(t *testing.T, name string) string {
	t.Helper()
	found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(p.body)
	if found == nil {
		t.Fatalf("no field %s in\n%s", name, p.body)
	}
	return html.UnescapeString(found[1])
}

// area is what a box of several lines holds.
func (p page) area(t *testing.T, name string) string {
	t.Helper()
	found := regexp.MustCompile(`(?s)<textarea id="` + name + `"[^>]*>\n(.*?)</textarea>`).FindStringSubmatch(p.body)
	if found == nil {
		t.Fatalf("no box %s in\n%s", name, p.body)
	}
	return html.UnescapeString(found[1])
}

// A snippet that the tests write.
const (
	kestrel         = "snippets/why-does-a-kestrel-hover.md"
	kestrelBody     = "A kestrel hovers to look for voles in the grass."
	kestrelQuestion = "why does a kestrel hover"
)

func kestrelForm(more ...string) []string {
	return append([]string{
		"as", "form", "base", "0", "title", "Why does a kestrel hover?", "body", kestrelBody, "topics", "birds", "due", "2027-05-01",
		"questions", "what does a hovering kestrel look for\nkestrels that stand still in the air",
		"sources", "Field notes | The club | https://example.org/kestrel | 2026-11-22", "note", "asked for",
	}, more...)
}

// kestrelDraft is a draft by somebody.
func (s *stage) kestrelDraft(a store.Actor) *browser {
	s.t.Helper()
	b := s.enter(a)
	b.follow("edit", kestrelForm("do", "save")...)
	return b
}

func (s *stage) draft(doc string) *store.Draft {
	s.t.Helper()
	d := s.editor.State().Docs[doc]
	if d == nil || d.Draft() == nil {
		s.t.Fatalf("no draft of %s", doc)
	}
	return d.Draft()
}

func (s *stage) answers(question, text string, want bool) {
	s.t.Helper()
	r := s.editor.Respond(s.t.Context(), bot.Message{Text: question})
	if strings.Contains(r.Text(), text) != want {
		s.t.Errorf("%q: says %q is %v, want %v:\n%s", question, text, !want, want, r.Text())
	}
}
