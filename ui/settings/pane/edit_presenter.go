package pane

import (
	"context"
	"errors"
	"slices"

	"anteroom/data"
	"anteroom/ui/screen"
)

// Edit is the work of a dialog in which an item of the practice's details is added or edited.
type Edit[T any] struct {
	*screen.Act
	Was T // as it was read

	OnOvertaken func(theirs, was T) // somebody else changed it meanwhile
	OnNameTaken func()              // somebody else has its name by now

	details *Details
}

// NewEdit begins it. refresh is called where it can't be told what became of it.
func NewEdit[T any](d *Details, f screen.Form, was T, refresh func()) *Edit[T] {
	e := &Edit[T]{Act: screen.NewAct(d.Scope, f, nil, refresh), Was: was, details: d}
	e.Explain = e.explain
	return e
}

// Save makes a change of the details, which gives an OvertakenError where the item is not as it
// was. done is called after it, with the details as they are then.
func (e *Edit[T]) Save(change func(d data.Details, was T) (data.Details, error), done func()) {
	if e.IsBusy() {
		return
	}
	var saved data.Details
	e.Done = func() {
		e.details.Take(saved)
		done()
	}
	was := e.Was
	e.Start(func(ctx context.Context) (err error) {
		saved, err = ChangeDetails(ctx, e.details.Desk, func(d data.Details) (data.Details, error) { return change(d, was) })
		return err
	})
}

func (e *Edit[T]) explain(err error) screen.Progress {
	var overtaken OvertakenError[T]
	switch {
	case errors.As(err, &overtaken):
		was := e.Was
		e.Was = overtaken.Theirs // who saves again has seen it
		e.OnOvertaken(e.Was, was)
	case errors.Is(err, data.ErrNameTaken):
		e.OnNameTaken()
	default:
		return screen.Failed(err)
	}
	return screen.Progress{}
}

// Put has a new item last, and one that was edited in its place: where others changed that, it is
// an OvertakenError.
func Put[T any](all []T, was, now T, id func(T) string, same func(a, b T) bool) ([]T, error) {
	all = slices.Clone(all)
	i := slices.IndexFunc(all, func(o T) bool { return id(o) == id(now) })
	switch {
	case i < 0:
		return append(all, now), nil
	case !same(all[i], was):
		return nil, OvertakenError[T]{all[i]}
	}
	all[i] = now
	return all, nil
}
