package today

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/words"
)

// moveStep is by how many minutes an arrow moves an appointment.
const moveStep = 5

// moving is an appointment that the arrows or a mouse move. On the disk it moves
// only once it is dropped.
type moving struct {
	visit        data.Visit
	practitioner string
	start        int // minute of the day that is shown
	length       int
	overnight    bool // it ends after midnight, where nothing else is moved to
	isDropped    bool // it was: asked about, or on its way to the disk

	byMouse   bool // by a mouse
	atEnd     bool // which took it at its end, to make it longer or shorter
	isOutside bool // the mouse is nowhere in the day
	grabbedAt int  // start, where the mouse took it; of its end, that
}

// moveChosen begins to move what is chosen.
func (d *day) moveChosen() {
	if v, ok := d.chosen(); ok && d.moving == nil {
		d.beginMove(v)
	}
}

func (d *day) beginMove(v data.Visit) {
	if !canMove(v.Status) || v.Damaged {
		d.say(trouble, problem(data.ErrStatus))
		d.show()
		return
	}
	start := v.Start
	m := &moving{visit: v, practitioner: v.Practitioner, start: start.Hour()*60 + start.Minute(), length: int(v.Length().Minutes())}
	m.overnight = m.start+m.length > minutesOfDay
	d.moving = m
	d.say(good, "")
	if date := data.DateOf(start); date != d.date {
		d.goTo(date)
	}
	d.show()
}

// latest is the last minute of the day that it is moved to.
func (m *moving) latest() int {
	if m.overnight {
		return minutesOfDay - moveStep
	}
	return minutesOfDay - m.length
}

// moveBy moves it by minutes and columns.
func (d *day) moveBy(minutes, columns int) {
	m := d.moving
	if m.isDropped {
		return
	}
	m.start = min(max(m.start+minutes, 0), m.latest())
	if i := d.columnOf(m.practitioner) + columns; columns != 0 && i >= 0 && i < len(d.columns) && d.columns[i].ID != "" {
		m.practitioner = d.columns[i].ID
	}
	m.isOutside = false
	d.say(good, "")
	d.show()
}

func (d *day) stretchMoving(minutes int) {
	m := d.moving
	if m.isDropped {
		return
	}
	longest := minutesOfDay - m.start
	if m.overnight {
		longest = minutesOfDay
	}
	m.length = min(max(m.length+minutes, lengthStep), longest)
	d.show()
}

// cancelMove leaves it where it was, unless it was dropped already.
func (d *day) cancelMove() {
	if d.moving == nil || d.moving.isDropped {
		return
	}
	v := d.moving.visit
	d.moving = nil
	d.land(v.Appointment)
}

// drop moves it to where it is shown.
func (d *day) drop() {
	m, g := d.moving, d.display.Shown().Grid.Ghost
	if m == nil || m.isDropped {
		return
	}
	if g.Column < 0 || g.at.isOf(m.visit.Appointment) {
		d.cancelMove()
		return
	}
	m.isDropped = true
	d.askMoment(g.at.start, func(start time.Time) {
		d.settle(m, slot{start, start.Add(g.at.end.Sub(g.at.start)), g.at.practitioner}, "")
	}, func() { d.dropBack(m) })
}

// settle moves what was dropped to a slot. Before it is anywhere but in working
// hours still to come, it asks, once for all reasons; agreed is what was said yes
// to. Who else is there then is known only on the disk: move asks about that.
func (d *day) settle(m *moving, to slot, agreed string) {
	if d.isOutdated(m) {
		d.endMove(m)
		return
	}
	text, over := d.doubts(m, to)
	if text != "" && text != agreed {
		q := question{
			Title:   lang.L("Move it there?"),
			Text:    text,
			Primary: lang.L("Move anyway"),
			Cancel:  lang.L("Choose another time"),
			Yes:     func() { d.settle(m, to, text) },
			No:      func() { d.dropBack(m) },
		}
		if m.atEnd {
			q.Title, q.Primary, q.Cancel = lang.L("Make it longer?"), lang.L("Lengthen anyway"), lang.L("Leave it as it was")
		}
		d.pane.ask(q)
		return
	}
	d.move(move{
		visit: m.visit, despite: over != nil, over: over, stretch: m.atEnd,
		to:    func(data.Appointment) slot { return to },
		stays: func() { d.dropBack(m) },
		done: func(a data.Appointment, err error) {
			m.isDropped = false
			if err != nil {
				if m.byMouse || isConflict(err) {
					d.moving = nil
				}
				d.say(trouble, why(m.visit, err))
				return
			}
			d.moving = nil
			d.land(a)
			d.sayDone(movedText(m.visit, a))
		},
	})
}

// dropBack is the answer No: what the keys move can be moved on, what a mouse
// dropped goes back to where it was.
func (d *day) dropBack(m *moving) {
	if m.isDropped = false; m.byMouse {
		d.cancelMove()
	}
}

// doubts are the reasons to ask before something is put into a slot; "": there is
// none but that others may be there. over are those others that they name.
func (d *day) doubts(m *moving, to slot) (text string, over *data.Clash) {
	if m.atEnd && !to.end.After(m.visit.End) {
		return "", nil // it takes no time that it had not
	}
	var reasons []string
	step := moveStep * time.Minute // what is put at this moment begins up to a step before
	if !m.atEnd && to.start.Before(d.now().Truncate(step)) {
		reasons = append(reasons, lang.L("This time is past."))
	}
	if hours := d.hoursDoubt(to); hours != "" {
		reasons = append(reasons, hours)
	}
	if len(reasons) == 0 {
		return "", nil
	}
	moved := m.visit.Appointment
	moved.Start, moved.End, moved.Practitioner = to.start, to.end, to.practitioner
	if with := moved.Clashing(d.visitsShown()); len(with) > 0 && moved.TakesOtherThan(m.visit.Appointment) {
		over = &data.Clash{With: with}
		reasons = append(reasons, clashText(over, practitionerName(d.details, to.practitioner)))
	}
	return strings.Join(append([]string{wouldBe(m.visit, to, d.details)}, reasons...), " "), over
}

// wouldBe says to where an appointment would go.
func wouldBe(v data.Visit, to slot, d data.Details) string {
	moved := v.Appointment
	moved.Start, moved.End = to.start, to.end
	return lang.L("{{.Name}} would be at {{.When}} with {{.Practitioner}}.", map[string]any{
		"Name": patientName(v), "When": whenText(moved), "Practitioner": practitionerName(d, to.practitioner),
	})
}

// hoursDoubt says that a slot is not in the hours of its practitioner, or of
// anybody; "": it is.
func (d *day) hoursDoubt(to slot) string {
	works := func(p data.Practitioner) bool { return !p.Gone && p.Works(to.start, to.end) }
	p, ok := d.details.Practitioner(to.practitioner)
	switch {
	case ok && works(p):
		return ""
	case !slices.ContainsFunc(d.details.Practitioners, works):
		return lang.L("The practice is closed then.")
	}
	of := map[string]any{"Name": practitionerName(d.details, to.practitioner)}
	if _, away := p.AwayOn(data.DateOf(to.start)); away {
		return lang.L("{{.Name}} is away that day.", of)
	}
	return lang.L("It is outside the working hours of {{.Name}}.", of)
}

// isOf says that an appointment has this slot.
func (s slot) isOf(a data.Appointment) bool {
	return s.start.Equal(a.Start) && s.end.Equal(a.End) && s.practitioner == a.Practitioner
}

// isOutdated says that somebody else moved, ended or removed it meanwhile. Of a day
// that is not shown the disk tells.
func (d *day) isOutdated(m *moving) bool {
	v, ok := d.visit(m.visit.ID)
	if !ok {
		return d.loaded == data.DateOf(m.visit.Start)
	}
	return v.Version > m.visit.Version && (!slotOf(m.visit.Appointment).isOf(v.Appointment) || !canMove(v.Status))
}

// endMove ends the move of what somebody else changed.
func (d *day) endMove(m *moving) {
	d.moving = nil
	if v, ok := d.visit(m.visit.ID); ok {
		d.cur.visit = v.ID
		d.follow()
	}
	d.say(trouble, why(m.visit, auth.ErrConflict))
	d.show()
}

// ghost is how it is drawn meanwhile, and the slot that it is dropped on.
func (d *day) ghost() ghost {
	m := d.moving
	if m.isOutside {
		return ghost{Column: -1}
	}
	start := d.date.At(m.start, d.desk.Zone())
	to := slot{start, start.Add(time.Duration(m.length) * time.Minute), m.practitioner}
	from := minuteIn(d.date, to.start) // where the clock leaps, another one
	return ghost{
		Column: d.columnOf(m.practitioner), span: span{from, from + m.length}, Visit: m.visit.ID, at: to,
		When: strings.Join([]string{words.TimeOfDay(to.start) + "–" + words.TimeOfDay(to.end), lengthText(m.length)}, " · "),
		With: practitionerName(d.details, m.practitioner), Who: patientName(m.visit),
	}
}

func (d *day) movingLine(g ghost) string {
	parts := []string{lang.L("Moving {{.Name}}", map[string]any{"Name": patientName(d.moving.visit)})}
	if g.Column < 0 {
		return strings.Join(append(parts, lang.L("let go here, it stays where it was")), " · ")
	}
	parts = append(parts, g.When, g.With)
	if d.hoursDoubt(g.at) != "" {
		parts = append(parts, lang.L("outside working hours"))
	}
	return strings.Join(parts, " · ")
}

func movingKeys(m *moving) string {
	if m.byMouse {
		return lang.L("Let go: put it here · Esc: leave it where it was")
	}
	return lang.L("Arrows: carry · Page Up, Page Down: another day · + −: longer, shorter · N: next free · Enter: put it here · Esc: leave it where it was")
}
