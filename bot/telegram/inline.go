package telegram

import (
	"context"

	"handout/bot"
)

const (
	mostInline   = 10 // results offered
	inlineCache  = 5  // seconds for which Telegram may show them again: a snippet can expire
	shortPreview = 120
)

type inlineResult struct {
	Type        string       `json:"type"`
	ID          string       `json:"id"`
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Content     inlineAnswer `json:"input_message_content"`
}

type inlineAnswer struct {
	Text      string  `json:"message_text"`
	ParseMode string  `json:"parse_mode"`
	NoPreview preview `json:"link_preview_options"`
}

// suggest answers what a person has typed behind the bot's name in any chat.
func (a *Adapter) suggest(ctx context.Context, q *inlineQuery, asker string) error {
	results := []inlineResult{}
	if s, ok := a.responder.(bot.Suggester); ok {
		region, typed := a.regions.Of(asker), bot.Message{Text: q.Query, Origin: bot.Origin{Person: asker}}
		for _, o := range s.Suggest(ctx, typed, mostInline) {
			if r, ok := result(o, s.Preview(ctx, o, region)); ok {
				results = append(results, r)
			}
		}
	}
	return a.try(ctx, "answerInlineQuery", params{
		"inline_query_id": q.ID,
		"results":         toJSON(results),
		"cache_time":      toJSON(inlineCache),
		"is_personal":     "true",
	})
}

// result is a line to choose, with the whole reply in it. What does not fit
// into one message cannot be sent so, and is not offered.
func result(o bot.Option, reply bot.Reply) (r inlineResult, ok bool) {
	pages := reply.Messages(markup{}, longest)
	if len(pages) != 1 {
		return r, false
	}
	id := o.Action()
	if o.Question != "" {
		id = "question"
	}
	return inlineResult{
		Type: "article", ID: id, Title: o.Label, Description: summary(reply),
		Content: inlineAnswer{Text: pages[0], ParseMode: "HTML", NoPreview: preview{true}},
	}, true
}

// summary is how the reply begins.
func summary(r bot.Reply) string {
	for _, s := range r.Sections() {
		for _, b := range s.Blocks {
			return ellipsis(plainText(b.Items[0]), shortPreview)
		}
	}
	return ""
}
