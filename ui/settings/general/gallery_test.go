package general

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/panetest"
)

var longName = strings.Repeat("Maximiliane ", 17)[:auth.MaxName]

// TestGallery shows the states of the pane.
func TestGallery(t *testing.T) {
	states := map[string]func(*panetest.Sample){}
	for name, state := range gallery {
		states[name] = func(all *panetest.Sample) { state(&paneSample{Sample: all}) }
	}
	panetest.Gallery(t, records, states)
}

var gallery = map[string]func(*paneSample){
	"general": func(s *paneSample) { s.show(nil) },
	"general-on": func(s *paneSample) {
		s.show(nil)
		s.fill(func(f *form) { f.Name, f.TwoFactor, f.Frequency = "", true, auth.Monthly })
		s.presenter.failed(&auth.FieldError{Field: auth.FieldPractice, Problem: auth.ProblemEmpty})
	},
	"turn-on": func(s *paneSample) {
		s.MakeKit()
		s.show(nil)
		s.tickAndSave()
	},
	"proof": func(s *paneSample) {
		s.TurnOn()
		s.show(nil)
		s.useUpCode()
		s.fill(func(f *form) { f.TwoFactor = false })
		s.Press(fyne.KeyReturn)
		s.Typed("wrong")
		s.Press(fyne.KeyReturn)
	},
	"kit-first": func(s *paneSample) {
		s.show(nil)
		s.tickAndSave()
	},
	"general-idle": func(s *paneSample) {
		s.show(nil)
		s.fill(func(f *form) { f.Idle, f.TwoFactor, f.HandOver = "90", true, true })
		s.presenter.save()
	},
	"general-hangs": func(s *paneSample) {
		s.show(nil)
		s.fill(func(f *form) { f.Idle = "15" })
		s.Anna.Delay(time.Minute)
		s.presenter.save()
		s.Pass(screen.StalledAfter)
	},
	"general-not-set-up": func(s *paneSample) {
		_ = s.Anna.Session.ChangeName(s.T.Context(), longName)
		for _, name := range []string{"Cleo Marsh", "Dan Okafor", "Eve Lind", "Pia Osei", "Sam Roy", "Tom Poe"} {
			s.Hire(name)
		}
		s.show(nil)
	},
}

// useUpCode has Anna sign in elsewhere with the code that her phone shows.
func (s *paneSample) useUpCode() {
	a := s.Anna.Practice.NewAttempt()
	_, _ = a.Password(s.T.Context(), s.Anna.Username, s.Anna.Password)
	_, _ = a.Code(s.T.Context(), s.Anna.Code())
}

// fill fills the fields.
func (s *paneSample) fill(change func(*form)) {
	f := s.presenter.form
	change(&f)
	s.presenter.edit(f)
	s.Settle()
}
