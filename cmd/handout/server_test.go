package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"
)

// server is a process that serves, for tests.
type server struct {
	cmd    *exec.Cmd
	log    *logBuffer
	done   chan struct{}
	kill   func()
	held   net.Conn // a question that is half asked
	answer *bufio.Reader
}

// hung is when a process that should have ended long ago is killed.
const hung = 2 * time.Minute

func startServer(dir string, env, args []string) (*server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), hung)
	s := &server{cmd: exec.CommandContext(ctx, args[0], args[1:]...), log: newLogBuffer(), done: make(chan struct{})}
	s.cmd.Dir = dir
	s.cmd.Env = append(os.Environ(), env...)
	s.cmd.Stderr = s.log
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // "go run" has a child
	s.cmd.Cancel = func() error { return syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL) }
	if err := s.cmd.Start(); err != nil {
		cancel()
		return nil, err
	}
	go func() {
		s.cmd.Wait()
		s.log.close()
		close(s.done)
	}()
	s.kill = func() {
		cancel()
		<-s.done
	}
	return s, nil
}

// surfaceOn is the page's line of the log, as text or as JSON.
var surfaceOn = regexp.MustCompile(`surface\W+web\W+url\W+http://([^"\s]+)`)

// address waits until the page is served and says where.
func (s *server) address() (string, error) {
	if err := s.log.waitFor(surfaceOn); err != nil {
		return "", err
	}
	return surfaceOn.FindStringSubmatch(s.log.String())[1], nil
}

// logBuffer keeps what a process writes and lets tests wait for a part of it.
type logBuffer struct {
	changed *sync.Cond
	text    strings.Builder
	closed  bool
}

func newLogBuffer() *logBuffer { return &logBuffer{changed: sync.NewCond(new(sync.Mutex))} }

func (b *logBuffer) Write(p []byte) (int, error) {
	b.changed.L.Lock()
	defer b.changed.L.Unlock()
	defer b.changed.Broadcast()
	return b.text.Write(p)
}

func (b *logBuffer) close() {
	b.changed.L.Lock()
	defer b.changed.L.Unlock()
	b.closed = true
	b.changed.Broadcast()
}

func (b *logBuffer) String() string {
	b.changed.L.Lock()
	defer b.changed.L.Unlock()
	return b.text.String()
}

// wait returns when a whole line with the words was written, or with an error
// when the process has ended without it.
func (b *logBuffer) wait(words string) error {
	return b.waitFor(regexp.MustCompile(regexp.QuoteMeta(words)))
}

func (b *logBuffer) waitFor(re *regexp.Regexp) error {
	b.changed.L.Lock()
	defer b.changed.L.Unlock()
	for {
		text := b.text.String()
		if at := re.FindStringIndex(text); at != nil && strings.Contains(text[at[1]:], "\n") {
			return nil
		}
		if b.closed {
			return fmt.Errorf("exited before it logged %s:\n%s", re, text)
		}
		b.changed.Wait()
	}
}
