package today

import (
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// scope is what the presenters of the day share.
type scope struct {
	screen.Scope
	desk  *desk.Desk
	order data.DateOrder
}

// now is the time on the practice's clock.
func (s scope) now() time.Time { return s.Now().In(s.desk.Zone()) }

func (s scope) today() data.Date { return data.DateOf(s.now()) }

// problem is what a person reads about an error.
func problem(err error) string {
	for _, known := range []struct {
		err  error
		text func() string
	}{
		{data.ErrStatus, func() string { return lang.L("This can't be done with the appointment as it is now.") }},
		{data.ErrChanged, func() string {
			return lang.L("Not undone: somebody changed that appointment since. Look at it again.")
		}},
		{data.ErrEndsBefore, func() string { return lang.L("It ends before it begins. Type a later time.") }},
		{data.ErrNoLength, func() string { return lang.L("It has no length. Type a number of minutes from 1.") }},
		{data.ErrTooLongVisit, func() string { return lang.L("It is longer than a day. Type fewer minutes.") }},
		{data.ErrControl, func() string { return lang.L("Leave out invisible characters.") }},
	} {
		if errors.Is(err, known.err) {
			return known.text()
		}
	}
	return words.Error(err)
}

// unread is what a person reads where something could not be read. While the server is away the window says why, below
// each screen: here stands only what is missing, unless it was read before.
func unread(err error, wasRead bool, missing string) string {
	switch {
	case !errors.Is(err, auth.ErrServer):
		return problem(err)
	case wasRead:
		return ""
	}
	return missing
}

// isConflict says that somebody else was faster.
func isConflict(err error) bool {
	return errors.Is(err, auth.ErrConflict) || errors.Is(err, data.ErrStatus)
}
