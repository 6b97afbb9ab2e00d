package account

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest/practice"
)

var longName = strings.Repeat("Maximiliane ", 17)[:auth.MaxName]

// TestGallery shows each state of the pane.
func TestGallery(t *testing.T) {
	states := map[string]func(*panetest.Sample){}
	for name, show := range map[string]func(*paneSample){
		"account":      func(s *paneSample) { s.showTwo("OFFICE") },
		"account-few":  showFew,
		"account-none": showNone,
		"account-moved": func(s *paneSample) {
			s.showTwo("OFFICE")
			s.move(s.Anna.Code())
			s.Anna.ScanKey(s.enrolmentKey())
			s.Typed(s.Anna.Code())
		},
		"account-end": func(s *paneSample) {
			s.showTwo("OFFICE")
			s.Push("End")
			s.Press(fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown)
		},
		"account-hangs": func(s *paneSample) {
			s.showTwo("OFFICE")
			s.Anna.Delay(time.Minute)
			s.Typed("Dr ")
			s.Press(fyne.KeyReturn)
			s.Pass(screen.StalledAfter)
		},
		"account-long": showLong,
		"account-move": func(s *paneSample) {
			s.TurnOn()
			must(s.T, s.Anna.Session.StepUp(s.T.Context(), s.Anna.Password, s.Anna.Code()))
			s.show()
			s.move("")
			s.Pass(18 * time.Second)
		},
		"account-move-wait": func(s *paneSample) {
			s.showTwo("OFFICE")
			s.move("")
			for range 5 {
				s.Typed(s.Anna.WrongCode())
			}
		},
		"account-codes": func(s *paneSample) {
			s.showTwo("OFFICE")
			s.Push("Make new ones…")
		},
	} {
		states[name] = func(p *panetest.Sample) { show(&paneSample{Sample: p}) }
	}
	panetest.Gallery(t, practice.Records{}, states)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// showTwo shows the pane of Anna, who has two-factor and is signed in at another computer, too.
func (s *paneSample) showTwo(other string) {
	s.TurnOn()
	s.Link(auth.Computer{Name: other}, s.Anna)
	time.Sleep(time.Hour) // nobody has just proven who they are
	s.show()
}

// showFew has one recovery code left, and no name.
func showFew(s *paneSample) {
	s.TurnOn()
	s.Anna.StepUp()
	codes, err := s.Anna.Session.NewRecoveryCodes(s.T.Context())
	must(s.T, err)
	must(s.T, s.Anna.Session.KeptRecoveryCodes(s.T.Context()))
	for _, code := range codes[1:] {
		a := s.Anna.Practice.NewAttempt()
		_, err := a.Password(s.T.Context(), s.Anna.Username, s.Anna.Password)
		must(s.T, err)
		state, err := a.OtherCode(s.T.Context(), code)
		must(s.T, err)
		must(s.T, state.Session.SignOut(s.T.Context()))
	}
	s.show()
	s.Replace("")
	s.Press(fyne.KeyReturn, fyne.KeyPageDown)
}

// showNone is the account of the Staff, while two-factor is off.
func showNone(s *paneSample) {
	s.Params.Session = s.Ben.Session
	s.show()
	s.Press(fyne.KeyPageDown)
}

// showLong has the longest names.
func showLong(s *paneSample) {
	username := strings.ToLower(strings.ReplaceAll(longName, " ", "-"))
	s.Anna.StepUp()
	was, form := auth.UserForm{Name: "Anna Smith", Username: "asmith", Role: auth.Admin}, auth.UserForm{Name: longName, Username: username, Role: auth.Admin}
	must(s.T, s.Anna.Session.EditUser(s.T.Context(), s.Anna.Session.User(), was, form))
	s.Anna.Username = username
	s.Anna.Renew()
	s.showTwo(longName)
	s.TabTo("End")
}
