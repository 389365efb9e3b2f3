package web

import (
	"bytes"
	"cmp"
	"errors"
	"html/template"
	"net/http"
	"strings"

	"handout/bot"
	"handout/bot/peer"
	"handout/knowledge"
)

var pageTemplate = template.Must(template.New("page.html").Funcs(template.FuncMap{
	"isPassage": func(s bot.Section) bool { return s.Kind == bot.Passage },
	"isAlarm":   func(s bot.Section) bool { return s.Kind == bot.Alarm },
	"isLine":    func(s bot.Section) bool { return s.Kind == bot.Line },
	"isFooter":  func(s bot.Section) bool { return s.Kind == bot.Footer },
	"isOptions": func(s bot.Section) bool { return s.Kind == bot.Options },
	"isList":    func(b knowledge.Block) bool { return b.Kind == knowledge.Bullets },
	"isSteps":   func(b knowledge.Block) bool { return b.Kind == knowledge.Numbered },
	"lines":     func(text string) []string { return strings.Split(text, "\n") },
}).ParseFS(files, "page.html"))

// page is what the template shows.
type page struct {
	Name     string // of the corpus
	Lang     string
	Question string
	Follow   string // title of the passage shown, which a follow-up question refers to
	Sections []bot.Section
	Urgent   bool // the answer comes before the box
	Home     bool
}

// maxForm is the largest form that is read, in bytes.
const maxForm = 64 << 10

const regionCookie = "region"

func (s *Server) home(w http.ResponseWriter, r *http.Request) {
	reply := s.responder.Respond(r.Context(), bot.Message{Text: "/start"})
	p := page{Home: true, Sections: reply.Sections()}
	p.Sections[0].Title = "" // the name, which stands at the head of the page
	s.render(w, r, http.StatusOK, p)
}

// ask answers the form: a question, a follow-up, or the button of a command.
func (s *Server) ask(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			// The bot has fixed words for what is too long to be read.
			s.show(w, r, bot.Message{Text: strings.Repeat("long ", 2000)}, "")
			return
		}
		http.Error(w, "This form cannot be read. Go back and try again.", http.StatusBadRequest)
		return
	}
	text := r.PostForm.Get("q")
	s.show(w, r, bot.Message{Text: text, ReplyTo: r.PostForm.Get("re"), Region: region(r)}, text)
}

func (s *Server) snippet(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, bot.Message{Snippet: r.PathValue("id"), Region: region(r)}, "")
}

func (s *Server) show(w http.ResponseWriter, r *http.Request, m bot.Message, question string) {
	m.Asker, m.Origin = asker(r), origin(r)
	reply := s.responder.Respond(r.Context(), m)
	if reply.Region != nil {
		age := 365 * 24 * 3600
		if *reply.Region == "" {
			age = -1 // delete it
		}
		http.SetCookie(w, &http.Cookie{
			Name: regionCookie, Value: *reply.Region, Path: "/", MaxAge: age,
			HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https",
		})
	}
	status := http.StatusOK
	switch {
	case reply.TooMany():
		status = http.StatusTooManyRequests
		w.Header().Set("Retry-After", "60") // seconds
	case m.Snippet != "" && reply.Outcome == bot.NoMatch:
		status = http.StatusGone
	}
	p := page{Question: question, Urgent: reply.Outcome == bot.Urgent, Sections: reply.Sections()}
	if strings.HasPrefix(question, "/") {
		p.Question = ""
	}
	for _, section := range p.Sections {
		if section.Kind == bot.Passage && p.Follow == "" {
			p.Follow = section.Title
		}
	}
	s.render(w, r, status, p)
}

func region(r *http.Request) string {
	c, err := r.Cookie(regionCookie)
	if err != nil {
		return ""
	}
	return c.Value
}

func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, p page) {
	p.Name = cmp.Or(s.Corpus().Settings.Name, "handout")
	p.Lang = s.Corpus().Settings.Lang
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, p); err != nil {
		s.Log.ErrorContext(r.Context(), "page failed", "err", err)
		http.Error(w, s.Corpus().Messages.Failed, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// asker tells whose question it is; empty if nobody knows.
func asker(r *http.Request) string {
	if from := peer.Address(r); from.IsValid() {
		return "web:" + from.String()
	}
	return ""
}

// origin is for whom a request counts against the limits. What comes from our own
// machine or network may come from a proxy that does not say for whom it asks,
// and so be everybody's.
func origin(r *http.Request) bot.Origin {
	if from := peer.Address(r); from.IsLoopback() || from.IsPrivate() {
		return bot.Origin{}
	}
	return bot.Origin{Person: asker(r)}
}
