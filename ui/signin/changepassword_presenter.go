package signin

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// changePassword decides what the screen "Change password" does.
type changePassword struct {
	*Form
	params    ChangePasswordParams
	countdown countdown
}

func newChangePassword(p ChangePasswordParams) *changePassword {
	c := &changePassword{Form: NewForm(p.Scope), params: p}
	c.adjust = c.showRefusal
	c.countdown = newCountdown(p.Scope, c.refresh)
	return c
}

// checkChange is all that is seen to be wrong before anything is tried.
func checkChange(present, password, confirm string) error {
	var all auth.FieldErrors
	var weak *auth.FieldError
	if present == "" {
		all = append(all, &auth.FieldError{Field: auth.FieldOld, Problem: auth.ProblemEmpty})
	}
	if errors.As(auth.CheckPassword(password), &weak) {
		all = append(all, weak)
	}
	if password != confirm {
		return errors.Join(all, ErrDiffer)
	}
	return all
}

// submit changes the password, unless that goes on already or a wait runs.
func (c *changePassword) submit(present, password, confirm string) {
	if c.failed.Wait(c.Now()) > 0 {
		return
	}
	c.Task.Start(func(ctx context.Context) error {
		if present == "" || password != confirm {
			return checkChange(present, password, confirm)
		}
		return c.params.Change(ctx, present, password)
	}, c.changed)
}

func (c *changePassword) changed(err error) {
	switch {
	case err == nil:
		c.params.Done()
	case errors.Is(err, auth.ErrSessionEnded) || IsUntrusted(err):
		c.params.OnEnded(err)
	default:
		c.Fail(err)
		c.countdown.run(c.failed.countsDown())
	}
}

// showRefusal says of a wrong present password what is wrong, beside its field.
func (c *changePassword) showRefusal(v *FormView) {
	now := c.Now()
	refusal := c.failed.AsOf(now)
	if refusal != nil && refusal.Reason == auth.ErrCredentials {
		text := lang.L("That is not your present password. Try again.")
		if refusal.Wait > 0 {
			text = lang.L("That is not your present password. Wait {{.Wait}}, then try again.", map[string]any{"Wait": words.Wait(refusal.Wait)})
		}
		v.Errors, v.Error = map[auth.Field]string{auth.FieldOld: text}, ""
	}
	if errors.Is(c.failed.Err, context.Canceled) { // it may have come too late
		v.Error = lang.L("Cancelled. If your old password is refused from now on, the new one counts.")
	}
	v.CanSubmit = v.CanSubmit && c.failed.Wait(now) <= 0
}
