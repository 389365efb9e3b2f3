package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// visit is a request of somebody who is signed in.
type visit struct {
	w http.ResponseWriter
	r *http.Request
	editorial.Person
	session string // hash of its secret
	notice  string // what has been done before something else was refused
}

// action answers a visit. Its refusals are shown, other errors logged.
type action func(v *visit) error

var (
	errSignedOut = errors.New("not signed in")
	errNoRights  = errors.New("no rights")
	errMissing   = errors.New("no such page")
	errUnread    = errors.New("the form cannot be read")
)

// unread says that a form is broken, unless it is too large.
func unread(err error) error {
	if err == nil || errors.As(err, new(*http.MaxBytesError)) {
		return err
	}
	return errors.Join(errUnread, err)
}

func (s *Server) missing(*visit) error { return errMissing }

// signedIn lets in who has a session, with the rights that they have now.
func (s *Server) signedIn(do action, limit int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		v, err := s.enter(w, r)
		if err == nil && r.Method == http.MethodPost && limit == maxForm {
			err = unread(r.ParseForm())
		}
		if err == nil {
			err = do(v)
		}
		if err != nil {
			s.fail(w, r, v, err)
		}
	})
}

func (s *Server) enter(w http.ResponseWriter, r *http.Request) (*visit, error) {
	c, err := r.Cookie(s.cookieName())
	if err != nil {
		return nil, errSignedOut
	}
	login, err := s.Editor.Store.Session(r.Context(), hashOf(c.Value), s.Now())
	if errors.Is(err, store.ErrNotFound) {
		return nil, errSignedOut
	}
	if err != nil {
		return nil, fmt.Errorf("look for the session: %w", err)
	}
	v := &visit{w: w, r: r, session: login.Hash}
	v.Actor = login.Actor
	v.Rights, err = s.rights.of(r.Context(), v.Actor, r.Method != http.MethodGet && r.Method != http.MethodHead)
	if errors.Is(err, errNoRights) {
		err = errors.Join(err, s.Editor.Store.EndSession(r.Context(), v.session))
	}
	return v, err
}

// fail shows why something was not done.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, v *visit, err error) {
	var refusal *editorial.Refusal
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errSignedOut):
		s.askToSignIn(w, r)
	case errors.Is(err, errNoRights):
		s.giveBack(w, r, http.StatusForbidden, "You have no right to work on the corpus", "Nothing was changed, and you are signed out. Ask whoever runs this bot.")
	case errors.Is(err, errMissing):
		s.show(v, http.StatusNotFound, "stop", &view{Title: "There is no such page", Body: "It may have been moved or dropped."})
	case errors.Is(err, errUnread):
		s.stop(w, r, http.StatusBadRequest, "This form cannot be read", "Nothing was changed. Go back and try again.")
	case errors.As(err, &refusal):
		s.show(v, http.StatusConflict, "stop", &view{Title: "This was not done", Refusal: refusal, Again: againOf(r)})
	case errors.As(err, &tooLarge):
		s.stop(w, r, http.StatusRequestEntityTooLarge, "This is too much to be read", "Nothing was changed. Make it shorter and try again.")
	case r.Context().Err() != nil: // whoever asked has gone
		s.Log.DebugContext(r.Context(), "console left", "page", r.Pattern)
	default:
		s.Log.ErrorContext(r.Context(), "console failed", "page", r.Pattern, "err", err)
		s.giveBack(w, r, http.StatusInternalServerError, "Something failed on our side", "Nothing was changed. Try again in a minute.")
	}
}

// giveBack is [Server.stop] for whoever may have written something.
func (s *Server) giveBack(w http.ResponseWriter, r *http.Request, status int, title, text string) {
	s.render(w, r, status, "stop", &view{Title: title, Body: text, Again: againOf(r)})
}

// askToSignIn leads on to the page itself: whoever comes from another site, such
// as a chat, brings no strict cookie, and does from here.
func (s *Server) askToSignIn(w http.ResponseWriter, r *http.Request) {
	p := &view{Title: "You are not signed in", Body: "Ask the bot for a link: write /desk to it, and choose “Open the web desk”. If you came here from a chat and are signed in, go on below.", Again: againOf(r)}
	if r.Method == http.MethodGet {
		p.On = r.URL.RequestURI()
	}
	s.render(w, r, http.StatusUnauthorized, "stop", p)
}

// rights remembers for a while what people may do.
type rights struct {
	ask   func(ctx context.Context, a store.Actor) (editorial.Rights, error)
	now   func() time.Time
	mu    sync.Mutex
	known map[string]known // by id
}

type known struct {
	rights editorial.Rights
	at     time.Time
}

const (
	rightsHold = time.Minute // for looking only
	mostKnown  = 1000
)

// of asks for somebody's rights, anew if something is to be done. Whoever may do
// nothing gets errNoRights.
func (k *rights) of(ctx context.Context, a store.Actor, anew bool) (editorial.Rights, error) {
	if strings.HasPrefix(a.ID, editorial.OperatorPrefix) {
		return editorial.Rights{Edit: true, Review: true}, nil
	}
	k.mu.Lock()
	last, ok := k.known[a.ID]
	k.mu.Unlock()
	if ok && !anew && k.now().Sub(last.at) < rightsHold {
		return last.rights, nil
	}
	now, err := k.ask(ctx, a)
	if err != nil {
		return editorial.Rights{}, fmt.Errorf("ask for rights: %w", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if now == (editorial.Rights{}) {
		delete(k.known, a.ID)
		return now, errNoRights
	}
	if len(k.known) >= mostKnown {
		clear(k.known)
	}
	k.known[a.ID] = known{now, k.now()}
	return now, nil
}
