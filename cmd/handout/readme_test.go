package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

var (
	shellRE    = regexp.MustCompile("(?ms)^```sh\n(.*?)^```$")
	consoleRE  = regexp.MustCompile("(?ms)^```console\n\\$ (.*?)\n(.*?)^```$")
	fileRE     = regexp.MustCompile("(?ms)^`([^`\n]+)`:\n\n```[a-z]+\n(.*?)^```$")
	variableRE = regexp.MustCompile(`HANDOUT_[A-Z_]+`)
)

func readRoot(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestReadmeCommands runs the commands of README.md as a reader would, in a
// folder that holds the files that it shows.
func TestReadmeCommands(t *testing.T) {
	readme := readRoot(t, "README.md")
	dir := t.TempDir()
	writeReadmeFiles(t, readme, dir)
	t.Setenv("HANDOUT_ADDR", "127.0.0.1:0")
	api := httptest.NewServer(http.HandlerFunc(platforms))
	t.Cleanup(api.Close)
	t.Setenv("HANDOUT_TELEGRAM_API", api.URL)
	t.Setenv("HANDOUT_DISCORD_API", api.URL)
	for name, token := range map[string]string{"telegram-token": "123456:not-a-real-one", "discord-token": "not.a.real.one"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(token+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	blocks := shellRE.FindAllStringSubmatch(readme, -1)
	if len(blocks) < 8 {
		t.Fatalf("README.md has %d blocks of commands; is their form still what this test looks for?", len(blocks))
	}
	for _, block := range blocks {
		t.Run(strings.SplitN(block[1], "\n", 2)[0], func(t *testing.T) { tryCommands(t, dir, block[1]) })
	}
}

// writeReadmeFiles writes the files that README.md shows.
func writeReadmeFiles(t *testing.T, readme, dir string) {
	files := fileRE.FindAllStringSubmatch(readme, -1)
	if len(files) < 6 {
		t.Fatalf("README.md shows %d files; is their form still what this test looks for?", len(files))
	}
	for _, f := range files {
		name := filepath.Join(dir, f[1])
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(f[2]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// platforms stands in for Telegram and Discord, as far as a start goes.
func platforms(w http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body) // or the server does not see that the client has gone
	w.Header().Set("Content-Type", "application/json")
	switch {
	case strings.HasSuffix(r.URL.Path, "/getMe"):
		io.WriteString(w, `{"ok": true, "result": {"id": 1, "is_bot": true, "first_name": "Handout", "username": "handout_bot"}}`)
	case strings.HasSuffix(r.URL.Path, "/getUpdates"):
		<-r.Context().Done()
	case strings.HasPrefix(r.URL.Path, "/bot"):
		io.WriteString(w, `{"ok": true, "result": true}`)
	case strings.HasSuffix(r.URL.Path, "/applications/@me"):
		io.WriteString(w, `{"id": "1234567890", "name": "Handout", "bot_public": true}`)
	default:
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

func tryCommands(t *testing.T, dir, commands string) {
	if strings.Contains(commands, "go ") {
		dir = "../.."
	}
	switch {
	case strings.Contains(commands, "go test"):
		if !strings.Contains(readRoot(t, ".ci/run"), "\n"+commands) {
			t.Error("not run by .ci/run")
		}
	case strings.HasPrefix(commands, "docker"):
		// No test can count on a container engine. .ci/run carries out the
		// steps of the Dockerfile one by one and runs what they make.
		if !strings.Contains(readRoot(t, ".ci/run"), "Dockerfile") {
			t.Error("no step of .ci/run for the image")
		}
	case strings.Contains(commands, " serve"):
		tryServer(t, dir, commands)
	case strings.Contains(commands, " health"):
		s, err := startServer(dir, nil, []string{"handout", "serve"})
		if err != nil {
			t.Fatal(err)
		}
		defer s.kill()
		address, err := s.address()
		if err != nil {
			t.Fatal(err)
		}
		t.Setenv("HANDOUT_ADDR", address)
		tryShell(t, dir, commands)
	default:
		t.Setenv("GOBIN", t.TempDir())
		tryShell(t, dir, commands)
	}
}

func tryShell(t *testing.T, dir, commands string) {
	cmd := exec.Command("sh", "-e", "-c", commands)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s%v\n%s", commands, err, out)
	}
	if strings.Contains(string(out), "no checked answer") {
		t.Errorf("%sfound no answer:\n%s", commands, out)
	}
}

func tryServer(t *testing.T, dir, commands string) {
	s, err := startServer(dir, nil, []string{"sh", "-c", "exec " + commands})
	if err != nil {
		t.Fatal(err)
	}
	defer s.kill()
	address, err := s.address()
	if err != nil {
		t.Fatal(err)
	}
	tryShell(t, dir, "handout health --addr "+address)
	// Control-C, which "go run" leaves to what it runs.
	if err := syscall.Kill(-s.cmd.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	<-s.done
	// "go run" has status 1 after Control-C, whatever it ran.
	if s.log.wait("surface stopped") != nil || !s.cmd.ProcessState.Success() && !strings.HasPrefix(commands, "go run") {
		t.Errorf("%v\n%s", s.cmd.ProcessState, s.log)
	}
}

// TestReadmeTranscript compares the terminal session with what is printed.
func TestReadmeTranscript(t *testing.T) {
	sessions := consoleRE.FindAllStringSubmatch(readRoot(t, "README.md"), -1)
	if len(sessions) == 0 {
		t.Fatal("README.md shows no terminal session")
	}
	for _, session := range sessions {
		out, err := exec.Command("sh", "-c", session[1]).Output()
		if err != nil {
			t.Fatal(err)
		}
		rest := string(out)
		for line := range strings.Lines(session[2]) {
			line = strings.TrimSpace(line)
			if line == "..." || line == "" {
				continue
			}
			var ok bool
			if _, rest, ok = strings.Cut(rest, line); !ok {
				t.Errorf("%s does not print, or not there: %s", session[1], line)
			}
		}
	}
}

// TestReadmeSettings holds README.md to the flags that there are, and each
// flag of serve to its variable.
func TestReadmeSettings(t *testing.T) {
	readme := readRoot(t, "README.md")
	for _, command := range []string{"serve", "doctor", "ask", "chat", "check", "eval", "health"} {
		out, err := exec.Command("handout", command, "--help").Output()
		if err != nil {
			t.Fatal(err)
		}
		_, flags, _ := strings.Cut(string(out), "Flags:")
		for help := range strings.SplitSeq(strings.Join(strings.Fields(flags), " "), " --") {
			name := regexp.MustCompile(`^[a-z-]+`).FindString(help)
			if strings.HasPrefix(name, "-") || name == "help" { // -h, --help
				continue
			}
			flag, variable := "--"+name, variableRE.FindString(help)
			if want := "HANDOUT_" + strings.ToUpper(strings.ReplaceAll(flag[2:], "-", "_")); command == "serve" && variable != want {
				t.Errorf("serve %s has the variable %q, not %s", flag, variable, want)
			}
			for _, name := range []string{flag, variable} {
				if !regexp.MustCompile("`[^`\n]*" + name + "\\b").MatchString(readme) {
					t.Errorf("README.md does not describe %s of %s", name, command)
				}
			}
		}
	}
}
