package shell

import (
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/authtest/limits"
)

// TestAHungDisk: while a read hangs, the window paints, and locks.
func TestAHungDisk(t *testing.T) {
	o := newOffice(t)
	o.limit = limits.Wait(t)
	o.setUp()
	o.open()
	o.signIn()
	other, err := auth.Open(t.Context(), o.deps())
	if err != nil {
		t.Fatal(err)
	}
	state, err := other.NewAttempt().Password(t.Context(), "asmith", password)
	if err != nil {
		t.Fatal(err)
	}
	admin := state.Session
	if err := admin.StepUp(t.Context(), password, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := authtest.MakeKit(t.Context(), admin); err != nil {
		t.Fatal(err)
	}
	begun, hung := make(chan struct{}, 1), make(chan struct{})
	o.memory.Hang = func(row string) {
		if row == "envelopes" { // asked for by who does not know the new keys
			select {
			case begun <- struct{}{}:
			default:
			}
			<-hung
		}
	}
	if _, err := authtest.MakeKit(t.Context(), admin); err != nil { // another one: new keys
		t.Fatal(err)
	}
	o.until("a read that hangs", func() bool { return len(begun) > 0 })

	done := make(chan struct{})
	go func() { // the UI goroutine
		defer close(done)
		want(t, "it paints the front desk", o.shows("Anna Smith"), true)
		o.window.menu.lock.Action()
		want(t, "it paints the lock screen", o.shows("Password"), true)
	}()
	select {
	case <-done:
	case <-time.After(o.limit):
		t.Error("the window hangs")
	}
	close(hung)
	<-done
	closed := false
	o.window.window.SetOnClosed(func() { closed = true })
	o.window.Close()
	o.until("the window to close", func() bool { return closed })
}
