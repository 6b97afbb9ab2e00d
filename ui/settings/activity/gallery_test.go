package activity

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest/practice"
)

// TestGallery shows each state of the pane.
func TestGallery(t *testing.T) {
	states := map[string]func(*panetest.Sample){}
	for name, show := range map[string]func(*paneSample){
		"activity": func(s *paneSample) {
			s.month()
			s.begin()
		},
		"activity-needs": func(s *paneSample) {
			s.month()
			s.need("Cleo Marsh", "cmarsh")
			s.begin()
			s.Press(fyne.KeyLeft, fyne.KeyLeft)
		},
		"activity-list": func(s *paneSample) {
			s.day()
			s.begin()
			s.Push("Verify")
			s.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyDown)
		},
		"activity-long": func(s *paneSample) {
			s.day()
			s.must(s.Ben.Session.ChangeName(s.T.Context(), longName))
			s.need(longName, "max")
			s.Link(auth.Computer{Name: longName}, s.Ben)
			s.begin()
			s.TabTo("Export CSV…")
			s.Press(fyne.KeyTab, fyne.KeyReturn)
		},
		"activity-none": func(s *paneSample) {
			s.day()
			s.begin()
			s.TabTo("Verify")
			s.Press(panetest.ShiftTab)
			s.Typed("31.2.2026")
			s.Press(fyne.KeyReturn)
		},
		"activity-broken": func(s *paneSample) {
			s.day()
			rows := s.Memory.Rows()
			rows.Activity[12].Chain = rows.Activity[11].Chain
			s.Memory.Put(rows)
			s.begin()
			s.Push("Verify")
			s.Press(fyne.KeyTab, fyne.KeyTab)
		},
		"activity-busy": func(s *paneSample) {
			s.month()
			s.begin()
			s.TabTo("Verify")
			s.Anna.Delay(time.Hour)
			s.Press(fyne.KeyReturn)
			report := s.presenter.check.Report(s.Params.Ctx)
			s.Pass(2 * time.Second)
			report(54, 100)
			s.Press(fyne.KeyTab)
		},
		"activity-looking": showLooking,
		"activity-end": func(s *paneSample) {
			s.begin()
			s.scrollDown()
		},
		"activity-export": func(s *paneSample) {
			s.day()
			s.Files[authtest.Path("/home/anna/taken.csv")] = ""
			s.begin()
			s.Push("Export CSV…")
			s.Replace(authtest.Path("/home/anna/taken.csv"))
			s.Press(fyne.KeyReturn)
		},
	} {
		states[name] = func(p *panetest.Sample) { show(&paneSample{Sample: p}) }
	}
	panetest.Gallery(t, practice.Records{}, states)
}

func (s *paneSample) must(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

// work has somebody sign in, after so many wrong passwords.
func (s *paneSample) work(w *practice.Window, wrong int) {
	for range wrong {
		_, _ = w.Practice.NewAttempt().Password(s.T.Context(), w.Username, "not the password")
	}
	w.Renew()
}

// month lets thirty days of work pass. Two-factor is on after them.
func (s *paneSample) month() {
	for day := range 30 {
		for i := range (day * 7) % 6 {
			s.work(s.Ben, min(1, day%3*i))
		}
		time.Sleep(24 * time.Hour)
	}
	s.Anna.Renew()
	s.day()
}

// day turns two-factor on, and lets a day of work pass.
func (s *paneSample) day() {
	s.TurnOn()
	for i := range 6 {
		s.work(s.Ben, i%2)
		s.work(s.Anna, 0)
	}
	s.Anna.StepUp()
	_, err := s.Anna.Session.BackUp(s.T.Context(), nil)
	s.must(err)
}

// need has something for an admin to see to in every way that there is while two-factor is on.
func (s *paneSample) need(name, username string) {
	ctx := s.T.Context()
	s.Anna.StepUp()
	_, err := s.Anna.Session.AddUser(ctx, auth.UserForm{Name: name, Username: username, Role: auth.Staff})
	s.must(err)
	dan := s.Hire("Dan Okafor")
	s.Disable(dan)
	s.Ben.AskForHelp()
	time.Sleep(30 * time.Hour)
	s.Anna.Renew()
	s.Anna.AskForHelp()
}

// showLooking looks for what Anna did on a slow disk.
func showLooking(s *paneSample) {
	fill(s.Sample, 1100, 30)
	s.day()
	s.begin()
	s.Anna.DelayRows(400 * time.Millisecond)
	s.TabTo("Verify")
	for range 4 {
		s.Press(panetest.ShiftTab)
	}
	s.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	s.Pass(900 * time.Millisecond)
	s.scrollDown()
}
