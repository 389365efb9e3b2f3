package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"
)

// next reads one event and hands it on. An event that cannot be decoded is
// left out; an error means the end of the connection.
func (s *shard) next(ctx context.Context, c *conn) error {
	e, err := c.read()
	if ctx.Err() != nil && err == nil {
		return ctx.Err() // stopping: nothing more is taken on
	}
	if errors.Is(err, errUndecodable) {
		s.adapter.log.Warn("event left out", "surface", s.adapter.Name(), "err", err)
		return nil
	}
	if err != nil {
		return err
	}
	switch e.Operation {
	case opHeartbeat:
		return c.heartbeat()
	case opReconnect:
		return errReconnect
	case opInvalidSession:
		return &invalidSession{resumable: string(e.RawData) == "true"}
	case opAck:
		c.acked.Store(true)
	case opDispatch:
		s.dispatch(c, e)
	}
	return nil
}

// dispatch handles an event once: what a resumed session repeats is dropped.
func (s *shard) dispatch(c *conn, e *discordgo.Event) {
	s.greeting.Stop()
	if e.Sequence != 0 && e.Sequence <= s.seq {
		return
	}
	s.seq = e.Sequence
	c.seq.Store(e.Sequence)
	s.adapter.guard("event", func() {
		if err := s.handle(e); err != nil {
			s.adapter.log.Warn("event left out", "surface", s.adapter.Name(), "event", e.Type, "err", err)
		}
	})
}

func (s *shard) handle(e *discordgo.Event) error {
	switch e.Type {
	case "READY":
		return s.onReady(e.RawData)
	case "RESUMED":
		s.ready()
	case "MESSAGE_CREATE":
		m, err := decode[message](e.RawData)
		if err == nil {
			s.adapter.onMessage(m)
		}
		return err
	case "INTERACTION_CREATE":
		i, err := decode[interaction](e.RawData)
		if err == nil {
			s.adapter.onInteraction(i)
		}
		return err
	}
	return nil
}

// onReady keeps what a resumption needs. Without it the session cannot go on,
// but the bot can.
func (s *shard) onReady(data json.RawMessage) error {
	s.ready()
	var r struct {
		Session string `json:"session_id"`
		Resume  string `json:"resume_gateway_url"`
		User    user   `json:"user"`
		App     struct {
			ID string `json:"id"`
		} `json:"application"`
	}
	err := json.Unmarshal(data, &r)
	s.session, s.resume = r.Session, r.Resume
	s.adapter.onReady(r.User.ID, r.App.ID, s.count)
	if err != nil {
		return fmt.Errorf("%w: %T", errUndecodable, err)
	}
	return nil
}

// decode reads an event. The error does not quote it.
func decode[T any](data json.RawMessage) (*T, error) {
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		return nil, fmt.Errorf("%w: %T", errUndecodable, err)
	}
	return &v, nil
}

// The parts of Discord's objects that the bot reads. discordgo's own types
// would lose a whole message over one component that they do not know.

type user struct {
	ID     string `json:"id"`
	Bot    bool   `json:"bot"`
	Name   string `json:"username"`
	Global string `json:"global_name"`
}

// member is a user in a server.
type member struct {
	User   *user    `json:"user"`
	Nick   string   `json:"nick"`
	Roles  []string `json:"roles"`
	Rights string   `json:"permissions"`                  // only in interactions
	Silent string   `json:"communication_disabled_until"` // until when they may not speak
}

type embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
}

type message struct {
	ID       string   `json:"id"`
	Channel  string   `json:"channel_id"`
	Guild    string   `json:"guild_id"`
	Type     int      `json:"type"`
	Content  string   `json:"content"`
	Webhook  string   `json:"webhook_id"`
	Author   user     `json:"author"`
	Mentions []user   `json:"mentions"`
	Embeds   []embed  `json:"embeds"`
	Replied  *message `json:"referenced_message"`

	Flags     int             `json:"flags"`
	Rows      json.RawMessage `json:"components"`
	Reference struct {
		Message string `json:"message_id"`
		Channel string `json:"channel_id"`
	} `json:"message_reference"`
}

type interaction struct {
	ID      string   `json:"id"`
	App     string   `json:"application_id"`
	Type    int      `json:"type"`
	Token   string   `json:"token"`
	Channel string   `json:"channel_id"`
	Guild   string   `json:"guild_id"`
	Context *int     `json:"context"`
	Rights  string   `json:"app_permissions"` // of the bot in the channel
	User    *user    `json:"user"`
	Message *message `json:"message"` // with the button that was pressed
	Member  *member  `json:"member"`
	Data    struct {
		Name    string `json:"name"`
		Type    int    `json:"type"`
		Target  string `json:"target_id"`
		Options []struct {
			Name    string `json:"name"`
			Value   any    `json:"value"`
			Focused bool   `json:"focused"`
		} `json:"options"`
		Resolved struct {
			Messages map[string]*message `json:"messages"`
		} `json:"resolved"`
		Custom string          `json:"custom_id"`
		Values []string        `json:"values"`
		Rows   json.RawMessage `json:"components"` // of a form that was filled in
	} `json:"data"`
}
