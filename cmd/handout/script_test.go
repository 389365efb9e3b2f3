package main

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"

	"handout/knowledge/sqlstore"
)

// The commands below are those that the scripts have besides testscript's own.

// cmdAnswers checks that a file holds one answer a line with exactly the
// promised fields, for the questions of another file in their order:
//
//	answers ANSWERS QUESTIONS
func cmdAnswers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: answers ANSWERS QUESTIONS")
	}
	lines := splitLines(ts.ReadFile(args[0]))
	questions := splitLines(ts.ReadFile(args[1]))
	if len(lines) != len(questions) {
		ts.Fatalf("%d answers to %d questions", len(lines), len(questions))
	}
	for i, line := range lines {
		if err := checkAnswer(line, questions[i]); err != nil {
			ts.Fatalf("line %d: %v\n%s", i+1, err, line)
		}
	}
}

func splitLines(text string) []string {
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

func checkAnswer(line, question string) error {
	var object struct {
		Question, Outcome, Snippet, Reply string
		Confidence                        float64
		Matches                           []map[string]any
	}
	var fields map[string]any
	if err := json.Unmarshal([]byte(line), &fields); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(line), &object); err != nil {
		return err
	}
	switch {
	case !hasFields(fields, "question", "outcome", "snippet", "confidence", "matches", "reply"):
		return fmt.Errorf("other fields than promised: %v", slices.Sorted(maps.Keys(fields)))
	case object.Question != question:
		return fmt.Errorf("answers %q, not %q", object.Question, question)
	case !slices.Contains([]string{"answered", "choose", "no_match", "declined", "urgent"}, object.Outcome):
		return fmt.Errorf("unknown outcome %q", object.Outcome)
	case object.Confidence < 0 || object.Confidence > 1:
		return fmt.Errorf("confidence %v", object.Confidence)
	case !strings.Contains(object.Reply, "consult your provider"):
		return fmt.Errorf("no footer")
	case object.Matches == nil:
		return fmt.Errorf("matches is null")
	}
	for _, m := range object.Matches {
		if !hasFields(m, "id", "confidence", "score", "topics") {
			return fmt.Errorf("a match has other fields than promised: %v", m)
		}
		if _, ok := m["topics"].([]any); !ok {
			return fmt.Errorf("topics of %v is no list", m["id"])
		}
	}
	if !slices.IsSortedFunc(object.Matches, func(a, b map[string]any) int {
		return int(1e6 * (b["score"].(float64) - a["score"].(float64)))
	}) {
		return fmt.Errorf("matches are not best first")
	}
	return nil
}

func hasFields(object map[string]any, names ...string) bool {
	return slices.Equal(slices.Sorted(maps.Keys(object)), slices.Sorted(slices.Values(names)))
}

// cmdMakeQuestions writes different questions, one a line:
//
//	makequestions N FILE
func cmdMakeQuestions(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: makequestions N FILE")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	stems := []string{"what are jak inhibitors", "is eczema contagious", "can i drink on rinvoq", "how do i mend a bicycle"}
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, "%s %d\n", stems[i%len(stems)], i)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o666))
}

const serverKey = "server"

// running returns the server that the script started last.
func running(ts *testscript.TestScript) *server {
	s, ok := ts.Value(serverKey).(**server)
	if !ok || *s == nil {
		ts.Fatalf("no server was started")
	}
	return *s
}

// cmdServe starts a server, waits until it serves, and sets $ADDR and $URL:
//
//	serve [NAME=VALUE...] ARGS
func cmdServe(ts *testscript.TestScript, neg bool, args []string) {
	var env []string
	for len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		env, args = append(env, args[0]), args[1:]
	}
	s, err := startServer(ts.MkAbs("."), env, append([]string{"handout", "serve"}, args...))
	ts.Check(err)
	ts.Defer(s.kill)
	*ts.Value(serverKey).(**server) = s
	address, err := s.address()
	ts.Check(err)
	ts.Setenv("URL", "http://"+address)
	ts.Setenv("ADDR", address)
}

// cmdHTTP prints the answer of the server that was started last:
//
//	http GET /healthz
//	http POST /ask 'q=my question'
func cmdHTTP(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: http METHOD PATH [FIELD=VALUE]")
	}
	var body io.Reader
	if len(args) > 2 {
		name, value, _ := strings.Cut(args[2], "=")
		body = strings.NewReader(url.Values{name: {value}}.Encode())
	}
	req, err := http.NewRequest(args[0], ts.Getenv("URL")+args[1], body)
	ts.Check(err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Close = true
	resp, err := http.DefaultTransport.RoundTrip(req)
	ts.Check(err)
	defer resp.Body.Close()
	ts.Check(resp.Write(ts.Stdout()))
}

const held = "q=what+are+jak+inhibitors"

// cmdHold begins to ask a question and returns when the server is waiting for
// the rest of it.
func cmdHold(ts *testscript.TestScript, neg bool, args []string) {
	s := running(ts)
	conn, err := net.Dial("tcp", ts.Getenv("ADDR"))
	ts.Check(err)
	ts.Defer(func() { conn.Close() })
	_, err = fmt.Fprintf(conn, "POST /ask HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", ts.Getenv("ADDR"), len(held))
	ts.Check(err)
	s.held, s.answer = conn, bufio.NewReader(conn)
	line, err := s.answer.ReadString('\n')
	ts.Check(err)
	if !strings.HasPrefix(line, "HTTP/1.1 100 ") {
		ts.Fatalf("server said %q", line)
	}
	_, err = s.answer.ReadString('\n')
	ts.Check(err)
}

// cmdRelease sends the rest of the held question and prints the answer.
func cmdRelease(ts *testscript.TestScript, neg bool, args []string) {
	s := running(ts)
	_, err := io.WriteString(s.held, held)
	ts.Check(err)
	resp, err := http.ReadResponse(s.answer, nil)
	ts.Check(err)
	defer resp.Body.Close()
	ts.Check(resp.Write(ts.Stdout()))
}

// cmdSignal sends a signal to the server and waits for what it then logs:
//
//	signal TERM [WORDS]
func cmdSignal(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT}
	if neg || len(args) < 1 || signals[args[0]] == 0 {
		ts.Fatalf("usage: signal TERM|INT [WORDS]")
	}
	s := running(ts)
	ts.Check(s.cmd.Process.Signal(signals[args[0]]))
	if len(args) > 1 {
		ts.Check(s.log.wait(strings.Join(args[1:], " ")))
	}
}

// cmdExits waits for the server to exit with a status, or by a signal, and
// prints its log:
//
//	exits 0
//	exits signal
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: exits STATUS|signal")
	}
	s := running(ts)
	<-s.done
	got := strconv.Itoa(s.cmd.ProcessState.ExitCode())
	if s.cmd.ProcessState.Sys().(syscall.WaitStatus).Signaled() {
		got = "signal"
	}
	fmt.Fprint(ts.Stderr(), s.log)
	if got != args[0] {
		ts.Fatalf("exited with %s, not %s:\n%s", got, args[0], s.log)
	}
}

// cmdSQL tampers with the store in a folder:
//
//	sql DIR STATEMENT
func cmdSQL(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql DIR STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(filepath.Join(args[0], sqlstore.File)))
	ts.Check(err)
	_, err = db.Exec(args[1])
	ts.Check(errors.Join(err, db.Close()))
}

// cmdLogged waits until the server's log holds some words:
//
//	logged WORDS
func cmdLogged(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: logged WORDS")
	}
	ts.Check(running(ts).log.wait(strings.Join(args, " ")))
}
