package settings

import (
	"context"

	"anteroom/auth"
)

// Session is what the settings ask of who is signed in. *auth.Session is one.
type Session interface {
	accountKeeper
	practiceKeeper
	kitKeeper
	userKeeper
	computerKeeper
	activityKeeper
	backupKeeper
	screenProver
}

// screenProver is asked by step-up.
type screenProver interface {
	StepUpNeed(context.Context) (auth.StepUpNeed, error)
	StepUp(ctx context.Context, password, code string) error
}

// Desk is what the settings ask of the practice's records. *desk.Desk is one.
type Desk interface {
	deskKeeper
	importer
	exporter
}

type accountKeeper interface {
	Account(context.Context) (auth.Account, error)
	MyActivity(ctx context.Context, limit int) ([]auth.ActivityEntry, error)
	ChangeName(ctx context.Context, name string) error
	EndSession(ctx context.Context, id string) error
	NewRecoveryCodes(context.Context) ([]string, error)
	MovePhone(ctx context.Context, oldCode string) (*auth.Move, error)
	ConfirmMove(ctx context.Context, m *auth.Move, newCode string) error
}

type practiceKeeper interface {
	Settings(context.Context) (auth.Settings, error)
	SaveSettings(context.Context, auth.SettingsForm) error
	NewEnrolment(context.Context) (*auth.Enrolment, error)
}

type kitKeeper interface {
	Kit(context.Context) (auth.KitInfo, error)
	NewKit(context.Context) (*auth.Kit, error)
	CheckKit(ctx context.Context, typed string) error
}

type userKeeper interface {
	Users(context.Context) ([]auth.UserInfo, error)
	AddUser(context.Context, auth.UserForm) (oneTime string, err error)
	EditUser(ctx context.Context, id string, was, form auth.UserForm) error
	ResetTwoFactor(ctx context.Context, id, reason string) (handOver string, err error)
	NewOneTimeCode(ctx context.Context, id string) (auth.OneTimeCode, error)
	LiftWait(ctx context.Context, id string) error
	SignOutUser(ctx context.Context, id string) error
	ResetPassword(ctx context.Context, id string) (oneTime string, err error)
	Deactivate(ctx context.Context, id string) error
	Reactivate(ctx context.Context, id string) (oneTime string, err error)
}

type computerKeeper interface {
	Computers(context.Context) ([]auth.ComputerInfo, error)
	RenameComputer(ctx context.Context, id, name string) error
	Unlink(ctx context.Context, id string, progress auth.Progress) error
	NewLinkingCode(context.Context) (auth.LinkingCode, error)
	IsLinkingCodeValid(ctx context.Context, id string) (bool, error)
}

type backupKeeper interface {
	Backups(context.Context) (auth.BackupInfo, error)
	SetBackupFolder(ctx context.Context, folder string) error
	BackUp(ctx context.Context, progress auth.Progress) (auth.BackupFile, error)
	OpenRestore(ctx context.Context, path string) (*auth.Restore, error)
}
