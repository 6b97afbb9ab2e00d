package auth

import (
	"context"
	"errors"
	"time"
)

// The closed set of what can go wrong. Tests and screens compare with
// errors.Is; texts for people are made in ui.
var (
	// ErrNotFound says that something asked for by id is not there.
	ErrNotFound = errors.New("not found")
	// ErrExists says that something of that name is there already.
	ErrExists = errors.New("exists already")
	// ErrConflict says that somebody else changed the register in between.
	ErrConflict = errors.New("changed by somebody else meanwhile")

	// ErrNoPractice says that there is no practice here yet: first start.
	ErrNoPractice = errors.New("no practice here yet")
	// ErrNoDatabase says that there is no database here, or none that can be reached,
	// and that the keyring does not tell whether there ever was one. It comes with the
	// error of the keyring or of the location.
	ErrNoDatabase = errors.New("no database here")
	// ErrDatabaseMissing says that this account is linked to a practice here,
	// but its database is gone.
	ErrDatabaseMissing = errors.New("the practice's database is missing")
	// ErrNotLinked says that there is a practice, but no keyring item of this
	// account opens it.
	ErrNotLinked = errors.New("this computer is not linked to the practice")
	// ErrDamaged says that the database or the register was changed or damaged.
	ErrDamaged = errors.New("the practice's data is damaged")
	// ErrRolledBack says that an older register was put back. See RolledBackError.
	ErrRolledBack = errors.New("the practice's data is older than it should be")
	// ErrOtherHistory says that the register does not continue what this account saw
	// last: it was restored, or copied from another computer.
	ErrOtherHistory = errors.New("the practice's data has another history")
	// ErrCopy says that this is a copy of a practice whose own folder is there
	// too. See CopyError.
	ErrCopy = errors.New("this is a copy of the practice's data")
	// ErrNotAnchored says that a change was stored, but its rollback anchor could not be
	// written to the keyring. It wraps the keyring's error too.
	ErrNotAnchored = errors.New("stored, but its rollback anchor is not")
	// ErrAnchor says that the rollback anchor in the keyring is missing or damaged.
	ErrAnchor = errors.New("the rollback anchor in the keyring is missing or damaged")
	// ErrNewerDatabase says that a newer Anteroom wrote the database.
	ErrNewerDatabase = errors.New("the database is from a newer version")
	// ErrDiskFull, ErrReadOnly and ErrDisk say why a change could not be stored.
	ErrDiskFull = errors.New("the disk is full")
	ErrReadOnly = errors.New("the practice's folder is read-only")
	ErrDisk     = errors.New("the disk failed")
	// ErrNotPrivate says that the folder belongs to another account of this computer,
	// or that other accounts can't be kept out of it.
	ErrNotPrivate = errors.New("the practice's folder is not private")
	// ErrRemote says that the folder is on another computer's disk, where locks are not
	// reliable.
	ErrRemote = errors.New("the practice's folder is on a network share")
	// ErrBusy says that another program kept the database locked for too long.
	ErrBusy = errors.New("the database is busy")
	// ErrReplaced says that another file is where this database was opened: somebody
	// restored a backup meanwhile. Open the practice again.
	ErrReplaced = errors.New("the database was replaced meanwhile")
	// ErrServer says that the practice's server does not answer, or stopped
	// answering. What was to be saved was not.
	ErrServer = errors.New("the practice's server does not answer")
	// ErrOtherServer says that what answers is not the practice's server, or no server
	// that Anteroom can work with. Nothing was sent to it.
	ErrOtherServer = errors.New("this is not the practice's server")
	// ErrOlderServer says that the practice's server has an older Anteroom, which has to be
	// brought up to date first.
	ErrOlderServer = errors.New("the practice's server has an older version")
	// ErrManyDesks says that the server takes no more connections.
	ErrManyDesks = errors.New("the server takes no more computers")
	// ErrUnknown says that a change may have been saved or not: the answer was lost.
	// See UnknownError.
	ErrUnknown = errors.New("it can't be told yet whether this was saved")
	// ErrOfServer comes with ErrBusy, ErrDiskFull, ErrReadOnly and ErrDisk where they are of
	// the practice's server: another computer is saving, the server's disk is full.
	ErrOfServer = errors.New("of the practice's server")
	// ErrNotSaved says of a change whose answer was lost that it was not saved.
	ErrNotSaved = errors.New("it was not saved")
	// ErrFolder says that a folder is not there or can't be read: a drive that
	// is not connected.
	ErrFolder = errors.New("the folder is not there")

	// ErrCredentials is the one answer to a wrong password, an unknown
	// username and a deactivated user.
	ErrCredentials = errors.New("username or password is wrong")
	// ErrWait says that too many attempts failed; the Refusal has how long to wait.
	ErrWait = errors.New("too many failed attempts")
	// ErrCodeFormat says that an Auth Code is not six digits; nothing was counted.
	ErrCodeFormat = errors.New("an auth code has six digits")
	// ErrCodeWrong says that the Auth Code is wrong.
	ErrCodeWrong = errors.New("the auth code is wrong")
	// ErrCodeUsed says that the Auth Code was used already.
	ErrCodeUsed = errors.New("the auth code was used already")
	// ErrCodeExpired says that the Auth Code was right some minutes ago.
	ErrCodeExpired = errors.New("the auth code has expired")
	// ErrAuthenticatorDisabled says that 100 codes failed: only a reset helps.
	ErrAuthenticatorDisabled = errors.New("the authenticator is disabled")
	// ErrCodeShape says that what was typed can't be a recovery, one-time or
	// hand-over code: too short, too long, other characters. Nothing was counted.
	ErrCodeShape = errors.New("this is no recovery, one-time or hand-over code")
	// ErrRecoveryWrong and ErrRecoveryUsed refuse a recovery code.
	ErrRecoveryWrong = errors.New("the recovery code is wrong")
	ErrRecoveryUsed  = errors.New("the recovery code was used already")
	// ErrOneTimeWrong, ErrOneTimeUsed and ErrOneTimeExpired refuse a one-time code.
	ErrOneTimeWrong   = errors.New("the one-time code is wrong")
	ErrOneTimeUsed    = errors.New("the one-time code was used already")
	ErrOneTimeExpired = errors.New("the one-time code has expired")
	// ErrHandOverWrong refuses a hand-over code; ErrResetLapsed says that a reset
	// was not made use of within 24 hours, so that an admin has to reset again.
	ErrHandOverWrong = errors.New("the hand-over code is wrong")
	ErrResetLapsed   = errors.New("the reset of two-factor has lapsed")
	// ErrTwoCodes says that two codes don't follow each other, or are of a clock
	// that is off by more than 30 minutes.
	ErrTwoCodes = errors.New("the two auth codes don't fit")
	// ErrClockBehind says that this computer's clock is a day or more behind
	// what was last written: only an admin with an Auth Code, or the recovery
	// kit, signs in. The Refusal has the clock's time.
	ErrClockBehind = errors.New("this computer's clock is far behind")
	// ErrLocked says that the session is locked, or was meanwhile: its keys were wiped.
	// Session.Unlock opens it.
	ErrLocked = errors.New("the session is locked")
	// ErrFullSignIn says that a session is a day old: it needs a full sign-in, the
	// password alone does not unlock it. Session.Renew continues it.
	ErrFullSignIn = errors.New("the session needs a full sign-in")
	// ErrAttemptOver says that a sign-in has to start again with the password:
	// five wrong codes, five minutes, or a change made by an admin meanwhile.
	ErrAttemptOver = errors.New("the sign-in has to start again")

	// ErrSessionEnded says that the session is over. The practice's Notice may say why.
	ErrSessionEnded = errors.New("the session has ended")
	// ErrImporting says that somebody else's import is under way.
	ErrImporting = errors.New("another import is under way")

	// ErrForbidden says that only a Practice Admin may do this.
	ErrForbidden = errors.New("only a practice admin may do this")
	// ErrStepUp says that the session must prove itself again first (Session.StepUp).
	ErrStepUp = errors.New("password and code are needed again")
	// ErrLastAdmin says that the practice would be left without an admin.
	ErrLastAdmin = errors.New("the last practice admin stays")
	// ErrSelf says that users can't do this to themselves: reset their password, sign
	// themselves out as an admin does.
	ErrSelf = errors.New("not to oneself")
	// ErrEnrolmentNeeded says that the admin who turns two-factor on must
	// confirm an authenticator of their own with it.
	ErrEnrolmentNeeded = errors.New("an authenticator must be enrolled first")

	// ErrKitWrong says that a key, typed without a mistake, is not that of the practice's
	// recovery kit: it is of another practice, or an older one.
	ErrKitWrong = errors.New("this is not the recovery kit of the practice")
	// ErrNoKit says that the practice has no recovery kit.
	ErrNoKit = errors.New("the practice has no recovery kit")
	// ErrKitNeeded says that a recovery kit must be made first.
	ErrKitNeeded = errors.New("a recovery kit must be made first")
	// ErrLinkCode says that a linking code, typed without a mistake, is unknown here,
	// used, or older than ten minutes.
	ErrLinkCode = errors.New("the linking code does not count")
	// ErrThisComputer says that a computer does not unlink itself.
	ErrThisComputer = errors.New("a computer does not unlink itself")
	// ErrAtServer says that only the computer that owns the practice's database on the
	// server can do this; or that this is that computer, and can't be removed.
	ErrAtServer = errors.New("a matter of the practice's server")
	// ErrOtherPractice says that a backup is of another practice.
	ErrOtherPractice = errors.New("the backup is of another practice")

	// ErrInvalid is in every FieldError.
	ErrInvalid = errors.New("invalid")
)

// Refusal is a refused attempt with what the person needs to know to go on.
type Refusal struct {
	Reason error         // one of the sentinels above
	Wait   time.Duration // how long to wait before the next attempt; 0: none
	Next   time.Time     // for a used code: when the next one begins; else zero
	Now    time.Time     // the computer's time when it was judged
}

func (r *Refusal) Error() string { return r.Reason.Error() }

// Unwrap gives the reason, for errors.Is.
func (r *Refusal) Unwrap() error { return r.Reason }

// SignedOutError says who signed the session's user out, and when.
type SignedOutError struct {
	By string // the admin's name
	At time.Time
}

func (e *SignedOutError) Error() string { return ErrSessionEnded.Error() }

// Unwrap gives ErrSessionEnded, for errors.Is.
func (e *SignedOutError) Unwrap() error { return ErrSessionEnded }

// RolledBackError says how old the register that was put back is.
type RolledBackError struct {
	Found, Seen time.Time // last change of the one found, and of the newest one seen here
}

func (e *RolledBackError) Error() string { return ErrRolledBack.Error() }

// Unwrap gives ErrRolledBack, for errors.Is.
func (e *RolledBackError) Unwrap() error { return ErrRolledBack }

// AwayError says since when the practice's server has not answered. Nothing was asked of it.
type AwayError struct {
	Since time.Time // by this computer's clock
}

func (e *AwayError) Error() string { return ErrServer.Error() }

// Unwrap gives ErrServer, for errors.Is.
func (e *AwayError) Unwrap() error { return ErrServer }

// UnknownError says that the answer to a change was lost. Until Ask knows better nothing
// more may be written.
type UnknownError struct {
	// Ask says whether it was saved; an error: it still can't be told.
	Ask func(ctx context.Context) (saved bool, err error)
}

func (e *UnknownError) Error() string { return ErrUnknown.Error() }

// Unwrap gives ErrUnknown, for errors.Is.
func (e *UnknownError) Unwrap() error { return ErrUnknown }

// NotLinkedError says which practice this computer is not linked to, as far as
// the database says that in clear.
type NotLinkedError struct{ Practice string }

func (e *NotLinkedError) Error() string { return ErrNotLinked.Error() }

// Unwrap gives ErrNotLinked, for errors.Is.
func (e *NotLinkedError) Unwrap() error { return ErrNotLinked }

// CopyError says where the practice's own folder is.
type CopyError struct{ Original string }

func (e *CopyError) Error() string { return ErrCopy.Error() }

// Unwrap gives ErrCopy, for errors.Is.
func (e *CopyError) Unwrap() error { return ErrCopy }

// Field names an input of a form.
type Field string

// The fields that a FieldError can be about.
const (
	FieldPractice Field = "practice"
	FieldName     Field = "name"
	FieldUsername Field = "username"
	FieldPassword Field = "password"
	FieldRole     Field = "role"
	FieldReason   Field = "reason"
	FieldPolicy   Field = "policy"
	FieldComputer Field = "computer"
	FieldKit      Field = "kit"
	FieldFolder   Field = "folder"
	FieldIdle     Field = "idle minutes"
	FieldZone     Field = "time zone"
	FieldOld      Field = "present password"
)

// Problem says what is wrong with an input.
type Problem string

// The problems that a FieldError can name.
const (
	ProblemEmpty   Problem = "empty"
	ProblemLong    Problem = "too long"
	ProblemShort   Problem = "too short"
	ProblemChars   Problem = "characters not allowed"
	ProblemTaken   Problem = "taken"
	ProblemCommon  Problem = "easy to guess"
	ProblemHasName Problem = "contains a name"
	ProblemSame    Problem = "same as before"
	ProblemUnknown Problem = "unknown choice"
	ProblemDiffers Problem = "differs from what it should be"
	ProblemMissing Problem = "not there"
	ProblemRange   Problem = "out of range"
)

// FieldError refuses one input of a form. It wraps ErrInvalid.
type FieldError struct {
	Field   Field
	Problem Problem
}

func (e *FieldError) Error() string { return string(e.Field) + ": " + string(e.Problem) }

// Unwrap gives ErrInvalid, for errors.Is.
func (e *FieldError) Unwrap() error { return ErrInvalid }
