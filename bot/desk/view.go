// Package desk is the moderators' desk as chats show it.
//
// A [Desk] turns what a moderator presses or writes into a [View], and knows no
// platform: adapters show a view with whatever buttons, forms and messages they
// have, and ask their platform for the person's rights before every step.
package desk

import (
	"context"

	"handout/knowledge"
	"handout/knowledge/editorial"
)

// Desk answers moderators. It is safe for concurrent use.
type Desk interface {
	// Do carries out one step of a person. It never fails: what goes wrong is in
	// the view, in words for them, with all that they had written.
	Do(ctx context.Context, p editorial.Person, in Input) View
	// Card is what an announcement looks like in a moderators' channel.
	Card(ctx context.Context, a editorial.Announcement) View
}

// Input is one step.
type Input struct {
	Action string            // of a button or form; "" opens the desk
	Values map[string]string // what was written into the form's fields, by id
	Text   string            // what the step is about: words after the command, or a chosen message's text
	Asked  string            // the question that a chosen message of the bot's answers; empty if the platform does not show it
	Vote   string            // the action of a vote below a chosen message of the bot's, for [bot.VotedOn]; empty if it shows no snippet
}

// View is what a moderator sees next.
type View struct {
	Title   string
	Blocks  []knowledge.Block
	Buttons [][]Button // rows; labels have at most 40 characters, rows at most 5 buttons
	Form    *Form      // to be filled in at once, instead of all the rest, where a platform can; nil if there is none
	Over    bool       // what the card announced on which the step was taken is settled: its buttons are of no more use
}

// Button is something to press.
type Button struct {
	Label  string
	Action string // at most 56 bytes; begins with [Prefix]
	URL    string // that it opens instead
	Style  Style
}

// Prefix begins every action of the desk, so that adapters know them.
const Prefix = "d:"

// Style is how much a button stands out.
type Style int

// The styles.
const (
	Plain Style = iota
	Main
	Danger
)

// Form asks for words. It has at most five fields.
type Form struct {
	Title  string // at most 45 characters
	Action string
	Fields []Field
}

// Field is one text of a form.
type Field struct {
	ID       string
	Label    string // at most 45 characters
	Hint     string // at most 100 characters
	Value    string // what it holds already
	Long     bool   // of several lines
	Max      int    // in characters, at most 4,000
	Required bool
}

// Actions that adapters offer by themselves, in menus and commands.
const (
	Suggest = Prefix + "suggest" // draft a snippet from a message
	Flag    = Prefix + "flag"    // doubt the snippet that a message shows
	Why     = Prefix + "why"     // explain the answer that a message is
	Web     = Prefix + "web"     // a link into the console
)
