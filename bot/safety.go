package bot

import (
	"slices"
	"strings"

	"handout/bot/triage"
	"handout/index"
	"handout/knowledge"
)

// urgent puts what to do now before anything else, then whom to call. It uses
// no search.
func (b *Bot) urgent(v triage.Verdict, region string) Reply {
	first := v.Urgent[0]
	card := Section{Kind: Alarm, Title: first.Title, Blocks: slices.Clone(first.Blocks)}
	card.Blocks = append(card.Blocks, b.contacts(v.Urgent, region)...)
	r := b.reply(Urgent, card)
	r.Snippet = first.ID
	for _, rule := range v.Urgent[1:] {
		r.below(Section{Kind: Line, Blocks: blocks(rule.Line)})
	}
	var related []Option
	for _, rule := range v.Urgent {
		if s := b.corpus.Snippet(rule.Snippet); s != nil && b.servable(s) {
			related = append(related, Option{Label: s.Title, Snippet: s.ID})
		}
	}
	r.below(b.relatedSection(related)...)
	return r
}

// suspectAt is the confidence from which a message that is most like the
// wordings of an emergency's teaching snippet is taken for that emergency: on
// messages that no rule was written for, it finds half of what the rules miss.
const suspectAt = 0.6

// suspect is the second net, below triage's rules: the rule whose teaching
// snippet the message resembles most, unless it asks in general.
func (b *Bot) suspect(v triage.Verdict, matches []index.Match) *knowledge.Rule {
	if len(v.Urgent) > 0 || v.General || confidence(matches) < suspectAt {
		return nil
	}
	for _, rule := range b.corpus.Triage.Rules {
		if rule.Alike && rule.Snippet == matches[0].Snippet.ID {
			return rule
		}
	}
	return nil
}

// contacts lists the numbers that the rules ask for: those of the person's
// region, or those of every region. It never guesses one.
func (b *Bot) contacts(rules []*knowledge.Rule, region string) []knowledge.Block {
	var wanted []string
	for _, r := range rules {
		wanted = append(wanted, r.Contacts...)
	}
	if r := b.corpus.Contacts.Region(region); r != nil {
		return []knowledge.Block{paragraph(b.contactLine(r, wanted))}
	}
	var lines []string
	for _, r := range b.corpus.Contacts.Regions {
		lines = append(lines, b.contactLine(r, wanted))
	}
	list := append(blocks(b.corpus.Messages.Contacts), bullets(lines))
	return append(list, blocks(b.corpus.Messages.SetRegion)...)
}

func (b *Bot) contactLine(r *knowledge.Region, wanted []string) string {
	m := b.corpus.Messages
	var parts []string
	add := func(label, text string) {
		if text != "" {
			parts = append(parts, strings.TrimSpace(label+" "+strings.TrimSuffix(text, ".")))
		}
	}
	if slices.Contains(wanted, "emergency") {
		add(m.Emergency, r.Emergency)
	}
	if slices.Contains(wanted, "crisis") {
		add("", r.Crisis)
	}
	if slices.Contains(wanted, "urgent") {
		add(m.Urgent, r.Urgent)
	}
	if slices.Contains(wanted, "poison") {
		add(m.Poison, r.Poison)
	}
	if len(parts) == 0 { // no such line in the region
		add(m.Emergency, r.Emergency)
	}
	return r.Name + ": " + strings.Join(parts, ". ") + "."
}

// decline says who can help, and adds what can be said in general.
func (b *Bot) decline(v triage.Verdict, matches []index.Match) Reply {
	rule := v.Decline
	r := b.reply(Declined, Section{Kind: Notice, Title: rule.Title, Blocks: rule.Blocks})
	teaching := b.corpus.Snippet(rule.Snippet)
	if r.Confidence = confidence(matches); r.Confidence >= answerAt {
		teaching = matches[0].Snippet
	}
	if teaching != nil && b.servable(teaching) {
		r.Snippet = teaching.ID
		r.below(Section{Kind: Notice, Blocks: blocks(b.corpus.Messages.Teaching)})
		r.below(b.passages(teaching)...)
	}
	return r
}

// lines are the warnings that stand above an ordinary answer, because a sign
// was mentioned without being there.
func (b *Bot) lines(v triage.Verdict) []Section {
	var list []Section
	for _, rule := range v.Lines {
		list = append(list, Section{Kind: Line, Blocks: blocks(rule.Line)})
	}
	return list
}
