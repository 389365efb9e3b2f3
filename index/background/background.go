// Package background owns a table of how common English words are in health
// texts and in everyday messages. It tells a word that says something
// (upadacitinib) from one that does not (the, please), and a known word from
// a typing error.
//
// The figures in words.tsv were counted by the command in gen from MedQuAD (Ben
// Abacha and Demner-Fushman, 2019, CC BY 4.0), MeQSum (Ben Abacha and
// Demner-Fushman, 2019, CC BY 4.0) and CLINC150 (Larson et al., 2019, CC BY
// 3.0). Only counts are kept, none of their text.
//
// [English] knows more words, without figures. Its bits were made by the command
// in words from SCOWL's lists (Copyright 2000-2020 by Kevin Atkinson and others,
// free to use, copy, modify, distribute and sell without fee while this notice
// stays, with no warranty and no representations about suitability).
package background

import (
	_ "embed"
	"iter"
	"strconv"
	"strings"
	"sync"
)

//go:embed words.tsv
var table string

// perUnit is what a share in the table is counted in.
const perUnit = 100_000

// Word is what the table says of a word.
type Word struct {
	Share    float64 // of texts that hold it, above 0 and at most 1
	Clinical bool    // names of conditions hold it more often than everyday messages
}

// Words yields every word of the table.
func Words() iter.Seq2[string, Word] {
	return func(yield func(string, Word) bool) {
		for line := range strings.Lines(table) {
			columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(columns) < 2 {
				continue
			}
			n, err := strconv.ParseFloat(columns[1], 64)
			if err != nil {
				panic("background: words.tsv: " + err.Error())
			}
			if !yield(columns[0], Word{n / perUnit, len(columns) > 2}) {
				return
			}
		}
	}
}

var known = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool, strings.Count(table, "\n"))
	for w := range Words() {
		m[w] = true
	}
	return m
})

// Known reports whether the lower-case word is in the table.
func Known(word string) bool { return known()[word] }
