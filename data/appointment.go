package data

import (
	"cmp"
	"slices"
	"time"
)

// Status says how far an appointment is.
type Status string

// The statuses. In the database they stand in clear.
const (
	Booked    Status = "booked"
	Arrived   Status = "arrived"
	With      Status = "with" // with the practitioner
	Done      Status = "done"
	Absent    Status = "absent" // did not attend
	Cancelled Status = "cancelled"
)

// next says what can become of an appointment. What was done by mistake is
// taken back by undo, not by going back here.
var next = map[Status][]Status{
	Booked:  {Arrived, Absent, Cancelled},
	Arrived: {With, Done, Absent, Cancelled},
	With:    {Done},
	Absent:  {Arrived}, // who came late after all
}

// Becomes says that an appointment of this status can become that.
func (s Status) Becomes(that Status) bool { return slices.Contains(next[s], that) }

// Takes says that an appointment of this status takes up its practitioner's time.
func (s Status) Takes() bool { return s != Cancelled && s != Absent }

// Appointment is a time at which a patient is to see a practitioner. Start, End
// and Status stand in clear; the rest is sealed.
type Appointment struct {
	ID      string    `cbor:"-"`
	Version int64     `cbor:"-"` // 0: it is new
	Start   time.Time `cbor:"-"` // to the minute
	End     time.Time `cbor:"-"`
	Status  Status    `cbor:"-"`

	Patient      string  `cbor:"1,keyasint"` // id
	Practitioner string  `cbor:"2,keyasint"` // id
	Type         string  `cbor:"3,keyasint,omitempty"`
	Note         string  `cbor:"4,keyasint,omitempty"`
	WalkIn       bool    `cbor:"5,keyasint,omitempty"` // came without an appointment
	Reason       string  `cbor:"6,keyasint,omitempty"` // of a cancellation
	Undone       bool    `cbor:"7,keyasint,omitempty"` // the booking was undone: it is ignored
	Stamps       []Stamp `cbor:"8,keyasint,omitempty"` // each change, the oldest first
}

// Stamp is one change of an appointment.
type Stamp struct {
	Status Status    `cbor:"1,keyasint"` // that it then had
	At     time.Time `cbor:"2,keyasint"`
	By     string    `cbor:"3,keyasint"` // a user's id; of earlier releases the name
	Moved  bool      `cbor:"4,keyasint,omitempty"`
}

// Length is how long it takes.
func (a Appointment) Length() time.Duration { return a.End.Sub(a.Start) }

// Stamped is when it last came to a status; zero: never.
func (a Appointment) Stamped(s Status) time.Time {
	for _, stamp := range slices.Backward(a.Stamps) {
		if stamp.Status == s && !stamp.Moved {
			return stamp.At
		}
	}
	return time.Time{}
}

// Become gives it another status; ErrStatus if it can't have that now.
func (a Appointment) Become(s Status, at time.Time, by string) (Appointment, error) {
	if !a.Status.Becomes(s) {
		return a, ErrStatus
	}
	a.Status = s
	a.Stamps = append(slices.Clone(a.Stamps), Stamp{Status: s, At: at, By: by})
	return a, nil
}

// Move gives it another time, length or practitioner. Only one that is still to
// come moves: ErrStatus.
func (a Appointment) Move(start, end time.Time, practitioner string, at time.Time, by string) (Appointment, error) {
	if a.Status != Booked && a.Status != Arrived {
		return a, ErrStatus
	}
	moved := a
	moved.Start, moved.End, moved.Practitioner = start, end, practitioner
	if err := moved.CheckTimes(); err != nil {
		return a, err
	}
	moved.Stamps = append(slices.Clone(a.Stamps), Stamp{Status: a.Status, At: at, By: by, Moved: true})
	return moved, nil
}

// The lengths of texts of an appointment, in characters.
const (
	maxNote   = 20_000
	maxReason = 1_000
)

// CheckNote refuses a note of an appointment that is too long (ErrTooLong) or has
// control characters (ErrControl).
func CheckNote(text string) error { return checkText(text, maxNote, true) }

// CheckReason refuses a reason of a cancellation likewise; it is one line.
func CheckReason(text string) error { return checkText(text, maxReason, false) }

// Check refuses what CheckTimes, CheckNote and CheckReason refuse.
func (a Appointment) Check() error {
	return cmp.Or(a.CheckTimes(), CheckNote(a.Note), CheckReason(a.Reason))
}

// CheckTimes refuses an appointment that ends before it begins (ErrEndsBefore),
// has no length (ErrNoLength) or goes on for more than a day (ErrTooLongVisit).
func (a Appointment) CheckTimes() error {
	switch length := a.Length(); {
	case length < 0:
		return ErrEndsBefore
	case length < time.Minute:
		return ErrNoLength
	case length > 24*time.Hour:
		return ErrTooLongVisit
	}
	return nil
}

// Overlaps says that two appointments take up the same practitioner's time. One
// does not overlap itself; new ones, which have no ids yet, are two.
func (a Appointment) Overlaps(b Appointment) bool {
	return (a.ID != b.ID || a.ID == "") && a.Practitioner == b.Practitioner && a.Status.Takes() && b.Status.Takes() &&
		a.Start.Before(b.End) && b.Start.Before(a.End)
}

// TakesOtherThan says that it takes up time of a practitioner that it did not as
// it was before.
func (a Appointment) TakesOtherThan(before Appointment) bool {
	return a.Status.Takes() && (!before.Status.Takes() || a.Practitioner != before.Practitioner ||
		a.Start.Before(before.Start) || a.End.After(before.End))
}

// Clashing are the visits, in their order, that an appointment overlaps.
func (a Appointment) Clashing(visits []Visit) []Visit {
	var with []Visit
	for _, v := range visits {
		if a.Overlaps(v.Appointment) {
			with = append(with, v)
		}
	}
	return with
}
