package data

import "errors"

// What a value can have wrong with it. A form says it beside the field.
var (
	ErrEmpty         = errors.New("nothing was typed")
	ErrTooLong       = errors.New("too long")
	ErrControl       = errors.New("has control characters")
	ErrNotADate      = errors.New("not a date")
	ErrNoSuchDay     = errors.New("there is no such day")
	ErrFuture        = errors.New("lies in the future")
	ErrTooLongAgo    = errors.New("lies too long ago")
	ErrNotAnEmail    = errors.New("not an email address")
	ErrNotAPhone     = errors.New("not a phone number")
	ErrNotATime      = errors.New("not a time")
	ErrEndsBefore    = errors.New("ends before it begins")
	ErrNoLength      = errors.New("has no length")
	ErrTooLongVisit  = errors.New("longer than a day")
	ErrOverlap       = errors.New("two times overlap")
	ErrOutOfRange    = errors.New("less or more than there can be")
	ErrNotADuration  = errors.New("not a number of minutes")
	ErrUnclearLength = errors.New("minutes or hours")
	ErrNameTaken     = errors.New("the name is taken")
	ErrUnknownChoice = errors.New("not one of the choices")
	ErrUnknownType   = errors.New("not a kind of appointment that is offered")
)

// What an act on the records can be refused for.
var (
	ErrStatus  = errors.New("an appointment of this status does not become that")
	ErrMerged  = errors.New("the patient was merged into another")
	ErrSame    = errors.New("a patient is not merged with itself")
	ErrTooLate = errors.New("it is too late to take that back")
	ErrChanged = errors.New("changed meanwhile by somebody else")
)

// What undo is refused for.
var (
	ErrNothing   = errors.New("there is nothing to undo")
	ErrOtherStep = errors.New("another step was taken meanwhile")
)
