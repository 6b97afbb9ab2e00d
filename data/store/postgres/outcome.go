package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"anteroom/auth"
)

// turn names a transaction that writes. Its number says whether it still goes on. That it
// was saved only its token says, for after a power cut the server may give a number again
// that it had given to a transaction of which nothing is left.
type turn struct{ id, token string }

// outcome says what became of a transaction whose commit was not answered: nil, where
// it was saved.
func (s *Store) outcome(ctx context.Context, t turn) error {
	s.mu.Lock()
	s.unsure = append(s.unsure, t)
	s.mu.Unlock()
	saved, err := s.ask(context.WithoutCancel(ctx), askTime, t)
	switch {
	case err != nil:
		return &auth.UnknownError{Ask: func(ctx context.Context) (bool, error) { return s.ask(ctx, askTime, t) }}
	case saved:
		return nil
	}
	return fmt.Errorf("commit: %w", auth.ErrServer)
}

// settle learns what became of the transactions that nobody knows of, before another one
// begins.
func (s *Store) settle(ctx context.Context) error {
	s.mu.Lock()
	unsure := slices.Clone(s.unsure)
	s.mu.Unlock()
	for _, t := range unsure {
		if _, err := s.ask(ctx, lookTime, t); err != nil {
			return fmt.Errorf("%w: what became of an earlier change is not known: %v", auth.ErrServer, err) //nolint:errorlint // that of the earlier one says nothing of this one
		}
	}
	return nil
}

// ask asks the server until it says how a transaction ended, or for some time.
func (s *Store) ask(ctx context.Context, limit time.Duration, t turn) (saved bool, err error) {
	ctx, done := within(ctx, limit)
	defer done()
	const again = 50 * time.Millisecond
	for {
		over, saved, err := s.ended(ctx, t)
		if over {
			s.mu.Lock()
			s.unsure = slices.DeleteFunc(s.unsure, func(other turn) bool { return other == t })
			s.mu.Unlock()
			return saved, nil
		}
		if err != nil && !errors.Is(err, auth.ErrServer) {
			return false, err
		}
		select {
		case <-ctx.Done():
			return false, fmt.Errorf("ask what became of it: %w", auth.ErrServer)
		case <-time.After(again):
		}
	}
}

// ended says whether a transaction is over, and was saved. It is asked on a connection of
// its own, for the others may be as dead as that which did not answer.
func (s *Store) ended(ctx context.Context, t turn) (over, saved bool, err error) {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return false, false, translate(ctx, err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var goesOn bool
	err = conn.QueryRow(ctx, "SELECT pg_xact_status($1::text::xid8) IS NOT DISTINCT FROM 'in progress'", t.id).Scan(&goesOn)
	if isFuture(err) {
		goesOn, err = false, nil // the server never knew it, and so it is gone
	}
	if err == nil && !goesOn {
		err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM turns WHERE token = $1)", t.token).Scan(&saved)
	}
	return err == nil && !goesOn, saved, translate(ctx, err)
}

// isFuture says that the server has not given a transaction's number yet.
func isFuture(err error) bool {
	var said *pgconn.PgError
	return errors.As(err, &said) && said.Code == "22023"
}
