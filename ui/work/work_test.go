package work

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// ui is a UI goroutine that runs what is dispatched when a test says so.
type ui struct{ calls chan func() }

func newUI() (ui, Runner) {
	u := ui{make(chan func(), 100)}
	return u, Runner{Dispatch: func(f func()) { u.calls <- f }, Now: time.Now}
}

func (u ui) settle() {
	synctest.Wait()
	for len(u.calls) > 0 {
		(<-u.calls)()
		synctest.Wait()
	}
}

func TestGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, r := newUI()
		ctx, leave := context.WithCancel(t.Context())
		failed := errors.New("failed")
		var got []error
		done := func(err error) { got = append(got, err) }
		r.Go(ctx, func(context.Context) error { return failed }, done)
		synctest.Wait()
		if got != nil {
			t.Fatal("done ran off the UI goroutine")
		}
		u.settle()
		if len(got) != 1 || !errors.Is(got[0], failed) {
			t.Fatalf("%v", got)
		}
		r.Go(ctx, func(context.Context) error { return nil }, done)
		synctest.Wait()
		leave() // after the work, before its result is shown
		u.settle()
		if len(got) != 1 {
			t.Fatal("a screen that is gone was told")
		}
	})
}

func TestEveryAndAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, r := newUI()
		ctx, leave := context.WithCancel(t.Context())
		ticks, once, never := 0, 0, 0
		r.Every(ctx, time.Second, func() { ticks++ })
		r.After(ctx, 1500*time.Millisecond, func() { once++ })
		r.After(ctx, time.Minute, func() { never++ })
		for range 3 {
			time.Sleep(time.Second + time.Millisecond) // the bubble's time
			u.settle()
		}
		leave()
		time.Sleep(2 * time.Minute)
		u.settle()
		if ticks != 3 || once != 1 || never != 0 {
			t.Fatalf("%d ticks, %d once, %d never", ticks, once, never)
		}
	})
}

type clipboard struct{ text string }

func (c *clipboard) Content() string     { return c.text }
func (c *clipboard) SetContent(s string) { c.text = s }

func TestCopier(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, r := newUI()
		c := &clipboard{}
		copier := NewCopier(r, c)
		pass := func(d time.Duration, want string) {
			t.Helper()
			time.Sleep(d)
			u.settle()
			if c.text != want {
				t.Fatalf("the clipboard holds %q, want %q", c.text, want)
			}
		}
		copier.Copy("one")
		pass(CopiedFor-time.Second, "one")
		copier.Copy("two") // has its own minute
		pass(CopiedFor-time.Second, "two")
		pass(time.Second, "")

		copier.Copy("three")
		c.text = "a phone number"
		pass(CopiedFor, "a phone number")

		copier.Copy("four")
		copier.TakeBack()
		pass(0, "")
	})
}
