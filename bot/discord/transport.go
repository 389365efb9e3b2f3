package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"handout/bot/deliver"
)

// transport sends discordgo's requests to the configured base and turns
// whatever is not a proper success into an error that a [deliver.Sender]
// understands. discordgo then never waits or tries again by itself.
type transport struct {
	base    *url.URL // nil for Discord itself
	next    http.RoundTripper
	buckets *buckets
}

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	path := r.URL.Path
	if t.base != nil {
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host, r.Host = t.base.Scheme, t.base.Host, ""
		r.URL.Path = t.base.Path + path
		r.URL.RawPath = ""
	}
	resp, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	t.buckets.note(path, resp.Header)
	if err := judge(resp); err != nil {
		return nil, errors.Join(err, resp.Body.Close())
	}
	for name := range resp.Header {
		if strings.HasPrefix(name, "X-Ratelimit-") {
			resp.Header.Del(name) // discordgo would sleep by it, whatever the context says
		}
	}
	return resp, nil
}

// mostOfAnError is how much of an error's body is read.
const mostOfAnError = 64 << 10

// judge returns nil for a success of Discord's own. A page of HTML comes from
// something in between.
func judge(resp *http.Response) error {
	html := strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html")
	if resp.StatusCode < 300 && !html {
		return nil
	}
	var body struct {
		Code       int     `json:"code"`
		Message    string  `json:"message"`
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, mostOfAnError))
	if err != nil {
		return fmt.Errorf("read error of HTTP %d: %w", resp.StatusCode, err)
	}
	spoken := json.Unmarshal(text, &body) == nil && !html
	after := body.RetryAfter
	if header, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64); err == nil && after == 0 {
		after = header
	}
	status := resp.StatusCode
	passes := status < 400 || status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
	if body.Code == 0 {
		body.Message = "" // not Discord's own words: they may quote the request
	}
	return &deliver.Refusal{
		Err:       &apiError{Status: status, Code: body.Code, Message: deliver.Spoken(body.Message)},
		Permanent: spoken && !passes,
		After:     seconds(after),
		Global:    body.Global || resp.Header.Get("X-RateLimit-Global") != "",
	}
}

// longestWait bounds what a platform may ask for; longer is a mistake.
const longestWait = 24 * time.Hour

func seconds(s float64) time.Duration {
	if s <= 0 {
		return 0
	}
	return time.Duration(min(s, longestWait.Seconds()) * float64(time.Second))
}

// clean drops the address from a transport error: it holds the interaction's
// token.
func clean(err error) error {
	var e *url.Error
	for errors.As(err, &e) {
		err = e.Err
	}
	return err
}

// parseBase reads the --discord-api setting.
func parseBase(base string) (*url.URL, error) {
	if base == "" {
		return nil, nil
	}
	u, err := url.Parse(strings.TrimSuffix(strings.TrimRight(base, "/"), "/api/v9"))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, &FatalError{What: "the address of the Discord API is not one", Fix: "give --discord-api as http://host:port, the part before /api/v9"}
	}
	u.Path = strings.TrimRight(u.Path, "/")
	return u, nil
}
