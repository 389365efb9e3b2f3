package deliver

import "regexp"

// quoted is what a platform repeats of a call: words in quotation marks, and
// numbers that are long enough to be an id.
var quoted = regexp.MustCompile(`"[^"]*"?|[0-9]{6,}`)

// Spoken is what a platform said about a call, for the log, without what it
// repeats of it.
func Spoken(text string) string { return quoted.ReplaceAllString(text, "…") }
