package data

// Summary is what lists show of a patient, and what the memory keeps of it.
type Summary struct {
	ID           string
	Name         string
	AlsoKnownAs  string
	Born         Date // zero: not known
	Sex          string
	Phone        string
	OtherPhone   string
	RecordNumber string
	HealthNumber string
	Alert        string
	State        PatientState
	Damaged      bool // the record does not open; nothing else is known of it
}

// Summary is the patient in short.
func (p Patient) Summary() Summary {
	s := Summary{
		ID: p.ID, Name: p.Name, AlsoKnownAs: p.AlsoKnownAs, Born: p.Born, Sex: p.Sex,
		RecordNumber: p.RecordNumber, HealthNumber: p.HealthNumber, Alert: p.Alert, State: p.State,
	}
	if len(p.Phones) > 0 {
		s.Phone = p.Phones[0]
	}
	if len(p.Phones) > 1 {
		s.OtherPhone = p.Phones[1]
	}
	return s
}

// Visit is an appointment and whose it is.
type Visit struct {
	Appointment
	Who     Summary
	Damaged bool // the appointment's record does not open: only its times and status are known
}

// Clash is the error of an appointment whose practitioner is taken then.
type Clash struct{ With []Visit }

func (c *Clash) Error() string { return "the practitioner has another appointment then" }

// AlreadyHere is the error of a new patient who, by their Identity, may be here already.
type AlreadyHere struct{ Who Summary }

func (*AlreadyHere) Error() string { return "the patient is here already" }
