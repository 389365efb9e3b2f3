// Command browser walks through a served page in headless Chromium, as a
// person would, and fails at the first thing that is not right.
//
//	go run . http://127.0.0.1:8080 [FOLDER FOR SCREENSHOTS [LINK LINK]]
//
// With links for two moderators it walks through the console instead.
package main

import (
	"context"
	"fmt"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	browserlog "github.com/chromedp/cdproto/log"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 {
		log.Fatal("usage: browser URL [FOLDER [LINK LINK]]")
	}
	w := &walk{url: os.Args[1]}
	if len(os.Args) > 2 {
		w.folder = os.Args[2]
		if err := os.MkdirAll(w.folder, 0o755); err != nil {
			log.Fatal("browser: ", err)
		}
	}
	steps := w.patient()
	if len(os.Args) > 4 {
		steps = w.console(os.Args[3:5])
	}
	if err := w.run(steps); err != nil {
		log.Fatal("browser: ", err)
	}
}

type walk struct {
	url    string
	folder string // for screenshots; none if empty

	mu         sync.Mutex
	complaints []string // of the browser
}

// step is a part of a walk.
type step struct {
	name string
	do   func(context.Context) error
}

func (w *walk) patient() []step {
	return []step{
		{"ask with the keyboard", w.ask},
		{"tab through the page", w.tab},
		{"open a related title and go back", w.related},
		{"ask more about an answer", w.follow},
		{"choose a country", w.country},
		{"phone and desktop, light and dark", w.looks},
		{"over http by name", w.byName},
	}
}

func (w *walk) run(steps []step) error {
	served, err := url.Parse(w.url)
	if err != nil {
		return err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// A name that the browser does not trust like localhost.
		chromedp.Flag("host-resolver-rules", "MAP handout.test "+served.Hostname()),
	)
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	chromedp.ListenTarget(ctx, w.listen)
	if err := chromedp.Run(ctx, network.Enable(), browserlog.Enable(), runtime.Enable()); err != nil {
		return err
	}
	for _, step := range steps {
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		if len(w.complaints) > 0 {
			return fmt.Errorf("%s: the browser complains: %s", step.name, strings.Join(w.complaints, "; "))
		}
		fmt.Println("ok", step.name)
	}
	return nil
}

// harmless is what the browser says when this program types before the page
// has put the focus into the box, and of a header that counts over TLS only.
var harmless = regexp.MustCompile(`^Autofocus|^The Cross-Origin-Opener-Policy header has been ignored`)

func (w *walk) listen(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *browserlog.EventEntryAdded:
		if !harmless.MatchString(e.Entry.Text) {
			w.complaints = append(w.complaints, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		w.complaints = append(w.complaints, e.ExceptionDetails.Error())
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, w.url) && !strings.HasPrefix(u, "http://handout.test") && !strings.HasPrefix(u, "about:") {
			w.complaints = append(w.complaints, "asked for "+u)
		}
	}
}

const (
	question = "can i drink on rinvoq"
	answered = `article[data-snippet="jak-alcohol"]`
)

func (w *walk) ask(ctx context.Context) error {
	var location, title, footer string
	var focused bool
	err := chromedp.Run(ctx,
		chromedp.Navigate(w.url),
		chromedp.WaitVisible("#q"),
		chromedp.Evaluate(`document.activeElement.id == "q"`, &focused),
		chromedp.KeyEvent(question+kb.Enter),
		chromedp.WaitVisible(answered),
		chromedp.Location(&location),
		chromedp.Title(&title),
		chromedp.Text("footer", &footer),
	)
	switch {
	case err != nil:
		return err
	case !focused:
		return fmt.Errorf("the question box is not focused at first")
	case location != w.url+"/ask" || strings.Contains(title, "drink"):
		return fmt.Errorf("the history would show the question: %s %q", location, title)
	case !strings.Contains(footer, "consult your provider"):
		return fmt.Errorf("the footer reads %q", footer)
	}
	return nil
}

// focus names the element that has it.
const focus = `(e => e.className == "skip" ? "skip" : e.tagName.toLowerCase() + (e.id ? "#" + e.id : ""))(document.activeElement)`

func (w *walk) tab(ctx context.Context) error {
	var order []string
	at := func() (name string, err error) {
		err = chromedp.Run(ctx, chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(focus, &name))
		return name, err
	}
	for len(order) < 60 && (len(order) == 0 || order[len(order)-1] != "body") {
		name, err := at()
		if err != nil {
			return err
		}
		order = append(order, name)
	}
	all := strings.Join(order, " ")
	if order[0] != "skip" || !strings.Contains(all, "input#q button") || !strings.Contains(all, "input#f button") {
		return fmt.Errorf("focus goes %s", all)
	}
	var name string
	err := chromedp.Run(ctx, chromedp.Focus(".skip"), chromedp.KeyEvent(kb.Enter), chromedp.Evaluate(focus, &name))
	if err == nil && name != "section#answer" {
		err = fmt.Errorf("the skip link leads to %s", name)
	}
	return err
}

func (w *walk) related(ctx context.Context) error {
	return chromedp.Run(ctx,
		chromedp.Click(".options a"),
		chromedp.WaitNotPresent(answered),
		chromedp.WaitVisible("article.passage"),
		chromedp.NavigateBack(),
		chromedp.WaitVisible(answered),
	)
}

func (w *walk) follow(ctx context.Context) error {
	return chromedp.Run(ctx,
		chromedp.Navigate(w.url+"/snippets/jak-rinvoq"),
		chromedp.SendKeys("#f", "and side effects?"+kb.Enter),
		chromedp.WaitVisible(`article[data-snippet="jak-rinvoq-side-effects"]`),
	)
}

func (w *walk) country(ctx context.Context) error {
	var card string
	err := chromedp.Run(ctx,
		chromedp.Click(`nav button[value="/region"]`),
		chromedp.Click(`button[value="/region GB"]`),
		chromedp.WaitVisible(`//p[contains(., "United Kingdom")]`),
		chromedp.SendKeys("#q", "my throat is closing and I cannot breathe"+kb.Enter),
		chromedp.Text(".alarm", &card),
	)
	if err == nil && (!strings.Contains(card, "999") || strings.Contains(card, "911")) {
		err = fmt.Errorf("the card reads %s", card)
	}
	return err
}

// faults lists what overflows, what is too small to touch, and text of too
// little contrast (WCAG 2.2: 1.4.10, 2.5.8, 1.4.3).
const faults = `(() => {
  const list = [];
  if (document.documentElement.scrollWidth > innerWidth) list.push("scrolls sideways");
  const number = s => s.match(/[\d.]+/g).map(Number);
  const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = e => { for (; e; e = e.parentElement) { const c = number(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c } return [255, 255, 255] };
  for (const e of document.querySelectorAll("body *")) {
    const box = e.getBoundingClientRect();
    if (e.className == "skip" || !box.width) continue;
    if (["BUTTON", "INPUT"].includes(e.tagName) && e.type != "hidden" && box.height < 44) list.push("low " + e.textContent);
    if (![...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())) continue;
    const a = light(number(getComputedStyle(e).color)), b = light(ground(e));
    const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (contrast < 4.5) list.push("contrast " + contrast.toFixed(1) + ": " + e.textContent.trim().slice(0, 30));
  }
  return list;
})()`

func (w *walk) looks(ctx context.Context) error {
	for _, scheme := range []string{"light", "dark"} {
		for size, width := range map[string]int64{"phone": 360, "desktop": 860} {
			err := chromedp.Run(ctx,
				chromedp.EmulateViewport(width, 980),
				emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
			)
			if err != nil {
				return err
			}
			for name, text := range map[string]string{
				"home": "", "answer": question, "urgent": "I want to kill myself", "none": "how do I mend a bicycle", "topics": "/topics 1",
			} {
				if err := w.look(ctx, text, fmt.Sprintf("%s-%s-%s", name, size, scheme)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// leave does what loads another page, and waits until the one at hand is gone.
func leave(do chromedp.Action) chromedp.Tasks {
	return chromedp.Tasks{chromedp.Evaluate(`document.body.dataset.old = "1"`, nil), do, chromedp.WaitNotPresent("body[data-old]")}
}

func (w *walk) look(ctx context.Context, text, name string) error {
	show := chromedp.Tasks{network.ClearBrowserCookies(), chromedp.Navigate(w.url), chromedp.WaitVisible("#q")}
	if text != "" {
		show = append(show, leave(chromedp.SendKeys("#q", text+kb.Enter)), chromedp.WaitVisible("footer"))
	}
	var found []string
	if err := chromedp.Run(ctx, show, chromedp.Evaluate(faults, &found)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if len(found) > 0 {
		return fmt.Errorf("%s: %s", name, strings.Join(found, "; "))
	}
	if w.folder == "" {
		return nil
	}
	var png []byte
	if err := chromedp.Run(ctx, chromedp.CaptureScreenshot(&png)); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.folder, name+".png"), png, 0o666)
}

// byName asks over a plain connection to a name that is not localhost, where
// browsers leave out the headers that say that a form is the page's own.
func (w *walk) byName(ctx context.Context) error {
	served, err := url.Parse(w.url)
	if err != nil {
		return err
	}
	var nodes []*cdp.Node
	return chromedp.Run(ctx,
		chromedp.Navigate("http://handout.test:"+served.Port()),
		chromedp.SendKeys("#q", question+kb.Enter),
		chromedp.WaitVisible(answered),
		chromedp.Nodes("footer", &nodes),
	)
}
