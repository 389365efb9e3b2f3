package main

import (
	"context"
	"log/slog"
	"os"

	"handout/bot"
	"handout/index"
	"handout/knowledge"
)

// core is the bot with what it stands on.
type core struct {
	corpus *knowledge.Corpus
	bot    *bot.Bot
	kept   *kept // nil if the corpus is kept in no folder of moderators
	Close  func() error
}

// newCore opens and indexes a corpus. Close it afterwards.
func newCore(ctx context.Context, log *slog.Logger, now clock, path string) (*core, error) {
	c, err := knowledge.Open(path)
	if err != nil {
		return nil, err
	}
	x, err := index.Build(ctx, c)
	if err != nil {
		return nil, err
	}
	return &core{c, bot.New(log, now, c, x), nil, x.Close}, nil
}

// keptCore answers as a server on a moderators' folder does. Close it afterwards.
func keptCore(ctx context.Context, now clock, dir string) (*core, error) {
	d, err := openKeptEditor(ctx, now, dir)
	if err != nil {
		return nil, err
	}
	return &core{d.Edition().Corpus, d.Edition().Bot, d, d.Close}, nil
}

// answerFlags are shared by the commands that answer in the terminal.
type answerFlags struct {
	corpusFlag
	Data string `help:"Folder in which moderators' work is kept, to answer from what they have published." placeholder:"DIR" env:"HANDOUT_DATA"`
}

// open is the bot over what the flags name. A corpus on the command line goes
// before a folder that only the environment names.
func (f *answerFlags) open(ctx context.Context, now clock) (*core, error) {
	named := f.Corpus != "" && f.Corpus != os.Getenv("HANDOUT_CORPUS")
	if f.Data == "" || named && f.Data == os.Getenv("HANDOUT_DATA") {
		return newCore(ctx, slog.New(slog.DiscardHandler), now, f.Corpus)
	}
	return keptCore(ctx, now, f.Data)
}
