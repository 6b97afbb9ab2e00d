package computers

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/screen"

	"anteroom/ui/settings/pane"
)

// computerSamples are the gallery's states of "Computers".
var computerSamples = samples{
	"computers-hang": func(_ *testing.T, s *screenSample) {
		s.session.last = time.Minute
		s.enter(rowComputers)
		s.press(shiftTab, fyne.KeyReturn)
		time.Sleep(screen.StalledAfter)
		s.Settle()
	},
	"linking-code-used": func(_ *testing.T, s *screenSample) {
		s.session.fresh = true
		s.enter(rowComputers)
		s.press(shiftTab, fyne.KeyReturn)
		s.session.set(func(f *fakeSession) {
			f.used = true
			f.computers = append(f.computers, auth.ComputerInfo{ID: "n", Name: "SURGERY"})
		})
		time.Sleep(pane.LookTime)
		s.Settle()
	},
	"computers": func(_ *testing.T, s *screenSample) { s.enter(rowComputers) },
	"computers-many": func(_ *testing.T, s *screenSample) {
		s.session.computers = manyComputers(100, longName)
		s.enter(rowComputers)
		s.press(fyne.KeyDown)
	},
	"linking-code": func(_ *testing.T, s *screenSample) {
		s.session.fresh = true
		s.enter(rowComputers)
		s.press(shiftTab, fyne.KeyReturn, fyne.KeyReturn)
	},
	"linking-code-over": func(_ *testing.T, s *screenSample) {
		s.session.fresh = true
		s.enter(rowComputers)
		s.press(shiftTab, fyne.KeyReturn, fyne.KeyReturn)
		time.Sleep(10 * time.Minute)
		s.Settle()
	},
	"rename": func(_ *testing.T, s *screenSample) {
		s.enter(rowComputers)
		s.press(fyne.KeyReturn)
	},
	"unlink":      func(t *testing.T, s *screenSample) { unlink(t, s) },
	"unlink-busy": func(t *testing.T, s *screenSample) { unlink(t, s); s.goOn(fyne.KeyTab, fyne.KeyReturn) },
	"unlink-long": func(t *testing.T, s *screenSample) {
		s.session.computers = manyComputers(100, longName)
		s.session.computers[1].This = false
		unlink(t, s)
	},
}

func unlink(t *testing.T, s *screenSample) {
	s.session.fresh = true
	s.enter(rowComputers)
	s.press(fyne.KeyDown)
	s.tabTo(t, "Unlink…")
	s.press(fyne.KeyReturn)
}
