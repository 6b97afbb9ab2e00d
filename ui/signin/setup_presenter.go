package signin

import (
	"context"
	"errors"

	"anteroom/auth"
	"anteroom/ui/screen"
)

// setUp decides what the screen "Set up your practice" does.
type setUp struct {
	*Form
	create func(context.Context, auth.SetUpForm) error
	done   func()
}

func newSetUp(s screen.Scope, create func(context.Context, auth.SetUpForm) error, done func()) *setUp {
	return &setUp{Form: NewForm(s), create: create, done: done}
}

// typed rates the password while it is typed.
func (s *setUp) typed(f auth.SetUpForm) { s.Typed(f.Password, f.Practice, f.Name, f.Username) }

// submit makes the practice, unless that goes on already.
func (s *setUp) submit(f auth.SetUpForm, confirm string) {
	s.Task.Start(func(ctx context.Context) error {
		if err := checkSetUp(f, confirm); err != nil {
			return err
		}
		return s.create(ctx, f)
	}, s.created)
}

// checkSetUp says all that is wrong with a form.
func checkSetUp(f auth.SetUpForm, confirm string) error {
	err := f.Check()
	if wrongZone := CheckZone(f.Zone); wrongZone != nil {
		var wrong auth.FieldErrors
		errors.As(err, &wrong)
		err = append(wrong, wrongZone)
	}
	if f.Password != confirm {
		return errors.Join(ErrDiffer, err)
	}
	return err
}

func (s *setUp) created(err error) {
	if err != nil {
		s.Fail(err)
		return
	}
	s.done()
}
