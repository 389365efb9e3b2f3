package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

// writeFolder writes an export into a folder: a new or empty one at once, an
// earlier export file by file, what says of it last.
func writeFolder(dir string, files map[string][]byte, overwrite bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("export: %w", err)
	}
	if len(entries) == 0 {
		return newFolder(dir, files)
	}
	folder, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer folder.Close()
	if err := mayWrite(folder, dir, files, entries, overwrite); err != nil {
		return err
	}
	return putAll(folder, files)
}

// newFolder writes the files beside the place and then moves them there.
func newFolder(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(filepath.Dir(filepath.Clean(dir)), 0o777); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	work, err := os.MkdirTemp(filepath.Dir(filepath.Clean(dir)), ".handout-export-*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer os.RemoveAll(work)
	folder, err := os.OpenRoot(work)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	err = putAll(folder, files)
	if err = errors.Join(err, folder.Close(), os.Chmod(work, 0o755)); err != nil {
		return err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) { // it is empty
		return fmt.Errorf("export: %w", err)
	}
	if err := os.Rename(work, dir); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

func putAll(folder *os.Root, files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name == editorial.ManifestFile {
			continue
		}
		if err := folder.MkdirAll(path.Dir(name), 0o755); err != nil {
			return fmt.Errorf("export: %w", err)
		}
		if err := put(folder, name, files[name]); err != nil {
			return err
		}
	}
	return put(folder, editorial.ManifestFile, files[editorial.ManifestFile])
}

// put replaces a file at once.
func put(folder *os.Root, name string, data []byte) error {
	if old, err := folder.ReadFile(name); err == nil && bytes.Equal(old, data) {
		return nil
	}
	temp := path.Join(path.Dir(name), ".handout-unfinished")
	defer folder.Remove(temp) // it is there only if something failed
	err := folder.WriteFile(temp, data, 0o644)
	if err == nil {
		err = folder.Chmod(temp, 0o644)
	}
	if err == nil {
		err = folder.Rename(temp, name)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// mayWrite refuses a folder with other things than an earlier export in it, and
// one in which somebody has changed what would be written over.
func mayWrite(folder *os.Root, dir string, files map[string][]byte, entries []fs.DirEntry, overwrite bool) error {
	hashes, err := exported(folder)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	visible := func(e fs.DirEntry) bool { return !strings.HasPrefix(e.Name(), ".") }
	if hashes == nil && !overwrite && slices.ContainsFunc(entries, visible) {
		return fmt.Errorf("%s holds files that no export wrote; name an empty folder, or add --overwrite", dir)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		old, err := folder.ReadFile(name)
		if err != nil || overwrite || name == editorial.ManifestFile || bytes.Equal(old, files[name]) {
			continue
		}
		if store.Hash(string(old)) != hashes[name] {
			return fmt.Errorf("%s has been changed since it was exported; take it in first with handout import %s, or add --overwrite", filepath.Join(dir, name), dir)
		}
	}
	return nil
}

// exported are the hashes of the documents of an earlier export; nil if there was none.
func exported(folder *os.Root) (map[string]string, error) {
	data, err := folder.ReadFile(editorial.ManifestFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	marks, err := editorial.ReadManifest(data)
	if err != nil {
		return nil, err
	}
	hashes := map[string]string{}
	for name, mark := range marks {
		hashes[name] = mark.Hash
	}
	return hashes, nil
}
