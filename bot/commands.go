package bot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"handout/knowledge"
)

// Command is one that people can send, for the platforms' command menus.
type Command struct{ Name, Summary string }

// Commands lists the commands in the order of a menu.
var Commands = []Command{
	{"help", "What I can do"},
	{"topics", "What I know about"},
	{"region", "Set your country for emergency numbers"},
	{"sources", "Where the texts come from"},
	{"privacy", "What is kept about you"},
	{"forget", "Delete what is kept about you"},
	{"start", "The greeting"},
}

// isCommand reports whether a message is the bare name of a command: people
// write "help" before they know of the slash.
func isCommand(word string) bool {
	return slices.ContainsFunc(Commands, func(c Command) bool { return c.Name == word })
}

// command carries out a message that begins with a slash. Telegram adds the
// bot's name in groups: /help@name.
func (b *Bot) command(text string) Reply {
	name, argument, _ := strings.Cut(strings.TrimPrefix(text, "/"), " ")
	name, _, _ = strings.Cut(name, "@")
	argument = strings.TrimSpace(argument)
	m := b.corpus.Messages
	switch strings.ToLower(name) {
	case "start":
		return b.greeting()
	case "privacy":
		return b.notice(Answered, m.Privacy)
	case "forget":
		r := b.notice(Answered, m.Forgotten)
		r.Forget = true
		return b.deletes(r)
	case "sources":
		return b.sources()
	case "topics":
		return b.topics(argument)
	case "region":
		return b.region(argument)
	}
	return b.notice(Answered, m.Help)
}

func (b *Bot) greeting() Reply {
	r := b.notice(Answered, b.corpus.Messages.Start)
	r.sections[0].Title = b.corpus.Settings.Name
	r.below(Section{Kind: Options, Blocks: b.blocks(b.corpus.Messages.Topics), Options: b.topicOptions()})
	return r
}

// sources lists whose texts the snippets rest on.
func (b *Bot) sources() Reply {
	named := map[string]bool{}
	for _, s := range b.corpus.Snippets {
		for _, src := range s.Sources {
			if src.Via != "project" && b.servable(s) {
				named[cmp.Or(src.Publisher, src.Title)] = true
			}
		}
	}
	r := b.notice(Answered, b.corpus.Messages.Sources)
	r.sections[0].Blocks = append(r.sections[0].Blocks, bullets(slices.Sorted(maps.Keys(named))))
	return r
}

// mostTopics is how many headings are offered when a corpus has no contents
// of its own: the topics with the most snippets.
const mostTopics = 20

// contents are the headings of the corpus.
func (b *Bot) contents() []knowledge.Topic {
	if list := b.corpus.Settings.Topics; len(list) > 0 {
		return list
	}
	count := map[string]int{}
	for _, s := range b.corpus.Snippets {
		for _, t := range s.Topics {
			count[t]++
		}
	}
	ids := slices.SortedFunc(maps.Keys(count), func(x, y string) int {
		return cmp.Or(count[y]-count[x], strings.Compare(x, y))
	})
	var list []knowledge.Topic
	for _, id := range ids[:min(len(ids), mostTopics)] {
		list = append(list, knowledge.Topic{Name: id, IDs: []string{id}})
	}
	return list
}

func (b *Bot) topicOptions() []Option {
	var list []Option
	for i, t := range b.contents() {
		if len(b.titlesOf(t)) > 0 {
			list = append(list, Option{Label: t.Name, Command: fmt.Sprintf("/topics %d", i+1)})
		}
	}
	return list
}

// topics lists the headings or, for one of them, its titles.
func (b *Bot) topics(argument string) Reply {
	list := b.contents()
	chosen := slices.IndexFunc(list, func(t knowledge.Topic) bool { return fold(t.Name) == fold(argument) })
	if n, err := strconv.Atoi(argument); err == nil && n >= 1 && n <= len(list) {
		chosen = n - 1
	}
	if chosen < 0 {
		r := b.reply(Answered, Section{Kind: Options, Blocks: b.blocks(b.corpus.Messages.Topics), Options: b.topicOptions()})
		return r
	}
	return b.reply(Answered, Section{
		Kind: Options, Blocks: []knowledge.Block{paragraph(list[chosen].Name)}, Options: b.titlesOf(list[chosen]), Numbered: true,
	})
}

// titlesOf lists a heading's snippets in the order of its topic ids, and for
// each first the one that is named after it.
func (b *Bot) titlesOf(t knowledge.Topic) []Option {
	var list []Option
	listed := map[string]bool{}
	add := func(s *knowledge.Snippet) {
		if s != nil && !listed[s.ID] && b.servable(s) {
			listed[s.ID] = true
			list = append(list, Option{Label: s.Title, Snippet: s.ID})
		}
	}
	for _, id := range t.IDs {
		add(b.corpus.Snippet(id))
		for _, s := range b.corpus.Snippets {
			if slices.Contains(s.Topics, id) {
				add(s)
			}
		}
	}
	return list
}

// region sets the person's region, or lists them. The choice is in the reply,
// for the adapter to keep.
func (b *Bot) region(argument string) Reply {
	m := b.corpus.Messages
	if strings.EqualFold(argument, "none") {
		return b.deletes(b.notice(Answered, m.Region))
	}
	if r := b.corpus.Contacts.Find(argument); r != nil {
		reply := b.notice(Answered, m.RegionSet+" "+r.Name+".")
		reply.Region = &r.ID
		return reply
	}
	reply := b.notice(Answered, m.Region)
	if argument != "" {
		reply = b.notice(NoMatch, m.RegionNone)
	}
	var options []Option
	for _, r := range b.corpus.Contacts.Regions {
		options = append(options, Option{Label: r.Name, Command: "/region " + r.ID})
	}
	reply.below(Section{Kind: Options, Options: options})
	return reply
}
