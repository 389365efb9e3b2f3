package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"handout/bot/deliver"
)

type params = tgbotapi.Params

// client makes calls to one Bot API server.
type client struct {
	api     tgbotapi.BotAPI // copied for each call, to give it a context
	http    *http.Client
	timeout time.Duration // of a call, beyond what it waits on purpose
}

// connections are kept open, so that none must be made for a message. Polls
// and short calls have a few of their own.
const (
	connections = 64
	mostSends   = connections - 16
)

func newClient(token, address string) *client {
	c := &client{api: tgbotapi.BotAPI{Token: token}, timeout: 30 * time.Second}
	c.api.SetAPIEndpoint(strings.ReplaceAll(strings.TrimRight(address, "/"), "%", "%%") + "/bot%s/%s")
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = connections, connections
	// Without pings, a connection that a network drops silently stays in use for
	// many minutes.
	transport.HTTP2 = &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second}
	c.http = &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// call calls a method and decodes its result. Its error is that of the
// platform or the network, without the token.
func call[T any](ctx context.Context, c *client, method string, p params) (result T, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	api := c.api
	api.Client = &transport{ctx, c.http}
	resp, err := api.MakeRequest(method, p)
	if err != nil {
		return result, c.clean(method, err)
	}
	if err := json.Unmarshal(resp.Result, &result); err != nil {
		return result, fmt.Errorf("%s: result: %w", method, err)
	}
	return result, nil
}

// clean keeps the token out of an error, whose request's address holds it, and
// what Telegram repeats of the request.
func (c *client) clean(method string, err error) error {
	var asked *url.Error
	if errors.As(err, &asked) {
		err = asked.Err
	}
	var refused *tgbotapi.Error
	if errors.As(err, &refused) {
		refused.Message = deliver.Spoken(refused.Message)
	}
	if refused != nil && refused.Code == http.StatusUnauthorized || refused != nil && method == "getMe" && refused.Code == http.StatusNotFound {
		return fmt.Errorf("%s: %w", method, &TokenError{"is not known to Telegram: wrong or revoked"})
	}
	if strings.Contains(err.Error(), c.api.Token) {
		err = errors.New(strings.ReplaceAll(err.Error(), c.api.Token, "…"))
	}
	return fmt.Errorf("%s: %w", method, err)
}

// transport is what the library sends a request with.
type transport struct {
	ctx  context.Context
	http *http.Client
}

// maxResponse is far beyond a full batch of updates, in bytes.
const maxResponse = 16 << 20

// errCutOff means that a call was granted, but not with what result.
var errCutOff = errors.New("granted, the rest of the answer is lost")

var granted = []byte(`{"ok":true`)

// Do reads the whole response, so that its connection can be used again, and
// turns what is no JSON into an error that says so.
func (t *transport) Do(req *http.Request) (*http.Response, error) {
	resp, err := t.http.Do(req.WithContext(t.ctx))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	if err != nil && resp.StatusCode == http.StatusOK && bytes.HasPrefix(body, granted) {
		return nil, fmt.Errorf("%w: %w", errCutOff, err)
	}
	if err != nil {
		return nil, err
	}
	if trimmed := bytes.TrimSpace(body); len(trimmed) == 0 || trimmed[0] != '{' {
		return nil, fmt.Errorf("status %d without JSON", resp.StatusCode)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// refusal says what an error means for trying again.
func refusal(err error) *deliver.Refusal {
	r := &deliver.Refusal{Err: err, Permanent: isTokenError(err)}
	var refused *tgbotapi.Error
	if !errors.As(err, &refused) {
		return r // the network, or a proxy: it may pass
	}
	switch code := refused.Code; {
	case code == http.StatusTooManyRequests:
		r.After = max(time.Duration(refused.RetryAfter)*time.Second, time.Second)
	case code >= 400 && code < 500:
		r.Permanent = true
	}
	return r
}

// kindOf is what is the same about an error that comes again.
func kindOf(err error) string {
	var refused *tgbotapi.Error
	if errors.As(err, &refused) {
		return refused.Message
	}
	return "network"
}

// toJSON encodes a parameter. What it is given can always be encoded.
func toJSON(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}
