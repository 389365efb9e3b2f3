package bot

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"handout/bot/triage"
	"handout/index"
	"handout/knowledge"
)

// urgent says in its first paragraph what to do now, then whom to call, then
// the rest of the card. It uses no search.
func (b *Bot) urgent(v triage.Verdict, region string) Reply {
	var cards []Section
	told := map[string]bool{} // kinds of contacts
	for _, rule := range v.Urgent {
		if slices.ContainsFunc(rule.Contacts, func(kind string) bool { return !told[kind] }) {
			cards = append(cards, b.alarm(rule, region))
		}
		for _, kind := range rule.Contacts {
			told[kind] = true
		}
	}
	reason := urgentRule
	if v.Suspected {
		reason = suspected
	}
	r := b.reply(Urgent, cards...).because(reason)
	r.Snippet = v.Urgent[0].ID
	if b.corpus.Contacts.Region(region) == nil {
		r.below(Section{Kind: Notice, Blocks: b.blocks(b.corpus.Messages.SetRegion)})
	}
	r.below(b.relatedSection(b.teaching(v.Urgent))...)
	return r
}

func (b *Bot) alarm(rule *knowledge.Rule, region string) Section {
	card := Section{Kind: Alarm, Title: rule.Title, Blocks: slices.Clone(rule.Blocks[:1])}
	card.Blocks = append(card.Blocks, b.contacts(rule.Contacts, region)...)
	card.Blocks = append(card.Blocks, rule.Blocks[1:]...)
	return card
}

// teaching are the snippets that explain the signs.
func (b *Bot) teaching(rules []*knowledge.Rule) []Option {
	var list []Option
	for _, rule := range rules {
		if s := b.corpus.Snippet(rule.Snippet); s != nil && b.servable(s) {
			list = append(list, Option{Label: s.Title, Snippet: s.ID})
		}
	}
	return slices.Compact(list)
}

// contacts lists the numbers of the wanted kinds: those of the person's region,
// or those of every region. It never guesses one.
func (b *Bot) contacts(wanted []string, region string) []knowledge.Block {
	if r := b.corpus.Contacts.Region(region); r != nil {
		return []knowledge.Block{paragraph(b.contactLine(r, wanted))}
	}
	var lines []string
	for _, r := range b.corpus.Contacts.Regions {
		lines = append(lines, b.contactLine(r, wanted))
	}
	return append(b.blocks(b.corpus.Messages.Contacts), bullets(lines))
}

func (b *Bot) contactLine(r *knowledge.Region, wanted []string) string {
	m := b.corpus.Messages
	var parts []string
	add := func(kind, label, text string) {
		if text == "" || !slices.Contains(wanted, kind) {
			return
		}
		if strings.ContainsFunc(text[:1], unicode.IsLetter) {
			label = "" // words, not a number
		}
		parts = append(parts, strings.TrimSpace(label+" "+strings.TrimSuffix(text, ".")))
	}
	add("emergency", m.Emergency, r.Emergency)
	add("crisis", "", r.Crisis)
	add("urgent", m.Urgent, r.Urgent)
	add("poison", m.Poison, r.Poison)
	if len(parts) == 0 { // no such line in the region
		wanted = []string{"emergency"}
		add("emergency", m.Emergency, r.Emergency)
	}
	return r.Name + ": " + strings.Join(parts, ". ") + "."
}

// decline says who can help, and adds what can be said in general.
func (b *Bot) decline(ctx context.Context, text, region string, v triage.Verdict, found results, why bool) Reply {
	rule := v.Decline
	r := b.reply(Declined, Section{Kind: Notice, Title: rule.Title, Blocks: rule.Blocks})
	if slices.Contains(rule.Contacts, knowledge.Report) {
		r.below(b.reports(region))
	}
	general, ok := b.several(ctx, text, found, why)
	if !ok {
		general = b.general(rule, found.Matches)
	}
	r.Snippet, r.Also, r.Confidence, r.parts = general.Snippet, general.Also, general.Confidence, general.parts
	if len(general.sections) > 0 {
		r.below(Section{Kind: Notice, Blocks: b.blocks(b.corpus.Messages.Teaching)})
		r.below(general.sections...)
	}
	return r
}

func declineReason(v triage.Verdict) Reason {
	if v.Supposed {
		return supposed
	}
	return declineRule
}

// reports says where a side effect can be reported: in the person's region, or
// in each of which that is known.
func (b *Bot) reports(region string) Section {
	var places []string
	chosen := b.corpus.Contacts.Region(region)
	for _, r := range b.corpus.Contacts.Regions {
		if r.Report != "" && (chosen == nil || r == chosen) {
			places = append(places, r.Name+": "+r.Report)
		}
	}
	s := Section{Kind: Notice}
	if len(places) > 0 {
		s.Blocks = append(b.blocks(b.corpus.Messages.Report), bullets(places))
	}
	if chosen == nil || len(places) == 0 {
		s.Blocks = append(s.Blocks, b.blocks(b.corpus.Messages.ReportNone)...)
	}
	return s
}

// withPlaces adds where to report to an answer with the snippet by which rules
// on side effects teach.
func (b *Bot) withPlaces(r Reply, region string) Reply {
	teaches := func(rule *knowledge.Rule) bool {
		return rule.Snippet == r.Snippet && slices.Contains(rule.Contacts, knowledge.Report)
	}
	if r.Outcome != Answered || r.Snippet == "" || !slices.ContainsFunc(b.corpus.Triage.Rules, teaches) {
		return r
	}
	i := slices.IndexFunc(r.sections, func(s Section) bool { return s.Kind == Options })
	if i < 0 {
		i = len(r.sections)
	}
	r.sections = slices.Insert(r.sections, i, b.reports(region))
	return r
}

// general is what teaches about a question that is declined: what was found or
// else the rule's own snippet.
func (b *Bot) general(rule *knowledge.Rule, matches []index.Match) Reply {
	teaching := b.corpus.Snippet(rule.Snippet)
	best := confidence(matches)
	if best >= answerAt {
		teaching = matches[0].Snippet
	}
	if teaching == nil || !b.servable(teaching) {
		return Reply{Confidence: best}
	}
	return Reply{Snippet: teaching.ID, Confidence: best, sections: b.passages(teaching)}
}

// lines are the warnings that stand above an ordinary answer, because a sign
// was mentioned without being there.
func (b *Bot) lines(v triage.Verdict) []Section {
	var list []Section
	for _, rule := range v.Lines {
		list = append(list, Section{Kind: Line, Blocks: b.blocks(rule.Line)})
	}
	return list
}
