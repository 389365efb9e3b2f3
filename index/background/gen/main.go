// Command gen counts the words of public collections into words.tsv:
//
//	go run ./index/background/gen ../shared/eval > index/background/words.tsv
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"handout/knowledge"
)

// leastTexts is in how many texts of one collection a word must stand: rarer
// ones are often errors.
const leastTexts = 2

// experts is what a text by experts counts for: what people ask about (cancer,
// symptoms) stands in many of them, and says more than its share tells.
const experts = 0.25

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: gen FOLDER")
	}
	if err := run(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(dir string) error {
	shares, names, everyday := map[string]float64{}, map[string]float64{}, map[string]float64{}
	collections := []struct {
		file   string
		factor float64
		text   func(line string) (string, error)
		shares map[string]float64
	}{
		{"medquad.jsonl", experts, jsonText("title", "body"), shares},
		{"long-questions-dev.jsonl", 1, jsonText("long"), shares},
		{"off-topic-dev.tsv", 1, firstColumn, shares},
		{"medquad.jsonl", 1, jsonText("topics", "keywords"), names},
		{"off-topic-dev.tsv", 1, firstColumn, everyday},
	}
	for _, c := range collections {
		if err := count(filepath.Join(dir, c.file), c.text, c.factor, c.shares); err != nil {
			return fmt.Errorf("count %s: %w", c.file, err)
		}
	}
	out := bufio.NewWriter(os.Stdout)
	for _, w := range slices.Sorted(maps.Keys(shares)) {
		mark := ""
		if names[w] > everyday[w] {
			mark = "\tc"
		}
		fmt.Fprintf(out, "%s\t%.0f%s\n", w, math.Ceil(shares[w]*100_000), mark)
	}
	return out.Flush()
}

func firstColumn(line string) (string, error) {
	text, _, _ := strings.Cut(line, "\t")
	return text, nil
}

// jsonText joins fields that are strings or lists of strings.
func jsonText(fields ...string) func(string) (string, error) {
	return func(line string) (string, error) {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			return "", err
		}
		var text []string
		for _, f := range fields {
			switch v := object[f].(type) {
			case string:
				text = append(text, v)
			case []any:
				text = append(text, fmt.Sprint(v...))
			}
		}
		return strings.Join(text, "\n"), nil
	}
}

// count raises each word's share to the one that it has in the file, times the
// factor.
func count(file string, text func(line string) (string, error), factor float64, shares map[string]float64) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	texts, with := 0, map[string]int{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		t, err := text(lines.Text())
		if err != nil {
			return err
		}
		texts++
		words := knowledge.Words(t)
		slices.Sort(words)
		for _, w := range slices.Compact(words) {
			if !strings.ContainsAny(w, "0123456789") {
				with[w]++
			}
		}
	}
	for w, n := range with {
		if n >= leastTexts {
			shares[w] = max(shares[w], factor*float64(n)/float64(texts))
		}
	}
	return lines.Err()
}
