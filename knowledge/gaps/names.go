package gaps

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"handout/index"
	"handout/knowledge"
)

const people = `son|daughter|husband|wife|partner|child|baby|boy|girl|kid|mum|mom|dad|friend|doctor|sister|brother|boyfriend|girlfriend`

// introductions stand before a name, whatever it is: "my name is Will".
var introductions = compile(
	`(?i)\b(?:my|his|her|our)\s+(?:(?:first|last|full|`+people+`)(?:'?s)?\s+)?names?(?:'s|\s+is|\s+are|\s*:|\s*=)?\s+`,
	`(?i)\b(?:name|patient)\s*[:=]\s*`,
	`(?i)\b(?:i'?m|i\s+am)\s+(?:called|named)\s+`,
	`\b(?:[Mm]rs?|MRS)\b\.?\s+`, // not MR, which is a scan
	`(?i)\b(?:ich\s+hei(?:ß|ss)e|mein\s+name\s+ist|me\s+llamo|mi\s+nombre\s+es|je\s+m'appelle|mon\s+nom\s+est|mi\s+chiamo|il\s+mio\s+nome\s+è)\s+`,
	`(?i)\b(?:chamo-me|me\s+chamo|meu\s+nome\s+é|ik\s+heet|mijn\s+naam\s+is|nazywam\s+się|mam\s+na\s+imię|jag\s+heter|jeg\s+heter|benim\s+adım)\s+`,
	`(?i)(?:меня\s+зовут|мо[её]\s+имя|мене\s+звати|με\s+λένε|اسمي|إسمي|मेरा\s+नाम|আমার\s+নাম|שמי|קוראים\s+לי|نام\s+من|میرا\s+نام)\s+`,
)

// likely stand before a name, unless a word follows that says nothing: "call
// me back", "my mum called the nurse".
var likely = compile(
	`(?i)\bcall\s+me\s+`,
	`(?i)\b(?:`+people+`)(?:\s+(?:is|who\s+is|who's))?\s+(?:called|named)\s+`,
)

// capitals stand before a name only if it is written with a capital letter:
// "I'm Anna", not "I'm pregnant".
var capitals = compile(
	`\b(?:[Ii]'?m|I am|i am|[Ii]ch bin|[Ss]oy|[Jj]e suis|[Ss]ono|[Tt]his is|[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Hh]allo|[Ll]ieber?|[Hh]ola|[Bb]onjour|[Cc]iao)\s+`,
	`\b(?:Dr|dr|Doctor|doctor|Prof|Nurse|nurse|Ms|Miss|Mx|Herr|Frau|Señora?|Mme)\b\.?\s+`, // MS is an illness
	`\b[Mm]y\s+(?:`+people+`),?\s+`,
)

// whole are ways of writing in which the name stands between other words.
var whole = compile(
	`(?i)(\bthis\s+is\s+)([^\n.,!?]{1,40}?)(\s+(?:speaking|here|calling|writing)\b)`,
	`(?i)(^\s*(?:hi|hello|hey|dear|hallo|lieber?|hola|bonjour|ciao|good\s+(?:morning|evening|afternoon))\s+)(\p{L}[\p{L}\p{M}'.-]*(?:\s+\p{L}[\p{L}\p{M}'-]*){0,2})(\s*[,!\n])`,
	`(?i)([\n,.!?]\s*(?:many\s+thanks|thanks|thank\s+you|thx|cheers|yours(?:\s+\p{L}+)?|(?:(?:kind|best|warm)\s+)?regards|best\s+wishes|(?:love|best)\s*[,\n]|lg|mfg|gruß|viele\s+grüße|saludos|cordialement|merci|gracias|danke)\s*[,.!\n–—-]*\s+)(\p{L}[\p{L}\p{M}'-]*(?:\s+\p{L}[\p{L}\p{M}'.-]*){0,2})(\s*[.!]*\s*$)`,
	`(?i)(\s(?:thanks|thx|cheers|regards)\s+)(\p{L}[\p{L}\p{M}'-]*)(\s*[.!]*\s*$)`,
	`(\s[–—~-]+\s*)(\p{Lu}[\p{L}\p{M}'-]*(?:\s+\p{Lu}[\p{L}\p{M}'.-]*)?)(\s*$)`,
	`(\n\s*)(\p{Lu}[\p{L}\p{M}'-]*(?:\s+\p{Lu}[\p{L}\p{M}'.-]*)?)([.!]?\s*$)`,
	`((?:我叫|我的名字是|我的名字叫|私の名前は|わたしの名前は|제\s?이름은|내\s?이름은|ฉันชื่อ|ผมชื่อ)\s*)([^\s\p{P}]{1,4})()`,
)

// mostNames is how many words a name has at most.
const mostNames = 3

// beginning is what a name may begin with.
type beginning int

const (
	anyWord beginning = iota
	saying            // a word that says something
	capital           // one that is written with a capital letter, too
)

func maskNames(text string) string {
	for _, p := range whole {
		text = replaceName(text, p)
	}
	for _, p := range introductions {
		text = maskAfter(text, p, anyWord)
	}
	for _, p := range likely {
		text = maskAfter(text, p, saying)
	}
	for _, p := range capitals {
		text = maskAfter(text, p, capital)
	}
	return text
}

// replaceName hides the second group of a pattern, unless it begins with a
// word that says nothing: "hi there," or "thanks for".
func replaceName(text string, p *regexp.Regexp) string {
	found := p.FindAllStringSubmatchIndex(text, -1)
	for i := len(found) - 1; i >= 0; i-- {
		start, end := found[i][4], found[i][5]
		first, _, _ := strings.Cut(strings.TrimSpace(text[start:end]), " ")
		if common(first) {
			continue
		}
		text = text[:start] + Hidden + text[end:]
	}
	return text
}

// maskAfter hides the words after each place that a pattern finds, up to what
// ends a name: a mark, a word that says nothing, or, after a name in capitals,
// one without.
func maskAfter(text string, p *regexp.Regexp, first beginning) string {
	var b strings.Builder
	for {
		at := p.FindStringIndex(text)
		if at == nil {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:at[1]])
		text = text[at[1]:]
		if n := nameLength(text, first); n > 0 {
			b.WriteString(Hidden)
			text = text[n:]
		}
	}
}

var nameWord = regexp.MustCompile(`^\s*[\p{L}\p{M}][\p{L}\p{M}'\-]*\.?`)

// nameLength is how many bytes of a text are a name.
func nameLength(text string, begins beginning) int {
	length, upper := 0, begins == capital
	for n := range mostNames {
		word := nameWord.FindString(text[length:])
		bare := strings.TrimSpace(word)
		if bare == "" || strings.ContainsRune(word, '\n') || common(bare) && (n > 0 || begins != anyWord) {
			break
		}
		first, _ := utf8.DecodeRuneInString(bare)
		if upper && !unicode.IsUpper(first) {
			break
		}
		upper = upper || n == 0 && unicode.IsUpper(first)
		length += len(word)
		if strings.HasSuffix(bare, ".") && utf8.RuneCountInString(bare) > 3 {
			length-- // the end of the sentence, not of "Dr."
			break
		}
	}
	return length
}

// common reports whether a word, as it was written, says nothing by itself.
func common(typed string) bool { return index.Common(strings.Join(knowledge.Words(typed), "")) }
