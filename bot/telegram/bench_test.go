package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"handout/bot"
	"handout/bot/bottest"
	"handout/bot/deliver"
	"handout/index"
	"handout/knowledge"
)

// feed is a Bot API that does as little as it can: every chat asks again as
// soon as it was answered.
type feed struct {
	*httptest.Server
	question string
	mu       sync.Mutex
	updates  []fakeUpdate
	wake     chan struct{}
	lastID   int
	asked    int // of limit
	limit    int
	answered int
	done     chan struct{}
}

func newFeed(b *testing.B, question string, chats, limit int) *feed {
	f := &feed{question: question, limit: limit, wake: make(chan struct{}), done: make(chan struct{})}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	b.Cleanup(func() { closeFront(f.Server) })
	for c := range min(chats, limit) {
		f.ask(strconv.Itoa(c + 1))
	}
	return f
}

func (f *feed) ask(chat string) {
	if f.asked == f.limit {
		return
	}
	f.asked++
	f.lastID++
	raw := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1,"from":{"id":%s,"is_bot":false,"first_name":"A"},"chat":{"id":%s,"type":"private","first_name":"A"},"text":%q}}`,
		f.lastID, f.lastID, chat, chat, f.question)
	f.updates = append(f.updates, fakeUpdate{f.lastID, json.RawMessage(raw)})
	close(f.wake)
	f.wake = make(chan struct{})
}

func (f *feed) serve(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	switch _, method, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/"); method {
	case "getMe":
		grant(w, selfJSON())
	case "getUpdates":
		f.getUpdates(w, r)
	case "sendMessage":
		f.mu.Lock()
		f.ask(r.PostForm.Get("chat_id"))
		if f.answered++; f.answered == f.limit {
			close(f.done)
		}
		f.mu.Unlock()
		_, _ = w.Write([]byte(`{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}`))
	default:
		grant(w, true)
	}
}

func (f *feed) getUpdates(w http.ResponseWriter, r *http.Request) {
	offset, _ := strconv.Atoi(r.PostForm.Get("offset"))
	for {
		f.mu.Lock()
		for len(f.updates) > 0 && f.updates[0].id < offset {
			f.updates = f.updates[1:]
		}
		var list []string
		for _, u := range f.updates[:min(len(f.updates), 100)] {
			list = append(list, string(u.raw))
		}
		wake := f.wake
		f.mu.Unlock()
		if len(list) > 0 {
			_, _ = w.Write([]byte(`{"ok":true,"result":[` + strings.Join(list, ",") + `]}`))
			return
		}
		select {
		case <-wake:
		case <-r.Context().Done():
			return
		case <-f.done:
			grant(w, []int{})
			return
		}
	}
}

func cpu() time.Duration {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// measure runs from the first question to the last accepted reply.
func (f *feed) measure(b *testing.B, run func(ctx context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	before := cpu()
	b.ResetTimer()
	go func() {
		run(ctx)
		close(ended)
	}()
	<-f.done
	b.StopTimer()
	b.ReportMetric(float64((cpu()-before).Microseconds())/float64(f.limit), "cpu-µs/op")
	b.ReportMetric(float64(f.limit)/b.Elapsed().Seconds(), "replies/s")
	cancel()
	<-ended
}

var chatCounts = []int{1, 32, 500}

// BenchmarkBareLibrary echoes with the library alone, over a client tuned like
// ours: what the adapter is compared with.
func BenchmarkBareLibrary(b *testing.B) {
	for _, chats := range chatCounts {
		b.Run(fmt.Sprintf("chats=%d", chats), func(b *testing.B) {
			f := newFeed(b, "how do owls hear", chats, b.N)
			transport := http.DefaultTransport.(*http.Transport).Clone()
			transport.MaxIdleConnsPerHost = 64
			api, err := tgbotapi.NewBotAPIWithClient(fakeToken, f.URL+"/bot%s/%s", &http.Client{Transport: transport})
			if err != nil {
				b.Fatal(err)
			}
			f.measure(b, func(ctx context.Context) { echo(ctx, f, api) })
		})
	}
}

func echo(ctx context.Context, f *feed, api *tgbotapi.BotAPI) {
	offset := 0
	slots := make(chan struct{}, 64)
	for ctx.Err() == nil {
		select {
		case <-f.done:
			return
		default:
		}
		list, err := api.GetUpdates(tgbotapi.UpdateConfig{Offset: offset, Timeout: 50, Limit: 100})
		if err != nil {
			return
		}
		for _, u := range list {
			offset = u.UpdateID + 1
			slots <- struct{}{}
			go func() {
				_, _ = api.Send(tgbotapi.NewMessage(u.Message.Chat.ID, u.Message.Text))
				<-slots
			}()
		}
	}
}

// BenchmarkUpdateToAcceptedReply is the adapter with the real core: triage,
// search, ranking, footer, buttons. Only the limits on sending are lifted.
func BenchmarkUpdateToAcceptedReply(b *testing.B) {
	cores := map[string]func(testing.TB) (bot.Responder, string){
		"small":    func(t testing.TB) (bot.Responder, string) { return bottest.Bot(t, discard), bottest.PlainQuestion },
		"starter":  starterCore,
		"prepared": preparedCore,
	}
	for _, name := range []string{"prepared", "small", "starter"} {
		for _, chats := range chatCounts {
			b.Run(fmt.Sprintf("corpus=%s/chats=%d", name, chats), func(b *testing.B) {
				core, question := cores[name](b)
				f := newFeed(b, question, chats, b.N)
				a := New(discard, Config{Token: fakeToken, API: f.URL})
				a.sender = &deliver.Sender{Tries: 1, Slots: a.sender.Slots}
				f.measure(b, func(ctx context.Context) {
					if err := a.Run(ctx, core); err != nil {
						b.Error(err)
					}
				})
			})
		}
	}
}

// preparedReply is a core that costs nothing: what is left is the adapter.
type preparedReply struct{ bot.Reply }

func (p preparedReply) Respond(context.Context, bot.Message) bot.Reply { return p.Reply }

func preparedCore(t testing.TB) (bot.Responder, string) {
	return preparedReply{bottest.Bot(t, discard).Respond(t.Context(), bot.Message{Text: bottest.PlainQuestion})}, bottest.PlainQuestion
}

func starterCore(t testing.TB) (bot.Responder, string) {
	c, err := knowledge.Open("")
	if err != nil {
		t.Skipf("SKIPPED: the starter corpus: %v", err)
	}
	x, err := index.Build(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return bot.New(discard, bottest.Now, c, x), "can i drink alcohol while im on rinvoq"
}
