package today

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
)

// errNoPatient says that nobody was chosen.
var errNoPatient = errors.New("no patient is chosen")

// read is what was typed, as an appointment. What is wrong is in errs.
func (b *booking) read() (a data.Appointment, ok bool) {
	b.errs = [fieldCount]error{}
	b.err = ""
	f := b.form
	if b.purpose != forMove && f.Patient == "" && !(f.New && !b.isEmptyQuery()) {
		b.errs[fieldPatient] = errNoPatient
	}
	if _, ok := b.day.details.Practitioner(f.Practitioner); !ok {
		b.errs[fieldPractitioner] = data.ErrUnknownChoice
	}
	a = data.Appointment{Patient: f.Patient, Practitioner: f.Practitioner, Kind: f.Kind, Note: f.Note, Status: data.Booked, WalkIn: b.purpose == forWalkIn}
	a.Start, a.End = b.readTimes()
	b.errs[fieldNote] = data.CheckNote(f.Note)
	return a, b.firstWrong() < 0
}

func (b *booking) readTimes() (start, end time.Time) {
	day, err := parseDay(b.form.Date, b.order, b.today())
	b.errs[fieldDate] = err
	minute, err := data.ParseTime(b.form.Start)
	b.errs[fieldStart] = err
	length, err := parseLength(b.form.Length)
	b.errs[fieldLength] = err
	if b.errs[fieldDate] != nil {
		return time.Time{}, time.Time{}
	}
	start = day.At(minute, time.Local)
	return start, start.Add(time.Duration(length) * time.Minute)
}

// save books what was typed, or says beside the fields what is wrong with it.
func (b *booking) save(despite bool) {
	if b.busy != "" {
		return
	}
	a, ok := b.read()
	if !ok {
		b.show()
		b.pane.focus(b.firstWrong())
		return
	}
	if b.purpose == forMove {
		b.move(a)
		return
	}
	patient, err := b.patient()
	if err != nil {
		b.show()
		b.pane.focus(b.firstWrong())
		return
	}
	b.busy = lang.L("One moment…")
	b.show()
	var who string
	var booked data.Appointment
	isSure, form := b.isAnother, b.form
	b.isAnother = false
	b.runner.Go(b.ctx, func(ctx context.Context) (err error) {
		if patient.ID == "" {
			if !isSure {
				if same, ok := b.desk.Same(patient); ok {
					return &data.AlreadyHere{Who: same}
				}
			}
			if patient, err = b.desk.SavePatient(ctx, patient); err != nil {
				return err
			}
			who = patient.ID
		}
		a.Patient = patient.ID
		booked, err = bookAs(ctx, b.desk, a, despite)
		return err
	}, func(err error) {
		b.busy = ""
		if who != "" { // is taken down already, whatever became of the booking
			b.takePatient(who)
			b.form.Patient = who
			b.keep()
		}
		if here := (*data.AlreadyHere)(nil); errors.As(err, &here) {
			b.show()
			b.askIfSame(here.Who, form, despite)
			return
		}
		b.saved(booked, err)
	})
}

// askIfSame asks before somebody is taken down who is here already; asked is the
// form that it is about.
func (b *booking) askIfSame(s data.Summary, asked bookingForm, despite bool) {
	b.pane.ask(question{
		Title:   lang.L("Is it the same person?"),
		Text:    lang.L("{{.Name}} is here already: {{.Who}}.", map[string]any{"Name": s.Name, "Who": whoText(s, b.today())}),
		Primary: lang.L("Take down another patient"),
		Cancel:  lang.L("Back to the form"),
		Yes: func() {
			b.isAnother = b.form == asked
			b.save(despite)
		},
		No: func() { b.pane.focus(fieldPatient) },
	})
}

// bookAs books, and makes a walk-in arrived.
func bookAs(ctx context.Context, d changer, a data.Appointment, despite bool) (data.Appointment, error) {
	if a.WalkIn {
		a.Status = data.Arrived
	}
	booked, err := d.Book(ctx, a, despite)
	if err == nil && a.WalkIn && booked.Status == data.Booked {
		return d.Become(ctx, booked, data.Arrived, "")
	}
	return booked, err
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

func (b *booking) saved(a data.Appointment, err error) {
	var clash *data.Clash
	switch {
	case b.day.isEnded(err):
		return
	case errors.As(err, &clash):
		b.show()
		b.pane.ask(question{
			Title:   lang.L("Double booking"),
			Text:    clashText(clash, practitionerName(b.day.details, b.form.Practitioner)),
			Primary: lang.L("Book anyway"),
			Cancel:  lang.L("Choose another time"),
			Yes:     func() { b.save(true) },
			No:      func() { b.pane.focus(fieldStart) },
		})
	case errors.Is(err, data.ErrUnknownChoice): // somebody took the practitioner out meanwhile
		b.wrong(fieldPractitioner, err)
	case errors.Is(err, data.ErrUnknownKind): // likewise
		b.wrong(fieldKind, err)
	case err != nil:
		if !b.patientFailed(err) {
			b.err = problem(err)
		}
		b.show()
	default:
		b.cancel() // the draft goes: it is saved
		b.pane.close()
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
	b.pane.focus(f)
}

// move moves the appointment to what was typed.
func (b *booking) move(to data.Appointment) {
	b.busy = lang.L("One moment…")
	b.show()
	b.day.move(move{
		visit: b.visit,
		to:    func(data.Appointment) slot { return slot{to.Start, to.End, to.Practitioner} },
		stays: func() {
			b.busy = ""
			b.show()
			b.pane.focus(fieldStart)
		},
		done: func(a data.Appointment, err error) {
			b.busy = ""
			if err != nil {
				b.err = why(b.visit, err)
				b.show()
				return
			}
			b.closed = true
			b.pane.close()
			b.day.land(a)
			b.day.say(good, movedText(b.visit, a))
		},
	})
}

// booked shows a new appointment, and puts the cursor there.
func (d *day) booked(v data.Visit) {
	date := data.DateOf(v.Start.In(time.Local))
	if date == d.date {
		d.visits = append(d.visits[:len(d.visits):len(d.visits)], v)
		d.layOut()
	}
	d.land(v.Appointment)
	d.say(good, lang.L("Booked: {{.Name}}, {{.When}}. {{.Key}} takes it back.", map[string]any{
		"Name": patientName(v), "When": whenText(v.Appointment), "Key": undoKey(),
	}))
	d.show()
	d.refresh()
}
