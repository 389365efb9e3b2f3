package bot

import (
	"slices"
	"strings"

	"handout/index"
	"handout/knowledge"
)

// likely lists the guesses that would be answered, and better than the question
// as it was typed. A word of another language is no mistyped name.
func (b *Bot) likely(found index.Result) []index.Guess {
	return slices.DeleteFunc(slices.Clone(found.Guesses), func(g index.Guess) bool {
		return b.foreign[g.Typed] || confidence(g.Matches) < max(answerAt, confidence(found.Matches))
	})
}

// didYouMean asks which medicine an unknown name stands for. A name is never
// guessed: the person chooses among what each would be answered with.
func (b *Bot) didYouMean(guesses []index.Guess) Reply {
	var names []string
	var list []Option
	for _, g := range guesses {
		names = append(names, g.Name)
		if len(guesses) == 1 {
			list = options(g.Matches, answerAt)
			break
		}
		best := g.Matches[0].Snippet
		if i := slices.IndexFunc(list, func(o Option) bool { return o.Snippet == best.ID }); i >= 0 {
			list[i].Label = strings.TrimSuffix(list[i].Label, ": "+best.Title) + " / " + g.Name + ": " + best.Title
			continue
		}
		list = append(list, Option{Label: g.Name + ": " + best.Title, Snippet: best.ID})
	}
	r := b.reply(Choose, Section{
		Kind: Options, Blocks: ending(b.blocks(b.corpus.Messages.DidYouMean), " "+strings.Join(names, " / ")+"?"), Options: list, Numbered: true,
	})
	r.Confidence = confidence(guesses[0].Matches)
	return r
}

// ending returns the blocks with a text after the last word.
func ending(blocks []knowledge.Block, text string) []knowledge.Block {
	blocks = slices.Clone(blocks)
	last := &blocks[len(blocks)-1]
	last.Items = slices.Clone(last.Items)
	item := &last.Items[len(last.Items)-1]
	*item = append(slices.Clone(*item), knowledge.Span{Text: text})
	return blocks
}
