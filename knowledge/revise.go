package knowledge

import (
	"slices"
	"strings"
)

// Revise is the snippet's document as a newer version of another one: fields of
// the front matter that say the same stay as somebody has laid them out, with
// their comments.
func (s *Snippet) Revise(document string) (string, error) {
	now, err := s.Document()
	if err != nil {
		return "", err
	}
	old, _ := ReadDocument(s.Path(), document)
	front, _, _, err := splitFrontMatter(cleanText([]byte(document)))
	if old == nil || err != nil {
		return now, nil
	}
	was, err := old.Document()
	if err != nil {
		return "", err
	}
	revised := "---\n" + merged(fieldTexts(string(front)), fieldTexts(frontOf(was)), fieldTexts(frontOf(now))) + "---\n" + s.Body + "\n"
	if back, _ := ReadDocument(s.Path(), revised); back == nil || back.Fingerprint() != s.Fingerprint() {
		return now, nil // a layout that is not understood, such as {id: x}
	}
	return revised, nil
}

func frontOf(document string) string {
	front, _, _, _ := splitFrontMatter([]byte(document)) // that Document wrote
	return string(front)
}

// fieldText is a field of a front matter as it is written, with what stands below
// it up to the next one. The name of what stands above the first is empty.
type fieldText struct{ name, text string }

func fieldTexts(front string) []fieldText {
	list := []fieldText{{}}
	for line := range strings.Lines(front) {
		name, _, isField := strings.Cut(line, ":")
		if isField && name != "" && !strings.ContainsAny(name[:1], " \t-#\"'{") {
			list = append(list, fieldText{name: strings.TrimSpace(name)})
		}
		list[len(list)-1].text += line
	}
	return list
}

// merged is a front matter as it is laid out, but for the fields of which the
// written forms before and now differ. New ones come last.
func merged(laidOut, was, now []fieldText) string {
	var b strings.Builder
	for _, f := range laidOut {
		i := slices.IndexFunc(now, func(n fieldText) bool { return n.name == f.name })
		switch {
		case f.name == "" || i >= 0 && slices.Contains(was, now[i]):
			b.WriteString(f.text)
		case i >= 0:
			b.WriteString(now[i].text)
		}
	}
	for _, n := range now {
		if !slices.ContainsFunc(laidOut, func(f fieldText) bool { return f.name == n.name }) {
			b.WriteString(n.text)
		}
	}
	return b.String()
}
