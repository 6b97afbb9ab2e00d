package frontdesk

import (
	"anteroom/data"
	"anteroom/ui/frontdesk/figures"
	"anteroom/ui/frontdesk/patients"
	"anteroom/ui/frontdesk/today"
	"anteroom/ui/help"
)

// ShowToday shows today, whatever page, day or week was shown.
func (s *Screen) ShowToday() {
	s.showDay()
	s.today.ShowToday()
}

// showDay shows the day, or the week, as it was left.
func (s *Screen) showDay() {
	s.back = nil
	s.showPage(s.today)
	if s.todayIsLate {
		s.todayIsLate = false
		s.today.Refresh()
	}
}

// ShowPatients shows the search for patients.
func (s *Screen) ShowPatients() {
	s.back = nil
	s.showPage(patients.NewList(s.patientParams()))
}

// ShowFigures shows how many patients came.
func (s *Screen) ShowFigures() {
	p := s.params
	if _, isShown := s.page.(*figures.Page); !isShown {
		s.goOn(s.here(), figures.New(figures.Params{Scope: p.Scope, Desk: p.Desk, Window: p.Window, OnBack: s.goBack}))
	}
}

// Book begins a booking, beside the day.
func (s *Screen) Book() {
	s.showDay()
	s.today.Book(today.Request{})
}

// WalkIn takes somebody down who came without an appointment.
func (s *Screen) WalkIn() {
	s.showDay()
	s.today.WalkIn()
}

// Find begins to look for a patient.
func (s *Screen) Find() { s.find.Focus() }

// NewPatient begins a new patient.
func (s *Screen) NewPatient() { s.openForm("", "") }

// NextStep makes what is selected arrived, or what comes after that: in the search, on a
// patient's page or on the day.
func (s *Screen) NextStep() {
	if s.find.IsOpen() {
		s.find.NextStep()
		return
	}
	if p, ok := s.page.(interface{ NextStep() }); ok {
		p.NextStep()
	}
}

// CanUndo says that there is a step to take back.
func (s *Screen) CanUndo() bool { return s.params.Desk.CanUndo() > 0 }

// Undo takes the last step back, and shows the day where it was. Where there is
// none it leaves nobody's page, and never a form: what is undone there is typing.
func (s *Screen) Undo() {
	_, isForm := s.page.(*patients.FormPage)
	if isForm || !s.CanUndo() && s.page != page(s.today) {
		return
	}
	s.showDay()
	s.today.Undo()
}

// Say says on the page what was just done elsewhere. One that has no line for it leads to
// the day.
func (s *Screen) Say(text string) {
	switch p := s.page.(type) {
	case interface{ Say(string) }:
		p.Say(text)
	case *patients.ListPage:
		s.showDay()
		s.today.Say(text)
	}
}

// PrintDay has the list of the day that is shown, or was last, printed.
func (s *Screen) PrintDay() { s.params.OnPrintDay(s.today.Date()) }

// showPage leaves the page there is for another.
func (s *Screen) showPage(p page) {
	if s.page == p {
		p.Focus()
		return
	}
	if s.page != page(s.today) {
		s.page.Close()
	}
	s.params.Window.Canvas().Unfocus()
	s.page = p
	s.place.RemoveAll()
	s.place.Add(p.Content())
	s.root.SetHelp(topicOf(p))
	s.fillBar()
	s.notices.update() // a form that was left has a draft, perhaps
	s.over.Refresh()
	p.Focus()
}

// topicOf is what F1 tells of while a page is shown.
func topicOf(p page) string {
	switch p.(type) {
	case *figures.Page:
		return help.Figures
	case *patients.ListPage:
		return help.Patients
	case *patients.PatientPage:
		return help.Patient
	case *patients.FormPage:
		return help.Form
	}
	return help.Today
}

// goOn shows a page that Esc leaves for the one shown now.
func (s *Screen) goOn(here func(), p page) {
	s.back = append(s.back, here)
	s.showPage(p)
}

// goBack shows the page before.
func (s *Screen) goBack() {
	if len(s.back) == 0 {
		s.showDay()
		return
	}
	last := s.back[len(s.back)-1]
	s.back = s.back[:len(s.back)-1]
	back := s.back
	last()
	s.back = back
}

// here leads to the page that is shown now.
func (s *Screen) here() func() {
	switch p := s.page.(type) {
	case *patients.ListPage:
		return s.ShowPatients
	case *patients.PatientPage:
		id := p.ID()
		return func() { s.showPage(patients.NewPatient(s.patientParams(), id, "")) }
	}
	return s.showDay
}

func (s *Screen) openPatient(id, said string) {
	if p, ok := s.page.(*patients.PatientPage); ok && p.ID() == id { // as after a merge
		s.showPage(patients.NewPatient(s.patientParams(), id, said))
		return
	}
	if _, isForm := s.page.(*patients.FormPage); isForm { // saved: it is not to go back to
		s.showPage(patients.NewPatient(s.patientParams(), id, said))
		return
	}
	s.goOn(s.here(), patients.NewPatient(s.patientParams(), id, said))
}

func (s *Screen) openForm(id, name string) {
	s.goOn(s.here(), patients.NewForm(s.patientParams(), id, name))
}

// resume opens the form that a draft is of.
func (s *Screen) resume(form string) {
	if form == today.DraftKey {
		s.showDay()
		s.today.Resume()
		return
	}
	if id, ok := patients.DraftOf(form); ok {
		s.openForm(id, "")
	}
}

// openDraft is the draft of the form that is open now; "": there is none.
func (s *Screen) openDraft() string {
	if form, ok := s.page.(*patients.FormPage); ok {
		return form.DraftKey()
	}
	if s.page == page(s.today) && s.today.IsBooking() {
		return today.DraftKey
	}
	return ""
}

func (s *Screen) patientParams() patients.Params {
	p := s.params
	return patients.Params{
		Scope: p.Scope, Desk: p.Desk, Window: p.Window, Order: p.Order,
		OnPatient: s.openPatient,
		OnNew:     func(name string) { s.openForm("", name) },
		OnEdit:    func(id string) { s.openForm(id, "") },
		OnBook:    s.book,
		OnVisit: func(a data.Appointment) {
			s.showDay()
			s.today.GoTo(a)
		},
		OnArrive:  func(id string, told patients.Told) { s.today.Arrive(id, told) },
		OnArrived: func(v data.Visit, told patients.Told) { s.today.ArriveFor(v, told) },
		OnCancel:  func(v data.Visit, told patients.Told) { s.today.Cancel(v, told) },
		OnUndo:    s.takeBack,
		OnMove: func(v data.Visit) {
			s.showDay()
			s.today.GoTo(v.Appointment)
			s.today.Move(v)
		},
		OnPrint: p.OnPrintSlip, OnBack: s.goBack,
	}
}

// takeBack takes the last step back where the page is.
func (s *Screen) takeBack(told func(done bool, said string)) { s.today.TakeBack(told) }

// book opens the dialog that books for a patient, perhaps like another appointment.
func (s *Screen) book(p data.Patient, like *data.Appointment) {
	r := today.Request{Patient: p.ID}
	if like != nil {
		r.Practitioner, r.Type = like.Practitioner, like.Type
	}
	s.showDay()
	s.today.Book(r)
}

func (s *Screen) todayParams() today.Params {
	p := s.params
	t := today.Params{
		Scope: p.Scope, Desk: p.Desk, Window: p.Window, Order: p.Order, Admin: p.Admin,
		OnSettings: p.OnPractitioners, OnPatient: func(id string) { s.openPatient(id, "") }, OnPrint: p.OnPrintDay,
		OnFigures: s.ShowFigures, OnBar: func() { s.bar.Refresh() },
	}
	if s.steps != nil {
		t.Below = s.steps.Content()
	}
	return t
}
