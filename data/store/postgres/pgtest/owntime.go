//go:build postgres

package pgtest

import (
	"context"

	"anteroom/auth"
)

// OwnTime is a place where the time is the test's, and not the server's.
func OwnTime(p auth.Location) auth.Location { return ownTime{p} }

type ownTime struct{ auth.Location }

// timeless hides that a store has a clock.
type timeless struct{ auth.Store }

func hide(s auth.Store, err error) (auth.Store, error) {
	if err != nil {
		return nil, err
	}
	return timeless{s}, nil
}

// Create implements auth.Location.
func (p ownTime) Create(ctx context.Context, fill func(auth.Store) error) (auth.Store, error) {
	return hide(p.Location.Create(ctx, func(s auth.Store) error { return fill(timeless{s}) }))
}

// Open implements auth.Location.
func (p ownTime) Open(ctx context.Context) (auth.Store, error) { return hide(p.Location.Open(ctx)) }

// Replace implements auth.Location.
func (p ownTime) Replace(ctx context.Context, path string, fill func(auth.Store) error) (auth.Store, string, error) {
	s, aside, err := p.Location.Replace(ctx, path, func(s auth.Store) error { return fill(timeless{s}) })
	s, err = hide(s, err)
	return s, aside, err
}
