package sqlstore

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// unfinished is the pattern of the folders in which files are built.
const unfinished = ".handout-unfinished-*"

// build makes a file elsewhere and moves it to its path once it is whole and on the disk.
func build(path string, move func(file, path string) error, fill func(file string) error) error {
	dir := filepath.Dir(path)
	if err := sweep(dir, time.Now()); err != nil {
		return err
	}
	work, err := os.MkdirTemp(dir, unfinished)
	if err != nil {
		return err
	}
	defer os.RemoveAll(work) // swept later if that fails
	file, err := filepath.Abs(filepath.Join(work, File))
	if err != nil {
		return err
	}
	if err := fill(file); err != nil {
		return err
	}
	if err := errors.Join(os.Chmod(file, 0o600), sync(file, os.O_RDWR)); err != nil {
		return err
	}
	if err := move(file, path); err != nil {
		return err
	}
	if runtime.GOOS == "windows" {
		return nil // it has no way to sync a folder
	}
	return sync(dir, os.O_RDONLY)
}

// sweep removes what a process left that was killed while it built a file.
func sweep(dir string, now time.Time) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		ours, err := filepath.Match(unfinished, e.Name())
		info, gone := e.Info()
		if err != nil || gone != nil || !ours || now.Sub(info.ModTime()) < 24*time.Hour {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// place gives a file a name that is still free; it may keep the old one as well.
func place(file, path string) error {
	err := os.Link(file, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	return os.Rename(file, path) // the file system knows no links
}

// sync waits until a file, or the names in a folder, are on the disk.
func sync(path string, flag int) error {
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
