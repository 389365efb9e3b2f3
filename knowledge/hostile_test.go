package knowledge

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// bomb is YAML whose last value would be 9^30 texts if every alias were written out.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := range 30 {
		fmt.Fprintf(&b, "a%d: &a%d [%s*a%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 8), i)
	}
	return b.String() + "topics: *a30\nquestions: *a30\n"
}

// hostileYAML would cost a careless reader its memory, its stack or its time.
// Each comes as near to the size from which a file is refused as it can.
func hostileYAML(size int) map[string]string {
	most := size - 1000
	var keys, steps strings.Builder
	for i := range most / 10 {
		fmt.Fprintf(&keys, "k%d: x\n", i%1_000_000)
	}
	for i := range 1300 {
		fmt.Fprintf(&steps, "%sk:\n", strings.Repeat(" ", i))
	}
	return map[string]string{
		"aliases of aliases": bomb(), "an alias of itself": "topics: &a [*a, *a]\nquestions: *a\n", "an anchor for each other": "topics: &a [*b]\nquestions: &b [*a]\n",
		"lists in lists": strings.Repeat("[", most), "closed lists in lists": "topics: " + strings.Repeat("[", most/2) + strings.Repeat("]", most/2),
		"fields in fields": strings.Repeat("{a: ", most/4), "items in items": strings.Repeat("- ", most/2) + "x", "ever deeper": steps.String()[:min(steps.Len(), most)],
		"many fields": keys.String()[:min(keys.Len(), most)], "a huge line": "title: " + strings.Repeat("x ", most/3), "escapes": `title: "` + strings.Repeat(`\`, most),
		"a number without end": "due: " + strings.Repeat("9", most), "tags": strings.Repeat("!!x ", most/4) + "a", "anchors": "topics: " + strings.Repeat("&a ", most/3) + "x", "keys of keys": strings.Repeat("? ", most/2) + "x", "colons": strings.Repeat(": ", most/2),
		"merges": "a: &a {<<: *a, id: b}\n<<: [*a, *a]\n", "NULs": strings.Repeat("\x00", most/2), "carriage returns": strings.Repeat("\r", most/2), "tabs": "topics:\n" + strings.Repeat("\t", most/2),
	}
}

func hostileMarkdown() map[string]string {
	const most = maxMarkdown - 1000
	list := map[string]string{}
	for _, s := range []string{"> ", "- ", "1. ", "*a ", "**a _b ", "[", "[a](", "![[]()", "`a``", "<a ", "&#x", "&amp;", "<!--", "\\", "#", "*", "_", "~", "|", "[a]: b\n", "\t", "a\u202e", "\u0301"} {
		list["body of "+s] = strings.Repeat(s, most/len(s))
	}
	return list
}

// Whatever a file does to whoever reads it, reading ends, and says what is wrong or
// gives a corpus that can be served.
func TestHostileFilesAreRead(t *testing.T) {
	files := map[string]string{}
	for name, text := range hostileYAML(maxMarkdown) {
		files["front matter: "+name] = "---\nid: a\ntitle: T\n" + text + "\n---\nBody.\n"
	}
	for name, text := range hostileMarkdown() {
		files[name] = "---\nid: a\ntitle: T\n---\n" + text + "\n"
	}
	for name, text := range files {
		t.Run(name, func(t *testing.T) {
			l := newLoader("corpus")
			l.readFolder(fstest.MapFS{"a.md": {Data: []byte(text)}})
			checkLoaded(t, l)
		})
	}
}

func TestHostileHouseFilesAreRefused(t *testing.T) {
	for _, file := range []string{settingsFile, triageFolder + "/a.yaml"} { // all are read alike
		for name, text := range hostileYAML(maxFile) {
			t.Run(file+": "+name, func(t *testing.T) {
				_, err := readFS("", fstest.MapFS{"a.md": {Data: []byte("---\nid: a\ntitle: T\n---\nBody.\n")}, file: {Data: []byte(text)}}).result()
				if err == nil {
					t.Error("served")
				}
			})
		}
	}
}

// FuzzHouseFile: no file beside the snippets makes reading panic, and what is
// served has all its fixed words and rules.
func FuzzHouseFile(f *testing.F) {
	names := []string{settingsFile, vocabularyFile, contactsFile, messagesFile, triageFolder + "/a.yaml"}
	for i, seed := range []string{
		"name: A\ntopics: [{name: B, ids: [c]}]\nfalse_answers: 2\n", "entities: [{id: a, kind: medicine, name: A, brands: [B, b]}]\n",
		"regions: [{id: A, name: B, emergency: '1', crisis: c}]\n", "footer: &a x\nno_match: *a\n",
		"concepts: {a: [b c, 'd']}\nrules: [{id: a, tier: now, title: T, text: U, line: L, contacts: [emergency], when: ['{a} + x|y']}]\n",
	} {
		f.Add(byte(i), []byte(seed))
		f.Add(byte(i), []byte(bomb()))
	}
	f.Fuzz(func(t *testing.T, file byte, data []byte) {
		c, err := readFS("", fstest.MapFS{"a.md": {Data: []byte("---\nid: a\ntitle: T\n---\nBody.\n")}, names[int(file)%len(names)]: {Data: data}}).result()
		if err != nil {
			return
		}
		if c.Messages.Footer == "" || c.Messages.Limited == "" || len(c.Contacts.Regions) == 0 || len(c.Triage.Rules) == 0 {
			t.Errorf("served without its words, contacts or rules: %+v", c.Messages)
		}
		checkSound(t, c)
	})
}
