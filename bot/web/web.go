// Package web serves the page on which people ask in a browser.
//
// A [Server] is a [bot.Adapter]. Its page works with a keyboard, a screen
// reader and a phone, and without JavaScript, of which it has none. Questions
// are sent in the body of a form, so that they stand in no address, history or
// access log. The one thing kept is the region that a person chose, in a
// cookie of their own browser.
package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"handout/bot"
	"handout/knowledge"
)

//go:embed static page.html
var files embed.FS

// Server is the web page as an adapter.
type Server struct {
	Log    *slog.Logger
	Addr   string        // host:port to listen on
	Drain  time.Duration // how long a stop waits for answers in progress
	Corpus *knowledge.Corpus
	// Console answers under /console/, for moderators. It sets headers of its
	// own. Nil means that there is none.
	Console http.Handler
	Listen  func(ctx context.Context, addr string) (net.Listener, error) // nil means TCP

	responder bot.Responder
	ready     atomic.Bool
}

// Name is "web".
func (s *Server) Name() string { return "web" }

// Run serves the page until ctx ends, then lets requests in progress finish.
func (s *Server) Run(ctx context.Context, r bot.Responder) error {
	s.responder = r
	listen := s.Listen
	if listen == nil {
		listen = func(ctx context.Context, addr string) (net.Listener, error) {
			return new(net.ListenConfig).Listen(ctx, "tcp", addr)
		}
	}
	l, err := listen(ctx, s.Addr)
	if err != nil {
		return fmt.Errorf("%w; choose another address with --addr", err)
	}
	server := &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	s.ready.Store(true)
	s.Log.Info("surface on", "surface", s.Name(), "url", "http://"+l.Addr().String())
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	s.ready.Store(false)
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.Drain)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return errors.Join(fmt.Errorf("stop: %w", err), server.Close())
	}
	return nil
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("POST /ask", s.ask)
	mux.Handle("GET /ask", http.RedirectHandler("/", http.StatusSeeOther))
	mux.HandleFunc("GET /snippets/{id}", s.snippet)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.Handle("GET /static/", http.FileServerFS(files))
	if s.Console != nil {
		mux.Handle("/console/", s.Console)
	}
	origin := new(http.CrossOriginProtection)
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		// A proxy that drops the Host header brings patients here.
		http.Error(w, s.Corpus.Messages.Failed, http.StatusForbidden)
	}))
	return secure(origin.Handler(mux))
}

// secure lets the page load nothing but its own style, and run nothing.
func secure(next http.Handler) http.Handler {
	headers := map[string]string{
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; " +
			"base-uri 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Referrer-Policy":              "same-origin", // no-referrer would send forms with the origin null, which is refused
		"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "private, no-cache", // no-store would break the way back to an answer
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) readyz(w http.ResponseWriter, _ *http.Request) {
	if !s.ready.Load() {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}
