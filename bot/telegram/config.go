package telegram

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// TokenError means that the bot cannot serve with this token: it is malformed,
// wrong or revoked. Trying again does not help until an operator acts.
type TokenError struct{ Reason string }

// Error names the cause and what to do, never the token.
func (e *TokenError) Error() string {
	return "telegram token " + e.Reason + "; copy it again from @BotFather (/mybots, API Token)"
}

func isTokenError(err error) bool {
	var wrong *TokenError
	return errors.As(err, &wrong)
}

var (
	tokenRE  = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	secretRE = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
)

// validate finds what no trying again would mend.
func (c Config) validate() error {
	if !tokenRE.MatchString(c.Token) {
		return &TokenError{"is not of the form 123456:ABC"}
	}
	if !webAddress(c.API, "http", "https") {
		return errors.New("the Bot API's address must begin with http:// or https://")
	}
	if c.WebhookURL == "" {
		return nil
	}
	if !webAddress(c.WebhookURL, "https", "http") {
		return errors.New("the webhook's address must begin with https://")
	}
	if c.WebhookSecret != "" && !secretRE.MatchString(c.WebhookSecret) {
		return fmt.Errorf("the webhook's secret may hold 1 to 256 letters, digits, _ and -")
	}
	return nil
}

func webAddress(address string, schemes ...string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	for _, s := range schemes {
		if strings.EqualFold(u.Scheme, s) {
			return true
		}
	}
	return false
}
