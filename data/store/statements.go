package store

import (
	"context"
	"database/sql"
	"maps"
	"sync"
)

// statements are the queries of one handle, each prepared once: SQLite takes
// longer to prepare a query for one row than to run it.
type statements struct {
	mu    sync.Mutex
	made  map[string]*sql.Stmt
	asked map[string]bool // by transactions, and not made yet
}

// get is a prepared query; nil: it will be one in later transactions.
func (s *statements) get(query string) *sql.Stmt {
	s.mu.Lock()
	defer s.mu.Unlock()
	if made, ok := s.made[query]; ok {
		return made
	}
	if s.asked == nil {
		s.asked = map[string]bool{}
	}
	s.asked[query] = true
	return nil
}

// prepare makes what was asked for. It belongs before a transaction: within one
// the handle that writes has no connection left. What can't be prepared is
// prepared within its transaction again, which then says why not.
func (s *statements) prepare(ctx context.Context, db *sql.DB) {
	s.mu.Lock()
	asked := maps.Clone(s.asked)
	clear(s.asked)
	s.mu.Unlock()
	for query := range asked {
		made, err := db.PrepareContext(ctx, query)
		if err != nil {
			return
		}
		s.keep(query, made)
	}
}

func (s *statements) keep(query string, made *sql.Stmt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.made[query]; ok { // another goroutine was faster
		made.Close()
		return
	}
	if s.made == nil {
		s.made = map[string]*sql.Stmt{}
	}
	s.made[query] = made
}
