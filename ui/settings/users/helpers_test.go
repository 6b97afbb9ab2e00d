package users

import (
	"errors"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// sample is a practice with two-factor and two more users, and the presenter with all that it showed.
type sample struct {
	*panetest.Sample
	*presenter
	dan      *practice.Window // deactivated
	shows    int
	oneTimes []oneTimeView
	begun    []string // for whom an action was
}

// run runs a test with Anna, Ben, Cleo, who has a one-time password, and Dan.
func run(t *testing.T, fn func(t *testing.T, s *sample)) {
	t.Helper()
	panetest.Run(t, practice.Records{}, func(p *panetest.Sample) {
		s := &sample{Sample: p}
		s.hire()
		s.presenter = newPresenter(p.Params.Scope, p.Params.Session, screen.NewView(func(view) { s.shows++ }))
		s.showOneTime = func(v oneTimeView) { s.oneTimes = append(s.oneTimes, v) }
		s.open = func(_ action, u auth.UserInfo) { s.begun = append(s.begun, u.Name) }
		s.read()
		fn(p.T, s)
	})
}

// hire adds the users. Nobody has just proven who they are after it. last is done before Dan is
// deactivated.
func (s *sample) hire(last ...func()) {
	s.TurnOn()
	s.dan = s.Hire("Dan Okafor")
	s.add("Cleo Marsh", "cmarsh")
	for _, do := range last {
		do()
	}
	s.Anna.StepUp()
	s.must(s.Anna.Session.Deactivate(s.T.Context(), s.dan.Session.User()))
	time.Sleep(time.Hour) // of the bubble's time; the proof is over
}

// add adds somebody to the Staff, who does not sign in.
func (s *sample) add(name, username string) (oneTime string) {
	s.T.Helper()
	s.Anna.StepUp()
	oneTime, err := s.Anna.Session.AddUser(s.T.Context(), auth.UserForm{Name: name, Username: username, Role: auth.Staff})
	s.must(err)
	return oneTime
}

func (s *sample) must(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

// shown is what the pane shows.
func (s *sample) shown() view { return s.pane.Shown() }

// rows are what the list says.
func (s *sample) rows() [][]string { return panetest.Rows(columns(s.Now), s.shown().Rows) }

// read reads the list again.
func (s *sample) read() {
	s.refresh()
	s.Settle()
}

// stored is a user as they are in the register.
func (s *sample) stored(name string) auth.UserInfo {
	s.T.Helper()
	all, err := s.Anna.Session.Users(s.T.Context())
	s.must(err)
	for _, u := range all {
		if u.Name == name {
			return u
		}
	}
	s.T.Fatalf("there is no %s", name)
	return auth.UserInfo{}
}

// isSignedIn says whether a user's session goes on.
func (s *sample) isSignedIn(w *practice.Window) bool {
	s.T.Helper()
	err := w.Session.Check(s.T.Context())
	if err != nil && !errors.Is(err, auth.ErrSessionEnded) {
		s.T.Error(err)
	}
	return err == nil
}

// act does an action to the chosen user.
func (s *sample) act(a action, reason string) *screentest.Form {
	d := &screentest.Form{}
	user, _ := s.user()
	s.do(s.newAct(d), a, user, reason)
	s.Settle()
	return d
}

// saveUser saves what was typed of a user of the list; "": of a new one.
func (s *sample) saveUser(name string, form auth.UserForm) (*screentest.Form, *screen.Act) {
	d := &screentest.Form{}
	act := s.newAct(d)
	s.saveAgain(act, name, form)
	return d, act
}

func (s *sample) saveAgain(act *screen.Act, name string, form auth.UserForm) {
	var of auth.UserInfo
	for _, u := range s.list {
		if u.Name == name {
			of = u
		}
	}
	s.save(act, of, form)
	s.Settle()
}

// prove answers who is there.
func (s *sample) prove() {
	s.Last().Submit(s.Anna.Password, s.Anna.Code())
	s.Settle()
}

// newcomer is what "Add user" is filled with.
var newcomer = auth.UserForm{Name: "Al Bo", Username: "albo", Role: auth.Staff}
