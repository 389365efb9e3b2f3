package discord

import (
	"strings"
	"testing"

	"handout/bot/desk"
	"handout/knowledge"
)

// manyButtons are rows of buttons with actions of their own.
func manyButtons(rows, each int, label string) (list [][]desk.Button) {
	for r := range rows {
		var row []desk.Button
		for c := range each {
			row = append(row, desk.Button{Label: label, Action: "d:" + strings.Repeat("r", r+1) + strings.Repeat("c", c+1)})
		}
		list = append(list, row)
	}
	return list
}

func TestEveryViewKeepsToTheLimits(t *testing.T) {
	f := newFake(t)
	long := strings.Repeat("*owl* 🦉 @everyone <@77> ", 1000)
	for name, tc := range map[string]struct {
		view    desk.View
		buttons int
	}{
		"empty":              {desk.View{}, 0},
		"title":              {desk.View{Title: "Only a title"}, 0},
		"long title":         {desk.View{Title: long}, 0},
		"long text":          {desk.View{Title: "T", Blocks: []knowledge.Block{said(long), said(strings.Repeat("x", 20_000))}, Buttons: manyButtons(1, 1, "Go")}, 1},
		"blank blocks":       {desk.View{Blocks: []knowledge.Block{said(""), {}}}, 0},
		"full":               {desk.View{Title: "T", Buttons: manyButtons(5, 5, long)}, 25},
		"wide":               {desk.View{Title: "T", Buttons: manyButtons(2, 12, "b")}, 24},
		"many rows":          {desk.View{Title: "T", Buttons: manyButtons(12, 2, "b")}, 24},
		"too many":           {desk.View{Title: "T", Buttons: manyButtons(12, 5, "b")}, 25},
		"twice the same":     {desk.View{Title: "T", Buttons: append(manyButtons(1, 2, "b"), manyButtons(1, 2, "b")...)}, 2},
		"nothing to press":   {desk.View{Title: "T", Buttons: [][]desk.Button{{}, {{Label: "no action"}}, {{Action: "d:nolabel"}}, {{Label: "long", Action: "d:" + strings.Repeat("x", 100)}}}}, 0},
		"addresses":          {desk.View{Title: "T", Buttons: [][]desk.Button{{{Label: "a", URL: "https://example.org/"}, {Label: "b", URL: "javascript:x"}, {Label: "c", URL: "https://example.org/" + strings.Repeat("x", 600)}}}}, 1},
		"styles, and a form": {desk.View{Title: "T", Form: &desk.Form{}, Buttons: [][]desk.Button{{{Label: "a", Action: "d:a", Style: desk.Danger}, {Label: "b", Action: "d:b", Style: 99}}}}, 2},
	} {
		for _, pages := range [][]page{viewEmbeds(tc.view), viewTexts(tc.view)} {
			for n, p := range pages {
				sent := asSent(t, p)
				if err := f.allowed(sent); err != nil {
					t.Errorf("%s: page %d: %v", name, n, err)
				}
				want := 0
				if n == len(pages)-1 {
					want = tc.buttons
				}
				if got := len(pressable(sent)); got != want {
					t.Errorf("%s: page %d of %d has %d buttons, want %d", name, n, len(pages), got, want)
				}
			}
			if len(pages) > mostPages {
				t.Errorf("%s: %d pages", name, len(pages))
			}
		}
	}
}

func TestALongViewIsShownWholeInPlace(t *testing.T) {
	f := newFake(t)
	text := strings.Repeat("owls hear mice under snow\n", 400)
	r := atDesk(t, f, showing(desk.View{Title: "Difference", Blocks: []knowledge.Block{said(text)}, Buttons: manyButtons(1, 1, "Approve")}))
	r.stepOn(true, "d:review", f.moderator("mod", editorRole))
	var all strings.Builder
	for n := 0; ; n++ {
		p := r.next()
		all.WriteString(p.Text + "\n")
		if p.Edited != (n == 0) || !p.Ephemeral {
			t.Errorf("page %d: edited %v, ephemeral %v", n, p.Edited, p.Ephemeral)
		}
		if len(p.Buttons) > 0 {
			break
		}
	}
	if got, want := words(all.String()), words("Difference"+text); got != want {
		t.Errorf("%d characters of %d are shown", len(got), len(want))
	}
}

func TestWithoutTheRightToEmbedTheDeskIsPlainText(t *testing.T) {
	f := newFake(t)
	f.rights = "2147467255"
	r := atDesk(t, f, showing(desk.View{Title: "Desk", Blocks: []knowledge.Block{said("3 *drafts*")}}))
	r.stepOn(true, "d:gaps", f.moderator("mod", editorRole))
	if p := r.next(); p.Raw["content"] != "**Desk**\n\n3 \\*drafts\\*" || len(list(p.Raw["embeds"])) != 0 {
		t.Errorf("%v", p.Raw)
	}
}

func TestAnnouncementsGoToTheModeratorsChannel(t *testing.T) {
	f := newFake(t)
	card := desk.View{Title: "Review of @everyone", Blocks: []knowledge.Block{said("by Ada")}, Buttons: manyButtons(1, 2, "Approve")}
	a := f.adapter(nil)
	a.desk = newModerators(Config{Desk: showing(card), DeskChannel: f.channel(channel)})
	for range 2 {
		if err := a.Announce(t.Context(), card); err != nil {
			t.Fatal(err)
		}
		if p := f.next(); p.Ephemeral || p.Chat != "general" || p.Text != "Review of @everyone\n\nby Ada" || len(p.Buttons) != 2 || len(p.Pings) != 0 {
			t.Errorf("announced %+v", p)
		}
	}
	f.hook(first(1, isMessage, refuse(403, missingPermissions, "Missing Permissions")))
	if err := a.Announce(t.Context(), card); err != nil || f.next().Limit != mostContent {
		t.Errorf("not in plain text: %v", err)
	}
	f.hook(first(2, isMessage, refuse(403, missingPermissions, "Missing Permissions")))
	if a.Announce(t.Context(), card) == nil {
		t.Error("an announcement that nobody sees is no error")
	}
	a.desk.channel = ""
	if err := a.Announce(t.Context(), card); err != nil || len(f.seen) != 0 {
		t.Errorf("without a channel: %v", err)
	}
}
