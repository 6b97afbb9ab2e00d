package authtest

import (
	"context"
	"time"

	"anteroom/auth"
)

// Server is a place with a database in memory that stands for one on a server: it has a
// clock of its own, and may stop answering.
type Server struct {
	Faulty
	Time func() time.Time // by the server's clock
}

// NewServer has the right time, and no database yet.
func NewServer() *Server {
	return &Server{Faulty{&Memory{}, &Faults{}}, time.Now} //nolint:forbidigo // the server's own
}

// Memory is what it keeps.
func (s *Server) Memory() *Memory { return s.Location.(*Memory) }

// Create implements auth.Location.
func (s *Server) Create(ctx context.Context, fill func(auth.Store) error) (auth.Store, error) {
	store, err := s.Faulty.Create(ctx, fill)
	return serverStore{store, s}, err
}

// Open implements auth.Location.
func (s *Server) Open(ctx context.Context) (auth.Store, error) {
	store, err := s.Faulty.Open(ctx)
	if err != nil {
		return nil, err
	}
	return serverStore{store, s}, nil
}

type serverStore struct {
	auth.Store
	server *Server
}

// Now implements auth.Clock.
func (s serverStore) Now() time.Time { return s.server.Time() }
