package signin

import (
	"context"
	"errors"

	"anteroom/auth"
)

// newPassword decides what the screen "Choose your own password" does.
type newPassword struct {
	*Form
	params NewPasswordParams
}

func newNewPassword(p NewPasswordParams) *newPassword {
	return &newPassword{Form: NewForm(p.Scope), params: p}
}

// submit saves the password, unless that goes on already.
func (n *newPassword) submit(password, confirm string) {
	startStep(n.Task, func(ctx context.Context) (auth.State, error) {
		if password != confirm {
			return auth.State{Step: auth.StepNewPassword}, errors.Join(ErrDiffer, auth.CheckPassword(password))
		}
		return n.params.Attempt.NewPassword(ctx, password)
	}, func(state auth.State, err error) {
		if !n.params.follow(auth.StepNewPassword, state, err) {
			n.Fail(err)
		}
	})
}
