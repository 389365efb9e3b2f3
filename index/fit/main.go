// Command fit finds the weights by which package index ranks and judges
// candidates, and tells what each feature is worth:
//
//	go run ./index/fit -eval ../shared/eval -questions knowledge/corpus/golden/questions.tsv
//	go run ./index/fit -ablate ...
//
// It asks every set of questions with [index.Query.Why], fits a logistic model
// on one half of each, and reports on the other half. What it prints is pasted into
// index/rank.go by hand: a change of ranking is a change that somebody reads.
// The features of a message are those of its best part under the weights in
// force, so that after a large change it is run again until little changes.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
)

func main() {
	log.SetFlags(0)
	eval := flag.String("eval", "../shared/eval", "folder of the public sets")
	questions := flag.String("questions", "knowledge/corpus/golden/questions.tsv", "questions for the starter corpus")
	ablate := flag.Bool("ablate", false, "fit without each feature in turn")
	fixed := flag.String("fixed", "verbatim=8,strange=-0.5", "weights that are not fitted, as name=value,…")
	flag.Parse()
	if err := run(context.Background(), *eval, *questions, *fixed, *ablate); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, eval, questions, fixed string, ablate bool) error {
	sets, now, err := load(ctx, eval, questions)
	if err != nil {
		return fmt.Errorf("load the sets: %w", err)
	}
	held, err := parseFixed(now.names, fixed)
	if err != nil {
		return err
	}
	fmt.Println("weights in force, other half:")
	report(os.Stdout, sets, now)
	fmt.Println("\nits logits by share of unanswerable questions answered:")
	operating(os.Stdout, sets, now)
	model := fitModel(sets, now, held)
	fmt.Println("\nfitted on one half, other half:")
	report(os.Stdout, sets, model)
	model.print(os.Stdout)
	if !ablate {
		return nil
	}
	for i, name := range now.names {
		if name == "always" || held[i] != nil {
			continue
		}
		zero := 0.0
		held[i] = &zero
		fmt.Printf("\nwithout %s:\n", name)
		report(os.Stdout, sets, fitModel(sets, now, held))
		held[i] = nil
	}
	return nil
}

// parseFixed returns the fixed weight of each feature, nil for those to be fitted.
func parseFixed(names []string, text string) ([]*float64, error) {
	held := make([]*float64, len(names))
	for pair := range strings.SplitSeq(text, ",") {
		if pair == "" {
			continue
		}
		name, number, _ := strings.Cut(pair, "=")
		var value float64
		if _, err := fmt.Sscan(number, &value); err != nil {
			return nil, fmt.Errorf("-fixed %q: want name=number", pair)
		}
		found := false
		for i := range names {
			if names[i] == name {
				held[i], found = &value, true
			}
		}
		if !found {
			return nil, fmt.Errorf("-fixed: no feature %q; the features are %s", name, strings.Join(names, ", "))
		}
	}
	return held, nil
}
