package knowledge

import "github.com/goccy/go-yaml/token"

const (
	mostNested = 30   // lists and fields in brackets, or marks before a value
	mostIndent = 300  // columns; each level of nesting takes at least one
	mostKeys   = 5000 // fields side by side
)

// tooMuch finds where a document goes beyond anything that is read. The parser's
// memory grows with the square of the depth and of the fields side by side, and
// its stack with the depth: a small file could take all that there is.
func tooMuch(tokens token.Tokens) *token.Token {
	depth, marks, inBrackets := 0, 0, 0
	var keys [mostIndent + 1]int // by column
	for i, t := range tokens {
		switch t.Type {
		case token.TagType, token.AnchorType:
			marks++
		default: // the name of an anchor is a token of its own
			if i == 0 || tokens[i-1].Type != token.AnchorType {
				marks = 0
			}
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			if depth = max(depth-1, 0); depth == 0 {
				inBrackets = 0
			}
		case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType:
			column := t.Position.Column
			if t.Type == token.MappingValueType && i > 0 {
				column = tokens[i-1].Position.Column // where its key begins
			}
			switch {
			case depth > 0:
				inBrackets++
			case column < 0 || column > mostIndent:
				return t
			default:
				keys[column]++
				clear(keys[column+1:])
				if t.Type == token.SequenceEntryType {
					keys[column] = 0
				}
				if keys[column] > mostKeys {
					return t
				}
			}
		}
		if depth > mostNested || marks > mostNested || inBrackets > mostKeys {
			return t
		}
	}
	return nil
}
