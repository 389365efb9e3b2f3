// Command fit fits the model of package classify and writes its file:
//
//	go run ./bot/triage/classify/fit -vectors glove.6B.100d.txt -out bot/triage/classify/model.bin
//
// It takes the messages in bot/triage/testdata, which are in the form that handout eval
// reads: question, kind, relevant, and what it is about, which may be one of
// [knowledge.Signs]; and, as questions that are no emergency, a part of the public
// ones (../shared/eval, see the package comment) and the wordings of the starter corpus. Files given as arguments it only reports
// on: what share of the emergencies the model finds at several shares of false
// alarms. It takes about ten minutes.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"handout/bot/triage/classify"
)

var shape = classify.Shape{OwnDim: 16, GramDim: 16, Grams: 4096, Widths: []int{1, 2, 3}, Filters: 64}

type options struct {
	vectors, messages, spanish, eval, out string
	words, epochs, nets                   int
}

func main() {
	log.SetFlags(0)
	var o options
	flag.StringVar(&o.vectors, "vectors", "glove.6B.100d.txt", "word vectors, one word and its numbers a line, frequent words first")
	flag.IntVar(&o.words, "words", 30000, "how many of the words are taken")
	flag.StringVar(&o.spanish, "spanish", "bot/triage/classify/fit/spanish.tsv", "Spanish words, each with the English one whose vector it gets")
	flag.StringVar(&o.messages, "messages", "bot/triage/testdata/*.tsv", "files of messages")
	flag.StringVar(&o.eval, "eval", "../shared/eval", "folder of the public sets")
	flag.IntVar(&o.epochs, "epochs", 22, "how often each message is seen")
	flag.IntVar(&o.nets, "nets", 3, "how many nets are fitted")
	flag.StringVar(&o.out, "out", "", "file to write the model to")
	flag.Parse()
	if err := o.run(flag.Args()); err != nil {
		log.Fatal(err)
	}
}

func (o options) run(held []string) error {
	general, err := readVectors(o.vectors, o.words)
	if err != nil {
		return err
	}
	if err := addAliases(general, o.spanish); err != nil {
		return err
	}
	files, err := filepath.Glob(o.messages)
	if err != nil {
		return fmt.Errorf("find the messages: %w", err)
	}
	if len(files) == 0 {
		return fmt.Errorf("no files are %s", o.messages)
	}
	list, sum, err := readAll(files)
	if err != nil {
		return err
	}
	public, others, err := readPublic(o.eval)
	if err != nil {
		return err
	}
	wordings, err := readCorpus()
	if err != nil {
		return err
	}
	seeds := make([]uint64, o.nets)
	for i := range seeds {
		seeds[i] = uint64(i)
	}
	w := classify.Fit(*general, shape, classes(), examples(list, public, wordings), o.epochs, seeds, func(net, epoch int, loss float64) {
		log.Printf("net %d, epoch %d: loss %.3f", net+1, epoch, loss)
	})
	w.Sets = sum
	if o.out != "" {
		if err := write(w, o.out); err != nil {
			return err
		}
	}
	return report(classify.New(w), held, others)
}

func write(w *classify.Weights, name string) error {
	var b bytes.Buffer
	if err := w.Encode(&b); err != nil {
		return err
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	return nil
}

func examples(lists ...[]message) []classify.Example {
	var all []classify.Example
	for _, list := range lists {
		for _, m := range list {
			if len(m.Words) > 0 {
				all = append(all, m.Example)
			}
		}
	}
	return all
}

// readAll reads the messages of all files, and the SHA-256 of these.
func readAll(files []string) ([]message, string, error) {
	var all []message
	hash := sha256.New()
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, "", fmt.Errorf("read the messages: %w", err)
		}
		hash.Write(data)
		list, err := readMessages(name, data)
		if err != nil {
			return nil, "", err
		}
		all = append(all, list...)
	}
	return all, hex.EncodeToString(hash.Sum(nil)), nil
}
