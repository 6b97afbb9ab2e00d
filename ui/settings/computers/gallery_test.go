package computers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
)

// longName is as long as names get, and sorts after the first.
var longName = strings.Repeat("Maximiliane ", 17)[:auth.MaxName]

// gallery are the states of "Computers", by name.
var gallery = map[string]func(*sample){
	"computers": func(s *sample) { s.open() },
	"computers-hang": func(s *sample) {
		s.open()
		s.Anna.Delay(time.Minute)
		s.Press(panetest.ShiftTab, fyne.KeyReturn)
		s.Pass(screen.StalledAfter)
	},
	"computers-many": func(s *sample) { s.openMany() },
	"linking-code": func(s *sample) {
		s.openCode()
		s.Press(fyne.KeyReturn)
	},
	"linking-code-over": func(s *sample) {
		s.openCode()
		s.Press(fyne.KeyReturn)
		s.Pass(10 * time.Minute)
	},
	"linking-code-used": func(s *sample) {
		s.openCode()
		s.Press(fyne.KeyReturn)
		s.linkWith(fyne.CurrentApp().Clipboard().Content(), "SURGERY")
		s.Pass(pane.LookTime)
	},
	"rename": func(s *sample) {
		s.open()
		s.Press(fyne.KeyReturn)
	},
	"unlink": func(s *sample) {
		s.open()
		s.Press(fyne.KeyDown)
		s.askToUnlink()
	},
	"unlink-busy": func(s *sample) {
		s.open()
		s.Press(fyne.KeyDown)
		s.askToUnlink()
		s.Anna.Delay(time.Minute)
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		s.Params.Dialogs.Top().ShowProgress(screen.Progress{Busy: true, Done: 40, Total: 80})
	},
	"unlink-long": func(s *sample) {
		s.openMany()
		s.askToUnlink()
	},
}

func TestGallery(t *testing.T) {
	states := map[string]func(*panetest.Sample){}
	for name, show := range gallery {
		states[name] = func(p *panetest.Sample) { show(&sample{Sample: p}) }
	}
	panetest.Gallery(t, records, states)
}

// openMany shows as many computers as a big practice has, and one with the longest names.
func (s *sample) openMany() {
	long := s.Hire("Max Imilian")
	s.must(s.Anna.Session.EditUser(s.T.Context(), long.Session.User(),
		auth.UserForm{Name: "Max Imilian", Username: "mimilian", Role: auth.Staff},
		auth.UserForm{Name: longName, Username: "mimilian", Role: auth.Staff}))
	for i := range 99 {
		s.Link(auth.Computer{Name: fmt.Sprintf("DESK-%03d", i), Account: "desk"})
	}
	s.Link(auth.Computer{Name: "DESK-000 " + longName, Account: longName}, long)
	s.Sample.Show(func(p pane.Params) pane.Pane { return New(p, nil) })
	s.Press(fyne.KeyDown)
}

// openCode makes a linking code.
func (s *sample) openCode() {
	s.open()
	s.Anna.StepUp()
	s.Press(panetest.ShiftTab, fyne.KeyReturn)
}

func (s *sample) askToUnlink() {
	s.T.Helper()
	s.Anna.StepUp()
	s.Push("Unlink…")
}
