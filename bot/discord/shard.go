package discord

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/gorilla/websocket"
)

// shard keeps one connection to the gateway. It takes a broken one up where it
// was, or starts a new session where that is not possible.
type shard struct {
	adapter *Adapter
	start   *starter
	id      int
	count   int
	gateway string // where a session starts

	session  string // empty for none to resume
	resume   string // where it is resumed
	seq      int64  // of the last event
	failures int    // in a row, without getting ready
	greeting *time.Timer
}

// run connects again and again until ctx ends or Discord forbids it.
func (s *shard) run(ctx context.Context) error {
	log := s.adapter.log.With("surface", s.adapter.Name(), "shard", s.id)
	for {
		err := s.connect(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.failures++
		end := s.judge(err)
		if end.fatal != nil {
			return end.fatal
		}
		log.Info("gateway connection ended, connecting again", "err", clean(err), "resume", s.session != "", "wait", end.wait.Round(time.Millisecond).String())
		if err := s.adapter.sleep(ctx, end.wait); err != nil {
			return err
		}
	}
}

// ending is what follows from the end of a connection.
type ending struct {
	fatal *FatalError
	wait  time.Duration
}

// mostResumes is after how many failures in a row a session is given up.
const mostResumes = 3

// judge decides how to go on.
func (s *shard) judge(err error) ending {
	end := ending{wait: backoff(s.failures)}
	var closed *websocket.CloseError
	var invalid *invalidSession
	switch {
	case errors.As(err, &invalid):
		end.wait = time.Second + rand.N(4*time.Second) // Discord asks for 1 to 5 s
		if !invalid.resumable {
			s.session = ""
		}
	case errors.Is(err, errReconnect) && s.failures == 1:
		end.wait = 0
	case errors.As(err, &closed):
		end.fatal = fatalClose[closed.Code]
		if freshCloses[closed.Code] {
			s.session = ""
		}
	}
	if fatal, ok := asFatal(err); ok {
		end.fatal = fatal
	}
	if s.failures > mostResumes {
		s.session = ""
	}
	return end
}

// address is where to connect to next. A session is resumed where Discord
// says, and at last where it started: behind a proxy that may be the only way.
// A start that failed asks for the gateway again: it may have moved.
func (s *shard) address(ctx context.Context) (string, error) {
	switch {
	case s.session != "" && s.resume != "" && s.failures < mostResumes:
		return s.resume, nil
	case s.session != "":
		return s.gateway, nil
	}
	if s.failures > mostResumes {
		g, err := s.adapter.reach(ctx)
		if err != nil {
			return "", err
		}
		s.gateway = g.URL
	}
	return s.gateway, s.start.wait(ctx, s.id)
}

// ready is called when the gateway takes the session on.
func (s *shard) ready() { s.failures = 0 }
