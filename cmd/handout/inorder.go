package main

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// inOrder does work on all cores for whatever each hands over, and takes what
// comes of it in that order.
func inOrder[In, Out any](ctx context.Context, each func(do func(In) error) error, work func(In) Out, take func(Out) error) error {
	type job struct {
		in  In
		out chan Out
	}
	workers := runtime.GOMAXPROCS(0)
	todo, ordered := make(chan job), make(chan job, 64*workers)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(todo)
		defer close(ordered)
		return each(func(in In) error {
			j := job{in, make(chan Out, 1)}
			for _, queue := range []chan job{ordered, todo} {
				select {
				case queue <- j:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range workers {
		group.Go(func() error {
			for j := range todo {
				j.out <- work(j.in)
			}
			return nil
		})
	}
	group.Go(func() error {
		for j := range ordered {
			select {
			case out := <-j.out:
				if err := take(out); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}
