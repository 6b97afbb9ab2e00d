package authtest

import (
	"context"
	"errors"
	"sync"
	"time"

	"anteroom/auth"
)

// Server is a place with a database in memory that stands for one on a server: it has a
// clock of its own, and may stop answering.
type Server struct {
	*Memory
	Time func() time.Time // by the server's clock

	mu    sync.Mutex
	fails error         // what it says to every question; nil: it answers
	hung  chan struct{} // closed once it goes on; nil: it does not hang
	lost  *bool         // the answer to the next commit is lost, and whether that is saved
}

// NewServer has the right time, and no database yet.
func NewServer() *Server { return &Server{Memory: &Memory{}, Time: time.Now} } //nolint:forbidigo // the server's own

// Answer has it go on.
func (s *Server) Answer() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hung != nil {
		close(s.hung)
	}
	s.fails, s.hung = nil, nil
}

// Stop has every question end with an error at once.
func (s *Server) Stop(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fails = err
}

// Hang has every question wait until Answer, whoever cancels it.
func (s *Server) Hang() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hung = make(chan struct{})
}

// Lose has the server stop at the next commit, which is saved or not, and nobody is told.
func (s *Server) Lose(saved bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lost = &saved
}

func (s *Server) question() error {
	s.mu.Lock()
	fails, hung := s.fails, s.hung
	s.mu.Unlock()
	if hung != nil {
		<-hung
	}
	return fails
}

// Exists implements auth.Location.
func (s *Server) Exists(ctx context.Context) (bool, error) {
	if err := s.question(); err != nil {
		return false, err
	}
	return s.Memory.Exists(ctx)
}

// Create implements auth.Location.
func (s *Server) Create(ctx context.Context, fill func(auth.Store) error) (auth.Store, error) {
	m, err := s.Memory.Create(ctx, fill)
	return &serverStore{m, s}, err
}

// Open implements auth.Location.
func (s *Server) Open(ctx context.Context) (auth.Store, error) {
	if err := s.question(); err != nil {
		return nil, err
	}
	m, err := s.Memory.Open(ctx)
	return &serverStore{m, s}, err
}

type serverStore struct {
	auth.Store
	server *Server
}

// Now implements auth.Clock.
func (s *serverStore) Now() time.Time { return s.server.Time() }

// DataVersion implements auth.Store.
func (s *serverStore) DataVersion(ctx context.Context) (int64, error) {
	if err := s.server.question(); err != nil {
		return 0, err
	}
	return s.Store.DataVersion(ctx)
}

// View implements auth.Store.
func (s *serverStore) View(ctx context.Context, fn func(auth.Reader) error) error {
	if err := s.server.question(); err != nil {
		return err
	}
	return s.Store.View(ctx, fn)
}

var errLost = errors.New("the server stopped before it had saved")

// Update implements auth.Store.
func (s *serverStore) Update(ctx context.Context, fn func(auth.Tx) error) error {
	if err := s.server.question(); err != nil {
		return err
	}
	s.server.mu.Lock()
	lost := s.server.lost
	s.server.mu.Unlock()
	err := s.Store.Update(ctx, func(tx auth.Tx) error {
		if err := fn(tx); err != nil || lost == nil || *lost {
			return err
		}
		return errLost
	})
	if lost == nil || err != nil && !errors.Is(err, errLost) {
		return err
	}
	s.server.mu.Lock()
	s.server.fails, s.server.lost = auth.ErrServer, nil
	s.server.mu.Unlock()
	return &auth.UnknownError{Ask: func(context.Context) (bool, error) { return *lost, s.server.question() }}
}
