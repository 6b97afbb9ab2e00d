package pane

import (
	"context"
	"errors"
	"slices"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// detailsTries is how often a change is made anew when others are faster.
const detailsTries = 3

// ChangeDetails makes a change of the details as they are by now, however fast others are, and
// stores it. Slow: off the UI goroutine.
func ChangeDetails(ctx context.Context, d *desk.Desk, change func(data.Details) (data.Details, error)) (data.Details, error) {
	for try := 1; ; try++ {
		now, err := d.Details(ctx)
		if err != nil {
			return now, err
		}
		next, err := change(now)
		if err != nil {
			return now, err
		}
		saved, err := d.SaveDetails(ctx, next)
		if !errors.Is(err, auth.ErrConflict) || try == detailsTries {
			return saved, err
		}
	}
}

// Details is what the presenters share whose panes are about the practice's details.
type Details struct {
	screen.Scope
	Desk *desk.Desk

	Now      data.Details
	IsLoaded bool
	Good     string // what went well
	Message  string // what went wrong

	reads      int // that were begun; only the answer of the newest is taken
	isChanging bool
	isUnread   bool // Message says why the details could not be read
}

// Read reads the details again, and then calls done.
func (d *Details) Read(done func()) {
	d.reads++
	number := d.reads
	var now data.Details
	d.Go(func(ctx context.Context) (err error) {
		now, err = d.Desk.Details(ctx)
		return err
	}, func(err error) {
		switch {
		case d.IsOver(err):
			return
		case number != d.reads:
			return // a newer one is under way
		case err != nil:
			d.Message, d.isUnread = words.Error(err), true
		default:
			if d.isUnread {
				d.Message = ""
			}
			d.Take(now)
		}
		done()
	})
}

// Take shows what is stored.
func (d *Details) Take(now data.Details) {
	d.reads++ // what is under way is older
	d.IsLoaded, d.Now, d.isUnread = true, now, false
}

// ChangeNow makes a change that a button asks for, one at a time, and says how it went.
func (d *Details) ChangeNow(change func(data.Details) data.Details, said string, done func()) {
	if d.isChanging || !d.IsLoaded {
		return
	}
	d.isChanging, d.Good, d.Message, d.isUnread = true, "", "", false
	var saved data.Details
	d.Go(func(ctx context.Context) (err error) {
		saved, err = ChangeDetails(ctx, d.Desk, func(now data.Details) (data.Details, error) { return change(now), nil })
		return err
	}, func(err error) {
		d.isChanging = false
		switch {
		case d.IsOver(err):
			return
		case err != nil:
			d.Message = words.Error(err)
		default:
			d.Good = said
			d.Take(saved)
		}
		done()
	})
}

// NameTaken says that two have one name by now; other faults are found before.
func NameTaken(d data.Details) error {
	if errors.Is(d.Check(), data.ErrNameTaken) {
		return data.ErrNameTaken
	}
	return nil
}

// OvertakenError says that somebody else changed what is being changed.
type OvertakenError[T any] struct{ Theirs T }

func (OvertakenError[T]) Error() string { return "changed meanwhile by somebody else" }

// Unwrap makes it an auth.ErrConflict.
func (OvertakenError[T]) Unwrap() error { return auth.ErrConflict }

// Swapped has two elements in each other's place.
func Swapped[T any](all []T, i, j int) []T {
	all = slices.Clone(all)
	all[i], all[j] = all[j], all[i]
	return all
}

// DetailWrong is what is wrong with a field of some details; nil is nothing.
func DetailWrong(d data.Details, f data.DetailField, item int) error {
	var all data.DetailErrors
	if errors.As(d.Check(), &all) {
		if one := all.Of(f, item); one != nil {
			return one.Reason
		}
	}
	return nil
}
