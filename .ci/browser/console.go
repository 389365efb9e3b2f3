package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A question that nothing answers before the walk, and its answer.
const (
	newTitle    = "Can I wear contact lenses with eczema?"
	newBody     = "Ask the person who fits your lenses before you wear them. Eczema near the eyes can make lenses sting."
	newQuestion = "can i wear contact lenses with eczema"
	newAnswer   = `article[data-snippet="can-i-wear-contact-lenses-with-eczema"]`
)

// main button of the form at hand.
const mainButton = "main form button.main"

// console walks from a question without an answer to the next asker's answer,
// as two moderators would.
func (w *walk) console(links []string) []step {
	return []step{
		{"nothing answers yet", w.unanswered},
		{"sign in by a link", w.signIn(links[0])},
		{"a link works once", w.usedLink(links[0])},
		{"by keyboard", w.consoleKeys},
		{"pages of the console", w.pages},
		{"without scripts", w.scriptless},
		{"write a snippet for a gap", w.writeSnippet},
		{"submit it", w.submit},
		{"nobody approves their own", w.ownDraft},
		{"approve as another", w.approve(links[1])},
		{"publish", w.publish},
		{"the next asker gets it", w.answered},
		{"sign out", w.signOut},
	}
}

func (w *walk) unanswered(ctx context.Context) error {
	return chromedp.Run(ctx,
		chromedp.Navigate(w.url),
		leave(chromedp.SendKeys("#q", newQuestion+kb.Enter)),
		chromedp.WaitVisible("footer"),
		chromedp.WaitNotPresent(newAnswer),
	)
}

func (w *walk) signIn(link string) func(context.Context) error {
	return func(ctx context.Context) error {
		var location, cookies string
		err := chromedp.Run(ctx,
			chromedp.Navigate(link),
			chromedp.WaitVisible(mainButton),
			w.shot("console-link"),
			chromedp.Click(mainButton),
			chromedp.WaitVisible(".waiting"),
			chromedp.Location(&location),
			chromedp.Evaluate("document.cookie", &cookies),
		)
		if err == nil && (location != w.url+"/console/" || strings.Contains(cookies, "console")) {
			err = fmt.Errorf("at %s, and scripts see the cookies %q", location, cookies)
		}
		return err
	}
}

func (w *walk) usedLink(link string) func(context.Context) error {
	return func(ctx context.Context) error {
		var text string
		err := chromedp.Run(ctx,
			chromedp.Navigate(link),
			chromedp.Click(mainButton),
			chromedp.WaitVisible(`//h1[contains(., "no longer works")]`),
			chromedp.Text("main", &text),
			chromedp.Click("main .button"),
			chromedp.WaitVisible(".waiting"), // still signed in
		)
		w.forgive("403")
		return err
	}
}

func (w *walk) consoleKeys(ctx context.Context) error {
	var name, location string
	return firstError(
		chromedp.Run(ctx, chromedp.Navigate(w.url+"/console/"), chromedp.WaitVisible(".waiting"), chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(focus, &name)),
		func() error {
			if name != "skip" {
				return fmt.Errorf("the first thing to be reached is %s", name)
			}
			return chromedp.Run(ctx, chromedp.KeyEvent(kb.Enter), chromedp.Evaluate(focus, &name),
				chromedp.Focus(`nav a[href="/console/corpus"]`), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible("#q"),
				leave(chromedp.SendKeys("#q", "alcohol"+kb.Enter)), chromedp.WaitVisible(`a[href$="/jak-alcohol.md"]`), chromedp.Location(&location))
		},
		func() error {
			if name != "main#main" || !strings.Contains(location, "q=alcohol") {
				return fmt.Errorf("the skip link leads to %s, the search to %s", name, location)
			}
			return nil
		},
	)
}

func firstError(err error, then ...func() error) error {
	for _, do := range then {
		if err == nil {
			err = do()
		}
	}
	return err
}

// pages looks at every page at both widths, light and dark.
func (w *walk) pages(ctx context.Context) error {
	for _, path := range []string{
		"", "corpus", "rules", "drafts", "gaps", "new", "new?as=file", "figures", "audit", "files", "settings",
		"document/snippets/jak/jak-alcohol.md", "edit/snippets/jak/jak-alcohol.md", "version/snippets/jak/jak-alcohol.md?num=1",
		"edit/triage/crisis.yaml", "withdraw?scope=snippet:jak-alcohol",
	} {
		name := strings.NewReplacer("/", "-", "?", "-", "=", "-", ":", "-").Replace("console-" + path)
		if err := chromedp.Run(ctx, chromedp.Navigate(w.url+"/console/"+path), chromedp.WaitVisible("main h1"), w.both(name)); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

// scriptless previews a text where no script of the page runs.
func (w *walk) scriptless(ctx context.Context) error {
	return chromedp.Run(ctx,
		emulation.SetScriptExecutionDisabled(true),
		chromedp.Navigate(w.url+"/console/new"),
		chromedp.SendKeys("#title", newTitle),
		chromedp.SendKeys("#body", newBody),
		chromedp.Click(`button[value="check"]`),
		chromedp.WaitVisible(".preview article"),
		chromedp.WaitVisible(`//aside//li[contains(., "no source")]`),
		emulation.SetScriptExecutionDisabled(false),
	)
}

// gapListed loads the gaps until there is one: they are written down once a minute.
func (w *walk) gapListed(ctx context.Context) error {
	for {
		var listed bool
		err := chromedp.Run(ctx, chromedp.Navigate(w.url+"/console/gaps"), chromedp.WaitVisible("main h1"),
			chromedp.Evaluate(`document.querySelector('a[href*="/console/gap/"]') !== null`, &listed))
		if err != nil || listed {
			return err
		}
	}
}

func (w *walk) writeSnippet(ctx context.Context) error {
	return chromedp.Run(ctx,
		chromedp.ActionFunc(w.gapListed),
		chromedp.Click(`a[href*="/console/gap/"]`),
		chromedp.WaitVisible(`main .button.main`),
		w.both("console-gap"),
		chromedp.Click(`main .button.main`),
		chromedp.WaitVisible("#title"),
		chromedp.SetValue("#title", newTitle),
		chromedp.SendKeys("#body", newBody),
		chromedp.WaitVisible(".preview article"), // drawn while it is written
		chromedp.SendKeys("#questions", newQuestion+"\ncontact lenses and eczema\nare contacts ok with eczema\ncontact lens wear with itchy skin"),
		chromedp.SendKeys("#sources", "Own words of the walk | handout | https://example.org/lenses | 2026-11-22"),
		chromedp.SendKeys("#topics", "ecz-see-doctor"),
		chromedp.SetValue("#due", "2999-11-22"),
		chromedp.SendKeys("#note", "asked in vain"),
		leave(chromedp.Click(`button[value="check"]`)),
		chromedp.WaitVisible(`//aside//p[contains(., "Nothing to mend")]`),
		w.both("console-preview"),
		chromedp.Click(`button[value="save"]`),
		chromedp.WaitVisible(`.said[role="status"]`),
		w.both("console-draft"),
	)
}

func (w *walk) submit(ctx context.Context) error {
	return chromedp.Run(ctx,
		chromedp.Click(`button[value="submit"]`),
		chromedp.WaitVisible(`main .badge.review`),
	)
}

func (w *walk) ownDraft(ctx context.Context) error {
	return chromedp.Run(ctx, chromedp.WaitVisible(`//p[contains(., "somebody else has to approve")]`), chromedp.WaitNotPresent(`button[value="approve"]`))
}

func (w *walk) approve(link string) func(context.Context) error {
	return func(ctx context.Context) error {
		return chromedp.Run(ctx,
			chromedp.Click(".who button"),
			chromedp.WaitVisible(`//h1[contains(., "signed out")]`),
			chromedp.Navigate(link),
			chromedp.Click(mainButton),
			chromedp.Click(`.waiting a[href="/console/drafts?stage=in&#43;review"], .waiting a[href^="/console/drafts?stage=in"]`),
			chromedp.WaitVisible("table.list"),
			w.both("console-drafts-waiting"),
			chromedp.Click("table.list a"),
			chromedp.Click(`button[value="approve"]`),
			chromedp.WaitVisible(`main .badge.approved`),
			w.both("console-approved"),
		)
	}
}

func (w *walk) publish(ctx context.Context) error {
	return chromedp.Run(ctx,
		chromedp.Click(mainButton),
		chromedp.WaitVisible(`main .badge.published`),
		w.both("console-published"),
	)
}

func (w *walk) answered(ctx context.Context) error {
	var text string
	err := chromedp.Run(ctx,
		chromedp.Navigate(w.url),
		chromedp.SendKeys("#q", newQuestion+kb.Enter),
		chromedp.WaitVisible(newAnswer),
		chromedp.Text(newAnswer+" .body", &text),
	)
	if err == nil && text != newBody {
		err = fmt.Errorf("it reads %q", text)
	}
	return err
}

func (w *walk) signOut(ctx context.Context) error {
	err := chromedp.Run(ctx,
		chromedp.Navigate(w.url+"/console/"),
		chromedp.Click(".who button"),
		chromedp.WaitVisible(`//h1[contains(., "signed out")]`),
		chromedp.Navigate(w.url+"/console/corpus"),
		chromedp.WaitVisible(`//h1[contains(., "not signed in")]`),
	)
	w.forgive("401")
	return err
}

// forgive drops the browser's complaint of a status that was to be expected.
func (w *walk) forgive(status string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var rest []string
	for _, c := range w.complaints {
		if !strings.Contains(c, "status of "+status) {
			rest = append(rest, c)
		}
	}
	w.complaints = rest
}

// both looks at the page at hand at the width of a desktop and of a phone, light
// and dark.
func (w *walk) both(name string) chromedp.ActionFunc {
	return func(ctx context.Context) error {
		for _, scheme := range []string{"dark", "light"} {
			for _, size := range []struct {
				name  string
				width int64
			}{{"phone", 360}, {"desktop", 1200}} {
				var found []string
				err := chromedp.Run(ctx,
					chromedp.EmulateViewport(size.width, 900),
					emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
					chromedp.Evaluate(faults, &found),
				)
				if err == nil && len(found) > 0 {
					err = fmt.Errorf("%s %s %s: %s", name, size.name, scheme, strings.Join(found, "; "))
				}
				if err == nil {
					err = w.shot(name + "-" + size.name + "-" + scheme)(ctx)
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	}
}

func (w *walk) shot(name string) chromedp.ActionFunc {
	return func(ctx context.Context) error {
		if w.folder == "" {
			return nil
		}
		var png []byte
		if err := chromedp.Run(ctx, chromedp.FullScreenshot(&png, 100)); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(w.folder, name+".png"), png, 0o666)
	}
}
