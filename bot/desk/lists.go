package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// home is the desk, or what was looked for behind its command.
func (c *Chats) home(ctx context.Context, s step) (View, error) {
	if strings.TrimSpace(s.Text) != "" {
		return c.results(ctx, s.Text)
	}
	gaps, err := c.editor.Gaps(ctx, s.Person)
	if err != nil {
		return View{}, err
	}
	state := c.editor.State()
	reviews, drafts := len(state.Drafts(store.InReview, store.Ready)), len(state.Drafts(store.Drafting, store.Requested))
	v := View{Title: "Moderators' desk", Blocks: say("What would you like to look at?"), Buttons: [][]Button{
		{{Label: counted("Questions without an answer", len(gaps)), Action: act("gaps"), Style: Main}},
		{{Label: counted("To review", reviews), Action: act("revs")}, {Label: counted("Drafts", drafts), Action: act("mine")}},
		{{Label: counted("To check soon", len(c.editor.Due())), Action: act("due")}, {Label: "Published lately", Action: act("new")}},
		{{Label: "Search", Action: act("find")}, {Label: "Write a new answer", Action: act("fill")}},
		{{Label: counted("Withdrawn", len(state.Withdrawn)), Action: act("held")}},
	}}
	if _, all := state.Withdrawn[store.Everything]; all {
		v.Blocks = say("Everything is withdrawn: nobody gets an answer, but emergencies are still met.")
	}
	if c.console != nil {
		v.Buttons[4] = append(v.Buttons[4], Button{Label: "Open the web desk", Action: Web})
	}
	return v, nil
}

func counted(what string, n int) string { return fmt.Sprintf("%s (%d)", what, n) }

// perPage is how many things of a list are shown at once.
const perPage = 6

// item is one thing of a list.
type item struct{ title, more, action string }

// list shows a page. Its buttons stand two to a row, so that five rows are enough.
func list(title, none, verb string, items []item, page int) View {
	v := View{Title: title}
	if len(items) == 0 {
		v.Blocks, v.Buttons = say(none), [][]Button{{deskButton}}
		return v
	}
	page = min(page, (len(items)-1)/perPage)
	first := page * perPage
	shown := items[first:min(first+perPage, len(items))]
	var text []knowledge.Span
	for i, it := range shown {
		n := first + i + 1
		text = append(text, knowledge.Span{Text: fmt.Sprintf("%d. ", n)}, knowledge.Span{Text: it.title, Strong: true}, knowledge.Span{Text: "\n" + more(it.more)})
		b := Button{Label: shorten(fmt.Sprintf("%d. %s", n, it.title), longestLabel), Action: it.action}
		if i%2 == 0 {
			v.Buttons = append(v.Buttons, nil)
		}
		v.Buttons[i/2] = append(v.Buttons[i/2], b)
	}
	v.Blocks = []knowledge.Block{paragraph(text...)}
	var turn []Button
	if page > 0 {
		turn = append(turn, Button{Label: "Earlier ones", Action: act(verb, page-1)})
	}
	if first+perPage < len(items) {
		turn = append(turn, Button{Label: fmt.Sprintf("%d more", len(items)-first-perPage), Action: act(verb, page+1)})
	}
	v.Buttons = append(v.Buttons, append(turn, deskButton))
	return v
}

func more(text string) string {
	if text == "" {
		return ""
	}
	return text + "\n"
}

func (c *Chats) gaps(ctx context.Context, s step) (View, error) {
	gaps, err := c.editor.Gaps(ctx, s.Person)
	if err != nil {
		return View{}, err
	}
	var items []item
	for _, g := range gaps {
		items = append(items, item{g.Text, c.gapLine(g), act("gap", tag(g.ID))})
	}
	return list("Questions without an answer", "There are none. Questions appear here once several people have asked them.", "gaps", items, s.page(0)), nil
}

func (c *Chats) reviews(ctx context.Context, s step) (View, error) {
	items := c.draftItems(ctx, store.InReview, store.Ready)
	return list("Waiting for review", "Nothing waits for review.", "revs", items, s.page(0)), nil
}

func (c *Chats) drafts(ctx context.Context, s step) (View, error) {
	items := c.draftItems(ctx, store.Drafting, store.Requested)
	return list("Drafts", "There are no drafts.", "mine", items, s.page(0)), nil
}

func (c *Chats) draftItems(ctx context.Context, stages ...store.Stage) []item {
	var items []item
	for _, d := range c.editor.State().Drafts(stages...) {
		draft := d.Draft()
		line := fmt.Sprintf("%s, by %s, %s", stageWords[draft.Stage], draft.Author.Name, day(draft.Changed))
		items = append(items, item{c.title(ctx, d.Name), line, act("draft", tag(d.Name), draft.Num)})
	}
	return items
}

var stageWords = map[store.Stage]string{
	store.Drafting: "Not yet sent for review", store.InReview: "Waits for review", store.Requested: "Changes were asked for",
	store.Ready: "Approved, not yet published", store.Over: "Done with",
}

// title is what people call a document: of a snippet its title, published or not.
func (c *Chats) title(ctx context.Context, doc string) string {
	if s := c.served(doc); s != nil {
		return s.Title
	}
	if latest, err := c.editor.Latest(ctx, doc); err == nil && editorial.IsSnippet(doc) {
		if s, _ := knowledge.ReadDocument(doc, latest.Text); s != nil && s.Title != "" {
			return s.Title
		}
	}
	return doc
}

func (c *Chats) due(_ context.Context, s step) (View, error) {
	var items []item
	for _, x := range c.editor.Due() {
		items = append(items, item{x.Title, c.dueLine(x), act("doc", tag(x.File()))})
	}
	return list("To check soon", "Nothing has to be checked in the next 30 days.", "due", items, s.page(0)), nil
}

func (c *Chats) dueLine(s *knowledge.Snippet) string {
	if !s.Current(c.now()) {
		return "Not sent any more: it was to be checked by " + s.Review.Due.String()
	}
	return "To be checked by " + s.Review.Due.String()
}

// mostLately is how many documents count as published lately.
const mostLately = 4 * perPage

func (c *Chats) lately(ctx context.Context, s step) (View, error) {
	var docs []*store.Document
	for _, d := range c.editor.State().Docs {
		if d.Published > 0 && d.Authors[d.Published].ID != editorial.System.ID { // not what the desk began with
			docs = append(docs, d)
		}
	}
	slices.SortFunc(docs, func(a, b *store.Document) int {
		if newer := b.Since.Compare(a.Since); newer != 0 {
			return newer
		}
		return strings.Compare(a.Name, b.Name)
	})
	var items []item
	for _, d := range docs[:min(len(docs), mostLately)] {
		line := fmt.Sprintf("Since %s, version %d by %s", day(d.Since), d.Published, d.Authors[d.Published].Name)
		items = append(items, item{c.title(ctx, d.Name), line, act("doc", tag(d.Name))})
	}
	return list("Published lately", "Nothing has been published since the desk began.", "new", items, s.page(0)), nil
}

func (c *Chats) held(_ context.Context, s step) (View, error) {
	withdrawn := c.editor.State().Withdrawn
	var items []item
	for _, scope := range slices.Sorted(maps.Keys(withdrawn)) {
		e := withdrawn[scope]
		items = append(items, item{c.scopeName(scope), fmt.Sprintf("By %s, %s: %s", e.Actor.Name, day(e.At), e.Note), act("back", scopeTag(scope))})
	}
	v := list("Withdrawn", "Nothing is withdrawn.", "held", items, s.page(0))
	if _, all := withdrawn[store.Everything]; !all {
		last := len(v.Buttons) - 1
		v.Buttons[last] = append(v.Buttons[last], Button{Label: "Withdraw everything", Action: act("stop", everything), Style: Danger})
	}
	return v, nil
}
