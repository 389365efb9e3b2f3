// Command words makes the filter of common English words from lists of them, a
// word a line, such as those of Debian's wamerican-small and wbritish-small:
//
//	go run ./index/background/words LIST... > index/background/english.bloom
package main

import (
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strings"

	"handout/index/background"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 {
		log.Fatal("usage: words LIST...")
	}
	words, err := read(os.Args[1:])
	if err != nil {
		log.Fatal(err)
	}
	if _, err := os.Stdout.Write(background.Filter(words)); err != nil {
		log.Fatal(err)
	}
}

// read returns the words of all lists in lower case, without possessives.
func read(files []string) ([]string, error) {
	words := map[string]bool{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read list: %w", err)
		}
		for w := range strings.FieldsSeq(string(data)) {
			if !strings.HasSuffix(w, "'s") {
				words[strings.ToLower(w)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(words)), nil
}
