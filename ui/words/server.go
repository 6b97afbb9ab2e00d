package words

import (
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
)

// sampleAddress is an address as it may be typed.
const sampleAddress = "192.168.1.20"

// Address is what a person reads who typed the address of a server, and there was
// something with what answers there, or does not. ok is false for errors about
// something else.
func Address(err error, address string) (text string, ok bool) {
	with := map[string]any{"Address": shortened(address)}
	switch {
	case err != nil && address == "":
		return lang.L("Type the server's name or number, such as {{.Sample}}.", map[string]any{"Sample": sampleAddress}), true
	case errors.Is(err, auth.ErrServer):
		return lang.L("{{.Address}} does not answer. Is the server switched on and in the same network?", with), true
	case errors.Is(err, auth.ErrOtherServer):
		return lang.L("What answers at {{.Address}} is not the practice's server. Nothing was sent to it. Compare the address.", with), true
	case errors.Is(err, sharing.ErrAddress), errors.Is(err, auth.ErrOlderServer), errors.Is(err, auth.ErrManyDesks):
		return Error(err), true
	}
	return "", false
}

// MoveTo is what a person reads who typed the address of a server that somebody else runs,
// its database and its user, and the practice could not be moved there. ok is false for
// errors about something else.
func MoveTo(err error) (text string, ok bool) {
	switch {
	case errors.Is(err, auth.ErrNotLinked):
		return lang.L("The server refuses this user or password, or the user may not make roles."), true
	case errors.Is(err, auth.ErrOtherServer):
		return lang.L("There is no such database there, or it is no PostgreSQL 15 or newer with TLS and SCRAM passwords."), true
	case errors.Is(err, auth.ErrExists):
		return lang.L("There is a practice in this database already."), true
	}
	return "", false
}

// longAddress is from where on an address would push away what is around it.
const longAddress = 48

// shortened is the beginning of an address that is very long.
func shortened(address string) string {
	if runes := []rune(address); len(runes) > longAddress {
		return string(runes[:longAddress-1]) + "…"
	}
	return address
}

// Silent is what stands where a server is shown that does not answer: nothing was to be saved there.
func Silent(w sharing.Where) string {
	if w.Kind == sharing.Host {
		return lang.L("This computer is the practice's server, but the database on it does not answer. If it stays so, restart this computer. Ask who looks after this computer.")
	}
	text, _ := Address(auth.ErrServer, w.Address)
	return text
}

// Step is what goes on while a computer is connected to a server.
func Step(s sharing.Step) string {
	switch s {
	case sharing.Checking:
		return lang.L("Checking the server…")
	case sharing.Linking:
		return lang.L("Linking this computer…")
	}
	return lang.L("Looking for the server…")
}

// Moving is what goes on while a practice is moved.
func Moving(p sharing.Progress) string {
	switch p.Step {
	case sharing.Starting:
		return lang.L("Setting up the server…")
	case sharing.Copying:
		if p.Total == 0 {
			return lang.L("Copying…")
		}
		return lang.L("Copying {{.Done}} of {{.Total}}…", map[string]any{"Done": Number(int64(p.Done)), "Total": Number(int64(p.Total))})
	case sharing.Comparing:
		return lang.L("Checking…")
	case sharing.Switching:
		return lang.L("Switching over…")
	}
	return lang.L("Backing up…")
}

// Answer is how fast a server answers.
func Answer(d time.Duration) string {
	if d < time.Millisecond {
		return lang.L("It answers in less than 1 ms.")
	}
	return lang.L("It answers in {{.Time}} ms.", map[string]any{"Time": Number(int64((d + time.Millisecond/2) / time.Millisecond))})
}

// howToInstall says how PostgreSQL comes onto this computer.
func howToInstall() string {
	return lang.L("Install PostgreSQL 15 or newer on this computer: from postgresql.org, in the folder that its installer proposes; on Linux the package “postgresql”. Nothing in it needs setting up. Then look again.")
}

// NoAnswer says of the practice's server that it does not answer, and no more.
func NoAnswer() string { return lang.L("The practice's server does not answer.") }

// NoAnswerSince is NoAnswer with since when, where an error knows that; otherwise "". Error says
// more of it, for who has something to save.
func NoAnswerSince(err error) string {
	var away *auth.AwayError
	if !errors.As(err, &away) {
		return ""
	}
	return lang.L("The practice's server has not answered since {{.Clock}}.", map[string]any{"Clock": Clock(away.Since)})
}
