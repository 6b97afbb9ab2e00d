package recovery

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/signin"
)

// fieldAdmin is who gets a new password.
const fieldAdmin auth.Field = "admin"

// rescueAdmin decides what the screen for an admin who can't sign in does.
type rescueAdmin struct {
	*signin.Form
	params RescueAdminParams
	chosen int // -1: nobody
}

func newRescueAdmin(p RescueAdminParams) *rescueAdmin {
	a := &rescueAdmin{Form: signin.NewForm(p.Scope), params: p, chosen: -1}
	if len(p.Admins) == 1 {
		a.chosen = 0
	}
	return a
}

// choices are the admins to choose from.
func (a *rescueAdmin) choices() []string {
	var names []string
	for _, u := range a.params.Admins {
		names = append(names, lang.L("{{.Name}}, username {{.Username}}", map[string]any{"Name": u.Name, "Username": u.Username}))
	}
	return names
}

// choose says who it is about, and rates the password anew.
func (a *rescueAdmin) choose(i int, password string) {
	a.chosen = i
	a.Edited(fieldAdmin)
	a.typed(password)
}

// typed rates the password while it is typed.
func (a *rescueAdmin) typed(password string) { a.Typed(password, a.names()...) }

// names are what the password must not contain.
func (a *rescueAdmin) names() []string {
	if a.chosen < 0 {
		return nil
	}
	return []string{a.params.Admins[a.chosen].Name, a.params.Admins[a.chosen].Username}
}

// submit sets the password, unless that goes on already.
func (a *rescueAdmin) submit(password, confirm string) {
	chosen, names := a.chosen, a.names()
	a.Task.Start(func(ctx context.Context) error {
		if err := checkReset(chosen, password, confirm, names); err != nil {
			return err
		}
		return a.params.Reset(ctx, a.params.Admins[chosen].ID, password)
	}, func(err error) {
		if err != nil {
			a.Fail(err)
			return
		}
		a.params.Done(a.params.Admins[chosen].Name)
	})
}

// back leaves the screen, once nothing is under way any more.
func (a *rescueAdmin) back() { a.Task.Leave(a.params.OnBack) }

// checkReset says all that is wrong at once.
func checkReset(chosen int, password, confirm string, names []string) error {
	var problems auth.FieldErrors
	if chosen < 0 {
		problems = append(problems, &auth.FieldError{Field: fieldAdmin, Problem: auth.ProblemUnknown})
	}
	var weak *auth.FieldError
	if errors.As(auth.CheckPassword(password, names...), &weak) {
		problems = append(problems, weak)
	}
	switch {
	case password != confirm:
		return errors.Join(signin.ErrDiffer, problems)
	case len(problems) > 0:
		return problems
	}
	return nil
}
