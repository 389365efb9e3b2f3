package discord

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"handout/bot/desk"
	"handout/knowledge/editorial"
)

// markup is all that Discord might take for more than words, 4,000 characters of it.
var markup = strings.Repeat("**@everyone** <@77> `x` [a](b) || > # \\ <#5> ~~\n- z\n", 80)[:4000]

func TestAFormOf4000CharactersOfMarkupComesBackHarmless(t *testing.T) {
	f := newFake(t)
	d := doing(func(_ context.Context, _ editorial.Person, in desk.Input) desk.View {
		if in.Values == nil {
			return desk.View{Form: &desk.Form{Title: "Draft", Action: "d:save", Fields: []desk.Field{
				{ID: "title", Label: "Title", Max: 100, Required: true}, {ID: "body", Label: "Text", Hint: "in plain words", Value: markup, Long: true, Max: 4000}}}}
		}
		return desk.View{Title: "Not saved", Form: &desk.Form{Title: "Draft", Action: "d:save", Fields: []desk.Field{{ID: "body", Label: "Text", Value: in.Values["body"]}}}}
	})
	r := atDesk(t, f, d)
	r.stepOn(true, "d:edit", f.moderator("mod", editorRole))
	form := r.opened() // the specification looks at it
	d.next(t)
	body := dig(list(dig(list(form["components"])[1], "components"))[0])
	if str(dig(body, "value")) != markup || dig(body, "style") != 2.0 || form["title"] != "Draft" {
		t.Errorf("form %v", form)
	}
	as := f.moderator("mod", editorRole)
	r.fill("d:save", as, "title", "T", "body", markup)
	if got := d.next(t).in; got.Action != "d:save" || got.Values["body"] != markup || got.Values["title"] != "T" {
		t.Errorf("step %+v", got)
	}
	var text strings.Builder
	var last seen
	for last = r.next(); len(last.Buttons) == 0; last = r.next() { // the fake refuses pings and long pages
		text.WriteString(last.Text)
	}
	text.WriteString(last.Text)
	if got, want := words(text.String()), words("Not saved"+markup+"T"); got != want {
		t.Errorf("shown:\n%s\nwant\n%s", got, want)
	}
	r.stepOn(true, last.button(t, "Open the form"), f.moderator("mod", editorRole))
	if again := r.opened(); dig(list(dig(list(again["components"])[0], "components"))[0], "value") != markup {
		t.Errorf("the form opens again with %v", again)
	}
}

// words is a text without blanks.
func words(text string) string { return strings.Join(strings.Fields(text), "") }

func TestFormsKeepToTheLimits(t *testing.T) {
	owls := strings.Repeat("🦉", 100)
	fields := func(n int, f desk.Field) (list []desk.Field) {
		for i := range n {
			f.ID = "f" + strconv.Itoa(i)
			list = append(list, f)
		}
		return list
	}
	for name, tc := range map[string]struct {
		form   desk.Form
		button string // "" if it opens at once
	}{
		"long labels":         {desk.Form{Title: owls, Action: "d:x", Fields: fields(5, desk.Field{Label: owls, Hint: owls + owls, Max: 9000})}, ""},
		"no labels":           {desk.Form{Action: "d:x", Fields: fields(1, desk.Field{})}, ""},
		"more than it may be": {desk.Form{Action: "d:x", Fields: fields(1, desk.Field{Value: owls, Max: 10})}, ""},
		"too long":            {desk.Form{Title: "T", Action: "d:x", Fields: fields(1, desk.Field{Value: strings.Repeat("a", 4001)})}, "browser"},
		"too many fields":     {desk.Form{Title: "T", Action: "d:x", Fields: fields(6, desk.Field{})}, "browser"},
		"none":                {desk.Form{Title: "T", Action: "d:x"}, "browser"},
	} {
		f := newFake(t)
		r := atDesk(t, f, showing(desk.View{Form: &tc.form}))
		r.stepOn(true, "d:edit", f.moderator("mod", editorRole))
		if tc.button != "" {
			if p := r.next(); !strings.Contains(p.Text, tc.button) || len(p.Buttons) != 0 {
				t.Errorf("%s: %q", name, p.Text)
			}
			continue
		}
		for n, row := range list(r.opened()["components"]) {
			in := list(dig(row, "components"))[0]
			m := markdown{}
			most, _ := dig(in, "max_length").(float64)
			if m.Len(str(dig(in, "label"))) > 45 || str(dig(in, "label")) == "" || m.Len(str(dig(in, "placeholder"))) > 100 || int(most) < m.Len(str(dig(in, "value"))) || most > 4000 {
				t.Errorf("%s: field %d is %v", name, n, in)
			}
		}
	}
}

func TestAFormIsReadInBothShapes(t *testing.T) {
	old := `[{"type":1,"components":[{"type":4,"custom_id":"a","value":"x"}]},{"type":1,"components":[{"type":4,"custom_id":"b","value":""}]}]`
	labels := `[{"type":18,"component":{"type":4,"custom_id":"a","value":"x"}},{"type":18,"component":{"type":4,"custom_id":"b","value":""}}]`
	for _, rows := range []string{old, labels} {
		if got := values([]byte(rows)); len(got) != 2 || got["a"] != "x" {
			t.Errorf("%s: %v", rows, got)
		}
	}
	for _, rows := range []string{"", "null", `{"a":1}`, `[{"custom_id":5}]`, `["x"]`} {
		if got := values([]byte(rows)); len(got) != 0 {
			t.Errorf("%s: %v", rows, got)
		}
	}
}
