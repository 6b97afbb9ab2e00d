package today

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
)

// carryStep is by how many minutes an arrow carries an appointment.
const carryStep = 5

// moving is an appointment that the arrows carry. It moves on the disk only
// once it is put down.
type moving struct {
	visit        data.Visit
	practitioner string
	start        int // minute of the day that is shown
	length       int
	putting      bool
}

// carryOn begins to carry what is chosen.
func (d *day) carryOn() {
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
	start := v.Start.In(time.Local)
	d.moving = &moving{visit: v, practitioner: v.Practitioner, start: start.Hour()*60 + start.Minute(), length: int(v.Length().Minutes())}
	d.say(good, "")
	if date := data.DateOf(start); date != d.date {
		d.goTo(date)
	}
	d.show()
}

// carry carries it by minutes and columns.
func (d *day) carry(minutes, columns int) {
	m := d.moving
	m.start = min(max(m.start+minutes, 0), minutesOfDay-m.length)
	if i := d.columnOf(m.practitioner) + columns; columns != 0 && i >= 0 && i < len(d.columns) && d.columns[i].ID != "" {
		m.practitioner = d.columns[i].ID
	}
	d.say(good, "")
	d.show()
}

// drag carries it to where a mouse points.
func (d *day) drag(column, minute int) {
	if column < 0 || column >= len(d.columns) || d.columns[column].ID == "" {
		return
	}
	m := d.moving
	m.practitioner, m.start = d.columns[column].ID, min(max(minute-minute%carryStep, 0), minutesOfDay-m.length)
	d.show()
}

func (d *day) stretchMoving(minutes int) {
	m := d.moving
	m.length = min(max(m.length+minutes, lengthStep), minutesOfDay-m.start)
	d.show()
}

// giveUp leaves it where it was.
func (d *day) giveUp() {
	if d.moving == nil {
		return
	}
	v := d.moving.visit
	d.moving = nil
	d.land(v.Appointment)
}

// putDown moves it to where it was carried.
func (d *day) putDown(despite bool) {
	m := d.moving
	if m == nil || m.putting {
		return
	}
	start := d.date.At(m.start, time.Local)
	to := slot{start, start.Add(time.Duration(m.length) * time.Minute), m.practitioner}
	if to.start.Equal(m.visit.Start) && to.end.Equal(m.visit.End) && to.practitioner == m.visit.Practitioner {
		d.giveUp()
		return
	}
	m.putting = true
	d.move(move{
		visit: m.visit, despite: despite,
		to:    func(data.Appointment) slot { return to },
		stays: func() { m.putting = false },
		done: func(a data.Appointment, err error) {
			m.putting = false
			if err != nil {
				d.say(trouble, why(m.visit, err))
				if isConflict(err) {
					d.moving = nil
				}
				return
			}
			d.moving = nil
			d.land(a)
			d.say(good, movedText(m.visit, a))
		},
	})
}

// ghost is how it is drawn meanwhile.
func (d *day) ghost() ghost {
	m := d.moving
	return ghost{
		Column: d.columnOf(m.practitioner), span: span{m.start, m.start + m.length}, Visit: m.visit.ID,
		Text: strings.Join([]string{spanText(m.start, m.start+m.length), patientName(m.visit)}, " · "),
	}
}

func (d *day) movingLine() string {
	m := d.moving
	parts := []string{
		lang.L("Moving {{.Name}}", map[string]any{"Name": patientName(m.visit)}),
		spanText(m.start, m.start+m.length), lengthText(m.length), practitionerName(d.details, m.practitioner),
	}
	start := d.date.At(m.start, time.Local)
	if p, ok := d.details.Practitioner(m.practitioner); ok && !p.Works(start, start.Add(time.Duration(m.length)*time.Minute)) {
		parts = append(parts, lang.L("outside working hours"))
	}
	return strings.Join(parts, " · ")
}

func movingKeys() string {
	return lang.L("Arrows: carry · Page Up, Page Down: another day · + −: longer, shorter · N: next free · Enter: put it here · Esc: leave it where it was")
}
