package console

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"handout/bot/peer"
	"handout/knowledge/store"
)

// How long a link and a session hold.
const (
	linkHolds    = 10 * time.Minute
	sessionHolds = 12 * time.Hour
)

// Link makes a link that lets somebody in once, within ten minutes. It is a
// secret between them and whoever gives it to them.
func (s *Server) Link(ctx context.Context, a store.Actor) (string, error) {
	secret, hash := newSecret()
	if err := s.Editor.Store.AddLink(ctx, store.Login{Hash: hash, Actor: a, Expires: s.Now().Add(linkHolds)}); err != nil {
		return "", fmt.Errorf("make a link into the console: %w", err)
	}
	return strings.TrimSuffix(s.BaseURL, "/") + prefix + "in/" + secret, nil
}

// newSecret is 256 random bits, and the hash by which they are known again.
func newSecret() (secret, hash string) {
	bits := make([]byte, 32)
	rand.Read(bits) // never fails
	secret = base64.RawURLEncoding.EncodeToString(bits)
	return secret, hashOf(secret)
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// showLink shows a button and takes nothing: chats fetch the links that are
// posted in them.
func (s *Server) showLink(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Referrer-Policy", "strict-origin") // the address holds the secret
	s.render(w, r, http.StatusOK, "link", &view{Title: "Sign in", Body: r.PathValue("secret")})
}

const linkOver = "A link works once, and for ten minutes. Ask the bot for a new one: write /desk to it, and choose “Open the web desk”."

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) {
	if !s.signIns.allow(peer.Address(r)) {
		w.Header().Set("Retry-After", "60")
		s.stop(w, r, http.StatusTooManyRequests, "Too many tries", "Wait a minute, then try again.")
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	login, err := s.Editor.Store.TakeLink(r.Context(), hashOf(r.PostFormValue("secret")), s.Now())
	if errors.Is(err, store.ErrNotFound) {
		s.stop(w, r, http.StatusForbidden, "This link no longer works", linkOver)
		return
	}
	if err == nil {
		err = s.begin(w, r, login.Actor)
	}
	if err != nil {
		s.fail(w, r, nil, err)
		return
	}
	http.Redirect(w, r, prefix, http.StatusSeeOther)
}

// begin opens a session for somebody who may enter.
func (s *Server) begin(w http.ResponseWriter, r *http.Request, a store.Actor) error {
	if _, err := s.rights.of(r.Context(), a, true); err != nil {
		return err
	}
	secret, hash := newSecret()
	if err := s.Editor.Store.AddSession(r.Context(), store.Login{Hash: hash, Actor: a, Expires: s.Now().Add(sessionHolds)}); err != nil {
		return fmt.Errorf("begin a session: %w", err)
	}
	event := store.Event{Actor: a, Kind: store.SignedIn}
	if _, err := s.Editor.Store.Commit(r.Context(), store.Change{Events: []store.Event{event}}); err != nil {
		return fmt.Errorf("note who signed in: %w", err)
	}
	http.SetCookie(w, s.cookie(secret, sessionHolds))
	return s.Editor.Refresh(r.Context())
}

func (s *Server) signOut(v *visit) error {
	http.SetCookie(v.w, s.cookie("", -time.Second))
	if err := s.Editor.Store.EndSession(v.r.Context(), v.session); err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	s.stop(v.w, v.r, http.StatusOK, "You are signed out", "To come back, ask the bot for a new link.")
	return nil
}

// cookie holds a session's secret. The prefix __Host- keeps other hosts from
// setting it.
func (s *Server) cookie(secret string, holds time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: s.cookieName(), Value: secret, Path: "/", MaxAge: int(holds / time.Second),
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: s.secure,
	}
}

func (s *Server) cookieName() string {
	if s.secure {
		return "__Host-console"
	}
	return "console"
}
