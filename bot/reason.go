package bot

// Reason is what decided a turn, in fixed terms.
type Reason string

// The reasons.
const (
	command Reason = "command"  // also a button that sends one
	chosen  Reason = "chosen"   // a title was pressed
	voted   Reason = "feedback" // a vote was pressed
	empty   Reason = "empty"
	tooLong Reason = "too_long"
	greeted Reason = "greeting"
	thanked Reason = "courtesy"
	busy    Reason = "busy"
	limited Reason = "limited"
	failed  Reason = "error"

	urgentRule  Reason = "urgent_rule"
	suspected   Reason = "suspected"
	declineRule Reason = "declined_rule"
	supposed    Reason = "declined_model"

	surest       Reason = "above_threshold"
	severalAsked Reason = "several_questions"
	coveredToo   Reason = "covered" // of one of several questions
	guessed      Reason = "did_you_mean"
	nearlyTied   Reason = "near_tie"
	unsure       Reason = "below_threshold"
	nothing      Reason = "nothing_near"
	beside       Reason = "beside_the_point"
	unlike       Reason = "other_form_or_people"
	otherThing   Reason = "other_treatment"
	foreignThing Reason = "not_in_corpus"
	expired      Reason = "expired"
)

var sentences = map[Reason]string{
	command: "The message is a command.",
	chosen:  "The person chose this title.",
	voted:   "The person said whether an answer helped.",
	empty:   "The message holds no word.",
	tooLong: "The message is too long to be read.",
	greeted: "The message is nothing but a greeting.",
	thanked: "The message is nothing but thanks or a goodbye.",
	busy:    "Too much was waiting.",
	limited: "Too many messages had come from there.",
	failed:  "Something failed on our side. The log says what.",

	urgentRule:  "A rule of triage found an emergency.",
	suspected:   "No rule knows the words, but the model suspects an emergency.",
	declineRule: "A rule of triage found a question for a person, not for a program.",
	supposed:    "The model takes it for a question for a person, not for a program.",

	surest:       "The best match is sure enough to be sent.",
	severalAsked: "The message asks several things. Each was looked for by itself.",
	coveredToo:   "The answer to another part of the message speaks of it too.",
	guessed:      "A word may be meant for a medicine, but not surely. A name is never guessed.",
	nearlyTied:   "Two matches fit alike, so the person chooses.",
	unsure:       "The best match is not sure enough to be sent.",
	nothing:      "Nothing comes near the question.",
	beside:       "The best match lacks the words that say what is asked.",
	unlike:       "The best match is about another form or other people, or about what is ruled out.",
	otherThing:   "What fits best is about another treatment or condition.",
	foreignThing: "The question names a medicine or condition that no snippet is about.",
	expired:      "What fits best is withdrawn, or past its review date.",
}

// Sentence says the reason in plain words.
func (r Reason) Sentence() string { return sentences[r] }

// because notes what decided.
func (r Reply) because(reason Reason) Reply {
	r.reason = reason
	return r
}
