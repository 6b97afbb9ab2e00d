package recovery

import (
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/data/sharing"
)

// explainAt is explain for a practice that lies somewhere. Where that is a server, neither
// this computer's disk nor a backup is what helps.
func explainAt(err error, where sharing.Where) blockedView {
	switch {
	case errors.Is(err, sharing.ErrNote):
		return sayNote()
	case errors.Is(err, auth.ErrOtherServer):
		return sayOtherServer(where)
	case errors.Is(err, auth.ErrOlderServer):
		return sayOlderServer()
	case errors.Is(err, auth.ErrManyDesks):
		return sayManyDesks()
	case errors.Is(err, auth.ErrServer):
		return sayNoServer(err, where)
	case where.Kind != sharing.Alone && errors.Is(err, auth.ErrNewerDatabase):
		v := sayNewer(err)
		v.Happened = lang.L("The practice's data was brought up to date by a newer Anteroom.")
		return v
	case where.Kind == sharing.Desk && errors.Is(err, auth.ErrNotLinked):
		return sayUnlinked()
	case where.Kind == sharing.Managed && errors.Is(err, auth.ErrNotLinked) && !isKnown(err):
		return sayRefused(where)
	case where.Kind != sharing.Alone:
		if v, ok := sayServersDisk(err); ok {
			return v
		}
	}
	v := explain(err)
	if where.Kind == sharing.Desk { // the server restores
		v.Restore, v.Folder, v.OrElse = false, false, ""
	}
	if where.Kind != sharing.Alone && isKeyringUnusable(err) { // what opens the server lies in it, too
		v.Kit, v.OrElse = false, ""
	}
	return v
}

// isKeyringUnusable says that the keyring can't be used now.
func isKeyringUnusable(err error) bool {
	for _, unusable := range []error{keyring.ErrNoService, keyring.ErrNoCollection, keyring.ErrLocked, keyring.ErrDismissed, keyring.ErrNoAnswer} {
		if errors.Is(err, unusable) {
			return true
		}
	}
	return false
}

func sayNote() blockedView {
	return blockedView{
		Heading:  lang.L("It is not known on which server the practice lies"),
		Happened: lang.L("The file server.json in the data folder says that, and it can't be read."),
		ToDo:     lang.L("Put it right, and try again. Otherwise forget the practice here: then connect this computer anew, or, where it was the server, restore a backup."),
		Folder:   true, Forget: true,
	}
}

// isKnown says that the server let this computer in, and the practice's key is what is
// missing: an error of the server itself names no practice.
func isKnown(err error) bool {
	var notLinked *auth.NotLinkedError
	return errors.As(err, &notLinked) && notLinked.Practice != ""
}

func sayNoServer(err error, where sharing.Where) blockedView {
	isDesk := where.Kind == sharing.Desk
	v := blockedView{
		Heading: lang.L("The practice's server does not answer"),
		ToDo:    lang.L("Anteroom tries again by itself every 5 seconds."),
		Address: where.Kind != sharing.Host,
		Kit:     isDesk, LinkingCode: isDesk, // the server may be another computer by now
		Forget: isDesk || where.Kind == sharing.Host,
	}
	named := map[string]any{"Address": where.Address, "Server": where.Server}
	if where.Kind == sharing.Host {
		v.OrElse = lang.L("If nothing helps, forget the practice here and restore its newest backup.")
	}
	switch {
	case where.Kind == sharing.Host && errors.Is(err, sharing.ErrNotInstalled):
		v.Happened = lang.L("PostgreSQL, which made the practice's server, is not on this computer any more, or not where its installer puts it. Install that version again.")
	case where.Kind == sharing.Host:
		v.Happened = lang.L("This computer is the practice's server, but the database on it does not answer. If it stays so, restart this computer. Ask who looks after this computer.")
	case where.Address == "":
		v.Happened = lang.L("Is the server switched on and in the same network?")
	case where.Server == "":
		v.Happened = lang.L("{{.Address}} does not answer. Is the server switched on and in the same network?", named)
	default:
		v.Happened = lang.L("{{.Address}} does not answer. Is {{.Server}} switched on and in the same network?", named)
	}
	return v
}

func sayOtherServer(where sharing.Where) blockedView {
	v := blockedView{
		Heading:  lang.L("This is not the practice's server"),
		Happened: lang.L("Another computer answers at {{.Address}}, or the server was set up anew. Nothing was sent to it.", map[string]any{"Address": where.Address}),
		Address:  true, Best: remedyAddress,
	}
	if where.Address == "" {
		v.Happened = lang.L("Another computer answers at its address, or the server was set up anew. Nothing was sent to it.")
	}
	switch where.Kind {
	case sharing.Host:
		v.Happened = lang.L("Another program answers in the server's place on this computer.")
		v.ToDo = lang.L("Restart the computer. If it stays so, ask who looks after it.")
		v.Address, v.Best = false, remedyRetry
	case sharing.Managed:
		v.ToDo = lang.L("Has the server another address, change it. Otherwise ask who runs the server.")
	default:
		v.ToDo = lang.L("Has the server another address, change it. Was it set up anew, use a linking code or the recovery kit.")
		v.Kit, v.LinkingCode, v.Forget = true, true, true
	}
	return v
}

// sayRefused is for a server that somebody else runs, which alone can help.
func sayRefused(where sharing.Where) blockedView {
	return blockedView{
		Heading:  lang.L("The server does not let this computer in"),
		Happened: lang.L("The server at {{.Address}} refuses the user or the password, or this account's keyring has lost them.", map[string]any{"Address": where.Address}),
		ToDo:     lang.L("Ask who runs the server."),
	}
}

// sayServersDisk says what keeps the server from working; ok is false for something else.
func sayServersDisk(err error) (v blockedView, ok bool) {
	switch {
	case errors.Is(err, auth.ErrBusy):
		v.Heading, v.Happened = lang.L("The practice's server is busy"), lang.L("Another computer is saving. Try again in a moment.")
	case errors.Is(err, auth.ErrDiskFull):
		v.Heading, v.Happened = lang.L("The server's disk is full"), lang.L("The practice's server needs a little room on its disk. Make room there, then try again.")
	case errors.Is(err, auth.ErrReadOnly):
		v.Heading, v.Happened = lang.L("The server's disk is read-only"), lang.L("The practice's server can't write to its disk. Ask who looks after the server.")
	case errors.Is(err, auth.ErrDisk):
		v.Heading, v.Happened = lang.L("The server's disk reports an error"), lang.L("The practice's server could not read its disk. Ask who looks after the server, and keep your backups safe.")
	default:
		return v, false
	}
	return v, true
}

func sayOlderServer() blockedView {
	return blockedView{
		Heading:  lang.L("The practice's server has an older Anteroom"),
		Happened: lang.L("This computer's Anteroom is newer than the one that keeps the practice's data up to date. It leaves the data as it is."),
		ToDo:     lang.L("Install the new Anteroom on the computer that is the practice's server and start it there, then try again."),
	}
}

func sayManyDesks() blockedView {
	return blockedView{
		Heading:  lang.L("The server takes no more computers"),
		Happened: lang.L("As many computers work with the practice's server as it has room for."),
		ToDo:     lang.L("Close Anteroom on a computer where nobody needs it, then try again. Ask who looks after the server."),
	}
}

func sayUnlinked() blockedView {
	return blockedView{
		Heading:  lang.L("This computer was unlinked from the practice"),
		Happened: lang.L("The practice's server does not let this computer in any more, or this account's keyring has lost its key."),
		ToDo:     lang.L("A Practice Admin can link it again with a linking code, made at the practice's server. The recovery kit can, too."),
		Kit:      true, LinkingCode: true, Forget: true, Best: remedyLinkingCode,
	}
}
