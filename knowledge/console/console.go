// Package console is the moderators' desk as web pages.
//
// A [Server] is mounted at /console/ beside the patients' page. Its pages are
// written by the server, work by keyboard and without JavaScript, and show and
// do what package editorial shows and does: every act goes through it, and so
// into the audit. A moderator comes in by a link that works once ([Server.Link]),
// which a chat or the operator's command line gave them, into a session of their
// own; what they may do is asked anew before every act.
package console

import (
	"context"
	"embed"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"handout/bot"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// Config is what the console needs.
type Config struct {
	Log    *slog.Logger
	Now    func() time.Time
	Editor *editorial.Editor
	// Rights asks what somebody may do now. The zero value ends their session.
	// [editorial.OperatorPrefix] needs none, operators may do all.
	Rights   func(ctx context.Context, a store.Actor) (editorial.Rights, error)
	Previews []Preview
	BaseURL  string // scheme and host under which moderators reach it; with https, cookies are for TLS only
}

// Preview shows how a reply looks on a platform, drawn by that platform's own
// adapter.
type Preview struct {
	Name   string
	Render func(r bot.Reply) []string // a piece for each message
	HTML   bool                       // the pieces are HTML that needs no escaping, with no element that acts
}

//go:embed pages static
var files embed.FS

// prefix is where the console is mounted.
const prefix = "/console/"

// The largest bodies of requests, in bytes.
const (
	maxForm   = 1 << 20
	maxUpload = 8 << 20
)

// Server is the console. It is safe for concurrent use.
type Server struct {
	Config
	handler http.Handler
	secure  bool // cookies are for TLS only
	rights  *rights
	signIns *limiter
	uploads uploads
}

// New makes a console.
func New(c Config) *Server {
	s := &Server{Config: c, secure: strings.HasPrefix(c.BaseURL, "https://")}
	s.rights = &rights{ask: c.Rights, now: c.Now, known: map[string]known{}}
	s.signIns = &limiter{now: c.Now}
	s.uploads.now = c.Now
	origin := http.NewCrossOriginProtection()
	if base, err := url.Parse(c.BaseURL); err == nil && base.Host != "" {
		// A proxy may have changed the Host header. A base that is no origin adds none.
		_ = origin.AddTrustedOrigin(base.Scheme + "://" + base.Host)
	}
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.stop(w, r, http.StatusForbidden, "This form came from another site", "Nothing was changed. Open the console itself and try again there.")
	}))
	s.handler = guard(origin.Handler(s.routes()))
	return s
}

// ServeHTTP answers requests under /console/.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+prefix+"static/", http.StripPrefix(prefix, http.FileServerFS(files)))
	mux.HandleFunc("GET "+prefix+"in/{secret}", s.showLink)
	mux.HandleFunc("POST "+prefix+"sign-in", s.signIn)
	for path, do := range map[string]action{
		"{$}": s.home, "corpus": s.corpus, "rules": s.rules, "drafts": s.drafts,
		"document/{doc...}": s.document, "version/{doc...}": s.version, "draft/{doc...}": s.draft,
		"new": s.write, "edit/{doc...}": s.edit, "publish": s.several, "withdraw": s.withdrawal,
		"gaps": s.gaps, "gap/{id}": s.gap, "figures": s.figures, "audit": s.audit,
		"files": s.files, "export/{format}": s.export, "settings": s.settings, "": s.missing,
	} {
		mux.Handle("GET "+prefix+path, s.signedIn(do, maxForm))
	}
	for path, do := range map[string]action{
		"sign-out": s.signOut, "edit": s.save, "draft": s.decide, "publish": s.publish, "rollback": s.rollback,
		"withdraw": s.withdraw, "reinstate": s.reinstate, "flag": s.flag, "gap": s.closeGap,
		"apply": s.apply, "settings": s.set, "": s.missing,
	} {
		mux.Handle("POST "+prefix+path, s.signedIn(do, maxForm))
	}
	mux.Handle("POST "+prefix+"import", s.signedIn(s.upload, maxUpload))
	return mux
}

// guard lets the pages load nothing but their own files.
func guard(next http.Handler) http.Handler {
	headers := map[string]string{
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; " +
			"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Referrer-Policy":              "same-origin", // no-referrer would send forms with the origin null, which is refused
		"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "no-store",
		"X-Robots-Tag":                 "noindex",
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}
