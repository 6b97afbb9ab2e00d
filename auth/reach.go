package auth

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	// awayAfter is how long a server may leave a poll unanswered before it counts as away:
	// then only polls are sent to it.
	awayAfter = 10 * time.Second
	// looking is how long after the last poll the window still counts as polling. Without
	// polls nobody would find out that the server answers again.
	looking = 5 * time.Second
	// askAgain is the time between two questions whether a change was saved.
	askAgain = time.Second
)

// Reach is what is known of whether the practice's server answers. Where the database is
// on this computer it is always the zero value.
type Reach struct {
	Away   bool          // it has not answered for 10 s; until it does all else is refused at once
	Silent time.Duration // for so long it has not answered
	Since  time.Time     // likewise, by this computer's clock

	Unsure      bool // whether a change was saved can't be told yet, and nothing more is written
	Saved, Lost int  // so many such changes were saved, as it turned out, and so many were not
}

// Reach touches neither the network nor a disk.
func (p *Practice) Reach() Reach {
	if s, ok := p.store.(*sharedStore); ok {
		return s.reach()
	}
	return Reach{}
}

// ClockAhead is how far this computer's clock is ahead of the server's, which is the one
// used; negative if it is behind. It is 0 if that is little, or there is no server.
func (p *Practice) ClockAhead() time.Duration {
	s, ok := p.store.(Clock)
	if !ok {
		return 0
	}
	if ahead := p.deps.Now().Sub(s.Now()); ahead.Abs() > maxClockBehind {
		return ahead
	}
	return 0
}

// backgroundKey marks a context of InBackground.
type backgroundKey struct{}

// InBackground is for changes that nobody waits for: Reach does not count them.
func InBackground(ctx context.Context) context.Context {
	return context.WithValue(ctx, backgroundKey{}, true)
}

// sharedStore is a store on a server that may stop answering. It learns that from the polls
// that a window makes each second. If the answer to a change is lost, Update waits until it
// is known whether the change was saved.
type sharedStore struct {
	Store
	Clock
	now   func() time.Time // of this computer
	open  context.Context  // ends with Close
	close context.CancelFunc

	mu    sync.Mutex // never held while the server is waited for
	asked time.Time  // when the first poll after the last answer began; zero: all were answered
	last  time.Time  // when the last poll began
	looks int        // polls under way

	unsure      int // changes of which nobody knows whether they were saved
	unsureShown int // those of them that somebody waits for
	saved, lost int
}

// reached wraps a store on a server, which may not always answer.
func (d Deps) reached(s Store) Store {
	clock, ok := s.(Clock)
	if !ok {
		return s
	}
	r := &sharedStore{Store: s, Clock: clock, now: d.Now}
	r.open, r.close = context.WithCancel(context.Background())
	return r
}

func (s *sharedStore) reach() Reach {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := Reach{Unsure: s.unsureShown > 0, Saved: s.saved, Lost: s.lost}
	now := s.now()
	if s.asked.IsZero() || s.looks == 0 && now.Sub(s.last) > looking {
		return r
	}
	r.Since, r.Silent = s.asked, now.Sub(s.asked)
	r.Away = r.Silent >= awayAfter
	return r
}

// refuse is an AwayError while the server is away.
func (s *sharedStore) refuse() error {
	if r := s.reach(); r.Away {
		return &AwayError{Since: r.Since}
	}
	return nil
}

// heard notes whether the server answered.
func (s *sharedStore) heard(err error) {
	if errors.Is(err, ErrServer) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = time.Time{}
}

// DataVersion implements Store. It is the poll.
func (s *sharedStore) DataVersion(ctx context.Context) (int64, error) {
	s.mu.Lock()
	s.last = s.now()
	s.looks++
	if s.asked.IsZero() {
		s.asked = s.last
	}
	s.mu.Unlock()
	n, err := s.Store.DataVersion(ctx)
	s.heard(err)
	s.mu.Lock()
	s.looks--
	s.mu.Unlock()
	return n, err
}

// View implements Store.
func (s *sharedStore) View(ctx context.Context, fn func(Reader) error) error {
	if err := s.refuse(); err != nil {
		return fmt.Errorf("read: %w", err)
	}
	err := atServer(s.Store.View(ctx, fn))
	if err == nil { // fn's errors say nothing of the server
		s.heard(nil)
	}
	return err
}

// Update implements Store. It returns when it is known whether the change was saved, or
// with an UnknownError if ctx ends before.
func (s *sharedStore) Update(ctx context.Context, fn func(Tx) error) error {
	if err := s.refuse(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	s.mu.Lock()
	unsure := s.unsure > 0
	s.mu.Unlock()
	if unsure {
		return fmt.Errorf("write: an earlier change is not settled: %w", ErrServer)
	}
	err := atServer(s.Store.Update(ctx, fn))
	var unknown *UnknownError
	switch {
	case errors.As(err, &unknown):
		return s.settle(ctx, unknown)
	case err == nil:
		s.heard(nil)
	}
	return err
}

// atServer adds to an error of a disk that it is the server's.
func atServer(err error) error {
	for _, kind := range []error{ErrBusy, ErrDiskFull, ErrReadOnly, ErrDisk} {
		if errors.Is(err, kind) {
			return fmt.Errorf("%w: %w", ErrOfServer, err)
		}
	}
	return err
}

// settle waits until it is known whether a change was saved.
func (s *sharedStore) settle(ctx context.Context, unknown *UnknownError) error {
	shown := 1
	if ctx.Value(backgroundKey{}) != nil {
		shown = 0
	}
	s.mu.Lock()
	s.unsure++
	s.unsureShown += shown
	s.mu.Unlock()
	known := make(chan bool, 1)
	go func() { // also if nobody waits any more: nothing else is written before
		saved, err := s.ask(unknown)
		if err != nil {
			return // the practice was closed
		}
		s.heard(nil)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.unsure--
		s.unsureShown -= shown
		if saved {
			s.saved += shown
		} else {
			s.lost += shown
		}
		known <- saved
	}()
	select {
	case saved := <-known:
		if !saved {
			return ErrNotSaved
		}
		return nil
	case <-ctx.Done():
	case <-s.open.Done():
	}
	return unknown
}

// ask asks until the server tells, or the practice is closed.
func (s *sharedStore) ask(unknown *UnknownError) (saved bool, err error) {
	again := time.NewTicker(askAgain)
	defer again.Stop()
	for {
		if saved, err = unknown.Ask(s.open); err == nil {
			return saved, nil
		}
		select {
		case <-s.open.Done():
			return false, s.open.Err()
		case <-again.C:
		}
	}
}

// Close implements Store.
func (s *sharedStore) Close() error {
	s.close()
	return s.Store.Close()
}
