// Command console serves the page and the moderators' console over a new store
// with the starter corpus, for the walk of .ci/browser, and prints its address
// and a link for each of two moderators.
//
//	go run ./.ci/console FOLDER
package main

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"handout/bot/discord"
	"handout/bot/telegram"
	"handout/bot/web"
	"handout/knowledge"
	"handout/knowledge/console"
	"handout/knowledge/editorial"
	"handout/knowledge/sqlstore"
	"handout/knowledge/store"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: console FOLDER")
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, os.Args[1]); err != nil {
		log.Fatal("console: ", err)
	}
}

func serve(ctx context.Context, dir string) error {
	s, err := sqlstore.Open(ctx, dir)
	if err != nil {
		return err
	}
	defer s.Close()
	c, err := knowledge.Open("")
	if err != nil {
		return err
	}
	if _, err := editorial.Seed(ctx, s, c, knowledge.Embedded); err != nil {
		return err
	}
	if err := happened(ctx, s, c); err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	editor, err := editorial.Open(ctx, editorial.Config{Log: logger, Now: time.Now, Store: s})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	desk := console.New(console.Config{
		Log: logger, Now: time.Now, Editor: editor, BaseURL: "http://" + l.Addr().String(),
		Rights: func(context.Context, store.Actor) (editorial.Rights, error) {
			return editorial.Rights{Edit: true, Review: true}, nil
		},
		Previews: []console.Preview{
			{Name: "Page", Render: web.Preview, HTML: true},
			{Name: "Telegram", Render: telegram.Preview, HTML: true},
			{Name: "Discord", Render: discord.Preview},
		},
	})
	for _, name := range []string{"Ada", "Grace"} {
		link, err := desk.Link(ctx, store.Actor{ID: "chat:" + strings.ToLower(name), Name: name})
		if err != nil {
			return err
		}
		fmt.Println("link", link)
	}
	fmt.Println("url http://" + l.Addr().String())
	page := &web.Server{Log: logger, Addr: l.Addr().String(), Drain: time.Second, Corpus: c, Console: desk,
		Listen: func(context.Context, string) (net.Listener, error) { return l, nil }}
	return page.Run(ctx, editor)
}

// happened puts into a store what people would have asked.
func happened(ctx context.Context, s store.Store, c *knowledge.Corpus) error {
	now := time.Now().UTC()
	for i := range 25 {
		counts := map[string]int{"outcome:answered": 20 + 3*(i%7), "outcome:choose": i % 4, "outcome:no_match": 9 - i/3, "outcome:declined": i % 3, "outcome:urgent": i % 5 / 3}
		counts["shown:"+c.Snippets[i].ID], counts["disliked:"+c.Snippets[i].ID] = 7*i, i/5
		if err := s.AddCounts(ctx, now.AddDate(0, 0, -i), counts); err != nil {
			return err
		}
	}
	return s.AddGaps(ctx, []store.Gap{
		{ID: "g1", Text: "can i swim in the sea with eczema", Why: store.Unanswered, State: store.Open, Count: 9, First: now.AddDate(0, 0, -6), Last: now},
		{ID: "g2", Text: "does my dog make it worse", Why: store.Unanswered, State: store.Open, Count: 4, First: now.AddDate(0, 0, -3), Last: now},
	})
}
