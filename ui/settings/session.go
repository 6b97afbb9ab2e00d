package settings

import (
	"context"
	"time"

	"anteroom/auth"
	"anteroom/ui/work"
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
	prover
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

const (
	// meterDelay is how long work goes on before a bar shows how far it is: one
	// that would be full at once only flickers.
	meterDelay = time.Second
	// meterTick is how often the bar moves at most.
	meterTick = 100 * time.Millisecond
)

// cancelAfter is how long something goes on before a pane offers to cancel it.
const cancelAfter = 5 * time.Second

// whenSlow runs fn when what ctx is of has gone on for long, unless that is for
// the person to say who they are.
func (o office) whenSlow(ctx context.Context, fn func()) {
	o.runner.After(ctx, cancelAfter, func() {
		if o.stepUp.asking {
			o.whenSlow(ctx, fn)
			return
		}
		fn()
	})
}

// meter brings the progress of work from the goroutine that does it to the UI
// goroutine, until ctx ends.
func (o office) meter(ctx context.Context, show func(done, total int)) auth.Progress {
	next := o.runner.Now().Add(meterDelay)
	return func(done, total int) {
		now := o.runner.Now()
		if now.Before(next) {
			return
		}
		next = now.Add(meterTick)
		o.runner.Dispatch(func() {
			if ctx.Err() == nil {
				show(done, total)
			}
		})
	}
}
