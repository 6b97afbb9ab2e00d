package recovery

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/ui/words"
)

// blockedView is what the page for a practice that can't be opened says, and
// which remedies it offers besides trying again.
type blockedView struct {
	Heading  string
	Happened string
	ToDo     string
	OrElse   string // what to do where that is not possible; "": nothing
	Folder   bool   // it helps to know where the data lies

	Kit, LinkingCode, Restore bool
	Address                   bool   // the practice's server may be found at another one
	Forget                    bool   // this computer can begin anew: the practice lies elsewhere
	Best                      remedy // what helps most
}

// remedy is what somebody can do about a practice that can't be opened.
type remedy int

const (
	remedyRetry remedy = iota
	remedyKit
	remedyLinkingCode
	remedyRestore
	remedyAddress
	remedyForget
)

// offers says whether a remedy helps.
func (v blockedView) offers(r remedy) bool {
	switch r {
	case remedyKit:
		return v.Kit
	case remedyLinkingCode:
		return v.LinkingCode
	case remedyRestore:
		return v.Restore
	case remedyAddress:
		return v.Address
	case remedyForget:
		return v.Forget
	}
	return true
}

// reasons are why a practice can't be opened, the particular before the general.
var reasons = []struct {
	err error
	say func(error) blockedView
}{
	{auth.ErrNotLinked, sayNotLinked},
	{auth.ErrDatabaseMissing, sayDatabaseMissing},
	{auth.ErrCopy, sayCopy},
	{auth.ErrRolledBack, sayRolledBack},
	{auth.ErrOtherHistory, sayOtherHistory},
	{auth.ErrAnchor, sayAnchor},
	{auth.ErrNewerDatabase, sayNewer},
	{auth.ErrDamaged, sayDamaged},
	{keyring.ErrDamaged, sayKeyDamaged},
	{keyring.ErrNoService, sayNoService},
	{keyring.ErrNoCollection, sayNoCollection},
	{keyring.ErrLocked, sayLocked},
	{keyring.ErrDismissed, sayDismissed},
	{keyring.ErrNoAnswer, sayNoAnswer},
	{auth.ErrNotPrivate, sayNotPrivate},
	{auth.ErrRemote, sayRemote},
	{auth.ErrReadOnly, sayReadOnly},
	{auth.ErrDiskFull, sayDiskFull},
	{auth.ErrDisk, sayDisk},
	{auth.ErrBusy, sayBusy},
	{context.Canceled, sayCancelled},
}

// explain says in people's words why a practice can't be opened. Whatever the reason
// is, the recovery kit and a backup are remedies; but nobody is told of a kit that
// can't exist yet, or led to put an older backup over data that is newer than the program.
func explain(err error) blockedView {
	v := sayReason(err)
	switch {
	case errors.Is(err, auth.ErrNewerDatabase):
		return v // only a newer program helps
	case errors.Is(err, auth.ErrCopy), errors.Is(err, auth.ErrNotPrivate), errors.Is(err, auth.ErrRemote):
		return v // in this folder there is no remedy: the page says in which there is, or what it needs
	case errors.Is(err, auth.ErrNoDatabase):
		v.Kit, v.OrElse = false, lang.L("If there was a practice before, on this computer or another one, you can restore a backup of it.")
	case errors.Is(err, auth.ErrDatabaseMissing): // there is nothing for the kit to open but a backup
	case errors.Is(err, context.Canceled), errors.Is(err, auth.ErrBusy), errors.Is(err, auth.ErrDiskFull): // nothing is wrong with the data
		v.Kit, v.OrElse = true, lang.L("If that does not help, use the recovery kit. You can also restore a backup, with the kit too.")
	case !v.Kit:
		v.Kit, v.OrElse = true, lang.L("If that does not help, use the recovery kit: it shows what is wrong with the data. You can also restore a backup, with the kit too.")
	}
	v.Restore = true
	return v
}

func sayReason(err error) blockedView {
	for _, reason := range reasons {
		if errors.Is(err, reason.err) {
			return reason.say(err)
		}
	}
	return blockedView{Heading: lang.L("The practice can't be opened"), Happened: words.Error(err), Folder: true}
}

func sayCopy(err error) blockedView {
	var copied *auth.CopyError
	errors.As(err, &copied)
	return blockedView{
		Heading:  lang.L("This is a copy of the practice's data"),
		Happened: lang.L("The practice itself is in {{.Folder}}. Working in both would let one of them lose what the other knows.", map[string]any{"Folder": copied.Original}),
		ToDo:     lang.L("Start Anteroom with that folder."),
		Folder:   true,
	}
}

// withKit is a page on which the recovery kit is what helps most.
func withKit(heading, happened, toDo string) blockedView {
	return blockedView{Heading: heading, Happened: happened, ToDo: toDo, Folder: true, Kit: true, Best: remedyKit}
}

func sayNotLinked(err error) blockedView {
	v := withKit(
		lang.L("This computer is not linked to the practice"),
		lang.L("There is a practice in the data folder, but the keyring of this account has no key for it: it was made on another computer or in another account, the keyring was emptied, this computer was unlinked, or a backup was restored on another one."),
		lang.L("The recovery kit or a linking code gives this computer a key of its own. A Practice Admin makes a linking code on a computer that is linked."),
	)
	v.LinkingCode = true
	var notLinked *auth.NotLinkedError
	if errors.As(err, &notLinked) && notLinked.Practice != "" {
		v.Heading = lang.L("This computer is not linked to {{.Practice}}", map[string]any{"Practice": notLinked.Practice})
	}
	return v
}

func sayDatabaseMissing(error) blockedView {
	return blockedView{
		Heading:  lang.L("The practice's data is missing"),
		Happened: lang.L("There was a practice in the data folder, and the keyring still has its key, but the database is gone. Anteroom does not begin an empty one in its place."),
		ToDo:     lang.L("If the folder was moved, or its drive is not connected, bring it back and try again. Otherwise restore a backup. That takes the recovery kit."),
		Folder:   true,
		Best:     remedyRestore,
	}
}

func sayRolledBack(err error) blockedView {
	v := withKit(
		lang.L("The practice's data is too old"),
		lang.L("This computer has seen newer data than what is in the data folder now: an older copy was put back."),
		lang.L("Put the newest data back and try again. If it is lost, this older data opens only with the recovery kit."),
	)
	var rolledBack *auth.RolledBackError
	if errors.As(err, &rolledBack) {
		v.Happened = lang.L("The data in the data folder is of {{.Found}}. This computer has already seen data of {{.Seen}}: an older copy was put back.",
			map[string]any{"Found": moment(rolledBack.Found), "Seen": moment(rolledBack.Seen)})
	}
	return v
}

func sayOtherHistory(error) blockedView {
	return withKit(
		lang.L("This is not the data this computer saw last"),
		lang.L("The practice's data was restored, or copied here from elsewhere, and went its own way since."),
		lang.L("Put back the data this computer saw last and try again. To go on with this data, use the recovery kit: it opens only with that."),
	)
}

func sayAnchor(error) blockedView {
	return withKit(
		lang.L("The guard against old data is damaged"),
		lang.L("The keyring entry that tells old data from new is missing or damaged. Without it Anteroom can't know whether the practice's data is the newest."),
		lang.L("Use the recovery kit. It shows of when the data is, opens it, and sets the guard up anew."),
	)
}

func sayNewer(error) blockedView {
	return blockedView{
		Heading:  lang.L("A newer Anteroom is needed"),
		Happened: lang.L("The practice's data was last used with a newer version of Anteroom. This one leaves it as it is."),
		ToDo:     lang.L("Install the newest Anteroom on this computer, then start it again."),
	}
}

func sayDamaged(error) blockedView {
	return withKit(
		lang.L("The practice's data is damaged"),
		lang.L("The database was changed by something other than Anteroom, or the disk damaged it. Anteroom did not touch it."),
		lang.L("The recovery kit opens a report of what is wrong, and a restore. You can also restore a backup at once, with the kit too."),
	)
}

func sayKeyDamaged(error) blockedView {
	return withKit(
		lang.L("The key of this computer is damaged"),
		lang.L("The keyring has the entry with this computer's key, but it can't be read."),
		lang.L("Use the recovery kit. It opens the practice and gives this computer a new key."),
	)
}

// noKeyring is a page for a keyring that can't be used now. The recovery kit
// does without it.
func noKeyring(heading, happened, toDo string) blockedView {
	return blockedView{
		Heading: heading, Happened: happened, ToDo: toDo, Kit: true,
		OrElse: lang.L("If that is not possible now, use the recovery kit. It opens the practice for this run only, and nothing is written in clear."),
	}
}

func sayNoService(error) blockedView {
	return noKeyring(
		lang.L("This computer has no keyring"),
		lang.L("Anteroom keeps this computer's key in the keyring of the system, and none answers here."),
		lang.L("Start the keyring (on Linux: GNOME Keyring, KWallet or KeePassXC), then try again. Ask who looks after this computer."),
	)
}

func sayNoCollection(error) blockedView {
	return noKeyring(
		lang.L("The keyring has no place for keys yet"),
		lang.L("Anteroom keeps this computer's key in the keyring of the system. That runs, but it has no default keyring to keep a key in."),
		lang.L("Make one: open Passwords and Keys (GNOME), KWallet Manager or KeePassXC, add a password keyring, and make it the default. Signing out of this computer's account and in again with its password often makes one too. Then try again."),
	)
}

func sayLocked(error) blockedView {
	return noKeyring(
		lang.L("The keyring is locked"),
		lang.L("Anteroom keeps this computer's key in the keyring of the system, which is locked."),
		lang.L("Unlock the keyring, then try again."),
	)
}

// sayDismissed does not say that somebody pressed Cancel: a keyring that can't
// show its question answers the same.
func sayDismissed(error) blockedView {
	return noKeyring(
		lang.L("The keyring was not unlocked"),
		lang.L("The question for the keyring's password was closed, or could not be shown."),
		lang.L("Try again, and type the keyring's password when it asks. If nothing asks, sign out of this computer's account and in again."),
	)
}

func sayNoAnswer(error) blockedView {
	return noKeyring(
		lang.L("The keyring does not answer"),
		lang.L("Anteroom keeps this computer's key in the keyring of the system, and got no answer from it."),
		lang.L("See whether a question for the keyring's password is open behind this window, then try again. If it stays so, restart this computer."),
	)
}

func sayNotPrivate(error) blockedView {
	return blockedView{
		Heading:  lang.L("The data folder is not private"),
		Happened: lang.L("The folder with the practice's data belongs to another account of this computer, or its disk can't keep other accounts out of it. Anteroom keeps data only where nobody else can exchange it."),
		ToDo:     lang.L("Ask who looks after this computer: the folder has to belong to this account, with rights for it alone (700), on a disk that knows such rights. Accounts that share it need a group of their own (2770). Then try again."),
		Folder:   true,
	}
}

func sayRemote(error) blockedView {
	return blockedView{
		Heading:  lang.L("The data folder is on a network share"),
		Happened: lang.L("On another computer's disk one program can't see reliably whether another one is writing, and the practice's data would be damaged sooner or later. Nothing was changed there."),
		ToDo:     lang.L("Move the folder to a disk of this computer, and have Anteroom started with it there. Ask who looks after this computer. Backups may go to a network share."),
		Folder:   true,
	}
}

func sayReadOnly(error) blockedView {
	return blockedView{
		Heading:  lang.L("The data folder can't be written to"),
		Happened: lang.L("This account may not write to the folder with the practice's data, or its disk is read-only."),
		ToDo:     lang.L("Give this account the right to write there, then try again. Ask who looks after this computer."),
		Folder:   true,
	}
}

func sayDiskFull(error) blockedView {
	return blockedView{
		Heading:  lang.L("The disk is full"),
		Happened: lang.L("Anteroom needs a little room on the disk to open the practice's data."),
		ToDo:     lang.L("Make room, then try again."),
		Folder:   true,
	}
}

func sayDisk(error) blockedView {
	return blockedView{
		Heading:  lang.L("The disk reports an error"),
		Happened: lang.L("The practice's data could not be read from the disk."),
		ToDo:     lang.L("See whether the disk is connected, then try again. If it stays so, ask who looks after this computer, and keep your backups safe."),
		Folder:   true,
	}
}

func sayBusy(error) blockedView {
	return blockedView{
		Heading:  lang.L("The practice's data is in use"),
		Happened: lang.L("Another program keeps the database for itself."),
		ToDo:     lang.L("Close other programs that use the data folder, such as a backup, then try again."),
		Folder:   true,
	}
}

func sayCancelled(error) blockedView {
	return blockedView{
		Heading:  lang.L("The practice is not open yet"),
		Happened: lang.L("Opening it was cancelled before it was done."),
		ToDo:     lang.L("Try again when you are ready."),
	}
}

// moment is a date with its time: two dates may be of one day.
func moment(t time.Time) string {
	return lang.L("{{.Date}} at {{.Clock}}", map[string]any{"Date": words.Date(t), "Clock": words.Clock(t)})
}
