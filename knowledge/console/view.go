package console

import (
	"bytes"
	"cmp"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// view is what every page shows.
type view struct {
	Title   string
	Name    string // of the corpus
	Person  editorial.Person
	Path    string
	Notice  string // what has just been done
	Refusal *editorial.Refusal
	Body    any    // what the page itself shows
	Again   *again // to be sent again
	On      string // where to go on, if not at home
}

// pages are the templates, by name.
var pages = parse()

func parse() map[string]*template.Template {
	base := template.Must(template.New("base.html").Funcs(functions).ParseFS(files, "pages/base.html", "pages/parts.html"))
	names, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		panic(err) // the pattern is right
	}
	pages := map[string]*template.Template{}
	for _, name := range names {
		pages[strings.TrimSuffix(path.Base(name), ".html")] = template.Must(template.Must(base.Clone()).ParseFS(files, name))
	}
	return pages
}

var functions = template.FuncMap{
	"to":      to,
	"version": func(doc string, num int) string { return to("version", doc) + "?num=" + strconv.Itoa(num) },
	"isAdded": func(p editorial.Piece) bool { return p.Change == editorial.Added },
	"isGone":  func(p editorial.Piece) bool { return p.Change == editorial.Removed },
	"time":    func(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04") },
	"day":     func(t time.Time) string { return t.UTC().Format("2 Jan 2006") },
	"date":    func(d knowledge.Date) string { return d.String() },
	"join":    strings.Join,
	"short":   func(hash string) string { return hash[:min(12, len(hash))] },
	"scope":   func(id string) string { return string(store.SnippetScope(id)) },
	"verb":    verb,
	"shorten": shorten,
	"count": func(n int, what string) string {
		if n == 1 {
			return "1 " + what
		}
		return strconv.Itoa(n) + " " + what + "s"
	},
}

// to is the address of a page about a document.
func to(page, doc string) string {
	parts := strings.Split(doc, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return prefix + page + "/" + strings.Join(parts, "/")
}

// done says what a redirect's mark stands for.
var done = map[string]string{
	"saved":      "Your draft is kept.",
	"submitted":  "Submitted for review.",
	"approved":   "Approved.",
	"objected":   "Changes are requested.",
	"dropped":    "The draft is dropped. Its text stays in the history.",
	"published":  "Published: it is served now.",
	"withdrawn":  "Withdrawn: it is not sent any more.",
	"reinstated": "Reinstated: it is sent again.",
	"flagged":    "Your doubt is noted.",
	"closed":     "Done with that question.",
	"imported":   "Imported as drafts. They still have to be reviewed and published.",
	"set":        "The setting is changed.",
}

// redirect shows a page after something was done, so that going back or loading
// it again does not do it twice.
func (v *visit) redirect(to, mark string) error {
	http.Redirect(v.w, v.r, to+"?done="+mark, http.StatusSeeOther)
	return nil
}

// page shows a page to somebody who is signed in.
func (s *Server) page(v *visit, name, title string, body any) error {
	s.show(v, http.StatusOK, name, &view{Title: title, Body: body})
	return nil
}

func (s *Server) show(v *visit, status int, name string, p *view) {
	p.Person, p.Path = v.Person, v.r.URL.Path
	p.Notice = cmp.Or(v.notice, done[v.r.URL.Query().Get("done")])
	s.render(v.w, v.r, status, name, p)
}

// stop shows a page without anything that only moderators may see.
func (s *Server) stop(w http.ResponseWriter, r *http.Request, status int, title, text string) {
	s.render(w, r, status, "stop", &view{Title: title, Body: text})
}

func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, name string, p *view) {
	p.Name = s.Editor.Edition().Corpus.Settings.Name
	var b bytes.Buffer
	if err := pages[name].ExecuteTemplate(&b, "base.html", p); err != nil {
		s.Log.ErrorContext(r.Context(), "console page failed", "page", name, "err", err)
		http.Error(w, "Something failed on our side. Nothing was changed.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}
