package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

type healthCmd struct {
	Addr string `help:"Address of the server." default:"127.0.0.1:8080" env:"HANDOUT_ADDR"`
}

// Help is printed below the flags.
func (healthCmd) Help() string {
	return `The exit status is 0 if the server is ready to answer, for a container's health check.

Example:

  handout health --addr :8080`
}

func (h *healthCmd) Run(ctx context.Context, streams stdio) error {
	word, err := h.ask(ctx)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	fmt.Fprint(streams.out, word)
	return nil
}

// ask returns the server's own word that it is ready.
func (h *healthCmd) ask(ctx context.Context) (string, error) {
	host, port, err := net.SplitHostPort(h.Addr)
	if err != nil {
		return "", fmt.Errorf("--addr %q: %w; give host:port", h.Addr, err)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1" // a server on all addresses
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 200))
	if err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %s", resp.Status, body)
	}
	return string(body), nil
}
