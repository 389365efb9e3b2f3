package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSafetyNamesTests: what SAFETY.md cites as proof is there.
func TestSafetyNamesTests(t *testing.T) {
	cited := regexp.MustCompile("`((?:Test|Fuzz)\\w+)(?:/([\\w-]+))?`").FindAllStringSubmatch(readRoot(t, "SAFETY.md"), -1)
	if len(cited) < 60 {
		t.Fatalf("only %d tests are cited", len(cited))
	}
	have := map[string]bool{}
	funcRE := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, m := range funcRE.FindAllSubmatch(source, -1) {
			have[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range cited {
		if !have[m[1]] {
			t.Errorf("SAFETY.md cites %s, which is no test", m[1])
		}
		if m[2] == "" {
			continue
		}
		if _, err := os.Stat("../../knowledge/testdata/lint/" + m[2] + ".txtar"); err != nil {
			t.Errorf("SAFETY.md cites %s/%s: %v", m[1], m[2], err)
		}
	}
}

// TestSafetyGoesThroughEachHarm: a heading for each, with what prevents it,
// what proves that, and what is open.
func TestSafetyGoesThroughEachHarm(t *testing.T) {
	harms := regexp.MustCompile(`(?m)^### \d+\. `).Split(readRoot(t, "SAFETY.md"), -1)[1:]
	if len(harms) != 20 {
		t.Errorf("%d harms, want 20", len(harms))
	}
	for i, harm := range harms {
		for _, part := range []string{"- **Rule.** ", "- **Proof.** ", "- **Open.** "} {
			if strings.Count(harm, part) != 1 {
				t.Errorf("harm %d has no %q", i+1, part)
			}
		}
	}
}
