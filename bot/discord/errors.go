package discord

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

// FatalError is Discord's word that trying again cannot help.
type FatalError struct {
	Code int    // close code of the gateway, or HTTP status; 0 if nothing was asked
	What string // what is wrong
	Fix  string // what to do about it
}

// Error says what is wrong and what to do.
func (e *FatalError) Error() string {
	if e.Code == 0 {
		return e.What + "; " + e.Fix
	}
	return fmt.Sprintf("%s (%d); %s", e.What, e.Code, e.Fix)
}

const tokenFix = "reset the token in the developer portal under Bot, and set HANDOUT_DISCORD_TOKEN or HANDOUT_DISCORD_TOKEN_FILE to the new one"

// cleanToken takes what people paste.
func cleanToken(token string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(token), "Bot "))
}

func checkToken(token string) error {
	bad := func(r rune) bool { return r <= ' ' || r > '~' }
	switch {
	case token == "":
		return &FatalError{What: "no token is set", Fix: "copy it from the developer portal under Bot into HANDOUT_DISCORD_TOKEN or HANDOUT_DISCORD_TOKEN_FILE"}
	case strings.ContainsFunc(token, bad):
		return &FatalError{What: "the token has characters that no token has", Fix: "copy it again, alone and on one line"}
	}
	return nil
}

// apiError is how Discord answered a request that it turned down. It holds
// nothing of the request.
type apiError struct {
	Status  int
	Code    int // Discord's own, 0 if none
	Message string
}

// Error is what Discord said.
func (e *apiError) Error() string {
	text := fmt.Sprintf("HTTP %d", e.Status)
	if e.Code != 0 {
		text += fmt.Sprintf(", code %d", e.Code)
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	return text
}

// refusedWith reports whether Discord turned a request down with one of the
// codes.
func refusedWith(err error, codes ...int) bool {
	var e *apiError
	if !errors.As(err, &e) {
		return false
	}
	for _, code := range codes {
		if e.Code == code {
			return true
		}
	}
	return false
}

// asFatal turns an answer that says "wrong token" into the error to stop with.
func asFatal(err error) (*FatalError, bool) {
	var fatal *FatalError
	if errors.As(err, &fatal) {
		return fatal, true
	}
	var e *apiError
	if errors.As(err, &e) && e.Status == 401 {
		return &FatalError{Code: 401, What: "discord does not accept the token", Fix: tokenFix}, true
	}
	return nil, false
}

// caller names the places of a panic, without their arguments.
func caller() string {
	pc := make([]uintptr, 16)
	frames := runtime.CallersFrames(pc[:runtime.Callers(3, pc)])
	var places []string
	for {
		f, more := frames.Next()
		places = append(places, fmt.Sprintf("%s:%d", f.Function, f.Line))
		if !more {
			return strings.Join(places, " ")
		}
	}
}
