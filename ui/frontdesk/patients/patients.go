// Package patients is the search for patients, their pages and forms, and the
// merging of two records of one person.
package patients

import (
	"context"

	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// Params are what a page here needs. Callbacks lead to other pages.
type Params struct {
	Desk   *desk.Desk
	Runner work.Runner
	Ctx    context.Context // ends when the page is left
	Window fyne.Window
	Order  data.DateOrder // in which dates are typed

	OnPatient func(id, said string) // to a patient's page, which begins with what was just done
	OnNew     func(name string)     // to the form of a new patient
	OnEdit    func(id string)       // to the form of a patient
	OnBook    func(p data.Patient, like *data.Appointment)
	OnVisit   func(data.Appointment)                                      // to the day that an appointment is on
	OnArrive  func(id string, told func(a data.Appointment, said string)) // has a patient arrive for today's appointment; of none a has no id
	OnPrint   func(p data.Patient, next []data.Visit)                     // the next appointments, as a slip
	OnBack    func()
	OnEnded   func(error) // the session is over
}

// base is what the pages here have in common.
type base struct {
	params Params
	sheets *sheets
	leave  context.CancelFunc
}

// begin makes the office of a page, which ends with it.
func (p Params) begin() (base, office) {
	ctx, leave := context.WithCancel(p.Ctx)
	return base{p, &sheets{window: p.Window}, leave}, office{ctx, p.Runner, p.Desk, p.Order, p.OnEnded}
}

// Close ends what the page does, and closes its dialogs.
func (b *base) Close() {
	b.leave()
	b.sheets.closeAll()
}

func (b *base) canvas() fyne.Canvas { return b.params.Window.Canvas() }

// sheets are the dialogs open over a page.
type sheets struct {
	window fyne.Window
	open   []*widgets.Dialog
}

// show opens a dialog, which stays until it is closed or cancelled.
func (s *sheets) show(options widgets.DialogOptions) *widgets.Dialog {
	options.KeepOpen = true
	d := widgets.ShowDialog(s.window, options)
	s.open = append(s.open, d)
	return d
}

func (s *sheets) closeAll() {
	for _, d := range s.open {
		d.Close()
	}
	s.open = nil
}
