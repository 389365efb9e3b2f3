package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the commands print into the scripts")

// TestMain lets scripts run the test binary as the command handout.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) != "handout" { // the settings of whoever runs the tests
		for _, setting := range os.Environ() {
			if name, _, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "HANDOUT_") {
				os.Unsetenv(name)
			}
		}
	}
	testscript.Main(m, map[string]func(){
		"handout": func() {
			os.Exit(run(context.Background(), os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr}))
		},
	})
}

// TestScript runs the scripts of testdata/script, one for each behaviour of
// the command line.
func TestScript(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Condition: func(name string) (bool, error) {
			if name == "root" { // whom no permission stops
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", root)
			env.Values[serverKey] = new(*server)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"answers":       cmdAnswers,
			"makequestions": cmdMakeQuestions,
			"serve":         cmdServe,
			"http":          cmdHTTP,
			"hold":          cmdHold,
			"release":       cmdRelease,
			"signal":        cmdSignal,
			"exits":         cmdExits,
			"sql":           cmdSQL,
			"logged":        cmdLogged,
		},
	})
}

func TestServeStoppedWhileItStarts(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var log bytes.Buffer
	if status := run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--data", t.TempDir()}, stdio{nil, io.Discard, &log}); status != exitOK {
		t.Errorf("status %d\n%s", status, &log)
	}
}
