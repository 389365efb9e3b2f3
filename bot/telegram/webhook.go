package telegram

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
	maxUpdate    = 1 << 20          // bytes; an update is a few thousand
	webhookWait  = 50 * time.Second // for a reply to be accepted; Telegram sends the update again after a minute
)

// serve listens for updates until ctx ends. Telegram gets its 200 when the
// reply was accepted, and sends an update again that got none.
func (a *Adapter) serve(ctx, work context.Context) error {
	l, err := a.listen(ctx, a.cfg.WebhookAddr)
	if err != nil {
		return fmt.Errorf("%w; choose another address with --telegram-webhook-addr", err)
	}
	secret := cmp.Or(a.cfg.WebhookSecret, rand.Text())
	server := &http.Server{
		Handler:           a.webhook(ctx, work, secret),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      webhookWait + 15*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	connected := make(chan error, 1)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { connected <- a.stayConnected(ctx, secret) }()
	select {
	case err = <-served:
		return err
	case err = <-connected:
		err = stopped(ctx, err)
	case <-ctx.Done():
		err = nil
	}
	cancel()
	drain, end := context.WithTimeout(context.WithoutCancel(ctx), a.cfg.Drain+unwinding)
	defer end()
	if stop := server.Shutdown(drain); stop != nil {
		return errors.Join(err, fmt.Errorf("stop: %w", stop), server.Close())
	}
	return err
}

// stayConnected returns when ctx ends or the token is refused. After the token
// was revoked no update comes any more that would show it.
func (a *Adapter) stayConnected(ctx context.Context, secret string) error {
	err := a.register(ctx, secret)
	for err == nil {
		select {
		case <-a.doubted:
			err = a.learn(ctx)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return err
}

// register tells Telegram where to send updates.
func (a *Adapter) register(ctx context.Context, secret string) error {
	if err := a.connect(ctx); err != nil {
		return err
	}
	p := params{"url": a.cfg.WebhookURL, "secret_token": secret, "allowed_updates": wanted, "max_connections": "100"}
	err := a.persist(ctx, "set the webhook", func(ctx context.Context) error {
		_, err := call[any](ctx, a.client, "setWebhook", p)
		return err
	})
	if err == nil {
		a.log.Info("surface on", "bot", "@"+a.self.Load().Username, "updates", "by webhook")
	}
	return err
}

func (a *Adapter) webhook(ctx, work context.Context, secret string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := r.Header.Get(secretHeader)
		switch {
		case subtle.ConstantTimeCompare([]byte(given), []byte(secret)) != 1:
			http.Error(w, "wrong secret", http.StatusForbidden)
			return
		case r.Method != http.MethodPost:
			http.Error(w, "updates come by POST", http.StatusMethodNotAllowed)
			return
		case a.self.Load() == nil || ctx.Err() != nil:
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
		if err != nil {
			http.Error(w, "body not received", bodyStatus(err))
			return
		}
		w.WriteHeader(a.receive(work, body))
	})
}

func bodyStatus(err error) int {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusRequestTimeout
}

// receive handles one update and returns the status for Telegram. One that
// came before and is still being handled is waited for, not handled twice.
func (a *Adapter) receive(work context.Context, body []byte) int {
	u, err := decode([]byte(strings.TrimSpace(string(body))))
	if errors.Is(err, errNoID) {
		a.log.Warn("update dropped", "err", err)
		return http.StatusOK
	}
	e, fresh := a.ledger.begin(u.ID)
	switch {
	case fresh && err != nil:
		a.undecodable(e)
	case fresh:
		a.take(work, u, e)
	}
	patience := time.NewTimer(webhookWait)
	defer patience.Stop()
	select {
	case <-e.ended:
	case <-patience.C:
	}
	if !a.ledger.done(e) {
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}
