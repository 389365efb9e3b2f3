package telegram

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"handout/bot/desk"
	"handout/knowledge"
)

const (
	formsFor  = time.Hour
	mostForms = 500
)

// forms are those that are being filled in, each by one person.
type forms struct {
	mu   sync.Mutex
	list map[string]*filling
}

// filling is a form of which some fields have been asked for.
type filling struct {
	desk.Form
	values map[string]string
	asked  int // which field is
	until  time.Time
}

func (f *forms) open(key string) bool { return f.get(key) != nil }

func (f *forms) get(key string) *filling {
	f.mu.Lock()
	defer f.mu.Unlock()
	if x := f.list[key]; x != nil && time.Now().Before(x.until) {
		return x
	}
	return nil
}

// put begins a form, and returns the one that it takes the place of.
func (f *forms) put(key string, form desk.Form) (before *filling) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	for other, old := range f.list {
		if full := len(f.list) >= mostForms && f.list[key] == nil; now.After(old.until) || full {
			delete(f.list, other)
		}
	}
	if f.list == nil {
		f.list = map[string]*filling{}
	}
	before = f.list[key]
	f.list[key] = &filling{Form: form, values: map[string]string{}, until: now.Add(formsFor)}
	return before
}

func (f *forms) end(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.list, key)
}

func (a *Adapter) formKey(who *user) string { return a.names.key(personKey, who.ID) }

const (
	promptStart = "Desk form: " // of every message that asks for a field, by which it is known after a restart
	keepWord    = "-"
	emptyWord   = "--"
	cancel      = "/cancel"
)

// isPrompt reports whether a message replies to one that asks for a field.
func (a *Adapter) isPrompt(m *message) bool {
	r := m.repliedTo(a.self.Load())
	return r != nil && strings.HasPrefix(r.Text, promptStart)
}

func isCancel(text string) bool { return strings.EqualFold(strings.TrimSpace(text), cancel) }

// begin asks for a form's first field.
func (a *Adapter) begin(ctx context.Context, to target, who *user, form desk.Form) error {
	before := a.forms.put(a.formKey(who), form)
	if before != nil && len(before.values) > 0 {
		if err := a.show(ctx, &to, before.giveBack("You began another form", "This is what you wrote into the one before. It was not saved."), 0); err != nil {
			return err
		}
	}
	return a.prompt(ctx, to, form, 0, "")
}

type forceReply struct {
	On          bool   `json:"force_reply"`
	Placeholder string `json:"input_field_placeholder,omitempty"`
}

// longestPlaceholder is Telegram's limit, in characters.
const longestPlaceholder = 64

// prompt asks for a field, with what it holds already.
func (a *Adapter) prompt(ctx context.Context, to target, form desk.Form, asked int, complaint string) error {
	f := form.Fields[asked]
	title := fmt.Sprintf("%s%s, %d of %d", promptStart, form.Title, asked+1, len(form.Fields))
	if complaint == "" && f.Value != "" {
		if err := a.show(ctx, &to, desk.View{Title: f.Label + ", as it is now", Blocks: []knowledge.Block{textBlock(f.Value)}}, 0); err != nil {
			return err
		}
	}
	var blocks []knowledge.Block
	for _, text := range []string{complaint, f.Label, f.Hint, how(f)} {
		if text != "" {
			blocks = append(blocks, textBlock(text))
		}
	}
	markup := toJSON(forceReply{true, string(first([]rune(f.Label), longestPlaceholder))})
	return a.showAs(ctx, &to, desk.View{Title: title, Blocks: blocks}, 0, markup)
}

func first(runes []rune, n int) []rune { return runes[:min(len(runes), n)] }

// how says what may be sent for a field.
func how(f desk.Field) string {
	text := "Send it as a reply."
	switch {
	case f.Value != "" && f.Required:
		text += " Send - to leave it as it is."
	case f.Value != "":
		text += " Send - to leave it as it is, or -- to empty it."
	case !f.Required:
		text += " Send - to leave it empty."
	}
	return text + " " + cancel + " stops the form."
}

// fillIn takes the words for a field, and the step when all are there.
func (a *Adapter) fillIn(ctx context.Context, to target, m *message) error {
	key := a.formKey(m.From)
	x := a.forms.get(key)
	if x == nil {
		return a.show(ctx, &to, lost(m.Text), 0)
	}
	f := x.Fields[x.asked]
	value, complaint := taken(f, markdown(m))
	if complaint != "" {
		return a.prompt(ctx, to, x.Form, x.asked, complaint)
	}
	x.values[f.ID] = value
	if x.asked++; x.asked < len(x.Fields) {
		return a.prompt(ctx, to, x.Form, x.asked, "")
	}
	a.forms.end(key)
	in := desk.Input{Action: x.Action, Values: x.values}
	return a.result(ctx, to, m.From, a.step(ctx, m.From, in), 0)
}

// taken is what a field becomes, or why it cannot be that.
func taken(f desk.Field, text string) (value, complaint string) {
	switch text = strings.TrimSpace(text); text {
	case "":
		return "", "I can read words only."
	case keepWord:
		text = f.Value
	case emptyWord:
		text = ""
	}
	n := utf8.RuneCountInString(text)
	switch {
	case text == "" && f.Required:
		return "", "This is needed, in words."
	case f.Max > 0 && n > f.Max:
		return "", fmt.Sprintf("This has %d characters, of at most %d. Please send a shorter one.", n, f.Max)
	}
	return text, ""
}

// lost gives words back whose form is not known any more.
func lost(text string) desk.View {
	v := notice("This form is not open any more", "It was finished, too old, or I was restarted. Nothing of it was saved. These are your words; open the form again with /desk and send them there.")
	if text != "" {
		v.Blocks = append(v.Blocks, textBlock(text))
	}
	return v
}

func (a *Adapter) stopForm(ctx context.Context, to target, who *user) error {
	key := a.formKey(who)
	x := a.forms.get(key)
	a.forms.end(key)
	if x == nil {
		return a.show(ctx, &to, lost(""), 0)
	}
	return a.show(ctx, &to, x.giveBack("Stopped", "Nothing was saved. /desk opens the desk."), 0)
}

// giveBack shows what was written into a form.
func (x *filling) giveBack(title, text string) desk.View {
	v := notice(title, text)
	for _, f := range x.Fields {
		if value := x.values[f.ID]; value != "" && value != f.Value {
			v.Blocks = append(v.Blocks, textBlock(f.Label+":\n"+value))
		}
	}
	return v
}
