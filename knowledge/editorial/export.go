package editorial

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"handout/knowledge"
)

// Files are the published documents as they are stored, and [ManifestFile].
func (x *Edition) Files() (map[string][]byte, error) {
	files := make(map[string][]byte, len(x.texts)+1)
	m := manifest{Documents: map[string]Mark{}}
	for doc, r := range x.texts {
		files[doc] = []byte(r.Text)
		m.Documents[doc] = Mark{r.Num, r.Hash}
	}
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	files[ManifestFile] = append(data, '\n')
	return files, nil
}

// Export is what is published as one file: a .zip of [Edition.Files], or a .csv or
// .jsonl table of the snippets. lost says what that kind of file cannot express.
func (x *Edition) Export(name string) (data []byte, lost []string, err error) {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".csv", ".jsonl":
	case ".zip":
		data, err = x.zip()
		return data, nil, err
	default:
		return nil, nil, refuse("name a folder, or a file that ends in .csv, .jsonl or .zip", "nothing is exported as %q", ext)
	}
	data, lost, err = knowledge.WriteTable(name, x.Corpus.Snippets)
	if err != nil {
		return nil, nil, err
	}
	others := slices.DeleteFunc(x.Documents(), IsSnippet)
	if len(others) > 0 {
		lost = append(lost, strings.Join(others, ", "))
	}
	return data, lost, nil
}

// zip packs the files in the order of their names, without times, so that the
// same edition gives the same bytes.
func (x *Edition) zip() ([]byte, error) {
	files, err := x.Files()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = f.Write(files[name])
		}
		if err != nil {
			return nil, fmt.Errorf("export: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	return b.Bytes(), nil
}
