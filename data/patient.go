package data

import "time"

// Patient is what the practice knows of one person who comes. It is sealed
// whole. The numbers in the tags are those of the sealed form, and stay.
type Patient struct {
	ID      string `cbor:"-"`
	Version int64  `cbor:"-"` // of the record as it was read; 0: it is new

	Name         string   `cbor:"1,keyasint"` // all of it, as the practice writes it
	AlsoKnownAs  string   `cbor:"2,keyasint,omitempty"`
	Born         Date     `cbor:"3,keyasint,omitzero"`  // zero: not known
	Sex          string   `cbor:"4,keyasint,omitempty"` // free, as Gender
	Gender       string   `cbor:"5,keyasint,omitempty"`
	Phones       []string `cbor:"6,keyasint,omitempty"` // at most maxPhones
	Email        string   `cbor:"7,keyasint,omitempty"`
	Address      string   `cbor:"8,keyasint,omitempty"`
	RecordNumber string   `cbor:"9,keyasint,omitempty"`
	HealthNumber string   `cbor:"10,keyasint,omitempty"` // national; the practice says what it is called
	Emergency    string   `cbor:"11,keyasint,omitempty"` // whom to call, free text
	Alert        string   `cbor:"12,keyasint,omitempty"` // shown on every screen of the patient
	Notes        string   `cbor:"13,keyasint,omitempty"`

	State PatientState `cbor:"14,keyasint,omitempty"`
	Since Date         `cbor:"15,keyasint,omitzero"` // of a State that is not Active; zero: not known

	Merge    *Merge   `cbor:"16,keyasint,omitempty"` // it was merged into another; nil: it stands for itself
	Absorbed []string `cbor:"17,keyasint,omitempty"` // the ids of those that were merged into this one

	Changed   time.Time `cbor:"18,keyasint,omitzero"`
	ChangedBy string    `cbor:"19,keyasint,omitempty"` // a user's id; of earlier releases the name
}

// PatientState says whether somebody still comes.
type PatientState int

// The states of a patient.
const (
	Active PatientState = iota
	Left
	Deceased
)

// Merge is what it takes to take a merge back.
type Merge struct {
	Into   string      `cbor:"1,keyasint"` // the patient's id
	At     time.Time   `cbor:"2,keyasint"`
	By     string      `cbor:"3,keyasint"` // a user's id; of earlier releases the name
	Before PatientForm `cbor:"4,keyasint"` // the other's fields before the merge …
	After  PatientForm `cbor:"5,keyasint"` // … and after it
}

// MergeLasts is how long a merge can be undone.
const MergeLasts = 30 * 24 * time.Hour

// Field is one of a patient's fields, as forms and files have them.
type Field int

// The fields, in the order of the form.
const (
	FieldName Field = iota
	FieldAlsoKnownAs
	FieldBorn
	FieldSex
	FieldGender
	FieldPhone
	FieldOtherPhone
	FieldEmail
	FieldAddress
	FieldRecordNumber
	FieldHealthNumber
	FieldEmergency
	FieldAlert
	FieldNotes
	FieldState
	FieldSince
	FieldCount int = iota
)

// Fields are all of them, in their order.
func Fields() []Field {
	all := make([]Field, FieldCount)
	for i := range all {
		all[i] = Field(i)
	}
	return all
}

// PatientForm is a patient as text, field by field. Two can be compared.
type PatientForm [FieldCount]string

// Form is the patient as text: dates as "4 Mar 1981", the state by its word of
// the sealed form ("", "left", "deceased").
func (p Patient) Form() PatientForm {
	var f PatientForm
	f[FieldName], f[FieldAlsoKnownAs], f[FieldBorn] = p.Name, p.AlsoKnownAs, p.Born.String()
	f[FieldSex], f[FieldGender], f[FieldEmail], f[FieldAddress] = p.Sex, p.Gender, p.Email, p.Address
	for i, phone := range p.Phones {
		if i < maxPhones {
			f[FieldPhone+Field(i)] = phone
		}
	}
	f[FieldRecordNumber], f[FieldHealthNumber], f[FieldEmergency] = p.RecordNumber, p.HealthNumber, p.Emergency
	f[FieldAlert], f[FieldNotes] = p.Alert, p.Notes
	f[FieldState], f[FieldSince] = stateWords[p.State], p.Since.String()
	return f
}

// stateWords are the states as text, by their number.
var stateWords = [...]string{Active: "", Left: "left", Deceased: "deceased"}

// IsMerged says that the record only leads to another.
func (p Patient) IsMerged() bool { return p.Merge != nil }

// Unmerged is the patient without what a merge brought: each field that still is
// as the merge left it has what it had before.
func (p Patient) Unmerged(m Merge, today Date) (Patient, error) {
	form := p.Form()
	for f := range form {
		if form[f] == m.After[f] {
			form[f] = m.Before[f]
		}
	}
	return p.With(form, DayFirst, today) // dates are written so that their order is in no doubt
}
