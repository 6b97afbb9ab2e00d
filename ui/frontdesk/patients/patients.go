// Package patients is the search for patients, their pages and forms, and the
// merging of two records of one person.
package patients

import (
	"context"

	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
)

// Params are what a page here needs. Callbacks lead to other pages.
type Params struct {
	screen.Scope
	Desk   *desk.Desk
	Window fyne.Window
	Order  data.DateOrder // in which dates are typed

	OnPatient func(id, said string) // to a patient's page, which begins with what was just done
	OnNew     func(name string)     // to the form of a new patient
	OnEdit    func(id string)       // to the form of a patient
	OnBook    func(p data.Patient, like *data.Appointment)
	OnVisit   func(data.Appointment)                  // to the day that an appointment is on
	OnMove    func(data.Visit)                        // to another time for an appointment
	OnPrint   func(p data.Patient, next []data.Visit) // the next appointments, as a slip
	OnBack    func()

	// What is done where the page is.
	OnArrive  func(id string, told Told)              // has a patient arrive for today's appointment
	OnArrived func(v data.Visit, told Told)           // has a patient arrive for this one
	OnCancel  func(v data.Visit, told Told)           // asks for the reason, and cancels
	OnUndo    func(told func(done bool, said string)) // takes the last step back
}

// Told hears what came of an act; a has no id where nothing was done.
type Told = func(a data.Appointment, said string)

// base is what the pages here have in common.
type base struct {
	params  Params
	scope   scope // ends with the page
	dialogs *screen.Dialogs
	leave   context.CancelFunc
}

func newBase(p Params) base {
	child, leave := p.Child()
	return base{p, scope{child, p.Desk, p.Order}, &screen.Dialogs{Window: p.Window}, leave}
}

// Close ends what the page does, and closes its dialogs.
func (b *base) Close() {
	b.leave()
	b.dialogs.CloseAll()
}

func (b *base) canvas() fyne.Canvas { return b.params.Window.Canvas() }
