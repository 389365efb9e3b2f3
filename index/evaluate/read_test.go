package evaluate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"handout/knowledge"
)

func write(tb testing.TB, name, text string) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		tb.Fatal(err)
	}
	return path
}

func tea(tb testing.TB) *knowledge.Corpus {
	tb.Helper()
	c, err := knowledge.Open(write(tb, "tea.csv", `id,title,body,topics,source
tea,How long does tea steep?,Four minutes.,brewing; hot drinks,The kettle
cup,Which cup is best?,A warm one.,hot drinks,The shelf
pot,Which pot is best?,A round one.,brewing,The shelf
`))
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// short is "line text kind [ids] form" of each question.
func shortened(questions []Question) string {
	var lines []string
	for _, q := range questions {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%d %s|%s|%s %s", q.Line, q.Text, q.Kind, strings.Join(q.Relevant, ","), q.Form)))
	}
	return strings.Join(lines, "\n")
}

func TestRead(t *testing.T) {
	c := tea(t)
	for _, tt := range []struct{ name, text, want string }{
		{"tabs", "question\trelevant\nhow long\ttea cup\nwhat \"now\"\tnone\n", "2 how long||cup,tea\n3 what \"now\"||"},
		{"tabs of a spreadsheet", "question\trelevant\n\"say \"\"tea\"\"\"\ttea\n\"open\t\n", "2 say \"tea\"||tea\n3 \"open||"},
		{"commas", "Question,Relevant IDs,Kind\n\"how\nlong\",tea|cup,Plain\n\n,,\nwhy,NONE,far\n", "2 how\nlong|plain|cup,tea\n6 why|far|"},
		{"semicolons", "question;kind;relevant\nhow;near;\"tea;cup\"\n", "2 how|near|cup,tea"},
		{"windows", "\ufeffquestion,relevant\r\nhow,tea\r\n", "2 how||tea"},
		{"no relevant column", "question\tintent\nhow are you\tgreeting\n", "2 how are you|greeting|"},
		{"one column", "question\nhow are you\n", "2 how are you||"},
		{"comments beside", "note,question,relevant,kind,intent\nx,how,tea,k,i\n", "2 how|k|tea"},
		{"fewer cells", "question,relevant,kind\nhow,tea\n", "2 how||tea"},
		{"topics", "question,relevant\nhow,topic:hot drinks\nwhy,topic:brewing cup\nwho,cup|topic:brewing\n", "2 how||cup,tea\n3 why||cup,pot,tea\n4 who||cup,pot,tea"},
		{"objects", `{"question": "how", "relevant": ["tea", "cup"], "kind": "k"}` + "\n\n" + `{"question": "why", "relevant": "none"}` + "\n" + `{"question": "who", "relevant": null, "n": 1}`,
			"1 how|k|cup,tea\n3 why||\n4 who||"},
		{"topics in objects", `{"question": "how", "relevant": ["topic:hot drinks", "pot"]}`, "1 how||cup,pot,tea"},
		{"pairs", `{"long": "so I …", "short": "how?"}`, "1 so I …|| long\n1 how?|| short"},
		{"pairs in a table", "long,short\nso I,how?\n", "2 so I|| long\n2 how?|| short"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			questions, err := Read(c, write(t, "questions", tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := shortened(questions); got != tt.want {
				t.Errorf("read\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestReadProblems(t *testing.T) {
	c := tea(t)
	for _, tt := range []struct{ name, text, want string }{
		{"unknown id", "question,relevant\nhow,te\n", `:2: no snippet has the id "te"; the nearest is "tea"; correct it`},
		{"beginning of an id", "question,relevant\nhow,Tea-\n", `the nearest is "tea"`},
		{"nothing near", "question,relevant\nhow,elephants\n", `:2: no snippet has the id "elephants"; correct it`},
		{"unknown topic", "question,relevant\nhow,topic:brewin\n", `:2: no snippet has the topic "brewin"; the nearest is "topic:brewing"`},
		{"none beside ids", "question,relevant\nhow,tea none\n", `:2: "none" beside ids; keep`},
		{"misspelt column", "question,relevent\nhow,tea\n", `:1: no "relevant", and unknown "relevent"; call`},
		{"no question column", "\n\nhow,tea\nwhy,cup\n", `:3: no "question"; begin`},
		{"column twice", "question,kind,Kind\nhow,a,b\n", `:1: column "Kind" stands twice; keep one`},
		{"no text", "question,relevant\n,tea\n", ":2: no question; write"},
		{"too many cells", "question,relevant\nhow,tea,or,cup\n", ":2: 4 cells under 2 columns; put"},
		{"open quote", "question,relevant\n\"how,tea\n", `:2: extraneous or missing " in quoted-field; put`},
		{"quote in the header", "question,\"rel\"evant\nhow,tea\n", `:1: extraneous or missing " in quoted-field; put`},
		{"empty", "", ": no questions; begin"},
		{"header only", "question,relevant\n", ": no questions; begin"},
		{"not text", "question,relevant\nhow,tea\nw\xffhy,tea\n", ":3: not text in UTF-8; save"},
		{"array", `[{"question": "how"}]`, ":1: a JSON array; write"},
		{"not an object", `{"question": "how"}` + "\n5\nnull", ":2: not a JSON object; write"},
		{"wrong type", `{"question": "how", "relevant": 5}`, ":1: relevant is neither text nor a list of texts; write"},
		{"misspelt field", `{"question": "how", "relevent": "tea"}`, `:1: no "relevant", and unknown "relevent"`},
		{"half a pair", `{"long": "how"}`, ":1: no short form of the question; give both"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := write(t, "questions", tt.text)
			questions, err := Read(c, path)
			var problems Problems
			if !errors.As(err, &problems) || questions != nil {
				t.Fatalf("%v, %v", questions, err)
			}
			if got := strings.TrimPrefix(err.Error(), path); !strings.Contains(got, tt.want) {
				t.Errorf("says %q, want %q", got, tt.want)
			}
		})
	}
}

// What could be read comes beside the problems, and a question that names an
// unknown snippet is none that nothing should answer.
func TestReadFS(t *testing.T) {
	files := fstest.MapFS{
		"golden/a.tsv": {Data: []byte("question\trelevant\nhow\ttea\nwhy\tgone\nwho\tcup gone\nwhen\tnone\n")},
		"golden/b.tsv": {Data: []byte("question\trelevant\nwhere\tpot\n")},
	}
	questions, err := ReadFS(tea(t), files, "golden/a.tsv", "golden/b.tsv")
	if got, want := shortened(questions), "2 how||tea\n5 when||\n2 where||pot"; got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 2 || !strings.HasPrefix(err.Error(), `golden/a.tsv:3: no snippet has the id "gone"`) {
		t.Errorf("error %v", err)
	}
	if _, err := ReadFS(tea(t), files, "golden/c.tsv"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func TestReadListsTwentyProblems(t *testing.T) {
	_, err := Read(tea(t), write(t, "q.csv", "question,relevant\n"+strings.Repeat("how,x\n", 33)))
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 21 || lines[20] != "and 13 more like these" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
}

// Whatever a file holds, reading it must not panic, and must either say what
// is wrong or give questions that can be asked and judged.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"question\trelevant\nhow long\ttea cup\n\"x\"\"\tnone\n", "question;kind;relevant\r\n\"how\n\";near;\"tea;cup\"\r\n",
		"\ufeffquestion,relevant\nhow,topic:hot drinks\n,,,\n", `{"question": "how", "relevant": ["tea", "topic:brewing"]}` + "\n{}",
		`{"long": "a", "short": "b"}` + "\n" + `{"long": "a"}` + "\nnull", "long,short\na,b\n,\n", "[]", "question\n\"", "\x00", "question,question\n",
	} {
		f.Add([]byte(seed))
	}
	labels := newLabels(tea(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := &reader{labels: labels}
		r.file("q", data)
		if len(r.questions)+len(r.problems) == 0 {
			t.Fatal("neither questions nor problems")
		}
		last := strings.Count(string(data), "\n") + 1
		for _, p := range r.problems {
			if p.Line > last+1 || p.What == "" || p.Fix == "" {
				t.Errorf("problem %+v in %d lines", p, last)
			}
		}
		for i, q := range r.questions {
			if strings.TrimSpace(q.Text) == "" || q.Line < 1 || q.Line > last {
				t.Errorf("question %+v in %d lines", q, last)
			}
			if !slices.IsSorted(q.Relevant) || slices.ContainsFunc(q.Relevant, func(id string) bool { return labels.corpus.Snippet(id) == nil }) {
				t.Errorf("relevant %q", q.Relevant)
			}
			if q.Form == shortForm && (i == 0 || r.questions[i-1].Form != longForm) {
				t.Errorf("a short form without its long one before it")
			}
		}
	})
}
