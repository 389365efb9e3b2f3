package triage

import (
	"slices"

	"handout/bot/triage/classify"
	"handout/knowledge"
)

const (
	// suspectAt is the probability from which the model's emergency is one
	// though no rule knows the words; surerAt, if a rule does know them and finds
	// that they are denied or only mentioned.
	suspectAt, surerAt = 0.45, 0.85
	// doubtAt is the probability below which the sign that a rule found is only
	// mentioned; noneAt, below which a decision that it found is none.
	doubtAt, noneAt = 0.1, 0.05
	// enough is the number of words from which the model is heard: in fewer it
	// finds an emergency as easily in "goodnight".
	enough = 5
	// declineAt is the probability from which what the model takes for a
	// decision about one person is declined though no rule knows the words.
	declineAt = 0.6
	// surelyShare is the share of a sign in the probability from which its own
	// card is shown, not the one for anything of its tier.
	surelyShare = 0.4
	// leastKnown is the share of its words that the model must know.
	leastKnown = 0.6
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

// doubts reports whether the model is nearly sure that nothing is there, of a rule
// about signs that it was fitted on and that is not sure by itself. A crisis is
// never doubted.
func (o *opinion) doubts(r *rule) bool {
	if len(r.Signs) == 0 || r.Tier == knowledge.Crisis || len(o.message.words) < enough {
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
	return v.Known >= leastKnown && p < least
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
	r := o.rule(said.Urgent)
	least := suspectAt
	if len(v.Lines) > 0 || r != nil && o.message.names(r) {
		least = surerAt
	}
	if r != nil && said.Urgent.P >= least {
		v.Urgent, v.Suspected = []*knowledge.Rule{r.Rule}, true
		v.Lines = slices.DeleteFunc(v.Lines, func(l *knowledge.Rule) bool { return l == r.Rule })
		return
	}
	if r := o.rule(said.Decline); v.Decline == nil && r != nil && said.Decline.P >= declineAt {
		v.Decline = r.Rule
	}
}

// names reports whether the words of a rule stand in the message, said or not.
func (m *message) names(r *rule) bool {
	found := false
	for p := range m.possible(&r.when) {
		m.each(p, false, func(span) bool {
			found = true
			return false
		})
	}
	return found
}

// rule is the one that a suspicion leads to, or nil.
func (o *opinion) rule(s classify.Suspicion) *rule {
	if sign := unnamed[s.Tier]; s.Share < surelyShare && o.matcher.signs[sign] != nil {
		return o.matcher.signs[sign]
	}
	return o.matcher.signs[s.Sign]
}
