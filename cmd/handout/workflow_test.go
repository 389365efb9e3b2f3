package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var stepRE = regexp.MustCompile(`(?m)^( +)- run: \|\n((?:\s+.*\n)+?)` + "```")

// workflowStep is what the workflow of README.md runs.
func workflowStep(t *testing.T, readme string) string {
	step := stepRE.FindStringSubmatch(readme)
	if step == nil {
		t.Fatal("README.md shows no step of a workflow; is its form still what this test looks for?")
	}
	return strings.ReplaceAll("\n"+step[2], "\n"+step[1]+"    ", "\n")
}

// TestReadmeWorkflow runs the step of the workflow as GitHub does, in a
// repository whose corpus is that of README.md.
func TestReadmeWorkflow(t *testing.T) {
	for _, program := range []string{"git", "bash"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("skipped: needs %s", program)
		}
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull) // not the settings of whoever runs the tests
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	readme := readRoot(t, "README.md")
	w := &workflow{t: t, dir: filepath.Join(t.TempDir(), "repository"), step: workflowStep(t, readme)}
	writeReadmeFiles(t, readme, w.dir)
	w.git("init", "--quiet", "--initial-branch=main")
	w.commit("a corpus")
	w.git("update-ref", "refs/remotes/origin/main", "HEAD")
	w.git("switch", "--quiet", "--create=change")
	w.run(true, "No answer changes: ")

	w.renameSnippet()
	w.commit("another id")
	w.run(false, "stop the publish until somebody signs")
	w.commit("accepted", "--trailer", "Answers-signed-by: Anna")
	w.run(true, "Anna has signed for ")
	w.commit("one more")
	w.run(false, "stop the publish until somebody signs")
}

type workflow struct {
	t         *testing.T
	dir, step string
}

func (w *workflow) git(args ...string) {
	w.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=Anna", "-c", "user.email=anna@example.org", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = w.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		w.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

func (w *workflow) commit(message string, args ...string) {
	w.t.Helper()
	w.git("add", "--all")
	w.git(append([]string{"commit", "--quiet", "--allow-empty", "-m", message}, args...)...)
}

// renameSnippet gives the snippet another id, so that its questions are
// answered by another snippet.
func (w *workflow) renameSnippet() {
	w.t.Helper()
	old := filepath.Join(w.dir, "my-corpus", "meetings.md")
	text, err := os.ReadFile(old)
	if err == nil {
		err = os.Remove(old)
	}
	if err == nil {
		text := strings.Replace(string(text), "id: meetings", "id: gatherings", 1)
		err = os.WriteFile(filepath.Join(w.dir, "my-corpus", "gatherings.md"), []byte(text), 0o666)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// run runs the step and looks for words in the summary that it writes.
func (w *workflow) run(pass bool, want string) {
	w.t.Helper()
	summary := filepath.Join(w.t.TempDir(), "summary.md")
	cmd := exec.Command("bash", "-e", "-c", w.step)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "GITHUB_STEP_SUMMARY="+summary)
	out, err := cmd.CombinedOutput()
	if (err == nil) != pass {
		w.t.Errorf("step ended with %v\n%s", err, out)
	}
	text, err := os.ReadFile(summary)
	if err != nil || !strings.Contains(string(text), want) {
		w.t.Errorf("no %q in the summary, %v\n%s\n%s", want, err, text, out)
	}
	w.git("worktree", "remove", "--force", "../base")
}
