package keyring

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// result is what a call in the background returned.
type result struct {
	value string
	err   error
}

// background starts get or set and returns once it waits for something.
func background(call func() (string, error)) <-chan result {
	answer := make(chan result, 1)
	go func() {
		value, err := call()
		answer <- result{value, err}
	}()
	synctest.Wait()
	return answer
}

func get(ctx context.Context, k *Keyring, name string) <-chan result {
	return background(func() (string, error) { return k.Get(ctx, name) })
}

func set(ctx context.Context, k *Keyring, name, value string) <-chan result {
	return background(func() (string, error) { return "", k.Set(ctx, name, value) })
}

func wantCalls(t *testing.T, f *fake, want ...string) {
	t.Helper()
	synctest.Wait()
	if diff := cmp.Diff(want, f.began()); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func wantResult(t *testing.T, answer <-chan result, value string, err error) {
	t.Helper()
	if got := <-answer; got.value != value || !errors.Is(got.err, err) {
		t.Errorf("result %q, %v, want %q, %v", got.value, got.err, value, err)
	}
}

func hanging() *fake {
	f := newFake()
	f.hold = make(chan struct{})
	return f
}

func TestThousandRetriesOfHungKeyring(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := hanging()
		k := f.keyring()
		before := runtime.NumGoroutine()
		for i := range 1000 {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			_, err := k.Get(ctx, fmt.Sprint("item ", i%3))
			if !errors.Is(err, ErrNoAnswer) || !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("Get: %v, want ErrNoAnswer and the deadline", err)
			}
			cancel()
		}
		synctest.Wait()
		if extra := runtime.NumGoroutine() - before; extra > 10 { // 1, and what the runtime has for itself
			t.Errorf("%d goroutines left waiting, want 1", extra)
		}
		if n := len(k.queue.calls); n != 1 {
			t.Errorf("%d calls kept, want 1", n)
		}
		wantCalls(t, f, "get item 0")
		close(f.hold)
		if err := k.Set(t.Context(), "item 0", "1"); err != nil {
			t.Errorf("Set once it answers again: %v", err)
		}
		if f.most != 1 {
			t.Errorf("%d calls under way at a time", f.most)
		}
	})
}

func TestGetsOfOneItemShareOneRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := hanging()
		f.kept["a"], f.kept["b"] = "1", "2"
		k := f.keyring()
		var answers []<-chan result
		for range 10 {
			answers = append(answers, get(t.Context(), k, "a"))
		}
		other1, other2 := get(t.Context(), k, "b"), get(t.Context(), k, "b")
		wantCalls(t, f, "get a")
		f.hold <- struct{}{}
		wantCalls(t, f, "get a", "get b")
		close(f.hold)
		for _, answer := range answers {
			wantResult(t, answer, "1", nil)
		}
		wantResult(t, other1, "2", nil)
		wantResult(t, other2, "2", nil)
		wantCalls(t, f, "get a", "get b")
	})
}

func TestReadAfterWriteIsItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := hanging()
		f.kept["a"] = "old"
		k := f.keyring()
		early := get(t.Context(), k, "a")
		write := set(t.Context(), k, "a", "new")
		f.hold <- struct{}{}
		wantResult(t, early, "old", nil)
		close(f.hold)
		wantResult(t, write, "", nil)
		wantResult(t, get(t.Context(), k, "a"), "new", nil)
	})
}

// Whoever joins a read keeps its own patience, and the read that of the longest.
func TestReadLivesAsLongAsSomebodyWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.kept["a"] = "1"
		k := f.keyring()
		unlocked, states := make(chan struct{}), 0
		k.ready = func(ctx context.Context) error {
			states++
			select {
			case <-unlocked:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		first, second := get(short, k, "a"), get(t.Context(), k, "a")
		wantResult(t, first, "", ErrNoAnswer)
		wantCalls(t, f)
		close(unlocked)
		wantResult(t, second, "1", nil)
		if states != 1 {
			t.Errorf("the state was read %d times, want once", states)
		}
	})
}

// A prompt nobody waits for any more ends, and the next caller gets a fresh one.
func TestStateCheckEndsWithItsLastWaiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		k := f.keyring()
		ended := 0
		k.ready = func(ctx context.Context) error {
			<-ctx.Done()
			ended++
			return nil // even then nothing is written
		}
		for range 3 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			wantResult(t, set(ctx, k, "a", "1"), "", ErrNoAnswer)
			wantResult(t, get(ctx, k, "a"), "", ErrNoAnswer)
			cancel()
		}
		wantCalls(t, f)
		if ended != 3 {
			t.Errorf("%d state checks, want 3", ended)
		}
	})
}

func TestWritesKeepTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := hanging()
		k := f.keyring()
		short, giveUp := context.WithCancelCause(t.Context())
		begun := set(short, k, "a", "begun")
		waiting := set(short, k, "a", "waiting")
		newer := set(t.Context(), k, "a", "newer")
		newest := set(t.Context(), k, "a", "newest")
		tired := errors.New("tired of waiting")
		giveUp(tired)
		wantResult(t, begun, "", tired)
		wantResult(t, waiting, "", ErrNoAnswer)
		close(f.hold)
		wantResult(t, newer, "", nil)
		wantResult(t, newest, "", nil)
		wantCalls(t, f, "set a=begun", "get a", "set a=newer", "get a", "set a=newest", "get a")
	})
}

func TestEndedContextStartsNothing(t *testing.T) {
	f := newFake()
	k := f.keyring()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := k.Set(ctx, "a", "1"); !errors.Is(err, ErrNoAnswer) || !errors.Is(err, context.Canceled) {
		t.Errorf("Set: %v, want ErrNoAnswer and Canceled", err)
	}
	if _, err := k.Get(ctx, "a"); !errors.Is(err, ErrNoAnswer) {
		t.Errorf("Get: %v, want ErrNoAnswer", err)
	}
	if calls := f.began(); len(calls) != 0 {
		t.Errorf("calls %q, want none", calls)
	}
}
