// Package words turns errors, times and waits into sentences for people. Every
// error says what happened and then what to do; details go to the log only.
package words

import (
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/sharing"
)

// Error is what a person reads about an error. One that nobody foresaw becomes
// a neutral sentence and is logged.
func Error(err error) string {
	var refusal *auth.Refusal
	if errors.As(err, &refusal) {
		return refused(refusal)
	}
	var field *auth.FieldError
	if errors.As(err, &field) {
		return Field(field)
	}
	if text, ok := Data(err); ok {
		return text
	}
	var signedIn *auth.SignedInError
	if errors.As(err, &signedIn) {
		return lang.L("Signed in besides you: {{.Names}}. Ask them to sign out first.", map[string]any{"Names": strings.Join(signedIn.Names, ", ")})
	}
	var away *auth.AwayError
	if errors.As(err, &away) {
		return lang.L("The practice's server has not answered since {{.Clock}}. Nothing can be saved until it does; what you typed is still here.",
			map[string]any{"Clock": Clock(away.Since)})
	}
	if errors.Is(err, auth.ErrOfServer) {
		return atServer(err)
	}
	for _, known := range sentences {
		if errors.Is(err, known.err) {
			return known.text()
		}
	}
	slog.Error("unforeseen error", "error", err)
	return lang.L("Something went wrong, and nothing was changed. Try again; if it stays, restart Anteroom.")
}

// refused says why an attempt was refused and when to try again.
func refused(r *auth.Refusal) string {
	clock := map[string]any{"Clock": Clock(r.Now)}
	switch r.Reason {
	case auth.ErrCredentials:
		if r.Wait > 0 {
			return lang.L("Username or password is wrong. Wait {{.Wait}}, then try again.", map[string]any{"Wait": Wait(r.Wait)})
		}
		return lang.L("Username or password is wrong. Try again.")
	case auth.ErrWait:
		return lang.L("Too many failed attempts. Wait {{.Wait}}, then try again.", map[string]any{"Wait": Wait(r.Wait)})
	case auth.ErrCodeFormat:
		return lang.L("An Auth Code has six digits. Type the one your app shows now.")
	case auth.ErrCodeWrong:
		if r.Wait > 0 {
			return lang.L("That code is wrong. Wait {{.Wait}}, then type the one your app shows.", map[string]any{"Wait": Wait(r.Wait)})
		}
		return lang.L("That code is wrong. Type the one your app shows now. If it stays wrong, check the clock: this computer says {{.Clock}}.", clock)
	case auth.ErrCodeUsed:
		if wait := r.Next.Sub(r.Now); wait > 0 {
			return lang.L("That code was used already. Wait {{.Wait}} for the next one.", map[string]any{"Wait": Wait(wait)})
		}
		return lang.L("That code was used already. Type the one your app shows now.")
	case auth.ErrCodeExpired:
		return lang.L("That code has expired. Type the one your app shows now. If it is this one, a clock is off: this computer says {{.Clock}}.", clock)
	case auth.ErrAuthenticatorDisabled:
		return lang.L("Your authenticator is disabled after too many wrong codes. Use a recovery code, or ask a Practice Admin to reset it.")
	case auth.ErrCodeShape:
		return lang.L("A recovery code has 16 characters in four groups, a one-time code eight digits. Look at it and type it again.")
	case auth.ErrRecoveryWrong, auth.ErrRecoveryUsed, auth.ErrOneTimeWrong, auth.ErrOneTimeUsed, auth.ErrOneTimeExpired,
		auth.ErrHandOverWrong, auth.ErrTwoCodes:
		if r.Wait > 0 {
			return lang.L("{{.Reason}} Wait {{.Wait}} before the next try.", map[string]any{"Reason": codeRefused(r.Reason), "Wait": Wait(r.Wait)})
		}
		return codeRefused(r.Reason)
	case auth.ErrResetLapsed:
		return lang.L("The reset was not used within 24 hours. Ask a Practice Admin to reset two-factor again.")
	case auth.ErrClockBehind:
		return lang.L("This computer says it is {{.Clock}} on {{.Date}}, which is more than a day behind. Have its clock set right. If it is right, a Practice Admin signs in with an Auth Code, or with the recovery kit.",
			map[string]any{"Clock": Clock(r.Now), "Date": Date(r.Now)})
	case auth.ErrAttemptOver:
		if r.Wait > 0 {
			return lang.L("Five wrong codes. Wait {{.Wait}}, then sign in again.", map[string]any{"Wait": Wait(r.Wait)})
		}
		return lang.L("This sign-in took too long or was changed. Sign in again.")
	}
	return Error(r.Reason)
}

// codeRefused says why a code that is no Auth Code was refused.
func codeRefused(reason error) string {
	switch reason {
	case auth.ErrRecoveryUsed:
		return lang.L("That recovery code was used already. Each works once: type another of your ten.")
	case auth.ErrOneTimeWrong:
		return lang.L("That one-time code is wrong. Have the eight digits read out again.")
	case auth.ErrOneTimeUsed:
		return lang.L("That one-time code was used already. Ask a Practice Admin for a new one.")
	case auth.ErrOneTimeExpired:
		return lang.L("That one-time code has expired: it is good for ten minutes. Ask a Practice Admin for a new one.")
	case auth.ErrHandOverWrong:
		return lang.L("Those digits are wrong. Type the eight digits that the Practice Admin gave you.")
	case auth.ErrTwoCodes:
		return lang.L("Those two codes don't fit. Type one, wait for the next, and type that. A clock that is off by more than 30 minutes has to be set.")
	}
	return lang.L("That recovery code is wrong. Look at it and type it again.")
}

// ErrViewer says that no program of this computer shows a page.
var ErrViewer = errors.New("no viewer")

// sentences are the errors that need no more than themselves.
var sentences = []struct {
	err  error
	text func() string
}{
	{auth.ErrNotAnchored, func() string {
		return lang.L("This was saved, but the keyring of this computer does not answer. Sign in again.")
	}},
	{auth.ErrSelf, func() string {
		return lang.L("Nobody does this to themselves. Ask another Practice Admin.")
	}},
	{auth.ErrCopy, func() string {
		return lang.L("This folder is a copy of the practice's data. Start Anteroom without it.")
	}},
	{auth.ErrSessionEnded, func() string { return lang.L("You were signed out. Sign in again.") }},
	{auth.ErrLocked, func() string { return lang.L("The window was locked meanwhile, so nothing was changed. Try again.") }},
	{auth.ErrFullSignIn, func() string {
		return lang.L("You signed in a day ago. Sign in again, and your work is as you left it.")
	}},
	{auth.ErrEnrolmentNeeded, func() string { return lang.L("Set up an authenticator first.") }},
	{auth.ErrForbidden, func() string { return lang.L("Only a Practice Admin can do this.") }},
	{auth.ErrLastAdmin, func() string {
		return lang.L("This is the last Practice Admin. Make somebody else a Practice Admin first.")
	}},
	{auth.ErrUnknown, func() string {
		return lang.L("It can't be told yet whether this was saved. Anteroom asks as soon as the server answers. Don't enter it again.")
	}},
	{auth.ErrNotSaved, func() string { return lang.L("It was not saved. Try again.") }},
	{auth.ErrServer, func() string {
		return lang.L("The practice's server does not answer, so nothing was saved. Is it switched on, and in the same network?")
	}},
	{auth.ErrOtherServer, func() string {
		return lang.L("This is not the practice's server. Another computer answers at its address, or the server was set up anew.")
	}},
	{auth.ErrOlderServer, func() string {
		return lang.L("The practice's server has an older Anteroom than this computer. Install the new one there first.")
	}},
	{auth.ErrManyDesks, func() string { return lang.L("The server takes no more computers.") }},
	{auth.ErrAtServer, func() string { return lang.L("Do this at the computer that is the practice's server.") }},
	{sharing.ErrAddress, func() string {
		return lang.L("This is no address of a computer. Type a name or a number, such as {{.Sample}}.", map[string]any{"Sample": sampleAddress})
	}},
	{sharing.ErrNotHere, func() string {
		return lang.L("The practice's data lies elsewhere by now, so nothing was changed. Look at it again.")
	}},
	{sharing.ErrNotReady, func() string {
		return lang.L("Not all is as it must be any more, so nothing was moved. Look at the list.")
	}},
	{sharing.ErrNotInstalled, func() string { return howToInstall() }},
	{sharing.ErrOneAccount, func() string {
		return lang.L("For this Windows asks for an administrator's rights, and Anteroom is installed where this account's other programs could change it. Remove it under Settings > Apps of Windows, then install it anew, for anyone using this computer. Its data stays.")
	}},
	{auth.ErrImporting, func() string {
		return lang.L("Another import is under way. Wait until it is done. If nobody imports any more, end the session that began it: sign that person out under Settings > Users, or end your own at another computer under My account.")
	}},
	{auth.ErrConflict, func() string { return lang.L("Somebody else changed this meanwhile. Look at it again.") }},
	{auth.ErrNotFound, func() string { return lang.L("It is not there any more. Somebody else may have removed it.") }},
	{auth.ErrExists, func() string { return lang.L("There is a practice here already. Restart Anteroom.") }},
	{auth.ErrDiskFull, func() string {
		return lang.L("The disk is full, so nothing was saved. Make room, then try again.")
	}},
	{auth.ErrReadOnly, func() string {
		return lang.L("The folder with the practice's data is read-only, so nothing was saved. Ask who looks after this computer.")
	}},
	{auth.ErrNotPrivate, func() string {
		return lang.L("The folder with the practice's data is open to other accounts, or belongs to one. Ask who looks after this computer.")
	}},
	{auth.ErrRemote, func() string {
		return lang.L("The folder with the practice's data is on a network share, where data would be damaged. Ask who looks after this computer to move it to a disk of this one.")
	}},
	{auth.ErrDisk, func() string {
		return lang.L("The disk reports an error, so nothing was saved. Ask who looks after this computer.")
	}},
	{ErrViewer, func() string {
		return lang.L("No program of this computer shows the page. Save it as a PDF instead.")
	}},
	{auth.ErrFolder, func() string {
		return lang.L("The folder for backups is not there. Connect its drive, or choose another folder under Settings > Backup.")
	}},
	{auth.ErrReplaced, func() string {
		return lang.L("Somebody restored a backup meanwhile. Sign in again.")
	}},
	{auth.ErrNotLinked, func() string {
		return lang.L("This computer is not linked to the practice.")
	}},
	{auth.ErrNewerDatabase, func() string {
		return lang.L("This is of a newer version of Anteroom. Install the newest Anteroom on this computer.")
	}},
	{auth.ErrDatabaseMissing, func() string {
		return lang.L("There is no practice's data here to open. Restore a backup instead.")
	}},
	{auth.ErrKitNeeded, func() string {
		return lang.L("Make the recovery kit first, under Settings > Recovery.")
	}},
	{auth.ErrThisComputer, func() string {
		return lang.L("This is the computer you are at. Unlink it from another one.")
	}},
	{auth.ErrOtherPractice, func() string {
		return lang.L("This backup is of another practice. Choose another one.")
	}},
	{auth.ErrBusy, func() string { return lang.L("Another program is using the practice's data. Try again in a moment.") }},
	{keyring.ErrNoAnswer, func() string {
		return lang.L("The keyring of this computer does not answer. Nothing was changed. Try again.")
	}},
	{keyring.ErrNoService, func() string {
		return lang.L("This computer has no keyring, where Anteroom keeps its key. Ask who looks after it.")
	}},
	{keyring.ErrNoCollection, func() string {
		return lang.L("The keyring of this computer has no default keyring, where Anteroom keeps its key. Make one, then try again.")
	}},
	{keyring.ErrLocked, func() string {
		return lang.L("The keyring of this computer is locked. Unlock it, then try again.")
	}},
	{keyring.ErrDismissed, func() string {
		return lang.L("The keyring was not unlocked. Try again, and type its password when it asks.")
	}},
	{keyring.ErrDamaged, func() string {
		return lang.L("The key of this computer is damaged. Start Anteroom again: it says what helps.")
	}},
	{auth.ErrAnchor, func() string {
		return lang.L("The keyring entry that guards against old data is missing or damaged. Start Anteroom again, and use the recovery kit.")
	}},
	{auth.ErrRolledBack, func() string {
		return lang.L("The practice's data is older than what this computer saw last. Start Anteroom again, and use the recovery kit.")
	}},
	{auth.ErrOtherHistory, func() string {
		return lang.L("The practice's data is not the data this computer saw last. Start Anteroom again, and use the recovery kit.")
	}},
	{sharing.ErrHost, func() string {
		return lang.L("The server could not be started on this computer. The practice's data stays where it was. Ask who looks after this computer.")
	}},
	{auth.ErrDamaged, func() string {
		return lang.L("The practice's data was changed or is damaged. Start Anteroom again, and restore a backup.")
	}},
}

// atServer says what went wrong at the practice's server.
func atServer(err error) string {
	switch {
	case errors.Is(err, auth.ErrBusy):
		return lang.L("Another computer is saving. Try again in a moment.")
	case errors.Is(err, auth.ErrDiskFull):
		return lang.L("The server's disk is full, so nothing was saved. Make room there, then try again.")
	case errors.Is(err, auth.ErrReadOnly):
		return lang.L("The server's disk is read-only, so nothing was saved. Ask who looks after the server.")
	}
	return lang.L("The server's disk reports an error, so nothing was saved. Ask who looks after the server.")
}

// Field is what stands beside a field that was refused.
func Field(e *auth.FieldError) string {
	switch e.Problem {
	case auth.ProblemEmpty:
		return empty(e.Field)
	case auth.ProblemLong:
		if e.Field == auth.FieldPassword {
			return lang.L("Use at most {{.Count}} characters.", map[string]any{"Count": auth.MaxPassword})
		}
		return lang.L("Use at most {{.Count}} characters.", map[string]any{"Count": auth.MaxName})
	case auth.ProblemShort:
		return lang.L("Use at least {{.Count}} characters.", map[string]any{"Count": auth.MinPassword})
	case auth.ProblemChars:
		if e.Field == auth.FieldUsername {
			return lang.L("Leave out spaces and invisible characters.")
		}
		return lang.L("Leave out invisible characters.")
	case auth.ProblemTaken:
		if e.Field == auth.FieldFolder {
			return lang.L("There is a file of this name already. Choose another name.")
		}
		return lang.L("Somebody has this username already. Choose another.")
	case auth.ProblemCommon:
		return lang.L("This is easy to guess. Add words that nobody would expect.")
	case auth.ProblemHasName:
		return lang.L("Leave out the names of people, of the practice and of Anteroom.")
	case auth.ProblemRange:
		return lang.L("Type a number of minutes from {{.Least}} to {{.Most}}.", map[string]any{"Least": auth.MinIdle, "Most": auth.MaxIdle})
	case auth.ProblemMissing:
		return lang.L("This folder is not there. Connect its drive, or choose another.")
	case auth.ProblemDiffers:
		return lang.L("That is not the last group. Look at the page and type its last five characters.")
	case auth.ProblemSame:
		return lang.L("This is the password you have now. Choose another.")
	}
	if e.Field == auth.FieldZone {
		return lang.L("No known time zone. Type a city with the practice's time, such as Berlin.")
	}
	return lang.L("Choose one from the list.")
}

// empty says what to type into a field.
func empty(f auth.Field) string {
	switch f {
	case auth.FieldPractice:
		return lang.L("Type the practice's name.")
	case auth.FieldName:
		return lang.L("Type a name.")
	case auth.FieldUsername:
		return lang.L("Type a username.")
	case auth.FieldOld:
		return lang.L("Type your present password.")
	case auth.FieldPassword:
		return lang.L("Type a password.")
	case auth.FieldComputer:
		return lang.L("Type a name.")
	case auth.FieldReason:
		return lang.L("Type a reason.")
	case auth.FieldZone:
		return lang.L("Type a city with the practice's time, such as Berlin.")
	}
	return lang.L("Type something here.")
}

// Wait is a length of time as people say it.
func Wait(d time.Duration) string {
	seconds := int((d + time.Second - 1) / time.Second)
	if seconds < 100 {
		return lang.L("{{.Seconds}} s", map[string]any{"Seconds": max(seconds, 1)})
	}
	return lang.L("{{.Minutes}} min", map[string]any{"Minutes": (seconds + 59) / 60})
}

// NextCode says when the app shows a code that is not used up; "" if it does now.
func NextCode(next, now time.Time) string {
	wait := next.Sub(now)
	if wait <= 0 {
		return ""
	}
	return lang.L("Your last code is used up. The next one comes in {{.Wait}}.", map[string]any{"Wait": Wait(wait)})
}

// Number is a number as people read it: "12,345".
func Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Size is the size of a file as people read it.
func Size(bytes int64) string {
	const kb, mb, gb = 1e3, 1e6, 1e9
	switch size := float64(bytes); {
	case size < mb:
		return lang.L("{{.Size}} KB", map[string]any{"Size": fmt.Sprintf("%.0f", max(1, size/kb))})
	case size < gb:
		return lang.L("{{.Size}} MB", map[string]any{"Size": fmt.Sprintf("%.1f", size/mb)})
	default:
		return lang.L("{{.Size}} GB", map[string]any{"Size": fmt.Sprintf("%.1f", size/gb)})
	}
}
