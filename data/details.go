package data

import (
	"fmt"
	"slices"
	"time"
)

// Details are how the practice works: one sealed record.
type Details struct {
	Version int64 `cbor:"-"` // of the record as it was read; 0: there is none yet

	Practitioners []Practitioner    `cbor:"1,keyasint,omitempty"` // in the order of their columns
	Types         []AppointmentType `cbor:"2,keyasint,omitempty"`
	HealthNumber  string            `cbor:"3,keyasint,omitempty"` // what the national health number is called
	WaitLimit     int               `cbor:"4,keyasint,omitempty"` // minutes until a wait is too long
	Columns       []ColumnMatch     `cbor:"5,keyasint,omitempty"` // of files imported before
}

// Consultation is the id of the type that a new practice has. It may be
// without a name: then it has the screens' word for it.
const Consultation = "consultation"

// DefaultDetails are those of a practice that set none yet.
func DefaultDetails() Details {
	return Details{WaitLimit: 20, Types: []AppointmentType{{ID: Consultation, Minutes: 15}}}
}

// Practitioner is somebody whom patients come to see: a column of the day.
type Practitioner struct {
	ID     string     `cbor:"1,keyasint"`
	Name   string     `cbor:"2,keyasint"`
	Colour int        `cbor:"3,keyasint,omitempty"` // of the palette that screens have for them
	Hours  [7][]Span  `cbor:"4,keyasint"`           // by time.Weekday; the gaps between are breaks
	Away   []DayRange `cbor:"5,keyasint,omitempty"`
	Gone   bool       `cbor:"6,keyasint,omitempty"` // works here no more; kept for their appointments
}

// Span is a time of the day, in minutes from midnight: From is in it, To not.
type Span struct {
	_    struct{} `cbor:",toarray"`
	From int
	To   int
}

// DayRange are days away, both included.
type DayRange struct {
	From Date   `cbor:"1,keyasint"`
	To   Date   `cbor:"2,keyasint"`
	Why  string `cbor:"3,keyasint,omitempty"`
}

// AppointmentType is a type of appointment that a practice offers.
type AppointmentType struct {
	ID      string `cbor:"1,keyasint"`
	Name    string `cbor:"2,keyasint"` // "": a consultation, in the words of the screens
	Minutes int    `cbor:"3,keyasint"`
	Gone    bool   `cbor:"4,keyasint,omitempty"` // not offered any more
}

// ColumnMatch says which field a column of an imported file was.
type ColumnMatch struct {
	Column string `cbor:"1,keyasint"` // its title, folded
	Field  Field  `cbor:"2,keyasint"`
	Part   int    `cbor:"3,keyasint,omitempty"` // of the field, as package data/exchange counts; 0: all of it
}

// Present are the practitioners who work here, in their order.
func (d Details) Present() []Practitioner {
	return slices.DeleteFunc(slices.Clone(d.Practitioners), func(p Practitioner) bool { return p.Gone })
}

// Practitioner is the one with an id; ok is false if there is none.
func (d Details) Practitioner(id string) (p Practitioner, ok bool) {
	i := slices.IndexFunc(d.Practitioners, func(p Practitioner) bool { return p.ID == id })
	if i < 0 {
		return Practitioner{}, false
	}
	return d.Practitioners[i], true
}

// Type is the appointment type with an id; ok is false if there is none.
func (d Details) Type(id string) (k AppointmentType, ok bool) {
	i := slices.IndexFunc(d.Types, func(k AppointmentType) bool { return k.ID == id })
	if i < 0 {
		return AppointmentType{}, false
	}
	return d.Types[i], true
}

// Offered are the appointment types that can be booked, in their order.
func (d Details) Offered() []AppointmentType {
	return slices.DeleteFunc(slices.Clone(d.Types), func(k AppointmentType) bool { return k.Gone })
}

// Offers refuses an appointment whose practitioner (ErrUnknownChoice) or type
// (ErrUnknownType) can't be booked; it may have no type. What it had before is allowed:
// practitioners and types that are not offered any more keep their appointments.
func (d Details) Offers(before, a Appointment) error {
	p, ok := d.Practitioner(a.Practitioner)
	if same := a.Practitioner == before.Practitioner && a.Practitioner != ""; !same && (!ok || p.Gone) {
		return fmt.Errorf("practitioner %q: %w", a.Practitioner, ErrUnknownChoice)
	}
	k, ok := d.Type(a.Type)
	if same := a.Type == before.Type || a.Type == ""; !same && (!ok || k.Gone) {
		return fmt.Errorf("kind %q: %w", a.Type, ErrUnknownType)
	}
	return nil
}

// On are the spans in which the practitioner works on a day, in their order.
func (p Practitioner) On(day Date) []Span {
	if _, away := p.AwayOn(day); away {
		return nil
	}
	return p.Hours[day.Weekday()]
}

// AwayOn says that the day is one of the practitioner's days away, and why.
func (p Practitioner) AwayOn(day Date) (why string, away bool) {
	for _, r := range p.Away {
		if !day.Before(r.From) && !r.To.Before(day) {
			return r.Why, true
		}
	}
	return "", false
}

// Works says that all of a time lies in the practitioner's hours.
func (p Practitioner) Works(start, end time.Time) bool {
	day := DateOf(start)
	from, to := minuteOf(start), minuteOf(end)
	if last := DateOf(end); last != day {
		to += 24 * 60
	}
	return slices.ContainsFunc(joined(p.On(day)), func(s Span) bool { return s.From <= from && to <= s.To })
}

// minuteOf is the minute of the day that the clock shows.
func minuteOf(t time.Time) int { return t.Hour()*60 + t.Minute() }
