package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
)

type loginCmd struct {
	Data string  `help:"Folder in which moderators' work is kept." default:"handout-data" placeholder:"DIR" env:"HANDOUT_DATA"`
	URL  pageURL `name:"url" help:"Address under which the web page is reached." default:"http://127.0.0.1:8080" env:"HANDOUT_URL"`
	As   string  `help:"Your name, for the audit; that of your account if left out." placeholder:"NAME"`
}

// pageURL is the address of the web page, which stands below no path.
type pageURL string

// UnmarshalText implements [encoding.TextUnmarshaler].
func (u *pageURL) UnmarshalText(text []byte) error {
	to, err := url.Parse(string(text))
	if len(text) > 0 && (err != nil || to.Scheme != "http" && to.Scheme != "https" || to.Host == "" || strings.Trim(to.Path, "/") != "" || to.RawQuery != "") {
		return fmt.Errorf("%q: give an address without a path, like https://handout.example.org", text)
	}
	*u = pageURL(text)
	return nil
}

// Help is printed below the flags.
func (loginCmd) Help() string {
	return `Prints a link into the moderators' console of a running server. It works once, for
ten minutes, and lets in somebody who may do everything.

Example:

  handout login --data handout-data --as Ada`
}

func (c *loginCmd) Run(ctx context.Context, streams stdio, now clock) error {
	d, err := openKeptEditor(ctx, now, c.Data)
	if err != nil {
		return err
	}
	defer d.Close()
	link, err := newConsole(slog.New(slog.DiscardHandler), now, d.Editor, string(c.URL), nil).Link(ctx, operator(cmp.Or(c.As, userName())).Actor)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(streams.out, link)
	return err
}
