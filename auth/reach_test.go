package auth_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// shared is a practice on a server, whose admin is signed in.
type shared struct {
	*testing.T
	server   *authtest.Server
	deps     auth.Deps
	practice *auth.Practice
	anna     *auth.Session
}

// onServer runs a test in a bubble of time.
func onServer(t *testing.T, test func(s *shared)) {
	synctest.Test(t, func(t *testing.T) {
		s := &shared{T: t, server: authtest.NewServer()}
		s.deps = auth.Deps{Location: s.server, Keyring: authtest.NewKeyring(), Now: time.Now, Cost: authtest.Cheap}
		var err error
		s.practice, s.anna, err = auth.SetUp(t.Context(), s.deps, auth.SetUpForm{Practice: "Brook Street", Name: "Anna Smith", Username: "asmith", Password: annaPassword})
		if err != nil {
			t.Fatal(err)
		}
		test(s)
		s.server.Answer()
		if err := s.practice.Close(); err != nil {
			t.Error(err)
		}
	})
}

// looks looks each second for some time, as a window does, and does not wait for a look
// that hangs.
func (s *shared) looks(d time.Duration) {
	for range d / time.Second {
		go func() { _ = s.anna.Check(s.Context()) }()
		time.Sleep(time.Second)
	}
	synctest.Wait()
}

func (s *shared) rename(name string) error { return s.anna.ChangeName(s.Context(), name) }

func (s *shared) is(what string, got, want any) {
	s.Helper()
	if got != want {
		s.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestAway: 10 s without an answer and everything is refused at once, until a look is
// answered; whether the server refuses or hangs.
func TestAway(t *testing.T) {
	for name, stop := range map[string]func(*shared){
		"nothing there": func(s *shared) { s.server.Stop(auth.ErrServer) },
		"it hangs":      func(s *shared) { s.server.Hang() },
	} {
		t.Run(name, func(t *testing.T) {
			onServer(t, func(s *shared) {
				s.looks(3 * time.Second)
				stop(s)
				since := time.Now()
				s.looks(9 * time.Second)
				s.is("away after 9 s", s.practice.Reach().Away, false)
				s.looks(time.Second)
				r := s.practice.Reach()
				s.is("away after 10 s", r.Away, true)
				s.is("since", r.Since.Equal(since), true)

				began := time.Now()
				err := s.rename("Anna Smith-Lind")
				var away *auth.AwayError
				s.is("refused", errors.As(err, &away) && errors.Is(err, auth.ErrServer), true)
				s.is("a reading", errors.Is(s.anna.ReadRecords(s.Context(), func(*auth.RecordReader) error { return nil }), auth.ErrServer), true)
				s.is("it took", time.Since(began), 0*time.Second)

				s.server.Answer()
				s.looks(time.Second)
				s.is("back", s.practice.Reach(), auth.Reach{})
				if err := s.rename("Anna Smith-Lind"); err != nil {
					s.Error(err)
				}
			})
		})
	}
}

// TestNobodyLooks: where nobody looks, nobody would find out that the server answers
// again; so it is asked.
func TestNobodyLooks(t *testing.T) {
	onServer(t, func(s *shared) {
		s.server.Stop(auth.ErrServer)
		s.looks(12 * time.Second)
		s.is("away", s.practice.Reach().Away, true)
		s.server.Answer()
		time.Sleep(time.Minute)
		if err := s.rename("Anna Smith-Lind"); err != nil {
			s.Error(err)
		}
		s.server.Stop(auth.ErrServer)
		s.looks(9 * time.Second)
		s.is("away for what was before", s.practice.Reach().Away, false)
	})
}

// TestLostAnswer: who makes a change whose answer is lost hears what became of it, and
// nothing else is written before.
func TestLostAnswer(t *testing.T) {
	for _, saved := range []bool{true, false} {
		onServer(t, func(s *shared) {
			s.server.Lose(saved)
			done := make(chan error, 1)
			go func() { done <- s.rename("Anna Smith-Lind") }()
			s.looks(5 * time.Second)
			s.is("unsure", s.practice.Reach().Unsure, true)
			s.is("told", len(done), 0)
			s.is("another change", errors.Is(s.rename("Anna"), auth.ErrServer), true)

			s.server.Answer()
			s.is("another change before it is known", errors.Is(s.rename("Anna"), auth.ErrServer), true)
			s.looks(2 * time.Second)
			r := s.practice.Reach()
			s.is("unsure", r.Unsure, false)
			err := <-done
			overview, readErr := s.anna.Overview(s.Context())
			if readErr != nil {
				s.Fatal(readErr)
			}
			if saved {
				s.is("the answer", err, error(nil))
				s.is("name", overview.Name, "Anna Smith-Lind")
				s.is("counted", r.Saved, 1)
			} else {
				s.is("the answer", errors.Is(err, auth.ErrNotSaved), true)
				s.is("name", overview.Name, "Anna Smith")
				s.is("counted", r.Lost, 1)
			}
			if err := s.rename("Anna"); err != nil { // with the anchor that belongs to the one before
				s.Error(err)
			}
		})
	}
}

// TestCalledOffWhileUnsure: who does not wait any more is told that it can't be told;
// nothing is written all the same before it is known.
func TestCalledOffWhileUnsure(t *testing.T) {
	onServer(t, func(s *shared) {
		s.server.Lose(true)
		ctx, stop := context.WithCancel(s.Context())
		time.AfterFunc(3*time.Second, stop)
		err := s.anna.ChangeName(auth.InBackground(ctx), "Anna Smith-Lind")
		s.is("unknown", errors.Is(err, auth.ErrUnknown), true)
		s.is("shown", s.practice.Reach().Unsure, false)
		s.is("another change", errors.Is(s.rename("Anna"), auth.ErrServer), true)
		s.server.Answer()
		time.Sleep(2 * time.Second)
		if err := s.rename("Anna"); err != nil {
			s.Error(err)
		}
		s.is("told of nobody's change", s.practice.Reach(), auth.Reach{})
	})
}

// TestClosedWhileUnsure: closing waits for no server.
func TestClosedWhileUnsure(t *testing.T) {
	onServer(t, func(s *shared) {
		s.server.Lose(true)
		done := make(chan error, 1)
		go func() { done <- s.rename("Anna Smith-Lind") }()
		time.Sleep(time.Second)
		if err := s.practice.Close(); err != nil {
			s.Error(err)
		}
		s.is("unknown", errors.Is(<-done, auth.ErrUnknown), true)
	})
}

// TestHungServer: while the server hangs, nothing hangs that the UI goroutine asks.
func TestHungServer(t *testing.T) {
	onServer(t, func(s *shared) {
		s.server.Hang()
		for _, do := range []func(){
			func() { _ = s.anna.Check(s.Context()) },
			func() { _ = s.rename("Anna Smith-Lind") },
			func() { _ = s.anna.Unlock(s.Context(), annaPassword) },
			func() { _ = s.anna.ReadRecords(s.Context(), func(*auth.RecordReader) error { return nil }) },
		} {
			go do()
		}
		synctest.Wait()
		asksOfAWindow(s.practice, s.anna) // a bubble in which all hangs ends the test
	})
}

// TestOwnDiskIsNoServer: a practice on this computer is never away.
func TestOwnDiskIsNoServer(t *testing.T) {
	c := newClinic(t)
	c.memory.Hang = func(string) { c.clock.Advance(time.Hour) }
	_ = c.anna.Check(c.ctx)
	if r := c.practice.Reach(); r != (auth.Reach{}) || c.practice.ClockAhead() != 0 {
		t.Errorf("%+v", r)
	}
}

// TestClockAhead: which clock is off is for the server's to say.
func TestClockAhead(t *testing.T) {
	onServer(t, func(s *shared) {
		s.server.Time = func() time.Time { return time.Now().Add(119 * time.Second) }
		s.is("a little", s.practice.ClockAhead(), 0*time.Second)
		s.server.Time = func() time.Time { return time.Now().Add(7 * time.Minute) }
		s.is("behind", s.practice.ClockAhead(), -7*time.Minute)
	})
}
