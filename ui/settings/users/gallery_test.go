package users

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/work"

	"anteroom/ui/screen"
)

// userSamples are the gallery's states of "Users".
var userSamples = samples{
	"users":    func(_ *testing.T, s *screenSample) { s.enter(rowUsers) },
	"user-dan": func(t *testing.T, s *screenSample) { s.enter(rowUsers); s.press(fyne.KeyEnd) },
	"users-many": func(t *testing.T, s *screenSample) {
		s.session.users = manyUsers(100, longName)
		s.openBen()
	},
	"edit-long": func(t *testing.T, s *screenSample) {
		s.session.users = manyUsers(100, longName)
		s.enter(rowUsers)
		s.press(fyne.KeyDown, fyne.KeyReturn)
	},
	"reset-long": func(t *testing.T, s *screenSample) {
		s.session.users = manyUsers(100, longName)
		s.openBen()
		s.tabTo(t, "Reset Two-Factor Auth")
		s.press(fyne.KeyReturn)
	},
	"add": func(t *testing.T, s *screenSample) {
		s.enter(rowUsers)
		s.tabTo(t, "Add user…")
		s.press(fyne.KeyReturn)
	},
	"reset": func(t *testing.T, s *screenSample) {
		s.openBen()
		s.tabTo(t, "Reset Two-Factor Auth")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
	},
	"deactivate": func(t *testing.T, s *screenSample) {
		s.openBen()
		s.tabTo(t, "Deactivate…")
		s.press(fyne.KeyReturn)
	},
	"one-time": func(t *testing.T, s *screenSample) {
		s.session.fresh = true
		s.showOneTime(t, oneTimePassword("Ben Jones", "ab12-cd34-ef56-gh78"))
		s.press(fyne.KeyReturn)
	},
	"users-need": func(_ *testing.T, s *screenSample) {
		s.session.set(func(f *fakeSession) {
			f.users[1].Help, f.users[1].WaitUntil, f.users[1].Disabled = time.Now(), time.Now().Add(time.Minute), true
		})
		s.enter(rowUsers)
		s.Settle()
		s.press(fyne.KeyDown)
	},
	"one-time-code": func(t *testing.T, s *screenSample) {
		code := auth.OneTimeCode{Code: "1234 5678", Until: time.Now().Add(9*time.Minute + 30*time.Second)}
		s.showOneTime(t, oneTimeCode("Ben Jones", code))
	},
	"question-one-time-code": func(t *testing.T, s *screenSample) {
		s.session.users[1].GivenPassword = true
		s.openBen()
		s.tabTo(t, "One-time code…")
		s.press(fyne.KeyReturn)
	},
	"question-wait": func(t *testing.T, s *screenSample) {
		s.session.users[1].WaitUntil = time.Now().Add(time.Minute)
		s.openBen()
		s.tabTo(t, "Lift wait")
		s.press(fyne.KeyReturn)
	},
	"one-time-code-over": func(t *testing.T, s *screenSample) {
		code := auth.OneTimeCode{Code: "1234 5678", Until: time.Now().Add(time.Minute)}
		s.showOneTime(t, oneTimeCode(longName, code))
		s.press(fyne.KeyReturn)
		time.Sleep(time.Minute)
		s.Settle()
	},
	"hand-over-code": func(t *testing.T, s *screenSample) {
		s.showOneTime(t, handOverCode("Ben Jones", "8765 4321"))
	},
	"users-waiting": func(_ *testing.T, s *screenSample) {
		s.session.users[1].Help, s.session.users[1].WaitUntil = time.Now().Add(-30*time.Hour), time.Now().Add(time.Minute)
		s.session.users[2].ResetAgain, s.session.users[2].Lapsed = true, true
		s.openBen()
	},
}

// showOneTime shows what is handed out once, over "Users".
func (s *screenSample) showOneTime(t *testing.T, v oneTimeView) {
	s.enter(rowUsers)
	copier := work.NewCopier(s.runner, fyne.CurrentApp().Clipboard())
	openOneTime(s.dialogs, v, copier, screen.Scope{Ctx: t.Context(), Runner: s.runner})
}
