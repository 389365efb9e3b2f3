package telegram

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"handout/bot/bottest"
	"handout/bot/desk"
	"handout/knowledge/editorial"
)

// script is a desk that shows what a test wants.
type script struct {
	mu    sync.Mutex
	views map[string]desk.View // by action
	steps []done
}

type done struct {
	person editorial.Person
	input  desk.Input
}

func (s *script) Do(_ context.Context, p editorial.Person, in desk.Input) desk.View {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.steps = append(s.steps, done{p, in})
	if !p.Rights.Edit {
		return notice("For moderators", "Ask.")
	}
	if v, ok := s.views[in.Action]; ok {
		return v
	}
	return notice("Done", in.Action)
}

func (s *script) Card(context.Context, editorial.Announcement) desk.View { return desk.View{} }

func (s *script) last() done {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.steps[len(s.steps)-1]
}

var (
	editForm = desk.Form{Title: "Edit", Action: "d:save:x", Fields: []desk.Field{
		{ID: "title", Label: "Title", Value: "How do owls hear?", Max: 300, Required: true},
		{ID: "text", Label: "Text", Hint: "Short.", Long: true, Max: 20, Required: true},
		{ID: "note", Label: "Why", Max: 500},
	}}
	scriptViews = map[string]desk.View{
		"": {Title: "Moderators' desk", Blocks: notice("", "Choose <one> & press.").Blocks, Buttons: [][]desk.Button{
			{{Label: "Edit", Action: "d:edit"}, {Label: "Site", URL: "https://desk.example/?a=1&b=2"}}, {{Label: "Long", Action: "d:long"}},
		}},
		"d:edit": {Title: "Edit", Form: &editForm},
		"d:over": {Title: "Published", Buttons: [][]desk.Button{{{Label: "Look", Action: "d:doc"}}}, Over: true},
		"d:long": {Title: "Long", Blocks: notice("", strings.Repeat("words and words ", 400)).Blocks, Buttons: [][]desk.Button{{{Label: "On", Action: "d:on"}}}},
	}
)

// deskStage is a running adapter with a desk; ann is its moderator.
func deskStage(t *testing.T, f *fake, d desk.Desk, more func(*Config)) *Adapter {
	t.Helper()
	a := f.Adapter(discard).(*Adapter)
	a.cfg.Desk, a.cfg.Moderators = d, []int64{f.id("ann")}
	if more != nil {
		more(&a.cfg)
	}
	newStage(t, a)
	return a
}

func (f *fake) id(person string) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.chat(person, false).id
}

// tell writes as a person in the chat with the bot, and reads what comes back.
func (f *fake) tell(person, text string) bottest.Posted {
	f.t.Helper()
	f.Say(bottest.Say{Chat: person, Text: text})
	return f.next()
}

// pushButton presses a button by its label, and reads what comes of it.
func (f *fake) pushButton(p bottest.Posted, label string) bottest.Posted {
	f.t.Helper()
	for _, b := range p.Buttons {
		if strings.Contains(b.Label, label) {
			f.press(p, b)
			return f.next()
		}
	}
	f.t.Fatalf("no button %q below:\n%s", label, p.Text)
	return p
}

// pressAs presses a button of a message in a group as somebody.
func (f *fake) pressAs(person string, p bottest.Posted, action string) {
	f.mu.Lock()
	content := map[string]any{"from": f.chat(person, false).person(), "chat_instance": "1", "data": action, "message": f.message(p.ID).json()}
	f.mu.Unlock()
	f.await("callback_query", content)
}

func wantText(t *testing.T, p bottest.Posted, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(p.Text, want) {
			t.Errorf("%q is not said:\n%s", want, p.Text)
		}
	}
}

func TestTheDeskOpensForModerators(t *testing.T) {
	f, d := newFake(t), &script{views: scriptViews}
	deskStage(t, f, d, nil)
	p := f.tell("ann", "/desk")
	wantText(t, p, "Moderators' desk", "Choose <one> & press.", "https://desk.example/?a=1&b=2")
	if p.Chat != "ann" || len(p.Buttons) != 2 {
		t.Errorf("%+v", p)
	}
	if got := d.last().person; got.Name != "Person of ann" || got.ID != fmt.Sprint("telegram:", f.id("ann")) || !got.Rights.Review {
		t.Errorf("acts as %+v", got)
	}
	f.tell("ann", "/desk@"+botName+"  owl ears ")
	if got := d.last().input; got.Text != "owl ears" || got.Action != "" {
		t.Errorf("%+v", got)
	}
	f.tell("ann", "/desk web")
	if got := d.last().input; got.Action != desk.Web {
		t.Errorf("%+v", got)
	}
	wantText(t, f.tell("bob", "/desk"), "For moderators")
}

func TestTheDeskIsAskedAboutAMessage(t *testing.T) {
	f, d := newFake(t), &script{views: scriptViews}
	deskStage(t, f, d, nil)
	answer := f.tell("ann", bottest.PlainQuestion)
	for words, want := range map[string]desk.Input{
		"flag":    {Action: desk.Flag, Text: answer.Text},
		"Suggest": {Action: desk.Suggest, Text: answer.Text},
		"owls":    {Text: "owls"},
	} {
		f.Say(bottest.Say{Chat: "ann", Text: "/desk " + words, ReplyTo: &answer})
		f.next()
		if got := d.last().input; got.Action != want.Action || got.Text != want.Text {
			t.Errorf("%s: %+v", words, got)
		}
	}
	steps := len(d.steps)
	wantText(t, f.tell("ann", "/desk flag"), "as a reply to the message")
	f.Say(bottest.Say{Chat: "ann", Text: "/desk why", ReplyTo: &answer})
	wantText(t, f.next(), "as a reply to the question instead")
	if len(d.steps) != steps {
		t.Errorf("%+v", d.last())
	}
}

// sayAbout writes a message in a group, in reply to somebody else's.
func (f *fake) sayAbout(group, text, about string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.chat(group, true)
	other := map[string]any{"message_id": 1, "date": 1, "chat": c.json(), "from": map[string]any{"id": 5, "first_name": "Cleo"}, "text": about}
	f.push("message", map[string]any{"date": 1, "chat": c.json(), "from": f.chat("ann", false).person(), "text": text, "reply_to_message": other})
}

func TestTheDeskIsAskedAboutAMessageOfAGroup(t *testing.T) {
	f, d := newFake(t), &script{views: scriptViews}
	deskStage(t, f, d, nil)
	for words, want := range map[string]desk.Input{
		"why":     {Action: desk.Why, Text: "how do owls hear", Asked: "how do owls hear"},
		"suggest": {Action: desk.Suggest, Text: "how do owls hear", Asked: "how do owls hear"},
	} {
		f.sayAbout("club", "/desk@"+botName+" "+words, "how do owls hear")
		if p := f.next(); p.Chat != "ann" {
			t.Errorf("%s is told in %q: %s", words, p.Chat, p.Text)
		}
		if got := d.last().input; got.Action != want.Action || got.Text != want.Text || got.Asked != want.Asked {
			t.Errorf("%s: %+v", words, got)
		}
	}
	f.refuseOnce("sendMessage", 403, "Forbidden: bot can't initiate conversation with a user")
	f.sayAbout("club", "/desk suggest", "how do owls hear")
	if p := f.next(); p.Chat != "club" || !strings.Contains(p.Text, "Send /desk to me") {
		t.Errorf("in %q: %s", p.Chat, p.Text)
	}
	f.sayAbout("club", "/desk web", "how do owls hear")
	wantText(t, f.next(), "in a private chat")
}

func TestTheDeskIsForDirectChatsAndSetUpOnes(t *testing.T) {
	f, d := newFake(t), &script{views: scriptViews}
	a := deskStage(t, f, d, nil)
	f.Say(bottest.Say{Chat: "club", Group: true, Text: "/desk"})
	wantText(t, f.next(), "in a private chat")
	f.Say(bottest.Say{Chat: "club", Group: true, Text: "/desk@OtherBot"})
	wantText(t, f.tell("ann", bottest.PlainQuestion), "How do owls hear?") // a question is still one
	if len(d.steps) != 0 {
		t.Errorf("%d steps", len(d.steps))
	}
	a.cfg.Moderators = nil
	wantText(t, f.tell("ann", "/desk"), "not set up")
}

func TestWithoutADeskItsCommandIsLikeAnyOther(t *testing.T) {
	f := newFake(t)
	newStage(t, f.Adapter(discard))
	if p := f.tell("ann", "/desk"); strings.Contains(p.Text, "Moderators") {
		t.Error(p.Text)
	}
}

func TestAPressChangesTheMessage(t *testing.T) {
	f := newFake(t)
	deskStage(t, f, &script{views: scriptViews}, nil)
	home := f.tell("ann", "/desk")
	long := f.pushButton(home, "Long")
	if long.ID != home.ID || long.Size > longest || len(long.Buttons) != 0 {
		t.Errorf("first part: %s, %d units, %d buttons", long.ID, long.Size, len(long.Buttons))
	}
	rest := f.next()
	for len(rest.Buttons) == 0 {
		rest = f.next()
	}
	if on := f.pushButton(rest, "On"); on.ID != rest.ID || f.edits != 2 {
		t.Errorf("%s, %d edits", on.ID, f.edits)
	}
	f.refuseOnce("editMessageText", 400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same")
	f.press(rest, bottest.Button{Data: "d:on"})
	f.refuseOnce("editMessageText", 400, "Bad Request: message can't be edited")
	f.press(rest, bottest.Button{Data: "d:on"})
	if p := f.next(); p.ID == rest.ID {
		t.Error("edited all the same")
	}
}

func TestAFormIsAskedFieldByField(t *testing.T) {
	f, d := newFake(t), &script{views: scriptViews}
	deskStage(t, f, d, nil)
	home := f.tell("ann", "/desk")
	wantText(t, f.pushButton(home, "Edit"), "Title, as it is now", "How do owls hear?")
	prompt := f.next()
	wantText(t, prompt, "Edit, 1 of 3", "Send - to leave it as it is.", "/cancel")
	if v := f.lastSent(); !strings.Contains(v.Get("reply_markup"), `"force_reply":true`) {
		t.Errorf("reply_markup %s", v.Get("reply_markup"))
	}
	wantText(t, f.tell("ann", "-"), "Edit, 2 of 3", "Short.")
	wantText(t, f.tell("ann", "far too many words for this field"), "33 characters, of at most 20", "2 of 3")
	wantText(t, f.tell("ann", "--"), "needed")
	wantText(t, f.tell("ann", "Owls **hear**."), "Edit, 3 of 3", "Send - to leave it empty.")
	wantText(t, f.tell("ann", "-"), "d:save:x")
	got := d.last().input
	if got.Action != "d:save:x" || fmt.Sprint(got.Values) != "map[note: text:Owls **hear**. title:How do owls hear?]" {
		t.Errorf("%+v", got)
	}
	wantText(t, f.tell("ann", bottest.PlainQuestion), "How do owls hear?", bottest.Corpus(t).Messages.Footer)
}

func TestAFormThatIsLeftGivesItsWordsBack(t *testing.T) {
	f := newFake(t)
	deskStage(t, f, &script{views: scriptViews}, nil)
	home := f.tell("ann", "/desk")
	begin := func() {
		f.pushButton(home, "Edit")
		f.next()
		f.tell("ann", "Owls?")
		f.tell("ann", "They hear.")
	}
	begin()
	wantText(t, f.tell("ann", "/cancel"), "Stopped", "Title:\nOwls?", "They hear.")
	begin()
	f.press(home, bottest.Button{Data: "d:edit"})
	wantText(t, f.next(), "another form", "They hear.")
	f.next()
	f.next()
	wantText(t, f.tell("bob", "They hear."), bottest.Corpus(t).Messages.Footer) // somebody else's words are a question
}

func TestWordsAfterARestartAreGivenBack(t *testing.T) {
	f := newFake(t)
	first := f.Adapter(discard).(*Adapter)
	first.cfg.Desk, first.cfg.Moderators = &script{views: scriptViews}, []int64{f.id("ann")}
	s := newStage(t, first)
	f.pushButton(f.tell("ann", "/desk"), "Edit")
	prompt := f.next()
	s.cancel()
	if err := s.wait(); err != nil {
		t.Fatal(err)
	}
	deskStage(t, f, &script{views: scriptViews}, nil)
	f.Say(bottest.Say{Chat: "ann", Text: "Owls hear <well>.", ReplyTo: &prompt})
	wantText(t, f.next(), "not open any more", "/desk", "Owls hear <well>.")
}

const group = -1007900000777

func withGroup(c *Config) { c.Moderators, c.ModeratorGroup = nil, group }

func TestAdministratorsOfAGroupAreModeratorsAsLongAsTheyAre(t *testing.T) {
	f, d := newFake(t), &script{views: scriptViews}
	a := deskStage(t, f, d, withGroup)
	ann := strconv.FormatInt(f.id("ann"), 10)
	for _, tc := range []struct {
		status string
		want   bool
	}{{"creator", true}, {"administrator", true}, {"member", false}, {"restricted", false}, {"left", false}, {"kicked", false}} {
		f.mu.Lock()
		f.members = map[string]string{ann: tc.status}
		f.mu.Unlock()
		f.tell("ann", "/desk")
		if got := d.last().person.Rights; got.Edit != tc.want || got.Review != tc.want {
			t.Errorf("%s: %+v", tc.status, got)
		}
	}
	f.refuseOnce("getChatMember", 400, "Bad Request: PARTICIPANT_ID_INVALID")
	wantText(t, f.tell("ann", "/desk"), "For moderators")
	f.refuseOnce("getChatMember", 400, "Bad Request: chat not found")
	wantText(t, f.tell("ann", "/desk"), "does not say at the moment")

	f.mu.Lock()
	f.members = map[string]string{ann: "administrator"}
	f.mu.Unlock()
	for actor, want := range map[string]bool{"telegram:" + ann: true, "discord:" + ann: false, "telegram:x": false, "": false} {
		if got, err := a.Rights(t.Context(), actor); err != nil || got.Edit != want {
			t.Errorf("%s: %+v, %v", actor, got, err)
		}
	}
	f.mu.Lock()
	f.answerTo["getChatMember"] = func(w http.ResponseWriter) { refuse(w, 500, "Internal Server Error", nil) }
	f.mu.Unlock()
	if got, err := a.Rights(t.Context(), "telegram:"+ann); err == nil || got.Edit {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestCardsInTheModeratorsGroup(t *testing.T) {
	f, d := newFake(t), &script{views: scriptViews}
	f.mu.Lock()
	club := f.chat("club", true)
	f.mu.Unlock()
	a := deskStage(t, f, d, func(c *Config) { c.ModeratorGroup = club.id })
	if err := a.Announce(t.Context(), desk.View{Title: "To review", Buttons: [][]desk.Button{{{Label: "Approve", Action: "d:over"}, {Label: "Ask", Action: "d:edit"}}}}); err != nil {
		t.Fatal(err)
	}
	card := f.next()
	f.pressAs("bob", card, "d:over")
	if p := f.next(); p.Chat != "bob" || !strings.Contains(p.Text, "For moderators") {
		t.Errorf("bob is told in %q: %s", p.Chat, p.Text)
	}
	f.pressAs("ann", card, "d:edit")
	if p := f.next(); p.Chat != "ann" {
		t.Errorf("the form is in %q", p.Chat)
	}
	f.next()
	f.refuseOnce("sendMessage", 403, "Forbidden: bot can't initiate conversation with a user")
	f.pressAs("ann", card, "d:long")
	if p := f.next(); p.Chat != "club" || !strings.Contains(p.Text, "Send /desk to me") {
		t.Errorf("in %q: %s", p.Chat, p.Text)
	}
	f.pressAs("ann", card, "d:over")
	p := f.next()
	wantText(t, p, "Published", "By Person of ann.")
	if p.ID != card.ID || len(p.Buttons) != 0 {
		t.Errorf("the card is %+v", p)
	}
	f.Say(bottest.Say{Chat: "other club", Group: true, Mention: true, Text: bottest.PlainQuestion})
	f.pressAs("ann", f.next(), "d:over")
	wantText(t, f.next(), "in a private chat")
}

func TestAnnounceSaysWhetherItCould(t *testing.T) {
	f := newFake(t)
	a := f.Adapter(discard).(*Adapter)
	if err := a.Announce(t.Context(), desk.View{Title: "To review"}); err != nil || f.count("sendMessage") != 0 {
		t.Errorf("without a group: %v", err)
	}
	a.cfg.ModeratorGroup = group
	f.mu.Lock()
	f.answerTo["sendMessage"] = func(w http.ResponseWriter) { refuse(w, 403, "Forbidden: bot was kicked", nil) }
	f.mu.Unlock()
	if a.Announce(t.Context(), desk.View{Title: "To review"}) == nil {
		t.Error("a failure is hidden")
	}
}

func TestTheDeskLogsNobody(t *testing.T) {
	f, d := newFake(t), &script{views: scriptViews}
	var log logBuffer
	a := f.Adapter(log.logger()).(*Adapter)
	a.cfg.Desk, a.cfg.ModeratorGroup = d, group
	newStage(t, a)
	f.refuseOnce("getChatMember", 400, "Bad Request: chat not found")
	f.tell("ann", "/desk secret words")
	log.await(t, "rights are not known")
	for _, secret := range append(f.Secrets(), "secret words", strconv.Itoa(group)) {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, &log)
		}
	}
}

func TestMarkdownOfAMessage(t *testing.T) {
	for _, tc := range []struct {
		text     string
		entities []entity
		want     string
	}{
		{"plain *text*", nil, "plain *text*"},
		{"an 🦉 owl hears", []entity{{Type: "bold", Offset: 6, Length: 4}}, "an 🦉 **owl** hears"},
		{"owls hear", []entity{{Type: "bold", Offset: 0, Length: 5}, {Type: "italic", Offset: 5, Length: 4}}, "**owls** *hear*"},
		{"both", []entity{{Type: "bold", Offset: 0, Length: 4}, {Type: "italic", Offset: 0, Length: 4}}, "***both***"},
		{"the club", []entity{{Type: "text_link", Offset: 4, Length: 4, URL: "https://example.org"}}, "the [club](https://example.org)"},
		{"x", []entity{{Type: "bold", Offset: 0, Length: 9}, {Type: "code", Offset: 0, Length: 1}, {Type: "bold", Offset: -1, Length: 1}}, "x"},
	} {
		if got := markdown(&message{Text: tc.text, Entities: tc.entities}); got != tc.want {
			t.Errorf("%q, want %q", got, tc.want)
		}
	}
}
