package signin

import (
	"context"
	"errors"

	"anteroom/auth"
)

// setUp decides what the screen "Set up your practice" does.
type setUp struct {
	form
	create func(context.Context, auth.SetUpForm) error
	done   func()
}

func newSetUp(host Host, create func(context.Context, auth.SetUpForm) error, done func()) *setUp {
	s := &setUp{create: create, done: done}
	s.prepare(host)
	return s
}

// typed judges the password while it is typed.
func (s *setUp) typed(f auth.SetUpForm) {
	s.edited(auth.FieldPassword)
	s.meter.typed(f.Password, f.Practice, f.Name, f.Username)
}

// submit makes the practice, unless that goes on already.
func (s *setUp) submit(f auth.SetUpForm, confirm string) {
	s.task.start(func(ctx context.Context) error {
		if err := checkSetUp(f, confirm); err != nil {
			return err
		}
		return s.create(ctx, f)
	}, s.made)
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
		return errors.Join(errDiffer, err)
	}
	return err
}

func (s *setUp) made(err error) {
	if err != nil {
		s.fail(err)
		return
	}
	s.done()
}
