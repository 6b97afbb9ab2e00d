package data

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPhones is how many phone numbers a patient has.
const maxPhones = 2

// The lengths of fields, in characters.
const (
	maxLine    = 200
	maxAddress = 1_000
	maxNotes   = 20_000
)

// Oldest is how many years ago somebody can have been born.
const Oldest = 130

// FieldError says what is wrong with a field.
type FieldError struct {
	Field  Field
	Reason error // one of the errors of this package
}

func (e *FieldError) Error() string { return e.Reason.Error() }

func (e *FieldError) Unwrap() error { return e.Reason }

// FieldErrors are what is wrong with a form, in the order of its fields.
type FieldErrors []*FieldError

func (e FieldErrors) Error() string { return e[0].Error() }

// Unwrap gives all of them to errors.Is.
func (e FieldErrors) Unwrap() []error {
	all := make([]error, len(e))
	for i, one := range e {
		all[i] = one
	}
	return all
}

// Of is what is wrong with a field; nil: nothing.
func (e FieldErrors) Of(f Field) error {
	for _, one := range e {
		if one.Field == f {
			return one.Reason
		}
	}
	return nil
}

// With gives the patient the fields of a form, in which dates are typed in an
// order, on the day today. Spaces around what was typed go; everything else is
// kept exactly, or refused: then the error is a FieldErrors and the patient is
// as before.
func (p Patient) With(f PatientForm, order DateOrder, today Date) (Patient, error) {
	r := formReader{form: f, order: order, today: today}
	out := p
	out.Name = r.required(FieldName)
	out.AlsoKnownAs = r.line(FieldAlsoKnownAs)
	out.Born = r.birth()
	out.Sex, out.Gender = r.line(FieldSex), r.line(FieldGender)
	out.Phones = r.phones()
	out.Email = r.email()
	out.Address = r.text(FieldAddress, maxAddress)
	out.RecordNumber, out.HealthNumber = r.line(FieldRecordNumber), r.line(FieldHealthNumber)
	out.Emergency, out.Alert = r.line(FieldEmergency), r.text(FieldAlert, maxAddress)
	out.Notes = r.text(FieldNotes, maxNotes)
	out.State = r.state()
	out.Since = r.since(out)
	if len(r.errs) > 0 {
		return p, r.errs
	}
	return out, nil
}

// Check refuses a patient with a field that With refuses, on the day today; the
// error is a FieldErrors.
func (p Patient) Check(today Date) error {
	_, err := p.With(p.Form(), DayFirst, today) // dates are written so that their order is in no doubt
	return err
}

type formReader struct {
	form  PatientForm
	order DateOrder
	today Date
	errs  FieldErrors
}

// refuse says what is wrong with a field; of several things the first.
func (r *formReader) refuse(f Field, reason error) {
	if r.errs.Of(f) == nil {
		r.errs = append(r.errs, &FieldError{f, reason})
	}
}

// text reads a field that may have several lines.
func (r *formReader) text(f Field, most int) string {
	text := strings.TrimSpace(strings.ReplaceAll(r.form[f], "\r\n", "\n"))
	if err := checkText(text, most, true); err != nil {
		r.refuse(f, err)
	}
	return text
}

// line reads a field of one line.
func (r *formReader) line(f Field) string {
	text := strings.TrimSpace(r.form[f])
	if err := checkLine(text); err != nil {
		r.refuse(f, err)
	}
	return text
}

func (r *formReader) required(f Field) string {
	text := r.line(f)
	if !strings.ContainsFunc(text, isSeen) {
		r.refuse(f, ErrEmpty)
	}
	return text
}

// isSeen says that a character leaves something on the screen: spaces, joiners
// and marks of direction alone are no name.
func isSeen(r rune) bool { return unicode.IsGraphic(r) && !unicode.Is(unicode.Z, r) }

func (r *formReader) birth() Date {
	d := r.date(FieldBorn)
	if !d.IsZero() && d.Year < r.today.Year-Oldest {
		r.refuse(FieldBorn, ErrTooLongAgo)
	}
	return d
}

// date reads a day that is not after today; none is none.
func (r *formReader) date(f Field) Date {
	text := strings.TrimSpace(r.form[f])
	if text == "" {
		return Date{}
	}
	d, err := ParseDate(text, r.order, r.today)
	if err == nil && r.today.Before(d) {
		err = ErrFuture
	}
	if err != nil {
		r.refuse(f, err)
	}
	return d
}

func (r *formReader) phones() (phones []string) {
	for f := FieldPhone; f < FieldPhone+Field(maxPhones); f++ {
		phone := r.line(f)
		if phone == "" {
			continue
		}
		if !strings.ContainsFunc(phone, unicode.IsDigit) {
			r.refuse(f, ErrNotAPhone)
		}
		phones = append(phones, phone)
	}
	return phones
}

// email asks for no more than what every address has: people's addresses are
// stranger than rules for them, and only a mail that arrives proves one.
func (r *formReader) email() string {
	text := r.line(FieldEmail)
	at := strings.LastIndexByte(text, '@')
	if text != "" && (at < 1 || at == len(text)-1 || strings.ContainsFunc(text, unicode.IsSpace)) {
		r.refuse(FieldEmail, ErrNotAnEmail)
	}
	return text
}

func (r *formReader) state() PatientState {
	for state, word := range stateWords {
		if r.form[FieldState] == word {
			return PatientState(state)
		}
	}
	r.refuse(FieldState, ErrUnknownChoice)
	return Active
}

func (r *formReader) since(p Patient) Date {
	if p.State == Active {
		return Date{}
	}
	d := r.date(FieldSince)
	if !d.IsZero() && d.Year < r.today.Year-Oldest {
		r.refuse(FieldSince, ErrTooLongAgo)
	}
	if !d.IsZero() && d.Before(p.Born) {
		r.refuse(FieldSince, ErrEndsBefore)
	}
	return d
}

// checkLine refuses what no field of one line takes.
func checkLine(text string) error { return checkText(text, maxLine, false) }

// checkText refuses a text of more than so many characters (ErrTooLong), or with
// control characters (ErrControl); it may have several lines.
func checkText(text string, most int, lines bool) error {
	switch {
	case utf8.RuneCountInString(text) > most:
		return ErrTooLong
	case HasControl(text, lines):
		return ErrControl
	}
	return nil
}

// HasControl says that a text has characters that steer instead of being read,
// or bytes that are no characters. Line ends (Unicode's own too) and tabs may be
// allowed. Marks of direction and joiners are part of how some languages are
// written.
func HasControl(text string, lines bool) bool {
	if !utf8.ValidString(text) {
		return true
	}
	return strings.ContainsFunc(text, func(r rune) bool {
		switch r {
		case '\n', '\t', '\u2028', '\u2029':
			return !lines
		}
		return unicode.Is(unicode.Cc, r)
	})
}
