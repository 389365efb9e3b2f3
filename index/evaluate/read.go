package evaluate

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"handout/knowledge"
)

// Read takes the questions from files: tables with a header line whose cells are
// separated by commas, semicolons or tabs, or JSON Lines. A question has a text,
// the ids of the snippets that answer it or "none", and a kind if it likes. An
// entry topic:ID stands for every snippet of that topic. Instead, a row may have
// a long and a short form of one question. Its error is a [Problems] when the
// files are at fault.
func Read(c *knowledge.Corpus, paths ...string) ([]Question, error) {
	questions, err := readAll(c, os.ReadFile, paths)
	if err != nil {
		return nil, err
	}
	return questions, nil
}

// ReadFS is [Read] for files of a file system. The questions that could be read
// are returned beside a [Problems] too.
func ReadFS(c *knowledge.Corpus, fsys fs.FS, names ...string) ([]Question, error) {
	return readAll(c, func(name string) ([]byte, error) { return fs.ReadFile(fsys, name) }, names)
}

func readAll(c *knowledge.Corpus, readFile func(string) ([]byte, error), names []string) ([]Question, error) {
	r := &reader{labels: newLabels(c)}
	for _, name := range names {
		data, err := readFile(name)
		if err != nil {
			return nil, fmt.Errorf("read questions: %w", err)
		}
		r.file(name, data)
	}
	if len(r.problems) > 0 {
		return r.questions, r.problems
	}
	return r.questions, nil
}

// reader gathers questions, and what is wrong with them.
type reader struct {
	path      string // of the file being read
	labels    *labels
	questions []Question
	problems  Problems
}

func (r *reader) fault(line int, what, fix string) {
	r.problems = append(r.problems, knowledge.Problem{File: r.path, Line: line, What: what, Fix: fix, Fatal: true})
}

const (
	exampleHeader = "question,relevant,kind"
	exampleObject = `{"question": "…", "relevant": ["id"], "kind": "…"}`
)

// file tells the format by how the data begins: the names of files vary.
func (r *reader) file(path string, data []byte) {
	r.path = path
	before := len(r.questions) + len(r.problems)
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	start := bytes.TrimSpace(data)
	switch {
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		r.fault(badLine(data), "not text in UTF-8", "save it as UTF-8 text")
	case bytes.HasPrefix(start, []byte("[")):
		r.fault(1, "a JSON array", "write one JSON object a line, as jq -c '.[]' does")
	case bytes.HasPrefix(start, []byte("{")):
		r.jsonLines(data)
	default:
		r.table(data)
	}
	if len(r.questions)+len(r.problems) == before {
		r.fault(0, "no questions", "begin with a header line, "+exampleHeader+", and write a question in each line below")
	}
}

// badLine is the first line that is not text.
func badLine(data []byte) int {
	line := 1
	for row := range bytes.Lines(data) {
		if !utf8.Valid(row) || bytes.IndexByte(row, 0) >= 0 {
			break
		}
		line++
	}
	return line
}

// columns are the names of what a row may hold, and others that people give
// them; of two in one file the one that stands first here counts.
var columns = map[string][]string{
	"question": {"question", "questions", "query", "text", "message", "utterance"},
	"relevant": {"relevant", "relevant_ids", "relevant_id", "snippet", "snippets", "ids", "id", "expected"},
	"kind":     {"kind", "intent", "type", "category"},
	"long":     {"long", "long_question"},
	"short":    {"short", "short_question"},
}

// layout finds what each name of a column or field stands for.
func layout(names []string) (known map[string]string, unknown []string) {
	known = map[string]string{} // column to the file's own name
	folded := map[string]string{}
	for _, name := range names {
		folded[foldName(name)] = name
	}
	for column, aliases := range columns {
		for _, alias := range aliases {
			if name, ok := folded[alias]; ok && known[column] == "" {
				known[column] = name
			}
			delete(folded, alias)
		}
	}
	for name, own := range folded {
		if name != "" {
			unknown = append(unknown, own)
		}
	}
	return known, unknown
}

func foldName(name string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(name)))
}

// checkLayout refuses names that leave open what is asked. Columns that nobody
// knows are comments, unless one of them may be meant for the relevant ids.
func (r *reader) checkLayout(line int, known map[string]string, unknown []string) bool {
	switch {
	case known["question"] == "" && (known["long"] != "" || known["short"] != ""):
		return true
	case known["question"] == "":
		r.fault(line, `no "question"`, "begin a table with a header line like "+exampleHeader+", or write objects like "+exampleObject)
		return false
	case known["relevant"] == "" && len(unknown) > 0:
		r.fault(line, fmt.Sprintf("no %q, and unknown %s", "relevant", quoteAll(unknown)),
			`call the ids that answer a question "relevant"; leave them out only where nothing should be answered`)
		return false
	}
	return true
}

// row is one line of a file, by column.
type row map[string]string

func (r *reader) add(line int, w row) {
	if w["long"] != "" || w["short"] != "" {
		r.addPair(line, w)
		return
	}
	q := Question{File: r.path, Line: line, Text: strings.TrimSpace(w["question"]), Kind: strings.ToLower(strings.TrimSpace(w["kind"]))}
	if q.Text == "" {
		r.fault(line, "no question", "write what a person would ask, or remove the line")
		return
	}
	faults := len(r.problems)
	if q.Relevant = r.relevant(line, w["relevant"]); len(r.problems) == faults { // without its ids it would be another question
		r.questions = append(r.questions, q)
	}
}

func (r *reader) addPair(line int, w row) {
	for _, f := range []form{longForm, shortForm} {
		text := strings.TrimSpace(w[string(f)])
		if text == "" {
			r.fault(line, fmt.Sprintf("no %s form of the question", f), "give both, or remove the line")
			return
		}
	}
	for _, f := range []form{longForm, shortForm} {
		r.questions = append(r.questions, Question{File: r.path, Line: line, Text: strings.TrimSpace(w[string(f)]), Form: f})
	}
}
