package knowledge

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf16"
)

const sound = "---\nid: a\ntitle: What is a?\n---\nKeep your skin cool.\n"

// However an editor saves a file, it is the same snippet.
func TestSnippetFileEncodings(t *testing.T) {
	for name, text := range map[string]string{
		"as it is":               sound,
		"Windows line ends":      strings.ReplaceAll(sound, "\n", "\r\n"),
		"old Mac line ends":      strings.ReplaceAll(sound, "\n", "\r"),
		"byte order mark":        "\ufeff" + sound,
		"no last line end":       strings.TrimSpace(sound),
		"spaces behind the dash": strings.ReplaceAll(sound, "---\n", "--- \t\n"),
		"space round the body":   strings.Replace(sound, "Keep", "\n\n  Keep", 1) + "\n \n",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeFile(t, dir, "a.md", text)
			c, err := Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			s := c.Snippet("a")
			if s == nil || s.Title != "What is a?" || s.Body != "Keep your skin cool." {
				t.Errorf("read as %+v", s)
			}
		})
	}
}

func TestSnippetFileRubbish(t *testing.T) {
	units := utf16.Encode([]rune(sound))
	var wide strings.Builder
	for _, u := range units {
		wide.Write([]byte{byte(u), byte(u >> 8)})
	}
	tests := []struct{ name, text, want string }{
		{"UTF-16", "\xff\xfe" + wide.String(), "a.md:1: not UTF-8 text; save the file again as UTF-8"},
		{"Latin-1", strings.Replace(sound, "skin", "pi\xf1a", 1), "a.md:5: not UTF-8 text; save the file again as UTF-8"},
		{"NUL in the title", strings.Replace(sound, "What", "Wh\x00at", 1), "a.md:3: control character U+0000; delete it"},
		{"escape in the body", strings.Replace(sound, "skin", "\nskin\x1b[31m", 1), "a.md:6: control character U+001B; delete it"},
		{"no end at the end of the file", "---\nid: a\ntitle: T", "a.md:1: the front matter has no end; begin with a line of ---, the fields, and another line of ---"},
		{"nothing behind the end", "---\nid: a\ntitle: T\n---", "a.md:5: no body; write the text that is sent"},
		{"a line of a megabyte", sound + strings.Repeat("word ", 200000), "a.md:1: a file of 1000053 bytes; a snippet is one message; split it"},
		{"more than a megabyte", sound + strings.Repeat("word ", 220000), "a.md: larger than 1 MB; split it, or remove what is no text"},
		{"brackets of a megabyte", "---\nid: " + strings.Repeat("[", 1<<20-100) + "\n---\n", "a.md:1: a file of 1048489 bytes; a snippet is one message; split it"},
		{"brackets", "---\nid: " + strings.Repeat("[", 1000) + "\n---\n", "a.md:2: more, or deeper in each other, than any file needs; remove what is no field of the file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			writeFile(t, dir, "a.md", tt.text)
			c, err := Open(dir)
			if c != nil || err == nil {
				t.Fatalf("opened: %v, %v", c, err)
			}
			if got := strings.TrimPrefix(err.Error(), dir+string(filepath.Separator)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// A folder that cannot be read hides no problem elsewhere.
func TestUnreadable(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "nowhere")); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("error %v does not name the path", err)
	}
	dir := t.TempDir()
	if err := os.Symlink("nowhere", filepath.Join(dir, "a.md")); err != nil { // unreadable, for root too
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	writeFile(t, dir, "b.md", "")
	_, err := Open(dir)
	if err == nil || !strings.Contains(err.Error(), "a.md: ") || !strings.Contains(err.Error(), "pipe.md: not a file") || !strings.Contains(err.Error(), "b.md:1: ") {
		t.Errorf("error %v does not name both", err)
	}
}

// A corpus's own broken house files are reported once, and never replaced by
// the starter corpus's.
func TestBrokenHouseIsNotReplaced(t *testing.T) {
	for _, name := range []string{contactsFile, messagesFile, vocabularyFile, settingsFile} {
		dir := t.TempDir()
		writeFile(t, dir, "a.md", sound)
		writeFile(t, dir, name, "a: [\n")
		_, err := Open(dir)
		if err == nil || strings.Contains(err.Error(), "\n") || !strings.HasPrefix(err.Error(), filepath.Join(dir, name)+":1: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
