package today

import "anteroom/data"

// What a patient's page asks of the day. told hears what came of it; the appointment has no id where nothing was done.

// ArriveFor has a patient arrive for one appointment.
func (t *Page) ArriveFor(v data.Visit, told func(a data.Appointment, said string)) {
	t.whenRead(func() { t.day.arriveFor(v, told) })
}

// Cancel asks for the reason, and cancels an appointment.
func (t *Page) Cancel(v data.Visit, told func(a data.Appointment, said string)) {
	t.whenRead(func() { t.askReasonFor(v, told) })
}

// Move leads to another time for an appointment.
func (t *Page) Move(v data.Visit) {
	t.whenRead(func() { t.openMove(v) })
}

// TakeBack takes the last step back, wherever it was asked for.
func (t *Page) TakeBack(told func(done bool, said string)) {
	t.whenRead(func() {
		s := t.day.undoing(0)
		finish := s.done
		s.done = func(err error) {
			finish(err)
			if said := t.day.message; said != "" { // else it asks first
				told(err == nil, said)
			}
		}
		t.day.do(s)
	})
}
