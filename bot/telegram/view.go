package telegram

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"handout/bot"
	"handout/bot/desk"
	"handout/knowledge"
)

func textBlock(text string) knowledge.Block {
	return knowledge.Block{Kind: knowledge.Paragraph, Items: [][]knowledge.Span{{{Text: text}}}}
}

// show sends a view, or puts it in the place of a message. Of several messages
// the last one has the buttons.
func (a *Adapter) show(ctx context.Context, to *target, v desk.View, edit int) error {
	var markup string
	if rows := deskKeyboard(v.Buttons); rows != nil {
		markup = toJSON(inlineKeyboard{rows})
	}
	return a.showAs(ctx, to, v, edit, markup)
}

func (a *Adapter) showAs(ctx context.Context, to *target, v desk.View, edit int, markup string) error {
	pages := bot.Pages(htmlMarkup, v.Title, slices.Concat(v.Blocks, addresses(v.Buttons)), longest)
	for i, page := range pages {
		p := to.params()
		p["text"], p["parse_mode"], p["link_preview_options"] = page, "HTML", noPreview
		if i == len(pages)-1 && markup != "" {
			p["reply_markup"] = markup
		}
		if i == 0 && edit != 0 {
			replaced, err := a.replace(ctx, to, p, edit)
			if err != nil {
				return err
			}
			if replaced {
				continue
			}
		}
		if err := a.post(ctx, to, p); err != nil {
			return err
		}
	}
	return nil
}

// htmlMarkup is how views are written, like replies.
var htmlMarkup = markup{}

// replace puts a message in the place of another. It reports false if Telegram
// does not let that one be changed any more.
func (a *Adapter) replace(ctx context.Context, to *target, p params, edit int) (bool, error) {
	changed := params{"message_id": strconv.Itoa(edit)}
	for name, value := range p {
		if name != "message_thread_id" {
			changed[name] = value
		}
	}
	err := a.write(ctx, to, "editMessageText", changed)
	var refused *tgbotapi.Error
	if errors.As(err, &refused) && refused.Code == http.StatusBadRequest {
		a.log.Info("a message cannot be changed any more; sending another", "err", err)
		return false, nil
	}
	return true, err
}

func deskKeyboard(rows [][]desk.Button) [][]button {
	var list [][]button
	for _, row := range rows {
		var line []button
		for _, b := range row {
			line = append(line, button{Text: b.Label, Data: b.Action, URL: b.URL})
		}
		list = append(list, line)
	}
	return list
}

// addresses are what buttons open, written out: Telegram refuses a button for
// an address that it does not know how to reach.
func addresses(rows [][]desk.Button) []knowledge.Block {
	var list []knowledge.Block
	for _, row := range rows {
		for _, b := range row {
			if b.URL != "" {
				list = append(list, textBlock(b.URL))
			}
		}
	}
	return list
}
