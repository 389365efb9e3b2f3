package index

import "strings"

// texting are English forms of chat messages, each with what it says in full.
// Only forms that are no words of their own are here: "2" may be a number, and
// "k" a vitamin.
var texting = fullForms(`
	u you|ur your|r are|b4 before|2day today|2moro tomorrow|2morrow tomorrow|tmrw tomorrow|2nite tonight|2night tonight
	4ever forever|pls please|plz please|plse please|bcos because|bcoz because|bcuz because|cuz because|coz because|b/c because|bc because
	abt about|dat that|ppl people|thx thanks|thnx thanks|wat what|wot what|wut what|wtf what|wth what|wats whats|wots whats|wen when|wud would|cud could
	shud should|hav have|hv have|wiv with|w/ with|w/o without|w/out without|b/w between|btwn between|smth something
	sth something|any1 anyone|every1 everyone|sum1 someone|mins minutes|hrs hours|wks weeks|mths months|yrs years|msg message
	probs probably|deffo definitely|appt appointment|docs doctors|meds medicines|tabs tablets
`)

func fullForms(table string) map[string]string {
	m := map[string]string{}
	for entry := range strings.FieldsFuncSeq(table, func(r rune) bool { return r == '|' || r == '\n' }) {
		if short, full, ok := strings.Cut(strings.TrimSpace(entry), " "); ok {
			m[short] = full
		}
	}
	return m
}

// american are endings of British spellings, each with the American one.
var american = strings.NewReplacer("isation", "ization", "ising", "izing", "ised", "ized", "ise", "ize", "yse", "yze", "our", "or", "aem", "em")

// slashed writes out forms with a slash, which separates words otherwise.
func slashed(text string) string {
	if !strings.Contains(text, "/") {
		return text
	}
	fields := strings.Fields(text)
	for i, f := range fields {
		lower := strings.ToLower(f)
		switch full, ok := texting[lower]; {
		case ok:
			fields[i] = full
		case strings.HasPrefix(lower, "w/o"):
		case strings.HasPrefix(lower, "w/"):
			fields[i] = texting["w/"] + " " + f[len("w/"):]
		}
	}
	return strings.Join(fields, " ")
}
