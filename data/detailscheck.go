package data

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// The limits of an appointment type's length and of the wait limit, in minutes.
const (
	MinTypeMinutes = 5
	MaxTypeMinutes = 480
	MinWait        = 1
	MaxWait        = 240
)

// DetailField is one of the fields of a practice's details.
type DetailField int

// The fields of the details, in the order of their errors.
const (
	PractitionerName DetailField = iota
	PractitionerHours
	PractitionerAway
	TypeName
	TypeMinutes
	HealthNumberName
	WaitLimit
)

// DetailError says what is wrong with a field of the details.
type DetailError struct {
	Field  DetailField
	Item   int   // the index of the practitioner or type; 0 for a field of the practice
	Part   int   // the weekday of hours, the index of days away; else 0
	Reason error // one of the errors of this package
}

func (e *DetailError) Error() string { return e.Reason.Error() }

func (e *DetailError) Unwrap() error { return e.Reason }

// DetailErrors are what is wrong with details, practitioners first.
type DetailErrors []*DetailError

func (e DetailErrors) Error() string { return e[0].Error() }

// Unwrap gives all of them to errors.Is.
func (e DetailErrors) Unwrap() []error {
	all := make([]error, len(e))
	for i, one := range e {
		all[i] = one
	}
	return all
}

// Of is the first thing that is wrong with a field of an item; nil: nothing.
func (e DetailErrors) Of(f DetailField, item int) *DetailError {
	for _, one := range e {
		if one.Field == f && one.Item == item {
			return one
		}
	}
	return nil
}

// Check refuses details that can't be worked with; the error is a DetailErrors.
// Names are unique among the practitioners and types that are still offered.
func (d Details) Check() error {
	var c detailCheck
	names := map[string]bool{}
	for i, p := range d.Practitioners {
		c.name(PractitionerName, i, p.Name, p.Gone, names)
		for day, spans := range p.Hours {
			c.refuse(PractitionerHours, i, day, checkSpans(spans))
		}
		for j, away := range p.Away {
			c.refuse(PractitionerAway, i, j, away.check())
		}
	}
	names = map[string]bool{}
	for i, k := range d.Types {
		if k.ID != Consultation || k.Name != "" {
			c.name(TypeName, i, k.Name, k.Gone, names)
		}
		if k.Minutes < MinTypeMinutes || k.Minutes > MaxTypeMinutes {
			c.refuse(TypeMinutes, i, 0, ErrOutOfRange)
		}
	}
	c.refuse(HealthNumberName, 0, 0, checkLine(d.HealthNumber))
	if d.WaitLimit < MinWait || d.WaitLimit > MaxWait {
		c.refuse(WaitLimit, 0, 0, ErrOutOfRange)
	}
	if len(c.errs) > 0 {
		return c.errs
	}
	return nil
}

type detailCheck struct{ errs DetailErrors }

func (c *detailCheck) refuse(f DetailField, item, part int, reason error) {
	if reason != nil {
		c.errs = append(c.errs, &DetailError{f, item, part, reason})
	}
}

func (c *detailCheck) name(f DetailField, item int, name string, gone bool, taken map[string]bool) {
	folded := cases.Fold().String(norm.NFC.String(strings.TrimSpace(name)))
	switch err := checkLine(name); {
	case err != nil:
		c.refuse(f, item, 0, err)
	case !strings.ContainsFunc(name, isSeen):
		c.refuse(f, item, 0, ErrEmpty)
	case !gone && taken[folded]:
		c.refuse(f, item, 0, ErrNameTaken)
	case !gone:
		taken[folded] = true
	}
}
