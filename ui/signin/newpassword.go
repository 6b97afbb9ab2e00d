package signin

import (
	"context"
	"errors"

	"anteroom/auth"
)

// newPasswordSetter replaces a one-time password. *auth.Attempt is one.
type newPasswordSetter interface {
	NewPassword(ctx context.Context, password string) (auth.State, error)
}

// newPassword decides what the screen "Choose your own password" does.
type newPassword struct {
	form
	attempt newPasswordSetter
	ways    Ways
}

func newNewPassword(host Host, attempt newPasswordSetter, ways Ways) *newPassword {
	n := &newPassword{attempt: attempt, ways: ways}
	n.prepare(host)
	return n
}

// typed judges the password while it is typed.
func (n *newPassword) typed(password string) {
	n.edited(auth.FieldPassword)
	n.meter.typed(password)
}

// submit saves the password, unless that goes on already.
func (n *newPassword) submit(password, confirm string) {
	n.task.step(func(ctx context.Context) (auth.State, error) {
		if password != confirm {
			return auth.State{Step: auth.StepNewPassword}, errors.Join(errDiffer, auth.CheckPassword(password))
		}
		return n.attempt.NewPassword(ctx, password)
	}, func(state auth.State, err error) {
		if !n.ways.lead(auth.StepNewPassword, state, err) {
			n.fail(err)
		}
	})
}
