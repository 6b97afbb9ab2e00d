package auth_test

import (
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/authtest/limits"
)

// TestHungStore: while a row is read from a disk that hangs, nothing hangs that a
// window asks at each frame, nor a lock.
func TestHungStore(t *testing.T) {
	for _, row := range []string{"register", "envelopes"} {
		for name, do := range map[string]func(c *clinic){
			"a check":   func(c *clinic) { _ = c.ben.Check(c.ctx) },
			"a reading": func(c *clinic) { _, _ = c.ben.Record(c.ctx, patient, "a") },
			"a change":  func(c *clinic) { _ = c.ben.ChangeName(c.ctx, "Ben Jones-Lind") },
			"an unlock": func(c *clinic) { _ = c.ben.Unlock(c.ctx, benPassword) },
		} {
			t.Run(row+" in "+name, func(t *testing.T) {
				c := newClinic(t)
				window := c.reopened()
				anna := c.practice
				c.practice = window
				c.ben = c.signInBen().Session
				c.practice = anna
				c.prove()
				_, err := authtest.MakeKit(c.ctx, c.anna) // new keys, of which Ben's window does not know
				c.must(err)
				begun, hung := make(chan struct{}, 1), make(chan struct{})
				c.memory.Hang = func(now string) {
					if now == row {
						select {
						case begun <- struct{}{}:
						default:
						}
						<-hung
					}
				}
				ended := make(chan struct{})
				go func() {
					defer close(ended)
					do(c)
				}()
				<-begun
				inTime(t, "what the window asks", func() { asksOfAWindow(window, c.ben) })
				close(hung)
				<-ended
			})
		}
	}
}

// asksOfAWindow is all that the UI goroutine calls.
func asksOfAWindow(p *auth.Practice, s *auth.Session) {
	p.Name()
	p.Notice()
	p.IdleAfter()
	p.ClockBehind()
	p.ClockAhead()
	p.Reach()
	p.ForThisRun()
	p.NewAttempt()
	s.User()
	s.IsLocked()
	s.Left()
	s.Lock()
	s.Forget()
}

// inTime fails if something hangs.
func inTime(t *testing.T, what string, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(limits.Wait(t)):
		t.Fatal(what + " hangs")
	}
}
