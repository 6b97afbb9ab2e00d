// Package signin has the screens before the door: opening the practice, its
// set-up, and a sign-in from the password to the session.
//
// Each screen has a presenter, which decides and knows no widget, and a screen,
// which shows the presenter's view and reports what the user does.
//
// After an error a screen empties what opens something: passwords, and codes but for those that
// only have to wait or are not whole. It keeps what was typed after a try that the person called
// off, and after a slip in a form. A printed key, which is long, stays too: it is shown as it is
// typed, for it has to be compared, and the window leaves its screen after the idle time. At the
// set-up of a practice passwords stay, hidden: they open nothing yet.
package signin

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/work"
)

// Host is what every screen gets from the window around it.
type Host struct {
	Ctx    context.Context // ends when the screen is left
	Runner work.Runner
	Window fyne.Window
}

// Ways are where a step of a sign-in leads.
type Ways struct {
	OnState func(auth.State) // to the next step
	OnOver  func(error)      // back to the password, and why
	OnShut  func(error)      // nowhere: the data can't be trusted any more
}

// ErrNoCode says that nobody typed an Auth Code in time.
var ErrNoCode = errors.New("no auth code in time")

// lead goes where the outcome of a step leads. It says false for an error after
// which the step can be tried again.
func (w Ways) lead(step auth.Step, state auth.State, err error) bool {
	switch {
	case err == nil:
		w.OnState(state)
	case Shuts(err):
		w.OnShut(err)
	case state.Step != step:
		w.OnOver(err)
	default:
		return false
	}
	return true
}

// Shuts says that after this error nobody works with the practice's data.
func Shuts(err error) bool {
	for _, reason := range []error{
		auth.ErrDamaged, auth.ErrRolledBack, auth.ErrOtherHistory, auth.ErrAnchor, auth.ErrNewerDatabase, auth.ErrDatabaseMissing,
		auth.ErrNotLinked, auth.ErrReplaced, auth.ErrOtherServer,
	} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}
