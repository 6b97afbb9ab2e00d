package account

import (
	"context"
	"slices"
	"strings"
	"time"

	"anteroom/auth"
)

func (s *fakeSession) Account(ctx context.Context) (auth.Account, error) {
	err := s.begin(ctx, "Account", false)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.own, err
}

func (s *fakeSession) MyActivity(ctx context.Context, limit int) ([]auth.ActivityEntry, error) {
	err := s.begin(ctx, "MyActivity", false)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mine[:min(limit, len(s.mine))], err
}

func (s *fakeSession) ChangeName(ctx context.Context, name string) error {
	name = strings.TrimSpace(name)
	if name == "" {
		return &auth.FieldError{Field: auth.FieldName, Problem: auth.ProblemEmpty}
	}
	return s.quick(ctx, "ChangeName", func() error {
		s.own.Name = name
		return nil
	})
}

func (s *fakeSession) EndSession(ctx context.Context, id string) error {
	return s.quick(ctx, "EndSession "+id, func() error {
		before := len(s.own.SignedIn)
		s.own.SignedIn = slices.DeleteFunc(slices.Clone(s.own.SignedIn), func(o auth.OwnSession) bool { return o.ID == id })
		if len(s.own.SignedIn) == before {
			return auth.ErrNotFound
		}
		return nil
	})
}

func (s *fakeSession) NewRecoveryCodes(ctx context.Context) ([]string, error) {
	err := s.change(ctx, "NewRecoveryCodes", func() error {
		s.own.RecoveryLeft, s.own.RecoveryMade = 10, time.Now()
		return nil
	})
	if err != nil {
		return nil, err
	}
	return []string{"aaaa-bbbb-cccc-dddd"}, nil
}

// MovePhone takes rightCode, and then says that it is used up.
func (s *fakeSession) MovePhone(ctx context.Context, oldCode string) (*auth.Move, error) {
	err := s.quick(ctx, "MovePhone", func() error {
		switch {
		case s.refuse != nil:
			return s.refuse
		case len(oldCode) < 6:
			return &auth.Refusal{Reason: auth.ErrCodeFormat, Now: time.Now()}
		case oldCode != rightCode:
			return &auth.Refusal{Reason: auth.ErrCodeWrong, Now: time.Now()}
		}
		s.own.NextCode = time.Now().Add(30 * time.Second)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &auth.Move{Enrolment: &auth.Enrolment{}}, nil
}

func (s *fakeSession) ConfirmMove(ctx context.Context, _ *auth.Move, newCode string) error {
	return s.quick(ctx, "ConfirmMove", func() error {
		switch {
		case s.lapsed:
			return auth.ErrConflict
		case newCode != rightCode:
			return &auth.Refusal{Reason: auth.ErrCodeWrong, Now: time.Now()}
		}
		s.own.Enrolled, s.own.NextCode = time.Now(), time.Time{}
		return nil
	})
}

// quick is a change without step-up.
func (s *fakeSession) quick(ctx context.Context, call string, fn func() error) error {
	if err := s.begin(ctx, call, true); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fn()
}
