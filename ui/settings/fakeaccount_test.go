package settings

import (
	"context"

	"anteroom/auth"
)

func (s *fakeSession) Account(ctx context.Context) (auth.Account, error) {
	err := s.begin(ctx, "Account", false)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.own, err
}

func (s *fakeSession) MyActivity(ctx context.Context, limit int) ([]auth.ActivityEntry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mine[:min(limit, len(s.mine))], nil
}

func (s *fakeSession) ChangeName(ctx context.Context, name string) error {
	if name == "" {
		return &auth.FieldError{Field: auth.FieldName, Problem: auth.ProblemEmpty}
	}
	return s.quick(ctx, "ChangeName", func() { s.own.Name = name })
}

func (s *fakeSession) EndSession(ctx context.Context, id string) error {
	return s.quick(ctx, "EndSession "+id, func() { s.own.SignedIn = s.own.SignedIn[:1] })
}

func (s *fakeSession) NewRecoveryCodes(ctx context.Context) ([]string, error) {
	return []string{"aaaa-bbbb-cccc-dddd"}, s.change(ctx, "NewRecoveryCodes", func() error { s.own.RecoveryLeft = 10; return nil })
}

func (s *fakeSession) MovePhone(ctx context.Context, oldCode string) (*auth.Move, error) {
	if oldCode != "482913" {
		return nil, &auth.Refusal{Reason: auth.ErrCodeWrong}
	}
	return &auth.Move{Enrolment: &auth.Enrolment{}}, s.quick(ctx, "MovePhone", func() {})
}

func (s *fakeSession) ConfirmMove(ctx context.Context, _ *auth.Move, _ string) error {
	return s.quick(ctx, "ConfirmMove", func() {})
}

// quick is a change without step-up.
func (s *fakeSession) quick(ctx context.Context, call string, fn func()) error {
	if err := s.begin(ctx, call, true); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	fn()
	return nil
}
