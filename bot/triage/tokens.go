package triage

// Tokens are the words of a message as a [classify.Model] reads them, with
// [classify.Marks] between.
func Tokens(text string) []string { return tokens(split(nil, text, asTyped)) }

func asTyped(word string) string { return word }

func tokens(words []word) []string {
	list := make([]string, 0, len(words)+len(words)/4+1)
	for i, w := range words {
		switch {
		case i > 0 && w.sentence != words[i-1].sentence:
			list = append(list, end(words[i-1]))
		case i > 0 && w.comma:
			list = append(list, ",")
		}
		list = append(list, w.text)
	}
	if len(words) > 0 && words[len(words)-1].asked {
		list = append(list, "?")
	}
	return list
}

func end(last word) string {
	if last.asked {
		return "?"
	}
	return "."
}
