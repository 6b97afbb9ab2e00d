package signin

import (
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
)

// explainAt is explain for a practice that lies somewhere. Where that is a server, neither
// this computer's disk nor a backup is what helps.
func explainAt(err error, where sharing.Where) blockedView {
	switch {
	case errors.Is(err, auth.ErrOtherServer):
		return sayOtherServer(where)
	case errors.Is(err, auth.ErrOlderServer):
		return sayOlderServer()
	case errors.Is(err, auth.ErrManyDesks):
		return sayManyDesks()
	case errors.Is(err, auth.ErrServer):
		return sayNoServer(where)
	case where.Kind != sharing.Alone && errors.Is(err, auth.ErrNewerDatabase):
		v := sayNewer(err)
		v.Happened = lang.L("The practice's data was brought up to date by a newer Anteroom.")
		return v
	case where.Kind == sharing.Desk && errors.Is(err, auth.ErrNotLinked):
		return sayUnlinked()
	}
	return explain(err)
}

func sayNoServer(where sharing.Where) blockedView {
	v := blockedView{
		Heading: lang.L("The practice's server does not answer"),
		ToDo:    lang.L("Anteroom tries again by itself every 5 seconds."),
		Address: where.Kind != sharing.Host,
		Kit:     where.Kind == sharing.Desk, // the server may be another computer by now
	}
	named := map[string]any{"Address": where.Address, "Server": where.Server}
	switch {
	case where.Kind == sharing.Host:
		v.Happened = lang.L("This computer is the practice's server, but the database on it does not answer. If it stays so, restart this computer.")
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
		Address:  where.Kind != sharing.Host, Kit: true, LinkingCode: where.Kind == sharing.Desk, Best: wayAddress,
	}
	if where.Address == "" {
		v.Happened = lang.L("Another computer answers at its address, or the server was set up anew. Nothing was sent to it.")
	}
	return v
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
		Happened: lang.L("This computer was unlinked from the practice."),
		ToDo:     lang.L("A Practice Admin can link it again with a linking code, made at the practice's server. The recovery kit can, too."),
		Kit:      true, LinkingCode: true, Best: wayLinkingCode,
	}
}
