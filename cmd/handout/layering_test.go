package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers lists the packages of the module from the bottom up, each with the
// folders that belong to it. What stands in one layer imports only from
// layers below it, or from its own folder.
var layers = [][]string{
	{"knowledge/corpus"},
	{"knowledge"},
	{"knowledge/store"},
	{"knowledge/storetest"},
	{"knowledge/sqlstore"},
	{"index"},
	{"index/evaluate"},
	{"bot", "bot/peer"},
	{"knowledge/gate", "knowledge/gaps"},
	{"knowledge/editorial"},
	{"bot/bottest/verbatim"},
	{"bot/desk", "knowledge/console"},
	{"bot/web", "bot/telegram", "bot/discord"},
	{"cmd"},
}

// only names the layers, by folder, in which a dependency may be imported.
var only = map[string][]string{
	"github.com/blevesearch/bleve":                    {"index"},
	"github.com/bwmarrin/discordgo":                   {"bot/discord"},
	"github.com/go-telegram-bot-api/telegram-bot-api": {"bot/telegram"},
	"github.com/alecthomas/kong":                      {"cmd"},
	"github.com/goccy/go-yaml":                        {"knowledge"},
	"modernc.org/sqlite":                              {"knowledge/sqlstore"},
	"github.com/pressly/goose":                        {"knowledge/sqlstore"},
	"golang.org/x/term":                               {"cmd"},
	"github.com/yuin/goldmark":                        {"knowledge"},
	"github.com/sergi/go-diff":                        {"knowledge/editorial"},
	"net/http":                                        {"bot/peer", "knowledge/console", "bot/web", "bot/telegram", "bot/discord", "cmd"},
}

// layerOf finds the innermost folder of layers that a package belongs to.
func layerOf(pkg string) (level int, folder string) {
	level = -1
	for i, folders := range layers {
		for _, f := range folders {
			if (pkg == f || strings.HasPrefix(pkg, f+"/")) && len(f) > len(folder) {
				level, folder = i, f
			}
		}
	}
	return level, folder
}

// TestLayers holds the direction of imports.
func TestLayers(t *testing.T) {
	seen := 0
	err := fs.WalkDir(os.DirFS("../.."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if base := path.Base(name); d.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "testdata") {
			return fs.SkipDir
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		seen++
		checkImports(t, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Fatal("found no Go files")
	}
}

func checkImports(t *testing.T, name string) {
	level, folder := layerOf(path.Dir(name))
	if level < 0 {
		t.Errorf("%s belongs to no layer; add its package to layers", name)
		return
	}
	file, err := parser.ParseFile(token.NewFileSet(), "../../"+name, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Error(err)
			continue
		}
		if own, ok := strings.CutPrefix(imported, "handout/"); ok {
			if l, f := layerOf(own); l >= level && f != folder {
				t.Errorf("%s imports %s: imports run from cmd down to knowledge", name, imported)
			}
			if folder == "knowledge/corpus" {
				t.Errorf("%s imports %s: the corpus is data only", name, imported)
			}
		}
		for prefix, folders := range only {
			if strings.HasPrefix(imported, prefix) && !slices.Contains(folders, folder) {
				t.Errorf("%s imports %s, which only %s may", name, imported, strings.Join(folders, ", "))
			}
		}
	}
}
