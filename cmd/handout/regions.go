package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"handout/bot"
	"handout/knowledge/store"
)

// keyFile holds the key by which people who chose a region are known. It stands
// beside the database, not in it: a backup of that names nobody.
const keyFile = "people.key"

// openRegions returns the regions that are kept in a folder.
func openRegions(ctx context.Context, log *slog.Logger, now clock, dir string, kept store.Choices) (*bot.Regions, error) {
	key, err := readKey(filepath.Join(dir, keyFile))
	if err != nil {
		return nil, err
	}
	return bot.OpenRegions(ctx, log, now, key, kept)
}

// readKey reads a key, and makes one if there is none.
func readKey(path string) (key [32]byte, err error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return key, fmt.Errorf("key of people's regions: %w", err)
	}
	if copy(key[:], data) < len(key) || len(data) > len(key) {
		return key, fmt.Errorf("key of people's regions: %s is not of %d bytes; remove it, and the regions that people chose are forgotten", path, len(key))
	}
	return key, nil
}

// makeKey writes a new key. If another process was faster, its key is the one.
func makeKey(path string) (key [32]byte, err error) {
	rand.Read(key[:]) // never fails
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return readKey(path)
	}
	if err == nil {
		_, err = file.Write(key[:])
		err = errors.Join(err, file.Sync(), file.Close())
	}
	if err != nil {
		return key, fmt.Errorf("key of people's regions: %w", err)
	}
	return key, nil
}
