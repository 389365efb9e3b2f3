package knowledge

import (
	"strings"
)

// parseSource reads "title | address", an address alone, or a title alone.
func parseSource(cell string) sources {
	var s Source
	for _, part := range splitAt(cell, "|\n") {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case strings.Contains(part, "://"):
			s.URL = part
		case s.Title == "":
			s.Title = part
		case s.Publisher == "":
			s.Publisher = part
		}
	}
	if s.Title == "" {
		s.Title = s.URL
	}
	if s.Title == "" {
		return nil
	}
	return sources{s}
}

// readSources reads a source a line: its title, then its publisher, address and
// day of reading, which are told apart by what they are.
func readSources(r *row, cell string) error {
	for line := range strings.SplitSeq(cell, "\n") {
		if strings.TrimSpace(line) != "" {
			r.Sources = append(r.Sources, readSource(line))
		}
	}
	return nil
}

func readSource(line string) Source {
	var s Source
	for i, part := range splitAt(line, "|") {
		part = strings.TrimSpace(part)
		var day Date
		switch {
		case part == "":
		case strings.Contains(part, "://"):
			s.URL = part
		case i == 0:
			s.Title = part
		case day.UnmarshalText([]byte(part)) == nil:
			s.Read = day
		case part == "copy" || part == "project":
			s.Via = part
		default:
			s.Publisher = part
		}
	}
	if s.Title == "" {
		s.Title = s.URL
	}
	return s
}

func writeSources(s *Snippet) string {
	lines := make([]string, len(s.Sources))
	for i, src := range s.Sources {
		parts := []string{src.Title, src.Publisher, src.URL, src.Read.iso(), src.Via}
		kept := parts[:1]
		for _, part := range parts[1:] {
			if part != "" {
				kept = append(kept, part)
			}
		}
		for k := range kept {
			kept[k] = escapeAt(kept[k], "|")
		}
		lines[i] = strings.Join(kept, " | ")
	}
	return strings.Join(lines, "\n")
}

const (
	listSeparators = "|;\n\r"
	wordSeparators = "|;,\n\r"
)

// splitWords also takes commas, which wordings may hold but words do not.
func splitWords(cell string) []string {
	list := splitCell(cell)
	if len(list) < 2 {
		return trimmed(splitAt(cell, wordSeparators))
	}
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], `\,`, ",")
	}
	return list
}

func splitCell(cell string) []string { return trimmed(splitAt(cell, listSeparators)) }

func trimmed(parts []string) []string {
	var list []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// splitAt splits at separators, but for those after a backslash, which it drops.
func splitAt(cell, separators string) []string {
	var parts []string
	part := make([]byte, 0, len(cell))
	for i := 0; i < len(cell); i++ {
		switch c := cell[i]; {
		case c == '\\' && i+1 < len(cell) && strings.IndexByte(separators, cell[i+1]) >= 0 && cell[i+1] >= ' ':
			i++
			part = append(part, cell[i])
		case strings.IndexByte(separators, c) >= 0:
			parts, part = append(parts, string(part)), part[:0]
		default:
			part = append(part, c)
		}
	}
	return append(parts, string(part))
}

func joinLines(list []string) string { return join(list, "|;", "\n") }

func joinWords(list []string) string { return join(list, "|;,", " | ") }

func join(list []string, separators, sep string) string {
	escaped := make([]string, len(list))
	for i, text := range list {
		escaped[i] = escapeAt(text, separators)
	}
	return strings.Join(escaped, sep)
}

// escapeAt puts a backslash before each separator, as splitAt takes it away.
func escapeAt(text, separators string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(separators, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Spreadsheet programs take a cell for a formula that begins with one of these,
// and run it. An apostrophe before it keeps them from that; cells that begin with
// apostrophes and one of these get another one, so that it can be taken away.
const formula = "=+-@\t\r"

func isGuarded(cell string) bool {
	rest := strings.TrimLeft(cell, "'")
	return rest != "" && strings.IndexByte(formula, rest[0]) >= 0
}

func guard(cell string) string {
	if isGuarded(cell) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if isGuarded(cell) {
		return strings.TrimPrefix(cell, "'")
	}
	return cell
}
