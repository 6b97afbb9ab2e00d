package settings

import (
	"context"
	"errors"
	"slices"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// deskKeeper keeps how the practice works. SaveDetails gives auth.ErrConflict when
// others saved since the details were read.
type deskKeeper interface {
	calendar
	Details(context.Context) (data.Details, error)
	SaveDetails(context.Context, data.Details) (data.Details, error)
}

// calendar is the practice's: its days are those of its time zone.
type calendar interface{ Zone() *time.Location }

// today is the practice's day.
func today(s screen.Scope, c calendar) data.Date { return data.DateOf(s.Now().In(c.Zone())) }

// detailsTries is how often a change is made anew when others are faster.
const detailsTries = 3

// detailsOffice is what the presenters share whose panes are about the practice's
// details.
type detailsOffice struct {
	screen.Scope
	desk deskKeeper

	loaded  bool
	reads   int // only the last one counts
	changes bool
	now     data.Details
	good    string // what went well
	message string // what went wrong
	unread  bool   // it says why the details could not be read
}

// change makes a change of the details as they are by now, however fast others
// are, and stores it. Slow: off the UI goroutine.
func (o *detailsOffice) change(ctx context.Context, change func(data.Details) (data.Details, error)) (data.Details, error) {
	for try := 1; ; try++ {
		now, err := o.desk.Details(ctx)
		if err != nil {
			return now, err
		}
		next, err := change(now)
		if err != nil {
			return now, err
		}
		saved, err := o.desk.SaveDetails(ctx, next)
		if !errors.Is(err, auth.ErrConflict) || try == detailsTries {
			return saved, err
		}
	}
}

// read reads the details again, and then calls done.
func (o *detailsOffice) read(done func()) {
	o.reads++
	number := o.reads
	var now data.Details
	o.Runner.Go(o.Ctx, func(ctx context.Context) (err error) {
		now, err = o.desk.Details(ctx)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, auth.ErrSessionEnded):
			o.OnEnded(err)
			return
		case number != o.reads:
			return // what was read later counts
		case err != nil:
			o.message, o.unread = words.Error(err), true
		default:
			if o.unread {
				o.message = ""
			}
			o.take(now)
		}
		done()
	})
}

// take shows what is stored.
func (o *detailsOffice) take(now data.Details) {
	o.reads++ // what is under way is older
	o.loaded, o.now, o.unread = true, now, false
}

// changeNow makes a change that a button asks for, one at a time, and says how it
// went.
func (o *detailsOffice) changeNow(change func(data.Details) data.Details, said string, done func()) {
	if o.changes || !o.loaded {
		return
	}
	o.changes, o.good, o.message, o.unread = true, "", "", false
	var saved data.Details
	o.Runner.Go(o.Ctx, func(ctx context.Context) (err error) {
		saved, err = o.change(ctx, func(d data.Details) (data.Details, error) { return change(d), nil })
		return err
	}, func(err error) {
		o.changes = false
		switch {
		case errors.Is(err, auth.ErrSessionEnded):
			o.OnEnded(err)
			return
		case err != nil:
			o.message = words.Error(err)
		default:
			o.good = said
			o.take(saved)
		}
		done()
	})
}

// nameTaken says that two have one name by now; other faults are found before.
func nameTaken(d data.Details) error {
	if errors.Is(d.Check(), data.ErrNameTaken) {
		return data.ErrNameTaken
	}
	return nil
}

// overtakenError says that somebody else changed what is being changed.
type overtakenError[T any] struct{ theirs T }

func (overtakenError[T]) Error() string { return "changed meanwhile by somebody else" }

func (overtakenError[T]) Unwrap() error { return auth.ErrConflict }

// swapped has two elements in each other's place.
func swapped[T any](all []T, i, j int) []T {
	all = slices.Clone(all)
	all[i], all[j] = all[j], all[i]
	return all
}
