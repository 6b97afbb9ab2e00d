package today

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// errNotMeant says that a step was asked about, and not meant.
var errNotMeant = errors.New("it was not meant")

// become gives an appointment another status. A step that belongs to another day
// asks first.
func (d *day) become(v data.Visit, s data.Status, reason string, done func(error)) {
	if then := done; then != nil {
		done = func(err error) {
			if err == nil { // what had the key goes now: held or pressed again, it comes to the day
				d.stepped[v.ID] = d.now()
			}
			then(err)
		}
	}
	take := func(asked bool) {
		d.stepped[v.ID] = d.now()
		d.do(step{visit: v, done: done, asked: asked, act: func(a data.Appointment) act {
			return func(ctx context.Context) (data.Appointment, error) { return d.desk.Become(ctx, a, s, reason) }
		}, said: becameText(v, s)})
	}
	odd := d.oddStep(v, s)
	if odd == "" {
		take(s == data.Cancelled) // which was asked for its reason
		return
	}
	d.pane.ask(question{
		Title:   lang.L("Another day"),
		Text:    odd,
		Primary: lang.L("Set to {{.Status}}", map[string]any{"Status": words.Status(s)}),
		Cancel:  lang.L("Leave it as it is"),
		Yes:     func() { take(true) },
		No: func() {
			if done != nil {
				done(errNotMeant)
			}
		},
	})
}

func becameText(v data.Visit, s data.Status) string {
	return lang.L("{{.Name}}: {{.Status}}.", map[string]any{
		"Name": patientName(v), "Status": words.Status(s),
	})
}

// oddStep says why a step may be a mistake: the appointment is on another day, or
// the step before it was on one. "" is nothing; a cancellation may come any day.
func (d *day) oddStep(v data.Visit, s data.Status) string {
	today := d.today()
	of := map[string]any{"Name": patientName(v), "When": whenText(v.Appointment), "Today": dayText(today)}
	if s != data.Cancelled && !data.IsCurrent(v.Start, d.now()) {
		return lang.L("The appointment of {{.Name}} is {{.When}}, and today is {{.Today}}.", of)
	}
	i := len(v.Stamps) - 1
	if s != data.With && s != data.Done || i < 0 || data.IsCurrent(v.Stamps[i].At, d.now()) {
		return ""
	}
	of["Status"], of["When"] = words.Status(v.Status), dayText(data.DateOf(v.Stamps[i].At))
	return lang.L("{{.Name}} has been “{{.Status}}” since {{.When}}, and today is {{.Today}}.", of)
}

// arrive has a patient arrive for the appointment of today that is booked; told
// hears what came of it. It is one arrival at a time.
func (d *day) arrive(patient string, told func(a data.Appointment, said string)) {
	if d.arriving {
		told(data.Appointment{}, lang.L("One moment…"))
		return
	}
	d.arriving = true
	tell := func(a data.Appointment, said string) {
		d.arriving = false
		told(a, said)
	}
	var visits []data.Visit
	today := d.today()
	d.Go(func(ctx context.Context) (err error) {
		visits, err = d.desk.Day(ctx, today)
		return err
	}, func(err error) {
		if d.IsOver(err) {
			return
		}
		if err != nil {
			tell(data.Appointment{}, problem(err))
			return
		}
		visits = slices.DeleteFunc(slices.Clone(visits), func(v data.Visit) bool { return whose(v) != patient })
		expected := slices.DeleteFunc(slices.Clone(visits), func(v data.Visit) bool { return nextStatus(v.Status) != data.Arrived })
		who, _ := d.desk.Summary(patient)
		switch {
		case len(expected) > 1:
			d.pane.askWhich(whichArrived(d.details, expected), func(row int) { d.arriveFor(expected[row], tell) }, func() { d.arriving = false })
		case len(expected) == 1:
			d.arriveFor(expected[0], tell)
		case len(visits) > 0:
			v := visits[len(visits)-1]
			tell(data.Appointment{}, lang.L("{{.Name}} is not expected any more today: {{.When}}, {{.Status}}.", map[string]any{
				"Name": patientName(v), "When": whenText(v.Appointment), "Status": words.Status(v.Status),
			}))
		default:
			tell(data.Appointment{}, lang.L("{{.Name}} has no appointment today.", map[string]any{"Name": who.Name}))
		}
	})
}

// expected are a patient's appointments of today that are still booked.
func (d *day) expected(patient string) (visits []data.Visit) {
	for _, v := range d.todays {
		if patient != "" && whose(v) == patient && v.Status == data.Booked && data.DateOf(v.Start) == d.today() {
			visits = append(visits, v)
		}
	}
	return visits
}

// whichArrived asks for which of a patient's appointments somebody came.
func whichArrived(d data.Details, visits []data.Visit) pick {
	p := pick{Title: lang.L("Which appointment?"), Text: patientName(visits[0]), Primary: lang.L("Arrived")}
	for _, v := range visits {
		p.Rows = append(p.Rows, [...]string{timesText(v.Appointment), practitionerName(d, v.Practitioner), typeName(d, v.Type)})
	}
	return p
}

// whose is the id of an appointment's patient, by now: a merged one is another's.
func whose(v data.Visit) string {
	if v.Damaged || v.Who.ID == "" {
		return v.Patient
	}
	return v.Who.ID
}

func (d *day) arriveFor(v data.Visit, told func(a data.Appointment, said string)) {
	d.become(v, data.Arrived, "", func(err error) {
		switch {
		case errors.Is(err, errNotMeant):
			d.arriving = false
		case err != nil:
			told(data.Appointment{}, why(v, err))
		default:
			said := becameText(v, data.Arrived)
			told(v.Appointment, said)
			d.sayDone(said) // also where that led to this day
		}
	})
}
