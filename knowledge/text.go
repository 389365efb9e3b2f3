package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// readYAML reads one file of the corpus. A file that does not exist is no
// problem, and returns nil.
func (l *loader) readYAML(fsys fs.FS, name string, v any) *yamlFile {
	if !exists(fsys, name) {
		return nil
	}
	data, ok := l.readText(fsys, name)
	if !ok {
		return nil
	}
	return l.decodeYAML(l.name(fsys, name), 0, data, v)
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return !errors.Is(err, fs.ErrNotExist)
}

// maxFile is the largest file of a folder that is read, in bytes: seven times the
// largest of the starter corpus.
const maxFile = 1 << 20

// readText reads a text file as any editor may have saved it.
func (l *loader) readText(fsys fs.FS, name string) ([]byte, bool) {
	full := l.name(fsys, name)
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil: // reading says so as well
	case !info.Mode().IsRegular():
		l.fatal(full, 0, "not a file that can be read", "remove it") // a pipe would keep us waiting for ever
		return nil, false
	case info.Size() > maxFile:
		l.fatal(full, 0, fmt.Sprintf("larger than %d MB", maxFile>>20), "split it, or remove what is no text")
		return nil, false
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		l.fatal(full, 0, err.Error(), "make the file readable")
		return nil, false
	}
	return cleanText(data), l.checkUTF8(full, 1, data)
}

// cleanText removes the byte order mark, and the carriage returns of other systems.
func cleanText(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
}

func (l *loader) checkUTF8(file string, line int, data []byte) bool {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			l.fatal(file, line+bytes.Count(data[:i], []byte("\n")), "not UTF-8 text", "save the file again as UTF-8")
			return false
		}
		i += n
	}
	return true
}

func (l *loader) checkLang(file string, line int, tag string) {
	if _, err := language.Parse(tag); err != nil && tag != "" {
		l.fatal(file, line, fmt.Sprintf("%q is not a language", tag), "use a BCP 47 tag such as en or pt-BR")
	}
}

// controlAt finds the first character that moves the cursor instead of
// showing something; -1 if there is none.
func controlAt(text string) int {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' })
}

func (l *loader) checkControl(file string, line int, text string) {
	if i := controlAt(text); i >= 0 {
		r, _ := utf8.DecodeRuneInString(text[i:])
		l.fatal(file, line, fmt.Sprintf("control character %U", r), "delete it")
	}
}

// webURL reports whether s is a web address that every surface can link to.
func webURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" &&
		u.User == nil && !strings.ContainsAny(s, " <>\"")
}
