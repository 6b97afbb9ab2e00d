package desk

import (
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"

	"anteroom/auth"
	"anteroom/data"
)

// Records are CBOR (RFC 8949) before they are sealed: small, quick, and what a
// newer program adds an older one would pass over. Times are whole seconds.

func encode(v any) []byte {
	b, err := cbor.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("desk: encode %T: %v", v, err)) // unreachable: our own types can be encoded
	}
	return b
}

// decode reads what encode wrote. What was sealed whole and does not decode was
// written by another program: ErrDamaged.
func decode(record auth.Record, into any) error {
	if record.Err != nil {
		return record.Err
	}
	if err := cbor.Unmarshal(record.Plain, into); err != nil {
		return fmt.Errorf("read record %s: %w (%w)", record.ID, auth.ErrDamaged, err)
	}
	return nil
}

func decodePatient(record auth.Record) (p data.Patient, err error) {
	err = decode(record, &p)
	p.ID, p.Version = record.ID, record.Version
	return p, err
}

func decodeDetails(record auth.Record) (d data.Details, err error) {
	err = decode(record, &d)
	d.Version = record.Version
	return d, err
}

// keptAppointment is an appointment as it is sealed: its beginning is what the practice's
// clock shows then.
type keptAppointment struct {
	data.Appointment
	Begins data.WallTime `cbor:"9,keyasint,omitzero"` // not in those of older programs
}

// decode reads an appointment. Of one that does not open, times and status are known all the
// same.
func (c clock) decode(record auth.Record) (data.Appointment, error) {
	a, _, err := c.decodeKept(record)
	return a, err
}

// decodeKept is decode that says whether what the clock shows was kept.
func (c clock) decodeKept(record auth.Record) (a data.Appointment, isKept bool, err error) {
	var kept keptAppointment
	err = decode(record, &kept)
	a, isKept = kept.Appointment, err == nil && kept.Begins != data.WallTime{}
	a.ID, a.Version = record.ID, record.Version
	a.Start, a.End = time.UnixMilli(record.Clear.Starts).In(c.zone), time.UnixMilli(record.Clear.Ends).In(c.zone)
	if isKept {
		length := a.Length()
		a.Start = kept.Begins.In(c.zone)
		a.End = a.Start.Add(length)
	}
	a.Status = data.Status(record.Clear.Status)
	for i := range a.Stamps {
		a.Stamps[i].At = a.Stamps[i].At.In(c.zone)
	}
	return a, isKept, err
}

func (c clock) record(a data.Appointment) auth.Record {
	return auth.Record{
		ID: a.ID, Version: a.Version, Plain: encode(keptAppointment{a, data.WallTimeOf(a.Start.In(c.zone))}),
		Clear: auth.Clear{Starts: a.Start.UnixMilli(), Ends: a.End.UnixMilli(), Status: string(a.Status)},
	}
}

// brief is of a patient what the memory keeps, and how it was merged.
type brief struct {
	Name         string            `cbor:"1,keyasint"`
	AlsoKnownAs  string            `cbor:"2,keyasint"`
	Born         data.Date         `cbor:"3,keyasint"`
	Sex          string            `cbor:"4,keyasint"`
	Gender       string            `cbor:"5,keyasint"`
	Phones       []string          `cbor:"6,keyasint"`
	RecordNumber string            `cbor:"9,keyasint"`
	HealthNumber string            `cbor:"10,keyasint"`
	Alert        string            `cbor:"12,keyasint"`
	State        data.PatientState `cbor:"14,keyasint"`
	Merge        *struct {
		Into string `cbor:"1,keyasint"`
	} `cbor:"16,keyasint"`
}

func (b brief) summary(id string) data.Summary {
	return data.Patient{
		ID: id, Name: b.Name, AlsoKnownAs: b.AlsoKnownAs, Born: b.Born, Sex: b.Sex, Phones: b.Phones,
		RecordNumber: b.RecordNumber, HealthNumber: b.HealthNumber, Alert: b.Alert, State: b.State,
	}.Summary()
}
