package signin

import (
	"context"
	"errors"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
)

// Navigation is where a step of a sign-in leads.
type Navigation struct {
	OnState     func(auth.State) // to the next step
	OnOver      func(error)      // back to the password, and why
	OnUntrusted func(error)      // nowhere: the data can't be trusted any more
}

// ErrNoCode says that nobody typed an Auth Code in time.
var ErrNoCode = errors.New("no auth code in time")

// follow goes where the outcome of a step leads. It says false for an error after
// which the step can be tried again.
func (n Navigation) follow(step auth.Step, state auth.State, err error) bool {
	switch {
	case err == nil:
		n.OnState(state)
	case IsUntrusted(err):
		n.OnUntrusted(err)
	case state.Step != step:
		n.OnOver(err)
	default:
		return false
	}
	return true
}

// IsUntrusted says that after this error nobody works with the practice's data.
func IsUntrusted(err error) bool {
	for _, reason := range []error{
		auth.ErrDamaged, auth.ErrRolledBack, auth.ErrOtherHistory, auth.ErrAnchor, auth.ErrNewerDatabase, auth.ErrDatabaseMissing,
		auth.ErrNotLinked, auth.ErrReplaced, auth.ErrOtherServer,
	} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}

// startStep is t.Start for a step of a sign-in. A session that comes when the screen was left
// is signed out.
func startStep(t *screen.Task, slow func(context.Context) (auth.State, error), done func(auth.State, error)) {
	var state auth.State
	t.Run(func(ctx context.Context) (err error) {
		state, err = slow(ctx)
		return err
	}, func(err error, isLeft bool) {
		if isLeft {
			abandon(state.Session)
			return
		}
		done(state, err)
	})
}

// abandonTime is how long signing out may take where nobody waits for it.
const abandonTime = 5 * time.Second

// abandon signs out a session that nobody waits for any more.
func abandon(s *auth.Session) {
	if s == nil {
		return
	}
	go func() {
		ctx, stop := context.WithTimeout(context.Background(), abandonTime)
		defer stop()
		_ = s.SignOut(ctx) // what is left open is ended at the next start
	}()
}
