package main

import (
	"fmt"
	"os"
	"slices"

	"handout/bot/triage/classify"
)

// report tells how many of the emergencies are found at several shares of false
// alarms.
func report(m *classify.Model, files []string, others []message) error {
	tellOthers(m, others)
	var all []message
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read what is held: %w", err)
		}
		list, err := readMessages(name, data)
		if err != nil {
			return err
		}
		tell(name, m, list)
		all = append(all, list...)
	}
	if len(all) > 0 {
		tell("all", m, all)
	}
	return nil
}

func tellOthers(m *classify.Model, list []message) {
	var judged []float64
	for _, x := range list {
		judged = append(judged, m.Judge(x.Words).Urgent.P)
	}
	for _, from := range []float64{0.5, 0.6, 0.7, 0.8, 0.9} {
		fmt.Printf("public questions above %.1f: %.2f%% of %d\n", from, 100*share(judged, from), len(list))
	}
}

func share(list []float64, from float64) float64 {
	n := 0
	for _, p := range list {
		if p > from {
			n++
		}
	}
	return float64(n) / float64(len(list))
}

func tell(name string, m *classify.Model, list []message) {
	var urgent, others []float64
	for _, x := range list {
		if p := m.Judge(x.Words).Urgent.P; x.tier.Urgent() {
			urgent = append(urgent, p)
		} else {
			others = append(others, p)
		}
	}
	fmt.Printf("%s: %d emergencies, %d others\n", name, len(urgent), len(others))
	if len(urgent) == 0 || len(others) == 0 {
		return
	}
	slices.Sort(others)
	for _, alarms := range []float64{0.01, 0.02, 0.05, 0.1} {
		from := others[int(float64(len(others)-1)*(1-alarms))]
		fmt.Printf("  false alarms %2.0f%%, above %.2f: %.1f%% found\n", 100*alarms, from, 100*share(urgent, from))
	}
}
