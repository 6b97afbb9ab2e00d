package users

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest/practice"
)

var longName = strings.Repeat("Maximiliane ", 17)[:auth.MaxName]

// gallery are the states of "Users", by name.
var gallery = map[string]func(*sample){
	"users":      func(s *sample) { s.openAll() },
	"user-dan":   func(s *sample) { s.openAll(func() { s.Disable(s.dan) }); s.Press(fyne.KeyEnd) },
	"users-many": func(s *sample) { s.openMany() },
	"edit-long": func(s *sample) {
		s.openMany()
		s.Press(fyne.KeyReturn)
	},
	"reset-long": func(s *sample) {
		s.openMany()
		s.Push("Reset Two-Factor Auth")
	},
	"add": func(s *sample) {
		s.openAll()
		s.Push("Add user…")
	},
	"reset": func(s *sample) {
		s.openAll()
		s.atBen("Reset Two-Factor Auth")
		s.Press(fyne.KeyReturn)
	},
	"deactivate": func(s *sample) {
		s.openAll()
		s.atBen("Deactivate…")
	},
	"one-time": func(s *sample) {
		s.openAll()
		openOneTime(s.Params, oneTimePassword("Ben Jones", "ab12-cd34-ef56-gh78"))
		s.Press(fyne.KeyReturn)
	},
	"users-need": func(s *sample) {
		s.openAll(func() { s.Disable(s.Ben) })
		s.Ben.AskForHelp()
		s.Ben.Guess()
		s.Pass(pane.LookTime)
		s.Press(fyne.KeyDown)
	},
	"one-time-code": func(s *sample) {
		s.openAll()
		openOneTime(s.Params, oneTimeCode("Ben Jones", auth.OneTimeCode{Code: "1234 5678", Until: time.Now().Add(9*time.Minute + 30*time.Second)}))
	},
	"question-one-time-code": func(s *sample) {
		s.openAll(func() {
			_, err := s.Anna.Session.ResetPassword(s.T.Context(), s.Ben.Session.User())
			s.must(err)
		})
		s.atBen("One-time code…")
	},
	"question-wait": func(s *sample) {
		s.openAll()
		s.Ben.Guess()
		s.Pass(pane.LookTime)
		s.atBen("Lift wait")
	},
	"one-time-code-over": func(s *sample) {
		s.openAll()
		openOneTime(s.Params, oneTimeCode(longName, auth.OneTimeCode{Code: "1234 5678", Until: time.Now().Add(time.Minute)}))
		s.Press(fyne.KeyReturn)
		s.Pass(time.Minute)
	},
	"hand-over-code": func(s *sample) {
		s.openAll()
		openOneTime(s.Params, handOverCode("Ben Jones", "8765 4321"))
	},
	"users-waiting": func(s *sample) {
		s.openAll(func() {
			s.handOver()
			_, err := s.Anna.Session.ResetTwoFactor(s.T.Context(), s.dan.Session.User(), "a new phone")
			s.must(err)
		})
		s.Ben.AskForHelp()
		time.Sleep(25 * time.Hour)
		s.Anna.Renew()
		s.Ben.Guess()
		s.Pass(pane.LookTime)
		s.Press(fyne.KeyDown)
	},
}

func TestGallery(t *testing.T) {
	states := map[string]func(*panetest.Sample){}
	for name, show := range gallery {
		states[name] = func(p *panetest.Sample) { show(&sample{Sample: p}) }
	}
	panetest.Gallery(t, practice.Records{}, states)
}

// openAll shows the pane with Anna, Ben, Cleo and Dan.
func (s *sample) openAll(last ...func()) {
	s.hire(last...)
	s.Show(func(p pane.Params) pane.Pane { return New(p, Help{}) })
}

// openMany shows as many users as a big practice has, and the one with the longest name.
func (s *sample) openMany() {
	s.TurnOn()
	long := s.Hire("Max Imilian")
	s.must(s.Anna.Session.EditUser(s.T.Context(), long.Session.User(),
		auth.UserForm{Name: "Max Imilian", Username: "mimilian", Role: auth.Staff},
		auth.UserForm{Name: longName, Username: strings.ReplaceAll(longName, " ", "-"), Role: auth.Admin}))
	for i := range 100 {
		s.add(fmt.Sprintf("Person %03d", i), fmt.Sprintf("p%03d", i))
	}
	time.Sleep(time.Hour)
	s.Show(func(p pane.Params) pane.Pane { return New(p, Help{}) })
	s.Press(fyne.KeyDown, fyne.KeyDown)
}
