package deliver

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"
)

func TestLanesKeepTheOrderOfAKeyWhileOthersRun(t *testing.T) {
	l := NewLanes(1000, 100_000)
	var mu sync.Mutex
	got := map[string][]int{}
	release := make(chan struct{})
	if err := l.Do("stuck", func() { <-release }); err != nil {
		t.Fatal(err)
	}
	var others sync.WaitGroup
	for i := range 200 {
		for k := range 20 {
			key := fmt.Sprint(k)
			others.Add(1)
			err := l.Do(key, func() {
				defer others.Done()
				mu.Lock()
				defer mu.Unlock()
				got[key] = append(got[key], i)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	others.Wait() // although one lane stands still
	close(release)
	l.Wait()
	for key, order := range got {
		if len(order) != 200 || !slices.IsSorted(order) {
			t.Errorf("lane %s ran %d jobs, in order: %t", key, len(order), slices.IsSorted(order))
		}
	}
	if len(l.waiting) != 0 {
		t.Errorf("%d lanes are left behind", len(l.waiting))
	}
}

func TestLanesAreBounded(t *testing.T) {
	l := NewLanes(2, 3)
	release := make(chan struct{})
	stuck := func() { <-release }
	for _, step := range []struct {
		key  string
		full bool
	}{{"a", false}, {"a", false}, {"a", true}, {"b", false}, {"c", true}} {
		if err := l.Do(step.key, stuck); errors.Is(err, ErrFull) != step.full {
			t.Errorf("Do(%s) = %v, want full: %t", step.key, err, step.full)
		}
	}
	if n, none := l.Waiting("a"), l.Waiting("c"); n != 2 || none != 0 {
		t.Errorf("waiting: %d and %d, want 2 and 0", n, none)
	}
	close(release)
	l.Wait()
	if err := l.Do("a", func() {}); err != nil {
		t.Errorf("after the jobs are done: %v", err)
	}
	l.Wait()
}

func TestAPanicStopsNeitherItsLaneNorTheProgram(t *testing.T) {
	l := NewLanes(5, 5)
	var said any
	l.Panicked = func(v any, stack []byte) { said = v }
	after := false
	l.Do("a", func() { panic("oops") })
	l.Do("a", func() { after = true })
	l.Wait()
	if said != "oops" || !after {
		t.Errorf("said %v, went on: %t", said, after)
	}
}

func TestDrainGivesUpWithItsContext(t *testing.T) {
	l := NewLanes(1, 1)
	release := make(chan struct{})
	l.Do("a", func() { <-release })
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	if err := l.Drain(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("drain: %v", err)
	}
	close(release)
	if err := l.Drain(t.Context()); err != nil {
		t.Errorf("drain: %v", err)
	}
}
