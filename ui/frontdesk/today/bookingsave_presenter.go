package today

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/data/desk"
)

// errNoPatient says that nobody was chosen.
var errNoPatient = errors.New("no patient is chosen")

// errNobodyFree says that none of those looked among is free at a time that was typed.
var errNobodyFree = errors.New("nobody is free then")

// read is what was typed, as an appointment. What is wrong is in errs.
func (b *booking) read() (a data.Appointment, ok bool) {
	b.errs = [fieldCount]error{}
	b.err = ""
	f := b.form
	if b.purpose != forMove && f.Patient == "" && !(f.New && !b.isEmptyQuery()) {
		b.errs[fieldPatient] = errNoPatient
	}
	if _, ok := b.day.details.Practitioner(f.Practitioner); !ok && f.Practitioner != "" {
		b.errs[fieldPractitioner] = data.ErrUnknownChoice
	}
	a = data.Appointment{Patient: f.Patient, Practitioner: f.Practitioner, Type: f.Type, Note: f.Note, Status: data.Booked, WalkIn: b.purpose == forWalkIn}
	if a.WalkIn {
		a.Status = data.Arrived
	}
	a.Start, a.End = b.readTimes()
	b.errs[fieldNote] = data.CheckNote(f.Note)
	if f.Practitioner == "" && b.firstWrong() < 0 {
		b.errs[fieldPractitioner] = errNobodyFree
	}
	return a, b.firstWrong() < 0
}

func (b *booking) readTimes() (start, end time.Time) {
	day, err := parseDay(b.form.Date, b.order, b.today())
	b.errs[fieldDate] = err
	minute, err := data.ParseTime(b.form.Start)
	b.errs[fieldStart] = err
	length, err := parseLength(b.form.Length)
	b.errs[fieldLength] = err
	if b.errs[fieldDate] != nil || b.errs[fieldStart] != nil {
		return time.Time{}, time.Time{}
	}
	moments, err := day.Moments(minute, b.desk.Zone())
	if err != nil {
		b.errs[fieldStart] = err
		return time.Time{}, time.Time{}
	}
	return moments[0], moments[0].Add(time.Duration(length) * time.Minute)
}

// bookingAct is what the form asked for when it was saved. A question about it
// carries it: its yes books that, whatever the form has by then.
type bookingAct struct {
	appointment data.Appointment
	patient     data.Patient // without an id: somebody new
	isAnother   bool         // who is the same as somebody here is meant to be another patient
	over        *data.Clash  // others that it was asked about
}

// save books what was typed, or says beside the fields what is wrong with it.
func (b *booking) save() {
	if b.saving || b.closed {
		return
	}
	if b.looks.IsBusy() && (b.form.Practitioner == "" || b.form.Start == "") {
		b.saves = b.typed // once it is clear who is free then; a time that is found is to be seen first
		return
	}
	a, ok := b.read()
	if !ok {
		b.show()
		b.focus(b.firstWrong())
		return
	}
	b.day.askMoment(a.Start, func(start time.Time) {
		a.Start, a.End = start, start.Add(a.Length())
		b.saveAt(a)
	}, func() { b.focus(fieldStart) })
}

// saveAt is save once it is clear when that is.
func (b *booking) saveAt(a data.Appointment) {
	if b.purpose == forMove {
		b.move(a)
		return
	}
	patient, err := b.patient()
	if err != nil {
		b.show()
		b.focus(b.firstWrong())
		return
	}
	b.book(bookingAct{appointment: a, patient: patient})
}

// book does an act. The form is closed to changes meanwhile.
func (b *booking) book(act bookingAct) {
	if b.saving {
		return
	}
	b.setSaving(true)
	isNew := false
	var booked data.Appointment
	b.Go(func(ctx context.Context) (err error) {
		if act.patient.ID == "" {
			if !act.isAnother {
				if same, ok := b.desk.Same(act.patient); ok {
					return &data.AlreadyHere{Who: same}
				}
			}
			if act.patient, err = b.desk.SavePatient(ctx, act.patient); err != nil {
				return err
			}
			isNew = true
		}
		act.appointment.Patient = act.patient.ID
		if err := unasked(ctx, b.desk, act.appointment, act.over); err != nil {
			return err
		}
		booked, err = b.desk.Book(ctx, act.appointment, act.over != nil)
		return err
	}, func(err error) {
		if isNew && !b.closed { // is taken down already, whatever became of the booking
			b.setPatient(act.patient.ID)
			b.form.Patient = act.patient.ID
			b.keep()
		}
		b.setSaving(false)
		b.saved(act, booked, err)
	})
}

func (b *booking) setSaving(on bool) {
	b.saving = on
	b.show()
}

// askIfSame asks before somebody is taken down who is here already.
func (b *booking) askIfSame(act bookingAct, s data.Summary) {
	b.day.pane.ask(question{
		Title:   lang.L("Is it the same person?"),
		Text:    lang.L("{{.Name}} is here already: {{.Who}}.", map[string]any{"Name": s.Name, "Who": whoText(s, b.today())}),
		Primary: lang.L("Add another patient"),
		Cancel:  lang.L("Back to the form"),
		Yes: func() {
			act.isAnother = true
			b.book(act)
		},
		No: func() { b.focus(fieldPatient) },
	})
}

// askOver asks before an appointment is booked over others.
func (b *booking) askOver(act bookingAct, clash *data.Clash) {
	a := act.appointment
	b.day.pane.ask(question{
		Title:   lang.L("Double booking"),
		Text:    whenText(a) + ". " + clashText(clash, practitionerName(b.day.details, a.Practitioner)),
		Primary: lang.L("Book anyway"),
		Cancel:  lang.L("Choose another time"),
		Yes: func() {
			act.over = clash
			b.book(act)
		},
		No: func() { b.focus(fieldStart) },
	})
}

// unasked is a clash with others than those who were asked about; nil: there is none,
// or nobody was asked about yet. Slow: off the UI goroutine.
func unasked(ctx context.Context, d *desk.Desk, a data.Appointment, asked *data.Clash) error {
	if asked == nil {
		return nil
	}
	first, last := data.DateOf(a.Start), data.DateOf(a.End)
	visits, err := d.Between(ctx, first, last)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(a.Clashing(visits), func(v data.Visit) bool {
		return slices.ContainsFunc(asked.With, func(o data.Visit) bool { return o.ID == v.ID })
	})
	if len(others) == 0 {
		return nil
	}
	return &data.Clash{With: append(slices.Clone(asked.With), others...)}
}

// patient is who is booked: one that was chosen has its id.
func (b *booking) patient() (data.Patient, error) {
	if !b.form.New {
		return data.Patient{ID: b.form.Patient}, nil
	}
	form := data.PatientForm{data.FieldName: b.form.Query, data.FieldBorn: b.form.Born, data.FieldPhone: b.form.Phone}
	p, err := data.Patient{}.With(form, b.order, b.today())
	if err != nil && !b.patientFailed(err) {
		b.err = problem(err)
	}
	return p, err
}

func (b *booking) saved(act bookingAct, a data.Appointment, err error) {
	var clash *data.Clash
	var here *data.AlreadyHere
	switch {
	case b.IsOver(err):
		return
	case b.closed:
		b.day.refresh()
	case errors.As(err, &here):
		b.askIfSame(act, here.Who)
	case errors.As(err, &clash):
		b.askOver(act, clash)
	case errors.Is(err, data.ErrUnknownChoice): // somebody took the practitioner out meanwhile
		b.wrong(fieldPractitioner, err)
	case errors.Is(err, data.ErrUnknownType): // likewise
		b.wrong(fieldType, err)
	case err != nil:
		if !b.patientFailed(err) {
			b.err = problem(err)
		}
		b.show()
	default:
		b.cancel() // the draft goes: it is saved
		b.close()
		who, _ := b.desk.Summary(a.Patient)
		b.day.booked(data.Visit{Appointment: a, Who: who})
	}
}

// wrong says what is wrong with a field, whose choices are others by now.
func (b *booking) wrong(f field, err error) {
	b.errs[f] = err
	b.show()
	b.day.then = append(b.day.then, func() { // with the choices that there are by then
		if !b.closed {
			b.show()
		}
	})
	b.day.refresh()
	b.focus(f)
}

// move moves the appointment to what was typed.
func (b *booking) move(to data.Appointment) {
	b.setSaving(true)
	b.day.move(move{
		visit: b.visit,
		to:    func(data.Appointment) slot { return slot{to.Start, to.End, to.Practitioner} },
		stays: func() {
			b.setSaving(false)
			b.focus(fieldStart)
		},
		done: func(a data.Appointment, err error) {
			if err != nil {
				b.err = why(b.visit, err)
				b.setSaving(false)
				return
			}
			b.saving, b.closed = false, true
			b.close()
			b.day.land(a)
			b.day.sayDone(movedText(b.visit, a))
		},
	})
}

// booked shows a new appointment, and puts the cursor there.
func (d *day) booked(v data.Visit) {
	date := data.DateOf(v.Start)
	if date == d.date {
		d.visits = append(d.visits[:len(d.visits):len(d.visits)], v)
		d.layOut()
	}
	d.land(v.Appointment)
	of := map[string]any{"Name": patientName(v), "When": whenText(v.Appointment), "Practitioner": practitionerName(d.details, v.Practitioner)}
	if v.WalkIn {
		d.sayDone(lang.L("In the waiting room: {{.Name}}, {{.When}}, with {{.Practitioner}}.", of))
	} else {
		d.sayDone(lang.L("Booked: {{.Name}}, {{.When}}, with {{.Practitioner}}.", of))
	}
	d.show()
	d.refresh()
}
