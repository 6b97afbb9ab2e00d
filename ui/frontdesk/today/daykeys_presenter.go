package today

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
)

// lengthStep is by how many minutes one key lengthens.
const lengthStep = 5

// up and down go through a column, or move an appointment there.
func (d *day) vertical(steps int) {
	if d.moving != nil {
		d.moveBy(steps*moveStep, 0)
		return
	}
	i := d.columnAt()
	if i < 0 {
		return
	}
	stops := d.columns[i].stops(d.shownOf)
	at := d.cur.at(stops)
	if at < 0 {
		return
	}
	d.put(i, stops[min(max(at+steps, 0), len(stops)-1)])
}

// horizontal goes to the column beside, at the same time.
func (d *day) horizontal(steps int) {
	if d.moving != nil {
		d.moveBy(0, steps)
		return
	}
	i := d.columnAt() + steps
	if i < 0 || i >= len(d.columns) {
		return
	}
	stops := d.columns[i].stops(d.shownOf)
	if at := nearest(stops, d.cur.minute, false); at >= 0 {
		minute := d.cur.minute
		d.put(i, stops[at])
		if stops[at].far(minute) == 0 {
			d.cur.minute = minute // or going there and back would end elsewhere
		}
	}
}

func (d *day) put(column int, s stop) {
	d.cur = cursor{column: d.columns[column].ID, visit: s.visit, minute: s.from}
	if d.severity != trouble {
		d.say(good, "")
	}
	d.show()
}

// enter books at a free time, opens an appointment, or drops what is being moved.
func (d *day) enter() {
	if d.moving != nil {
		d.drop()
		return
	}
	s, ok := d.stop()
	if !ok {
		return
	}
	if v, ok := d.visit(s.visit); ok {
		d.pane.openVisit(v)
		return
	}
	if d.cur.column != "" {
		d.pane.openBooking(Request{Practitioner: d.cur.column, Date: d.date, Minute: d.freeMinute(s), HasMinute: true})
	}
}

// freeMinute is when a booking at a free place begins: a time that was looked for
// may lie in the middle of it.
func (d *day) freeMinute(s stop) int {
	if d.cur == d.found && s.far(d.cur.minute) == 0 {
		return d.cur.minute
	}
	return s.from
}

// hasBegun says that a minute of the day has.
func (d *day) hasBegun(minute int) bool { return d.date.At(minute, d.desk.Zone()).Before(d.now()) }

// book begins a booking at the cursor if that is at a free time which is still to come; else the next free times are offered.
func (d *day) book() {
	r := Request{Date: d.date}
	if s, ok := d.stop(); ok && s.visit == "" && !d.hasBegun(d.freeMinute(s)) {
		r.Practitioner, r.Minute, r.HasMinute = d.cur.column, d.freeMinute(s), true
	}
	d.pane.openBooking(r)
}

// nextStep makes what is chosen arrived, then with the practitioner, then done.
func (d *day) nextStep() {
	if d.moving != nil {
		return
	}
	if v, ok := d.chosen(); ok {
		d.stepOn(v)
	}
}

// cancel asks for the reason of a cancellation.
func (d *day) cancel() {
	if d.moving != nil {
		return
	}
	v, ok := d.chosen()
	switch {
	case !ok:
	case !v.Status.Becomes(data.Cancelled):
		d.say(trouble, problem(data.ErrStatus))
		d.show()
	default:
		d.pane.askReason(v)
	}
}

// lengthen makes what is chosen longer, or shorter.
func (d *day) lengthen(minutes int) {
	if d.moving != nil {
		d.stretchMoving(minutes)
		return
	}
	v, ok := d.chosen()
	if !ok {
		return
	}
	if !canMove(v.Status) {
		d.say(trouble, problem(data.ErrStatus))
		d.show()
		return
	}
	d.stretch[v.ID] += minutes
	if d.stretch[v.ID] == minutes { // else a step that waits has these minutes too
		d.move(move{visit: v, stretch: true, to: func(a data.Appointment) slot {
			by := d.stretch[v.ID]
			delete(d.stretch, v.ID)
			end := a.End.Add(time.Duration(by) * time.Minute)
			if least := a.Start.Add(lengthStep * time.Minute); end.Before(least) {
				end = least
			}
			return slot{a.Start, end, a.Practitioner}
		}})
	}
}

// usualLength is how long an appointment takes if nothing else is said.
func (d *day) usualLength() int {
	if offered := d.details.Offered(); len(offered) > 0 {
		return max(offered[0].Minutes, lengthStep)
	}
	return quarter
}

// lookAhead is how many days are looked through for a free time, and lookStep
// how many at once: it is mostly found in the first.
const (
	lookAhead = 8 * lookStep
	lookStep  = 7
)

// nextFree goes to the practitioner's next free time, from the cursor on; asked
// again, to the one after it.
func (d *day) nextFree() {
	column, minute, length := d.cur.column, d.cur.minute, d.usualLength()
	m := d.moving
	if m != nil {
		column, minute, length = d.moving.practitioner, d.moving.start+moveStep, d.moving.length
	} else if d.cur == d.found {
		minute += quarter
	}
	p, ok := d.details.Practitioner(column)
	if !ok {
		return
	}
	from := d.date.At(minute, d.desk.Zone())
	if now := roundUp(d.now(), quarter); from.Before(now) {
		from = now
	}
	d.search(p, from, time.Duration(length)*time.Minute, func(start time.Time, ok bool) {
		if d.moving != m || m != nil && (m.byMouse || m.isDropped) {
			return // what is being moved by now did not ask
		}
		if !ok {
			d.say(trouble, lang.L("{{.Name}} has nothing free in the next eight weeks.", map[string]any{"Name": p.Name}))
			d.show()
			return
		}
		d.landOn(p, start)
	})
}

// freeTimes are the next free times, at most n, of practitioners (none: of whoever is there); the appointment `without` is in
// nobody's way. Slow: off the UI goroutine.
func (d *day) freeTimes(ctx context.Context, details data.Details, ids []string, without string, from time.Time, length time.Duration, days, n int) (free []data.Slot, err error) {
	for ; days > 0 && len(free) < n; days -= lookStep {
		first, step := data.DateOf(from), min(days, lookStep)
		visits, err := d.desk.Between(ctx, first, first.AddDays(step))
		if err != nil {
			return nil, err
		}
		visits = slices.DeleteFunc(slices.Clone(visits), func(v data.Visit) bool { return v.ID == without })
		free = append(free, data.NextFree(details, visits, ids, from, length, step, n-len(free))...)
		from = first.AddDays(step).In(d.desk.Zone())
	}
	return free, nil
}

// showSlot shows a free time in the day, with the cursor there.
func (d *day) showSlot(s data.Slot) {
	date := data.DateOf(s.Start)
	if date != d.date {
		d.goTo(date)
	}
	d.cur = cursor{column: s.Practitioner, minute: minuteIn(date, s.Start)}
	d.show()
}

// search looks for a practitioner's next free time.
func (d *day) search(p data.Practitioner, from time.Time, length time.Duration, done func(start time.Time, ok bool)) {
	without, details := "", d.details
	if d.moving != nil {
		without = d.moving.visit.ID
	}
	var free []data.Slot
	d.GoSlow(func(ctx context.Context) (err error) {
		free, err = d.freeTimes(ctx, details, []string{p.ID}, without, from, length, lookAhead, 1)
		return err
	}, d.sayBusy, func(err error) {
		switch {
		case d.IsOver(err):
		case err != nil:
			d.say(trouble, problem(err))
			d.show()
		case len(free) == 0:
			done(time.Time{}, false)
		default:
			done(free[0].Start, true)
		}
	})
}

func (d *day) landOn(p data.Practitioner, start time.Time) {
	date := data.DateOf(start)
	if date != d.date {
		d.goTo(date)
	}
	minute := minuteIn(date, start)
	d.say(good, lang.L("Next free with {{.Name}}: {{.Day}}, {{.Time}}.", map[string]any{
		"Name": p.Name, "Day": dayText(date), "Time": minuteText(minute),
	}))
	if d.moving != nil {
		d.moving.practitioner, d.moving.start = p.ID, minute
	} else {
		d.cur = cursor{column: p.ID, minute: minute}
		d.found = d.cur
	}
	d.show()
}

// roundUp is the next moment at which so many minutes are full.
func roundUp(t time.Time, minutes int) time.Time {
	step := time.Duration(minutes) * time.Minute
	if rest := t.Sub(t.Truncate(step)); rest > 0 {
		return t.Truncate(step).Add(step)
	}
	return t
}
