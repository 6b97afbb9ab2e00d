package settings

import (
	"context"

	"anteroom/auth"
	"anteroom/ui/work"
)

// Session is what the settings ask of who is signed in. *auth.Session is one.
type Session interface {
	practiceKeeper
	userKeeper
	prover
}

type practiceKeeper interface {
	Settings(context.Context) (auth.Settings, error)
	SaveSettings(context.Context, auth.SettingsForm) error
	NewEnrolment(context.Context) (*auth.Enrolment, error)
}

type userKeeper interface {
	Users(context.Context) ([]auth.UserInfo, error)
	AddUser(context.Context, auth.UserForm) (oneTime string, err error)
	EditUser(ctx context.Context, id string, form auth.UserForm) error
	ResetTwoFactor(ctx context.Context, id, reason string) error
	ResetPassword(ctx context.Context, id string) (oneTime string, err error)
	Deactivate(ctx context.Context, id string) error
	Reactivate(ctx context.Context, id string) (oneTime string, err error)
}

type prover interface {
	StepUpNeed(context.Context) (auth.StepUpNeed, error)
	StepUp(ctx context.Context, password, code string) error
}

// office is what the presenters here share.
type office struct {
	ctx    context.Context // ends when the settings are left
	runner work.Runner
	stepUp *stepUp
	ended  func(error) // the session is over
}
