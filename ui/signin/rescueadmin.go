package signin

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
)

// fieldAdmin is who gets a new password.
const fieldAdmin auth.Field = "admin"

// rescueAdmin decides what the screen for an admin who can't sign in does.
type rescueAdmin struct {
	form
	errand errand // of the form's task
	admins []auth.UserInfo
	chosen int // -1: nobody
	reset  func(ctx context.Context, id, password string) error
	done   func(name string)
}

func newRescueAdmin(p RescueAdminParams) *rescueAdmin {
	a := &rescueAdmin{admins: p.Admins, chosen: -1, reset: p.Reset, done: p.Done}
	a.prepare(p.Host)
	a.errand = errand{task: &a.task, onBack: p.OnBack}
	if len(a.admins) == 1 {
		a.chosen = 0
	}
	return a
}

// choices are the admins to choose from.
func (a *rescueAdmin) choices() []string {
	var names []string
	for _, u := range a.admins {
		names = append(names, lang.L("{{.Name}}, username {{.Username}}", map[string]any{"Name": u.Name, "Username": u.Username}))
	}
	return names
}

// choose says who it is about, and judges the password anew.
func (a *rescueAdmin) choose(i int, password string) {
	a.chosen = i
	a.edited(fieldAdmin)
	a.typed(password)
}

// typed judges the password while it is typed.
func (a *rescueAdmin) typed(password string) {
	a.edited(auth.FieldPassword)
	a.meter.typed(password, a.names()...)
}

// names are what the password must not contain.
func (a *rescueAdmin) names() []string {
	if a.chosen < 0 {
		return nil
	}
	return []string{a.admins[a.chosen].Name, a.admins[a.chosen].Username}
}

// submit sets the password, unless that goes on already.
func (a *rescueAdmin) submit(password, confirm string) {
	chosen, names := a.chosen, a.names()
	a.errand.start(func(ctx context.Context) error {
		if err := checkReset(chosen, password, confirm, names); err != nil {
			return err
		}
		return a.reset(ctx, a.admins[chosen].ID, password)
	}, func(err error) {
		if err != nil {
			a.fail(err)
			return
		}
		a.done(a.admins[chosen].Name)
	})
}

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
		return errors.Join(errDiffer, problems)
	case len(problems) > 0:
		return problems
	}
	return nil
}
