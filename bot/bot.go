// Package bot answers messages with curated snippets, word for word.
//
// A [Message] comes in from an adapter and a [Reply] goes back. Between them
// lies one turn, [Bot.Respond]: triage for emergencies and for questions that
// a program must not answer, then search, then the decision whether a snippet
// fits well enough to be sent. The bot writes nothing itself: a Reply is made
// of whole snippets and of the corpus's fixed messages, and always ends with
// the footer.
//
// The bot keeps nothing between messages. What a follow-up question refers to
// is taken from the answer that it replies to, which the message carries.
//
// Adapters, one in a folder each, turn a platform's events into messages and
// render replies. This package knows no chat platform.
package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"handout/bot/triage"
	"handout/index"
	"handout/knowledge"
)

// Message is what a person sent, as an adapter decoded it.
type Message struct {
	Text    string
	ReplyTo string // text of the bot's own message that this one replies to; if it numbers titles, Text may be a number
	Snippet string // id of the snippet to show; Text is then empty
	Action  string // [Option.Action] of the button that was pressed; Text is then empty
	Region  string // region that the person chose earlier; empty if none
	Matches int    // how many matches the reply should list; 0 means 3
	Why     bool   // whether the reply should say how it came about
	Asker   string // tells apart whose words Text or Asked are, and no more; empty if the platform cannot. It is never logged or kept.
	Asked   string // with the action of a vote: the question that was answered so, where the platform shows it
	Origin  Origin // for the limits
	Hold    Hold   // why it is not to be answered; empty for most
}

// Searcher finds the snippets that may answer a question.
type Searcher interface {
	Search(ctx context.Context, q index.Query) (index.Result, error)
}

// Bot is a [Responder] over one corpus.
type Bot struct {
	log    *slog.Logger
	now    func() time.Time
	corpus *knowledge.Corpus
	index  Searcher
	triage *triage.Matcher
	titles map[string]*knowledge.Snippet // by folded title, to recognise the answer that a message replies to

	undenied func() *triage.Matcher // without negation, to say why

	wordings []wording                     // to suggest from
	own      map[string]*knowledge.Snippet // by folded wording
	parsed   *sync.Map                     // fixed message to its blocks

	record Record

	languages  []language
	courtesies courtesies
	rules      map[*knowledge.Rule]*knowledge.Rule // cards in the language of the answer; nil for the corpus's own
	foreign    map[string]bool                     // common words of that language, folded
}

// New makes a bot that answers from the corpus as found by the index. now is
// the clock by which snippets expire.
func New(log *slog.Logger, now func() time.Time, c *knowledge.Corpus, x Searcher) *Bot {
	b := &Bot{log: log, now: now, corpus: c, index: x, triage: triage.New(c.Triage, c.Vocabulary), titles: map[string]*knowledge.Snippet{}, parsed: new(sync.Map)}
	for _, s := range c.Snippets {
		b.titles[fold(s.Title)] = s
	}
	b.wordings = wordings(c.Snippets)
	b.own = make(map[string]*knowledge.Snippet, len(b.wordings))
	for _, w := range b.wordings {
		b.own[w.text] = w.snippet
	}
	b.undenied = sync.OnceValue(undenying(c))
	b.record = noRecord{}
	b.languages = languages(c)
	b.courtesies = courtesiesOf(c.Messages)
	return b
}

const (
	// answerAt is the confidence from which a snippet is sent as the answer;
	// index calibrates its confidence for this point.
	answerAt = 0.5
	// chooseAt is the confidence from which titles are offered as "did you mean".
	chooseAt = 0.25
	// nearTie is how near the second match's score, in log-odds, comes to the
	// first's for the choice to be left to the person.
	nearTie = 0.1
	// longest message that is answered, in characters.
	longest = 8000
)

// Respond answers one message. It never fails: what goes wrong on our side is
// logged, and the person gets fixed words.
func (b *Bot) Respond(ctx context.Context, m Message) (r Reply) {
	defer func() {
		if v := recover(); v != nil {
			b.log.ErrorContext(ctx, "turn panicked", "panic", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
			r = b.notice(NoMatch, b.corpus.Messages.Failed).because(failed)
		}
		if m.Why && r.Why == nil {
			r.Why = &Why{Reason: r.reason}
		}
		b.log.InfoContext(ctx, "reply", "outcome", r.Outcome, "snippet", r.Snippet, "confidence", r.Confidence)
	}()
	if m.Hold != "" {
		return b.held(ctx, m)
	}
	if m.Action != "" {
		var vote Vote
		switch m.Text, m.Snippet, vote = b.action(m.Action); vote {
		case "":
		case proof:
			return b.prove(ctx, m.Snippet).because(command)
		default:
			return b.vote(ctx, vote, m.Snippet, m.Asked).because(voted)
		}
	}
	text := strings.TrimSpace(m.Text)
	if s := b.numbered(text, m.ReplyTo); s != nil {
		m.Snippet = s.ID
	}
	switch {
	case m.Snippet != "":
		return b.withPlaces(b.show(ctx, m.Snippet), m.Region)
	case len(knowledge.Words(text)) == 0 && len(b.triage.Match(text).Urgent) == 0: // "🆘" says enough
		return b.notice(NoMatch, b.corpus.Messages.Empty).because(empty)
	case strings.HasPrefix(text, "/"):
		return b.command(text).because(command)
	case isCommand(fold(text)):
		return b.command("/" + fold(text)).because(command)
	}
	if l := b.languageOf(text); l != nil {
		return b.answerIn(ctx, l, m, text)
	}
	return b.answer(ctx, m, text)
}

// answer is the turn: triage, search, decide. Triage depends on nothing that
// comes after it.
func (b *Bot) answer(ctx context.Context, m Message, text string) Reply {
	verdict := b.match(text)
	if utf8.RuneCountInString(text) > longest {
		if len(verdict.Urgent) > 0 {
			return b.urgent(verdict, m.Region)
		}
		return b.notice(NoMatch, b.corpus.Messages.TooLong).because(tooLong)
	}
	if r, ok := b.courtesy(text); ok && len(verdict.Urgent) == 0 {
		return r
	}
	context := b.repliedTo(m.ReplyTo)
	found, err := b.search(ctx, index.Query{Text: text, Limit: m.Matches, Why: m.Why}, context)
	matches := found.Matches
	if err != nil {
		b.log.ErrorContext(ctx, "search failed", "err", err)
	}
	if s := b.titles[fold(text)]; s != nil && b.servable(s) { // one of our own questions
		verdict.Decline = nil
	}
	if verdict.Suspected && b.calm(text) {
		verdict.Urgent, verdict.Suspected = nil, false
	}
	var r Reply
	switch {
	case len(verdict.Urgent) > 0:
		r = b.urgent(verdict, m.Region)
	case verdict.Decline != nil:
		r = b.decline(ctx, text, m.Region, verdict, found, m.Why).because(declineReason(verdict))
	case err != nil:
		r = b.notice(NoMatch, b.corpus.Messages.Failed).because(failed)
	default:
		var ok bool
		if r, ok = b.several(ctx, text, found, m.Why); !ok {
			r = b.inVain(b.decide(found, context), text)
		}
		r = b.withPlaces(r, m.Region)
	}
	r.Matches, r.Corrected = matches, found.Corrected
	if len(verdict.Urgent) == 0 {
		r.above(b.lines(verdict)...)
	}
	if m.Why {
		b.explain(&r, text, verdict, found)
	}
	return r
}

// search finds what answers. A follow-up question is searched with what it
// refers to, and if that leads nowhere by itself.
func (b *Bot) search(ctx context.Context, q index.Query, context *knowledge.Snippet) (results, error) {
	if context != nil {
		q.About = context.About
	}
	found, err := b.find(ctx, q)
	if err == nil && context != nil && confidence(found.Matches) < answerAt {
		q.About = nil
		var alone results
		if alone, err = b.find(ctx, q); confidence(alone.Matches) > confidence(found.Matches) {
			found = alone
		}
	}
	return found, err
}

// results are what search found and may be served.
type results struct {
	index.Result
	held   bool         // it surely fits, and may not be
	passed *index.Match // see [Why.Passed]; only if asked for
}

// mostMatches is how many matches are looked at if a message does not say.
const mostMatches = 3

// find leaves out what may not be served.
func (b *Bot) find(ctx context.Context, q index.Query) (found results, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("search panicked: %T\n%s", v, debug.Stack())
		}
	}()
	limit := cmp.Or(q.Limit, mostMatches)
	if q.Why {
		q.Limit = max(limit, deepest)
	}
	q.Asks = opensQuestion(strings.Fields(q.Text))
	if found.Result, err = b.index.Search(ctx, q); q.Why {
		found.passed = b.passedOver(found.Matches)
	}
	found.held = confidence(found.Matches) >= answerAt && !b.servable(found.Matches[0].Snippet)
	found.Matches = b.servableOf(found.Matches, limit)
	for i := range found.Guesses {
		found.Guesses[i].Matches = b.servableOf(found.Guesses[i].Matches, limit)
	}
	return found, err
}

// servableOf are those of the first matches that may be served.
func (b *Bot) servableOf(all []index.Match, limit int) []index.Match {
	all = all[:min(len(all), limit)]
	return slices.DeleteFunc(all, func(m index.Match) bool { return !b.servable(m.Snippet) })
}

func confidence(matches []index.Match) float64 {
	if len(matches) == 0 {
		return 0
	}
	return matches[0].Confidence
}

// decide turns matches into an answer, a choice, or an honest no, which it is
// if what fits may not be served: the next best is seldom about what was asked.
func (b *Bot) decide(found results, context *knowledge.Snippet) Reply {
	matches := found.Matches
	best := confidence(matches)
	guesses := b.likely(found.Result)
	switch {
	case len(guesses) > 0:
		return b.didYouMean(guesses).because(guessed)
	case found.held:
	case best >= answerAt && !tied(matches):
		return b.passage(Answered, matches[0]).because(surest)
	case best >= chooseAt:
		r := b.reply(Choose, Section{Kind: Options, Blocks: b.blocks(b.corpus.Messages.Choose), Options: options(matches, chooseAt/2), Numbered: true})
		if r.Confidence, r.reason = best, unsure; best >= answerAt {
			r.reason = nearlyTied
		}
		return r
	}
	r := b.notice(NoMatch, b.corpus.Messages.NoMatch).because(unsure)
	r.Confidence = best
	nearest := options(matches, chooseAt/5)
	if context != nil {
		nearest = b.related(context)
	}
	titles := len(nearest) > 0 // names of topics are short enough for buttons
	if !titles {
		nearest = b.topicOptions()
	}
	if len(nearest) > 0 {
		r.below(Section{Kind: Options, Blocks: b.blocks(b.corpus.Messages.Nearest), Options: nearest, Numbered: titles})
	}
	return r
}

func tied(matches []index.Match) bool {
	return len(matches) > 1 && matches[1].Confidence >= answerAt && matches[0].Score-matches[1].Score <= nearTie
}

// mostOptions is how many titles are offered at once.
const mostOptions = 3

func options(matches []index.Match, least float64) []Option {
	var list []Option
	for _, m := range matches {
		if m.Confidence >= least && len(list) < mostOptions {
			list = append(list, Option{Label: m.Snippet.Title, Snippet: m.Snippet.ID})
		}
	}
	return list
}

// passage sends a snippet with what must accompany it.
func (b *Bot) passage(o Outcome, m index.Match) Reply {
	r := b.reply(o, b.passages(m.Snippet)...)
	r.Snippet, r.Revision, r.Confidence = m.Snippet.ID, b.record.Edition(m.Snippet).Revision, m.Confidence
	r.below(b.relatedSection(b.related(m.Snippet))...)
	return r
}

func (b *Bot) relatedSection(options []Option) []Section {
	if len(options) == 0 {
		return nil
	}
	return []Section{{Kind: Options, Label: b.corpus.Messages.Related, Options: options}}
}

func (b *Bot) passages(s *knowledge.Snippet) []Section {
	sections := []Section{b.passageSection(s)}
	for _, id := range s.With {
		if with := b.corpus.Snippet(id); with != nil {
			sections = append(sections, b.passageSection(with))
		}
	}
	return sections
}

func (b *Bot) passageSection(s *knowledge.Snippet) Section {
	return Section{Kind: Passage, Title: s.Title, Blocks: s.Blocks(), Snippet: s, Provenance: b.corpus.Messages.Provenance(s)}
}

func (b *Bot) related(s *knowledge.Snippet) []Option {
	var list []Option
	for _, id := range s.SeeAlso {
		if slices.Contains(s.With, id) {
			continue // it is shown in full
		}
		if other := b.corpus.Snippet(id); other != nil && b.servable(other) {
			list = append(list, Option{Label: other.Title, Snippet: id})
		}
	}
	return list
}

// show sends the snippet of a pressed button, if it is still served.
func (b *Bot) show(ctx context.Context, id string) Reply {
	if !b.Serves(id) {
		return b.takenBack(ctx, id)
	}
	s := b.corpus.Snippet(id)
	return b.passage(Answered, index.Match{Snippet: s, Confidence: 1}).because(chosen)
}

// servable reports whether a snippet may be sent: it, and what must accompany
// it, is neither past its review date nor withdrawn.
func (b *Bot) servable(s *knowledge.Snippet) bool {
	now := b.now()
	held := func(s *knowledge.Snippet) bool { return !s.Current(now) || b.record.Withdrawn(s) }
	return !held(s) && !slices.ContainsFunc(s.With, func(id string) bool {
		with := b.corpus.Snippet(id)
		return with != nil && held(with)
	})
}

// repliedTo finds the snippet that one of the bot's own messages showed.
func (b *Bot) repliedTo(text string) *knowledge.Snippet {
	for line := range strings.Lines(text) {
		if s := b.titles[fold(line)]; s != nil && b.servable(s) {
			return s
		}
	}
	return nil
}

// numbered finds the snippet whose title one of the bot's own messages lists
// with the number that a reply to it consists of.
func (b *Bot) numbered(number, text string) *knowledge.Snippet {
	number = fold(number)
	if _, err := strconv.Atoi(number); err != nil {
		return nil
	}
	for line := range strings.Lines(text) {
		words := knowledge.Words(line)
		if len(words) == 0 || words[0] != number {
			continue
		}
		for i := range words { // what a word was taken for may stand before the title
			if s := b.titles[strings.Join(words[i:], " ")]; s != nil {
				return s
			}
		}
	}
	return nil
}

func fold(s string) string { return strings.Join(knowledge.Words(s), " ") }
