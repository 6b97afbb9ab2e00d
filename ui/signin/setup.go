package signin

import (
	"context"
	"errors"
	"strings"

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
		if f.Password != confirm {
			return errors.Join(errDiffer, check(f))
		}
		return s.create(ctx, f)
	}, s.made)
}

func (s *setUp) made(err error) {
	if err != nil {
		s.fail(err)
		return
	}
	s.done()
}

// check tells what is wrong with a form whose passwords differ, so that all of
// it is said at once.
func check(f auth.SetUpForm) error {
	var wrong auth.FieldErrors
	for _, field := range []struct {
		name auth.Field
		text string
	}{{auth.FieldPractice, f.Practice}, {auth.FieldName, f.Name}, {auth.FieldUsername, f.Username}} {
		if strings.TrimSpace(field.text) == "" {
			wrong = append(wrong, &auth.FieldError{Field: field.name, Problem: auth.ProblemEmpty})
		}
	}
	var weak *auth.FieldError
	if errors.As(auth.CheckPassword(f.Password, f.Practice, f.Name, f.Username), &weak) {
		wrong = append(wrong, weak)
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}
