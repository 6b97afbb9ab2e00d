package today

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// office is what all presenters of the day need.
type office struct {
	ctx    context.Context // ends when the page is left
	desk   *desk.Desk
	runner work.Runner
	order  data.DateOrder
	ended  func(error) // the session is over
}

// now is the time on the practice's clock.
func (o office) now() time.Time { return o.runner.Now().In(o.desk.Zone()) }

func (o office) today() data.Date { return data.DateOf(o.now()) }

// after does something on the UI goroutine after a while, unless it is stopped
// before.
func (o office) after(d time.Duration, do func()) (stop func()) {
	ctx, stop := context.WithCancel(o.ctx)
	o.runner.After(ctx, d, do)
	return stop
}

// slowAfter is how long work goes on before it says so.
const slowAfter = 300 * time.Millisecond

// slow calls say(true) once work goes on for longer than slowAfter. The answer
// ends that: if it was called, say(false) is.
func (o office) slow(say func(bool)) (end func()) {
	ctx, stop := context.WithCancel(o.ctx)
	said := false
	o.runner.After(ctx, slowAfter, func() {
		said = true
		say(true)
	})
	return func() {
		stop()
		if said {
			say(false)
		}
	}
}

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
