package triage

import (
	"slices"

	"handout/bot/triage/classify"
	"handout/knowledge"
)

const (
	// suspectAt is the probability from which the model's emergency is one
	// though no rule knows the words; fewAt, in few words; surerAt, if a rule does
	// know them and finds that they are denied or only mentioned.
	suspectAt, fewAt, surerAt = 0.45, 0.6, 0.85
	// doubtAt is the probability below which the sign that a rule found is only
	// mentioned; noneAt, below which a decision that it found is none.
	doubtAt, noneAt = 0.1, 0.05
	// enough is the number of words from which the model is heard: in fewer it
	// finds an emergency as easily in "goodnight". Fewer than many are few.
	enough, many = 5, 9
	// declineAt is the probability from which what the model takes for a
	// decision about one person is declined though no rule knows the words.
	declineAt = 0.6
	// shareAt is the share of a sign in it from which its card goes before the card
	// of the rule that declines.
	shareAt = 0.85
	// surelyShare is the share of a sign in the probability from which its own
	// card is shown, not the one for anything of its tier.
	surelyShare = 0.4
	// leastKnown is the share of its words that the model must know. Of one in a
	// hundred messages it knows less than 0.76 in English, and 0.5 in Spanish; of
	// French, Italian and German ones it mostly knows fewer than half.
	leastKnown = 0.5
)

// unnamed are the signs whose rules stand for anything else of their tier.
var unnamed = map[knowledge.Tier]string{knowledge.Now: "other-now", knowledge.Crisis: "wish", knowledge.Today: "other-today"}

// bySign maps the signs to the rules about them.
func bySign(rules []*rule) map[string]*rule {
	m := map[string]*rule{}
	for _, r := range rules {
		for _, sign := range r.Signs {
			m[sign] = r
		}
	}
	return m
}

// opinion is what the model makes of a message, asked for at most once. It has
// none in a corpus whose rules name no signs.
type opinion struct {
	matcher *Matcher
	message *message
	verdict *classify.Verdict
}

func (o *opinion) ask() *classify.Verdict {
	if o.verdict == nil {
		v := classify.Fitted().Judge(tokens(o.message.words))
		o.verdict = &v
	}
	return o.verdict
}

// doubts reports whether the model has read the whole message and is nearly sure
// that nothing is there, of a rule about signs that it was fitted on and that is
// not sure by itself. A crisis is never doubted.
func (o *opinion) doubts(r *rule) bool {
	if len(r.Signs) == 0 || r.crisis() || len(o.message.words) < enough {
		return false
	}
	if surely, _ := o.message.says(r, &r.surely, nil); surely {
		return false
	}
	v := o.ask()
	p, least := v.Urgent.P, doubtAt
	if r.Tier == knowledge.Decline {
		p, least = p+v.Decline.P, noneAt
	}
	return v.Whole && v.Known >= leastKnown && p < least
}

// suspect adds what no rule found.
func (o *opinion) suspect(v *Verdict) {
	if len(o.matcher.signs) == 0 || len(o.message.words) < enough {
		return
	}
	said := o.ask()
	if said.Known < leastKnown {
		return
	}
	if r := o.rule(said.Urgent); r != nil && said.Urgent.P >= o.least(v, r) {
		v.Urgent, v.Suspected = []*knowledge.Rule{r.Rule}, true
		v.Lines = slices.DeleteFunc(v.Lines, func(l *knowledge.Rule) bool { return l == r.Rule })
		return
	}
	if r := o.rule(said.Decline); r != nil && said.Decline.P >= declineAt && o.better(v.Decline) {
		v.Supposed = v.Decline != r.Rule
		v.Decline = r.Rule
	}
}

// better reports whether the model knows better than a rule what is asked.
func (o *opinion) better(r *knowledge.Rule) bool {
	return r == nil || len(r.Signs) > 0 && o.ask().Decline.Share >= shareAt
}

// least is the probability from which the rule's emergency is suspected.
func (o *opinion) least(v *Verdict, r *rule) float64 {
	switch {
	case len(v.Lines) > 0 || o.message.denies(r):
		return surerAt
	case len(o.message.words) < many:
		return fewAt
	}
	return suspectAt
}

// denies reports whether the message would say what the rule is about if nothing
// in it were denied.
func (m *message) denies(r *rule) bool {
	found := false
	for _, list := range []*patterns{&r.surely, &r.when} {
		for p := range m.possible(list) {
			m.each(p, false, func(s span) bool {
				found = found || list == &r.surely || !m.excused(r, s)
				return !found
			})
		}
	}
	return found
}

// rule is the one that a suspicion leads to, or nil.
func (o *opinion) rule(s classify.Suspicion) *rule {
	named, other := o.matcher.signs[s.Sign], o.matcher.signs[unnamed[s.Tier]]
	if other != nil && (named == nil || s.Share < surelyShare) {
		return other
	}
	return named
}

// crisis reports whether a rule is about a wish to die, of whatever tier.
func (r *rule) crisis() bool {
	return r.Tier == knowledge.Crisis || slices.ContainsFunc(r.Signs, func(sign string) bool {
		return slices.Contains(knowledge.Signs[knowledge.Crisis], sign)
	})
}
