package today

import (
	"anteroom/data"
)

// spot is what a mouse hits: an appointment, or a free time of a practitioner.
// It stays the same when the appointment moves.
type spot struct {
	visit  string
	column string
	date   data.Date
	minute int
}

// press puts the cursor, or what the keys move, where a mouse points, and says
// what that is; the zero spot: nothing is there.
func (d *day) press(column, minute int, visit string) spot {
	if column < 0 || column >= len(d.columns) {
		return spot{}
	}
	if m := d.moving; m != nil {
		if !m.isDropped && d.columns[column].ID != "" {
			m.practitioner, m.start = d.columns[column].ID, min(minute-minute%moveStep, m.latest())
			d.show()
		}
		return d.spot()
	}
	stops := d.columns[column].stops(d.shownOf)
	c := cursor{column: d.columns[column].ID, visit: visit, minute: minute}
	at := c.at(stops)
	if at < 0 {
		return spot{}
	}
	d.put(column, stops[at])
	return d.spot()
}

// point has the free time that was pressed go into the booking that is open.
func (d *day) point(s spot) {
	if d.moving == nil && s.visit == "" && s.column != "" {
		d.pane.pointed(Request{Practitioner: s.column, Date: s.date, Minute: s.minute, HasMinute: true})
	}
}

// spot is where the cursor is, or what the keys move.
func (d *day) spot() spot {
	if m := d.moving; m != nil {
		return spot{column: m.practitioner, date: d.date, minute: m.start}
	}
	s, ok := d.stop()
	switch {
	case !ok:
		return spot{}
	case s.visit != "":
		return spot{visit: s.visit}
	}
	return spot{column: d.cur.column, date: d.date, minute: s.from}
}

// open opens what both presses of a double click hit, if it is still there.
func (d *day) open(s spot) {
	if s != (spot{}) && s == d.spot() {
		d.enter()
	}
}

// grab has a mouse move an appointment, or its end, and says whether it does.
func (d *day) grab(visit string, atEnd bool) bool {
	v, ok := d.visit(visit)
	if !ok || d.moving != nil || data.DateOf(v.Start) != d.date {
		return false
	}
	d.beginMove(v)
	if d.moving != nil {
		m := d.moving
		m.byMouse, m.grabbedAt = true, m.start
		if m.atEnd = atEnd; atEnd {
			m.grabbedAt += m.length
		}
	}
	return d.moving != nil
}

// isDragging says that a mouse moves an appointment. Esc and others end that, with
// the button still down.
func (d *day) isDragging() bool { return d.moving != nil && d.moving.byMouse && !d.moving.isDropped }

// drag moves it to a column, or its end, by so many minutes from where the mouse took it: a
// time that is not a multiple of the step stays if the mouse goes straight sideways.
func (d *day) drag(column, minutes int) {
	m := d.moving
	if column < 0 || column >= len(d.columns) || d.columns[column].ID == "" {
		d.dragOutside()
		return
	}
	isStill := max(minutes, -minutes) <= moveStep/2
	if m.atEnd {
		end := m.grabbedAt
		if !isStill {
			end = (end + minutes + moveStep/2) / moveStep * moveStep
		}
		m.length, m.isOutside = min(max(end-m.start, lengthStep), minutesOfDay-m.start), false
		d.show()
		return
	}
	start := m.grabbedAt + minutes
	if isStill {
		start = m.grabbedAt
	} else {
		start = (start + moveStep/2) / moveStep * moveStep
	}
	m.practitioner, m.isOutside = d.columns[column].ID, false
	last := d.shownOf.to - m.length
	if m.overnight {
		last = m.latest()
	}
	m.start = max(min(start, last), d.shownOf.from, 0)
	d.show()
}

// dragOutside moves it to where there is no time to put it to.
func (d *day) dragOutside() {
	d.moving.isOutside = true
	d.show()
}

// cancelDrag leaves what a mouse moves where it was, without showing another day.
func (d *day) cancelDrag() {
	if !d.isDragging() {
		return
	}
	v := d.moving.visit
	d.moving = nil
	if data.DateOf(v.Start) == d.date {
		d.cur = cursor{column: v.Practitioner, visit: v.ID, minute: minuteIn(d.date, v.Start)}
	}
	d.follow()
	d.show()
}
