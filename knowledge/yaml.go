package knowledge

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

// yamlFile is one YAML document that can say on which line a value stands.
type yamlFile struct {
	name    string
	offset  int            // lines above the document in its file
	lines   map[string]int // by path: "topics", "topics[0]", "review.due"
	anchors map[string]ast.Node
	wrong   bool // some value has a wrong type, so v is not whole
}

// decodeYAML reads data strictly into v, reporting every unknown field and
// every value of a wrong type. It returns nil if nothing could be read.
func (l *loader) decodeYAML(name string, offset int, data []byte, v any) *yamlFile {
	y := &yamlFile{name: name, offset: offset, lines: map[string]int{}, anchors: map[string]ast.Node{}}
	tokens := lexer.Tokenize(string(data))
	if t := tooMuch(tokens); t != nil {
		l.fatal(name, offset+t.Position.Line, "more, or deeper in each other, than any file needs", "remove what is no field of the file")
		return nil
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		line, what := y.yamlError(err)
		what, fix := explainYAML(what)
		l.fatal(name, line, what, fix)
		return nil
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil || file.Docs[0].Body.Type() == ast.NullType {
		l.fatal(name, offset+1, "empty YAML", "fill in the fields")
		return nil
	}
	if len(file.Docs) > 1 {
		l.fatal(name, y.line(file.Docs[1].Body), "a second YAML document", "keep one: remove the line of --- or ... before it")
		return nil
	}
	l.decode(y, file.Docs[0].Body, reflect.ValueOf(v).Elem(), "")
	if y.wrong {
		return nil
	}
	return y
}

var (
	yamlPosition  = regexp.MustCompile(`^\[(\d+):\d+\] `)
	duplicateYAML = regexp.MustCompile(`^mapping key ("[^"]*") already defined`)
)

func (y *yamlFile) yamlError(err error) (int, string) {
	line := y.offset + 1
	var located yaml.Error
	if errors.As(err, &located) {
		if t := located.GetToken(); t != nil {
			line = y.offset + t.Position.Line
		}
		return line, located.GetMessage()
	}
	what := err.Error()
	if m := yamlPosition.FindStringSubmatch(what); m != nil {
		n, _ := strconv.Atoi(m[1])
		line, what = y.offset+n, strings.TrimSpace(strings.SplitN(what[len(m[0]):], "\n", 2)[0])
	}
	return line, what
}

// explainYAML puts the parser's words into plainer ones, with the way to mend it.
func explainYAML(what string) (plain, fix string) {
	if m := duplicateYAML.FindStringSubmatch(what); m != nil {
		return fmt.Sprintf("field %s stands twice", m[1]), "keep one"
	}
	if strings.Contains(what, "'\t'") {
		return "a tab where YAML wants spaces", "indent with spaces"
	}
	return what, "check the indentation, and quote values that hold a colon"
}

// line is where a node stands in its file.
func (y *yamlFile) line(n ast.Node) int {
	if n == nil || n.GetToken() == nil {
		return y.offset + 1
	}
	return y.offset + n.GetToken().Position.Line
}

// resolve returns what an anchor or alias stands for, nil if it is nothing.
func (y *yamlFile) resolve(n ast.Node) ast.Node {
	for range 10 { // an alias of an alias of …: nobody means that
		switch node := n.(type) {
		case *ast.AnchorNode:
			n = node.Value
			y.anchors[node.Name.GetToken().Value] = n
		case *ast.AliasNode:
			n = y.anchors[node.Value.GetToken().Value]
		default:
			return n
		}
	}
	return nil
}

// decode copies a node into v, records lines, and reports every value of a
// wrong type: goccy's own decoder stops at the first, and knows no lines after.
func (l *loader) decode(y *yamlFile, node ast.Node, v reflect.Value, path string) {
	n := y.resolve(node)
	if _, null := n.(*ast.NullNode); null {
		if strings.HasSuffix(path, "]") {
			y.wrong = true
			l.fatal(y.name, y.line(node), path+" is empty", "fill it in, or remove it")
		}
		return
	}
	for v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	want, fix := l.decodeInto(y, n, v, path)
	if want != "" {
		y.wrong = true
		if path == "" {
			path = "the document"
		}
		l.fatal(y.name, y.line(node), fmt.Sprintf("%s is %s where %s belongs", path, describeYAML(n), want), fix)
	}
}

// decodeInto returns what should stand there, if n cannot.
func (l *loader) decodeInto(y *yamlFile, n ast.Node, v reflect.Value, path string) (want, fix string) {
	text, scalar := scalarText(n)
	if date, ok := v.Addr().Interface().(*Date); ok {
		if !scalar || date.UnmarshalText([]byte(text)) != nil {
			return "a date", "write it as year-month-day, like 2026-11-22"
		}
		return "", ""
	}
	if phrases, ok := v.Addr().Interface().(*Phrases); ok {
		var list []string
		want, fix = l.decodeInto(y, n, reflect.ValueOf(&list).Elem(), path)
		*phrases = Phrases(strings.Join(list, "\n"))
		return want, fix
	}
	switch v.Kind() {
	case reflect.Struct, reflect.Map:
		if !l.decodeFields(y, n, v, path) {
			return "a set of fields", `write a line of "name: value" for each`
		}
	case reflect.Slice:
		list, ok := n.(*ast.SequenceNode)
		if !ok {
			return "a list", `write [one, two], or a line of "- one" for each`
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list.Values), len(list.Values)))
		for i, value := range list.Values {
			item := path + "[" + strconv.Itoa(i) + "]"
			y.lines[item] = y.line(value)
			l.decode(y, value, v.Index(i), item)
		}
	case reflect.String:
		if !scalar {
			return "text", "put text that holds a colon in quotes"
		}
		v.SetString(text)
	case reflect.Bool:
		if !scalar || text != "true" && text != "false" {
			return "true or false", "write true or false"
		}
		v.SetBool(text == "true")
	default:
		number, err := strconv.ParseFloat(text, 64)
		if !scalar || err != nil {
			return "a number", "write a number"
		}
		v.Set(reflect.ValueOf(number).Convert(v.Type()))
	}
	return "", ""
}

func (l *loader) decodeFields(y *yamlFile, n ast.Node, v reflect.Value, path string) bool {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		return false
	}
	for _, value := range values {
		l.decodeField(y, value, v, path)
	}
	return true
}

func (l *loader) decodeField(y *yamlFile, n *ast.MappingValueNode, v reflect.Value, path string) {
	key := n.Key.GetToken().Value
	full := strings.TrimPrefix(path+"."+key, ".")
	y.lines[full] = y.line(n.Key)
	if v.Kind() == reflect.Map {
		if v.IsNil() {
			v.Set(reflect.MakeMap(v.Type()))
		}
		value := reflect.New(v.Type().Elem()).Elem()
		l.decode(y, n.Value, value, full)
		v.SetMapIndex(reflect.ValueOf(key), value)
		return
	}
	names := l.yamlNames(v.Type())
	if index, ok := names[key]; ok {
		l.decode(y, n.Value, v.FieldByIndex(index), full)
		return
	}
	l.fatal(y.name, y.line(n.Key), fmt.Sprintf("unknown field %q", key), "use one of: "+joinKeys(names))
}

// scalarText is the text of a node as it is written: a number such as 0800
// is a telephone number, not 512.
func scalarText(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	return "", false
}

func describeYAML(n ast.Node) string {
	switch n := n.(type) {
	case nil:
		return "an alias of nothing"
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a set of fields"
	case *ast.SequenceNode:
		return "a list"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "the number " + n.GetToken().Value
	case *ast.TagNode:
		return "a tag (" + n.GetToken().Value + ")"
	}
	if text, ok := scalarText(n); ok {
		return fmt.Sprintf("the text %.60q", text)
	}
	return strings.ToLower(n.Type().String())
}

// yamlNames finds the fields of a struct by their names in YAML.
func (l *loader) yamlNames(t reflect.Type) map[string][]int {
	if names, ok := l.fields[t]; ok {
		return names
	}
	names := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if f.IsExported() && name != "-" && name != "" {
			names[name] = f.Index
		}
	}
	l.fields[t] = names
	return names
}

// at is the line of a path, or the first line of the document.
func (y *yamlFile) at(path string) int {
	if n, ok := y.lines[path]; ok {
		return n
	}
	return y.offset + 1
}
