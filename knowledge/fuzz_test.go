package knowledge

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// Whatever a file holds, reading it must not panic, and must either say what
// is wrong or give a corpus whose every snippet can be served.

func FuzzSnippetFile(f *testing.F) {
	names, err := filepath.Glob("corpus/snippets/*/*.md")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names[:min(3, len(names))] {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, seed := range []string{
		"", "---\n---\n", "---\nid: a\ntitle: T\n---", "\ufeff---\r\nid: a\r\ntitle: T\r\n--- \r\nBody.\r\n",
		"---\nid: a\ntitle: &x *x\n---\nBody\n", "---\nid: a\nquestions: !!set {a, b}\n---\nBody\n",
		"---\n? a\n: b\n---\n", "---\nid: a\ntitle: T\n---\n- [a](b) <c>\n  1. ~~d~~ &amp;\n\n[r]: x\n", "---\nid: |\n  a\ntitle: >-\n  b\n---\n***x** y*",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l := newLoader("corpus")
		l.readFolder(fstest.MapFS{"a.md": {Data: data}})
		checkLoaded(t, l)
	})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("id,title,body\na,T,\"B\n\"\n,,\nb,T\n"))
	f.Add([]byte("\ufeffID;Title;Body;due;source;\r\na;T;B;x;S | https://example.org;\r\n"))
	f.Add([]byte("id\ttitle\tbody\tformat\ra\tT\t# B\tmarkdown\r\"x"))
	fuzzTable(f, "table.csv")
}

func FuzzJSONL(f *testing.F) {
	f.Add([]byte(`{"id":"a","title":"T","body":"B","source":["S",{"title":"T"},null],"due":"2027-01-01"}` + "\n[]\nnull\n{}"))
	f.Add([]byte(`{"id":"a","title":"T","body":"- B","format":"markdown","questions":"a;b","sources":{},"review":{"due":""}} x`))
	fuzzTable(f, "table.jsonl")
}

func fuzzTable(f *testing.F, name string) {
	path := filepath.Join(f.TempDir(), name)
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		l := newLoader(path)
		if err := l.readTable(path); err != nil {
			t.Fatal(err)
		}
		checkLoaded(t, l)
	})
}

func FuzzPattern(f *testing.F) {
	for _, seed := range []string{"cant breathe|breath", `{a} + "b c"`, "#|# + {", `"`, " + ", "{b}", "a|", "´ + ＃"} {
		f.Add(seed)
	}
	concepts := map[string][]Phrase{"a": {{"x", "y"}}, "": {{"z"}}}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePattern(text, concepts)
		if err != nil {
			return
		}
		for _, part := range p.Parts {
			for _, slot := range part.Slots {
				for _, phrase := range slot {
					if len(phrase) == 0 {
						t.Errorf("%q has a phrase without words, which matches everything", text)
					}
				}
			}
		}
	})
}

// checkLoaded ends the loading as Open does, without the starter corpus's
// rules, which no fuzzing changes.
func checkLoaded(t *testing.T, l *loader) {
	c := l.corpus
	c.Contacts, c.Messages, c.Triage = &Contacts{}, &Messages{}, &Triage{}
	l.finish()
	l.lint(clock)
	for _, p := range l.problems {
		if p.File == "" || p.What == "" || p.Fix == "" {
			t.Errorf("a problem that helps nobody: %+v", p)
		}
	}
	corpus, err := l.result()
	var problems Problems
	switch {
	case err == nil:
		checkSound(t, corpus)
	case !errors.As(err, &problems) || len(problems) == 0:
		t.Errorf("%v is not a list of problems", err)
	}
}
