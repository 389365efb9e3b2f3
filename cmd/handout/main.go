// Command handout answers health questions with snippets of a curated corpus,
// word for word. Its subcommands serve it, ask it, check and measure a corpus,
// and take what moderators keep in and out of its folder.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"handout/index/evaluate"
	"handout/knowledge"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr}))
}

// stdio is the streams of a command.
type stdio struct {
	in       io.Reader
	out, err io.Writer
}

type cli struct {
	Serve   serveCmd   `cmd:"" help:"Answer questions on a web page, in Telegram and in Discord, until stopped."`
	Ask     askCmd     `cmd:"" help:"Print the reply to a question, or to each line of standard input."`
	Chat    chatCmd    `cmd:"" help:"Talk to the bot in the terminal."`
	Check   checkCmd   `cmd:"" help:"Report everything wrong with a corpus."`
	Eval    evalCmd    `cmd:"" help:"Measure how well a corpus answers questions whose answers are known."`
	Export  exportCmd  `cmd:"" help:"Write what moderators have published into a folder, a table or an archive."`
	Import  importCmd  `cmd:"" help:"Compare a folder, a table or an archive with what moderators have published, and take it in."`
	Verify  verifyCmd  `cmd:"" help:"Show who approved what is served, and that it is served word for word."`
	Backup  backupCmd  `cmd:"" help:"Copy all that moderators have done into a file, while the bot serves."`
	Restore restoreCmd `cmd:"" help:"Bring a backup back."`
	Login   loginCmd   `cmd:"" help:"Print a link into the moderators' console of a running server."`
	Doctor  doctorCmd  `cmd:"" help:"Examine the setup: tokens, rights, webhook, clock, corpus."`
	Discord discordCmd `cmd:"" help:"Help with setting up Discord."`
	Health  healthCmd  `cmd:"" help:"Ask a running server whether it is ready."`
}

// corpusFlag is shared by the commands that answer.
type corpusFlag struct {
	Corpus string `help:"Folder, .jsonl or .csv file to answer from instead of the embedded starter corpus." placeholder:"PATH" env:"HANDOUT_CORPUS"`
}

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// errFound means that the command did its work and what it reported on
// standard output is the bad news.
var errFound = errors.New("problems found")

func run(ctx context.Context, args []string, streams stdio) (status int) {
	exited := -1
	parser, err := kong.New(&cli{},
		kong.Name("handout"),
		kong.Description("Answers health questions with curated snippets, word for word."),
		kong.UsageOnError(),
		kong.Writers(streams.out, streams.err),
		kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams, clock(time.Now)),
	)
	if err != nil {
		fmt.Fprintln(streams.err, "handout:", err)
		return exitUsage
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 { // --help has been printed
		return exited
	}
	if err != nil {
		fmt.Fprintf(streams.err, "handout: %v\nhint: handout --help\n", err)
		return exitUsage
	}
	var problems knowledge.Problems
	var unread evaluate.Problems
	switch err := parsed.Run(); {
	case errors.Is(err, errFound):
		return exitFailed
	case errors.As(err, &problems):
		fmt.Fprintf(streams.err, "%v\nhandout: this corpus cannot be served before that is mended\n", problems)
		return exitFailed
	case errors.As(err, &unread):
		fmt.Fprintf(streams.err, "%v\nhandout: nothing was asked; mend the questions first\n", unread)
		return exitFailed
	case err != nil:
		fmt.Fprintln(streams.err, "handout:", err)
		return exitFailed
	}
	return exitOK
}

// clock is the current time, a value so that it can be another's in tests.
type clock func() time.Time
