package gaps

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"handout/knowledge"
)

// Hidden stands for what was taken out. It holds no letter, so it is no word.
const Hidden = "[…]"

const (
	longest = 200  // characters of a question that are kept
	read    = 1000 // characters that are looked at
)

// Mask takes out what tells who asked: names after words that introduce one,
// in greetings and below a text, phone numbers, addresses of mail, pages and
// places, handles, and numbers that look like ids or dates. Of a long text it
// keeps the first 200 characters. It rather takes out too much: what matters
// of a question is in its other words.
func Mask(text string) string { return ending(tidy(MaskText(head(text, read)))) }

// MaskText takes out what [Mask] does, and keeps all the rest with its lines.
func MaskText(text string) string {
	text = plain(text)
	for _, p := range places {
		text = p.ReplaceAllStringFunc(text, func(found string) string {
			if unit.MatchString(found) {
				return found
			}
			return Hidden
		})
	}
	text = maskNames(text)
	for _, p := range numbers {
		text = p.ReplaceAllString(text, Hidden)
	}
	return text
}

// plain writes a text in one form: compatibility forms, such as wide digits,
// in their usual one, and nothing invisible.
func plain(text string) string {
	text = norm.NFKC.String(strings.ToValidUTF8(strings.ReplaceAll(text, "´", "'"), " "))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar:
			return ' '
		case knowledge.Silent(r) && unicode.In(r, unicode.Cf, unicode.Variation_Selector):
			return -1
		case strings.ContainsRune("’‘‛ʼ´`", r):
			return '\''
		}
		return r
	}, strings.ReplaceAll(text, "...", "…"))
}

func compile(list ...string) []*regexp.Regexp {
	var all []*regexp.Regexp
	for _, p := range list {
		all = append(all, regexp.MustCompile(p))
	}
	return all
}

// places are where somebody is found: on the net, or in a town.
var places = compile(
	`<(?:@[!&]?|#|a?:\w+:|t:|/[\w -]+:)\p{Nd}+[^<>\n]{0,40}>`, // Discord's mentions
	`\S*@\s?\S*`, // mail and handles
	`(?i)[^\s\[({]+\s*[\[({]\s*at\s*[\])}]\s*\S+(?:\s*[\[({]\s*dot\s*[\])}]\s*\S+)*`, // mail, half Hidden
	`(?i)\S*(?:://|www\.|mailto:|discord\.gg|t\.me)\S*`,
	`(?i)[\p{L}\p{Nd}_-]+(?:\.[\p{L}\p{Nd}_-]+)*\.\p{L}{2,}/\S*`,
	`(?i)[\p{L}\p{Nd}_-]+(?:\.[\p{L}\p{Nd}_-]+)*\.(?:com|org|net|info|edu|gov|io|gg|ly|uk|de|fr|eu|app|dev|xyz|ru|cn|jp|br)\b\S*`,
	`(?i)\b[A-Z]{1,2}\p{Nd}[A-Z\p{Nd}]?\s?\p{Nd}[A-Z]{2}\b`, // postcodes of the United Kingdom
	`(?i)\b[A-Z]\p{Nd}[A-Z][ -]?\p{Nd}[A-Z]\p{Nd}\b`,        // and of Canada
	`(?i)\b\p{Nd}{1,4}[a-z]?\s+(?:\p{L}+\s+){1,2}(?:street|road|avenue|lane|drive)\b`,
	`(?i)\p{L}+stra(?:ß|ss)e\s+\p{Nd}{1,4}`,
)

// unit is what looks like a postcode but is an amount, as in "B12 2mg".
var unit = regexp.MustCompile(`(?i)^[a-z]{1,2}\p{Nd}[a-z\p{Nd}]?\s?\p{Nd}(?:mg|ml|kg|cm|mm|am|pm|st|nd|rd|th|wk|hr|yr|yo)$`)

// numbers are those that look like a phone's, an id or a date.
var numbers = compile(
	`[\p{L}\p{Nd}]*\p{Nd}{5}[\p{L}\p{Nd}]*`,
	`[+(]*\p{Nd}(?:[ .()/+\p{Pd}\p{M}]{0,3}\p{Nd}){6,}`,
	`\p{Nd}{1,4}/\p{Nd}{1,2}/\p{Nd}{2,4}`,
	`\p{Nd}{1,4}\.\s?\p{Nd}{1,2}\.\s?\p{Nd}{2,4}`,
	`\p{Nd}{1,4}\p{Pd}\p{Nd}{1,2}\p{Pd}\p{Nd}{2,4}`,
	`(?i)\p{Nd}{1,2}(?:st|nd|rd|th|\.|º)?\s+(?:(?:de|of)\s+)?\p{L}{3,}[.,]?\s+(?:de\s+)?(?:19|20)\p{Nd}{2}`,
	`(?i)\p{L}{3,}\.?\s+\p{Nd}{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\p{Nd}{2}`,
	`\p{Nd}{2,4}\s?年(?:\s?\p{Nd}{1,2}\s?月)?(?:\s?\p{Nd}{1,2}\s?日)?`,
	`(?i)\b(?:born|dob|birthday|geboren|nacid[oa])\b\D{0,12}\p{Nd}{2,4}`,
)

var (
	spaces  = regexp.MustCompile(`\s+`)
	repeats = regexp.MustCompile(regexp.QuoteMeta(Hidden) + `(?:[\s,.;:]*` + regexp.QuoteMeta(Hidden) + `)+`)
)

func tidy(text string) string {
	return strings.TrimSpace(repeats.ReplaceAllString(spaces.ReplaceAllString(text, " "), Hidden))
}

// head is the beginning of a text, without the word that the cut went through
// and the numbers before it.
func head(text string, limit int) string {
	for i := range text {
		if limit--; limit >= 0 {
			continue
		}
		text = text[:i]
		if space := strings.LastIndexFunc(text, unicode.IsSpace); space > i/2 { // not all scripts write any
			text = text[:space]
		}
		return strings.TrimRightFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	}
	return text
}

// ending marks where a long text was cut.
func ending(text string) string {
	short := head(text, longest)
	if short == text {
		return text
	}
	return short + " …"
}
