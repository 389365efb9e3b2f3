package telegram

import (
	"errors"
	"html"
	"net/http"
	"regexp"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// amend takes out of a message the part for which Telegram refused it: a
// person in need of the words can do without the form. It reports whether
// there was anything to take out.
func amend(p params, err error) bool {
	reason := malformed(err)
	part := ""
	switch {
	case strings.Contains(reason, "parse entities"):
		part = "parse_mode"
		p["text"] = unmarked(p["text"])
	case strings.Contains(reason, "button"), strings.Contains(reason, "keyboard"), strings.Contains(reason, "markup"):
		part = "reply_markup"
	case strings.Contains(reason, "repl"):
		part = "reply_parameters"
	}
	_, there := p[part]
	delete(p, part)
	return there
}

// tooLong reports whether Telegram counted a message as longer than we did.
func tooLong(err error) bool { return strings.Contains(malformed(err), "too long") }

// asItWas reports whether an edit was refused because it changes nothing.
func asItWas(err error) bool { return strings.Contains(malformed(err), "not modified") }

// malformed is what Telegram says is wrong with a request, in lower case, or
// empty if that is not what the error is about.
func malformed(err error) string {
	var refused *tgbotapi.Error
	if !errors.As(err, &refused) || refused.Code != http.StatusBadRequest {
		return ""
	}
	return strings.ToLower(refused.Message)
}

var (
	linkTag = regexp.MustCompile(`<a href="([^"]*)">(.*?)</a>`)
	anyTag  = regexp.MustCompile(`<[^>]*>`)
)

// unmarked is a text without its markup, the addresses of links written out.
func unmarked(marked string) string {
	return html.UnescapeString(anyTag.ReplaceAllString(linkTag.ReplaceAllString(marked, "$2 ($1)"), ""))
}
