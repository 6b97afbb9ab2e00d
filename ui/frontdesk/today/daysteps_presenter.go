package today

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
)

// act changes an appointment on the disk.
type act func(context.Context) (data.Appointment, error)

// step is one change. Steps are taken one after the other, each with the
// appointment as the one before left it, so that no key is lost to a slow disk.
type step struct {
	visit data.Visit
	act   func(data.Appointment) act
	said  string      // what to say when it is done
	done  func(error) // nil: what goes wrong is said on the page
	undo  bool        // it takes another one back
	asked bool        // it was asked about as it was, so it is not taken if it was moved since
}

// do takes a step, after those that wait.
func (d *day) do(s step) {
	d.say(good, "")
	d.show() // what was said of the step before is not to be taken back as if it were this one
	d.queue = append(d.queue, s)
	d.work()
}

func (d *day) work() {
	if d.working || d.asking || len(d.queue) == 0 {
		return
	}
	s := d.queue[0]
	d.queue = d.queue[1:]
	a := s.visit.Appointment
	if known, ok := d.visit(a.ID); ok && known.Version > a.Version {
		a = known.Appointment
	}
	act := s.act(a)
	if s.asked && slotOf(a) != slotOf(s.visit.Appointment) {
		act = func(context.Context) (data.Appointment, error) { return a, auth.ErrConflict }
	}
	d.working = true
	var after data.Appointment
	d.GoSlow(func(ctx context.Context) (err error) {
		after, err = act(ctx)
		return err
	}, d.sayBusy, func(err error) {
		d.working = false
		d.finishStep(s, after, err)
		d.work()
	})
}

func (d *day) finishStep(s step, after data.Appointment, err error) {
	switch {
	case d.IsOver(err):
		return
	case err == nil:
		d.showChanged(after)
		d.sayDone(s.said)
	case s.done == nil:
		d.say(trouble, why(s.visit, err))
	}
	if s.done != nil {
		s.done(err)
	}
	d.show()
	d.refresh() // after a conflict too: it is shown as it is by now
}

// why says why a step was not taken.
func why(v data.Visit, err error) string {
	if isConflict(err) {
		return lang.L("Somebody else changed the appointment of {{.Name}} meanwhile, so nothing was done. It is shown as it is now.",
			map[string]any{"Name": patientName(v)})
	}
	return problem(err)
}

// showChanged shows an appointment as it is by now, without waiting until it is read.
func (d *day) showChanged(a data.Appointment) {
	for _, list := range []*[]data.Visit{&d.visits, &d.todays} {
		changed := append([]data.Visit(nil), *list...)
		for i := range changed {
			if changed[i].ID == a.ID {
				changed[i].Appointment = a
			}
		}
		*list = changed
	}
	if m := d.moving; m != nil && m.visit.ID == a.ID {
		m.visit.Appointment = a // a step taken here: the move goes on
	}
	d.layOut()
	d.follow()
	d.waiting.setVisits(d.details, d.todays)
}

// stepGuard is how soon after a step a next one of the same appointment is
// meant, or after the key was last heard: one that is held down repeats itself.
const stepGuard = 700 * time.Millisecond

// stepOn makes an appointment arrived, then with the practitioner, then done.
func (d *day) stepOn(v data.Visit) {
	isMeant := d.now().Sub(d.stepped[v.ID]) >= stepGuard
	d.stepped[v.ID] = d.now()
	if next := nextStatus(v.Status); next != "" && isMeant {
		d.become(v, next, "", nil)
	}
}

// annotate gives an appointment another type and note.
func (d *day) annotate(v data.Visit, typeID, note string, done func(error)) {
	d.do(step{visit: v, done: done, act: func(a data.Appointment) act {
		return func(ctx context.Context) (data.Appointment, error) { return d.desk.Annotate(ctx, a, typeID, note) }
	}, said: lang.L("Saved what you changed on {{.Name}}, {{.When}}.", map[string]any{
		"Name": patientName(v), "When": whenText(v.Appointment),
	})})
}

// slot is when and with whom an appointment is.
type slot struct {
	start, end   time.Time
	practitioner string
}

func slotOf(a data.Appointment) slot { return slot{a.Start.UTC(), a.End.UTC(), a.Practitioner} }

// move is a step that gives an appointment another slot.
type move struct {
	visit   data.Visit
	to      func(data.Appointment) slot
	despite bool                          // of others who are there
	over    *data.Clash                   // those that it was asked about; nil: it was not
	stretch bool                          // it stays where it is, and takes longer
	done    func(data.Appointment, error) // nil: what goes wrong is said on the page
	stays   func()                        // it was asked about others, and not meant; nil: nothing is to do
}

// move moves an appointment, and asks where others are in its way.
func (d *day) move(m move) {
	var at slot
	var after data.Appointment
	s := step{visit: m.visit, asked: m.despite, act: func(a data.Appointment) act {
		at = m.to(a)
		return func(ctx context.Context) (_ data.Appointment, err error) {
			to := a
			to.Start, to.End, to.Practitioner = at.start, at.end, at.practitioner
			if err := unasked(ctx, d.desk, to, m.over); err != nil {
				return a, err
			}
			after, err = d.desk.Move(ctx, a, at.start, at.end, at.practitioner, m.despite)
			return after, err
		}
	}}
	s.done = func(err error) {
		var clash *data.Clash
		switch {
		case errors.As(err, &clash):
			q := question{
				Title:   lang.L("Double booking"),
				Text:    wouldBe(m.visit, at, d.details) + " " + clashText(clash, practitionerName(d.details, at.practitioner)),
				Primary: lang.L("Move anyway"),
				Cancel:  lang.L("Choose another time"),
				Yes: func() {
					m.to, m.despite, m.over = func(data.Appointment) slot { return at }, true, clash
					d.move(m)
				},
				No: m.stays,
			}
			if m.stretch {
				q.Primary, q.Cancel = lang.L("Lengthen anyway"), lang.L("Leave it as it was")
			}
			d.pane.ask(q)
		case m.done != nil:
			m.done(after, err)
		case err != nil:
			d.say(trouble, why(m.visit, err))
		default:
			d.sayDone(movedText(m.visit, after))
		}
	}
	d.do(s)
}

func movedText(v data.Visit, a data.Appointment) string {
	return lang.L("{{.Name}}: {{.When}}, {{.Length}}.", map[string]any{
		"Name": patientName(v), "When": whenText(a), "Length": lengthText(int(a.Length().Minutes())),
	})
}

// undo takes back the last step, and asks where others are in its way.
func (d *day) undo() {
	if d.desk.CanUndo() == 0 && !d.working && len(d.queue) == 0 { // else a step that is being taken is meant
		d.say(hint, problem(data.ErrNothing))
		d.show()
		return
	}
	d.do(d.undoing(0))
}

// undoing is the step that takes the last one back; meant is the number of that
// which was asked about, or 0.
func (d *day) undoing(meant int) step {
	var undone data.Undone
	return step{undo: true, act: func(data.Appointment) act {
		return func(ctx context.Context) (_ data.Appointment, err error) {
			undone, err = d.desk.Undo(ctx, meant)
			return undone.Visit.Appointment, err
		}
	}, done: func(err error) {
		var clash *data.Clash
		switch {
		case errors.As(err, &clash):
			d.askToUndo(undone, clash)
		case errors.Is(err, data.ErrNothing):
			d.say(hint, problem(err))
		case err != nil:
			d.say(trouble, problem(err))
		default:
			d.land(undone.Visit.Appointment)
			d.say(good, undoneText(undone, d.details))
		}
	}}
}

// askToUndo asks whether a step is taken back over others. Steps that wait do so
// until the answer; undos among them were meant for what they saw, and go.
func (d *day) askToUndo(undone data.Undone, clash *data.Clash) {
	d.asking = true
	d.queue = slices.DeleteFunc(d.queue, func(s step) bool { return s.undo })
	d.pane.ask(question{
		Title:   lang.L("Double booking"),
		Text:    patientAt(undone.Visit) + " " + clashText(clash, practitionerName(d.details, undone.Visit.Practitioner)),
		Primary: lang.L("Take it back anyway"),
		Cancel:  lang.L("Leave it as it is"),
		Yes: func() {
			d.asking = false
			d.queue = slices.Insert(d.queue, 0, d.undoing(undone.Step))
			d.work()
		},
		No: func() {
			d.asking = false
			d.work()
		},
	})
}

// patientAt says whose appointment would come back, and to when.
func patientAt(v data.Visit) string {
	return lang.L("{{.Name}} would be at {{.When}} again.", map[string]any{"Name": patientName(v), "When": whenText(v.Appointment)})
}

// land shows an appointment and puts the cursor there.
func (d *day) land(a data.Appointment) {
	date := data.DateOf(a.Start)
	if date != d.date {
		d.goTo(date)
	}
	d.cur = cursor{column: a.Practitioner, visit: a.ID, minute: minuteIn(date, a.Start)}
	d.follow()
	d.show()
}
