// Package practice is a practice in memory with two users at work in it, for tests of screens:
// auth and data/desk as they are, on a database that is slow or fails where a test says so.
// Making one takes some milliseconds, so each test has its own. Its time is time.Now, which in
// a test is a synctest bubble's. Only tests import it.
package practice

import (
	"cmp"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
)

// Records are what a practice has at the beginning.
type Records struct {
	Zone         string       // of its clock; "": UTC
	Details      data.Details // without appointment types: the usual ones
	Patients     []data.Patient
	Appointments []data.Appointment
}

// Practice is "Brook Street". Each user has a window of their own, so what the one does the
// others find done by somebody else.
type Practice struct {
	Anna   *Window // Anna Smith, a Practice Admin, who set it up and has just proven herself
	Ben    *Window // Ben Jones, of the Staff
	Memory *authtest.Memory
	// Keyring is that of the computer at which all of them work.
	Keyring *authtest.Keyring

	t         testing.TB
	deps      auth.Deps
	elsewhere *Window // another one of Anna's; nil: there is none yet
}

// New makes a practice without a recovery kit and without two-factor. It ends with the test.
func New(t testing.TB, r Records) *Practice {
	t.Helper()
	p := &Practice{Memory: &authtest.Memory{}, Keyring: authtest.NewKeyring(), t: t}
	p.deps = auth.Deps{Keyring: p.Keyring, Now: now, Cost: authtest.Cheap, Computer: auth.Computer{Name: "RECEPTION-1"}}
	p.setUp(cmp.Or(r.Zone, "UTC"))
	if len(r.Details.Types) == 0 {
		r.Details = data.DefaultDetails()
	}
	must(t, p.Anna.Desk.Fill(t.Context(), r.Details, r.Patients, r.Appointments))
	p.Ben = p.Hire("Ben Jones")
	p.Anna.CatchUp()
	p.Ben.CatchUp()
	p.Anna.Written()
	return p
}

// now is the time as this test's bubble has it.
func now() time.Time { return time.Now() } //nolint:forbidigo // this package is for tests

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *Practice) setUp(zone string) {
	p.t.Helper()
	w := p.window("Anna Smith")
	made, session, err := auth.SetUp(p.t.Context(), w.deps, auth.SetUpForm{
		Practice: "Brook Street", Name: "Anna Smith", Username: w.Username, Password: w.Password, Zone: zone,
	})
	must(p.t, err)
	w.Practice = made
	w.begin(session)
	p.Anna = w
}

// Link links another computer, at which users sign in too. Their windows stay where they are.
func (p *Practice) Link(c auth.Computer, users ...*Window) {
	p.t.Helper()
	ctx, deps := p.t.Context(), p.NewComputer()
	deps.Computer = c
	p.Anna.StepUp()
	must(p.t, authtest.Link(ctx, p.Anna.Session, deps))
	there, err := auth.Open(ctx, deps)
	must(p.t, err)
	p.t.Cleanup(func() { _ = there.Close() })
	for _, w := range users {
		w.signIn(there.NewAttempt(), w.Password)
	}
}

// MakeKit makes a recovery kit, and gives its key as it is typed.
func (p *Practice) MakeKit() (key string) {
	p.t.Helper()
	p.Anna.StepUp()
	key, err := authtest.MakeKit(p.t.Context(), p.Anna.Session)
	must(p.t, err)
	return key
}

// OpenAt opens the practice once more on its computer, whose clock is another one by now.
func (p *Practice) OpenAt(clock func() time.Time) *auth.Practice {
	p.t.Helper()
	d := p.deps
	d.Location, d.Now = p.Memory, clock
	opened, err := auth.Open(p.t.Context(), d)
	must(p.t, err)
	p.t.Cleanup(func() { _ = opened.Close() })
	return opened
}

// NewComputer is what a computer has that is not linked to the practice yet.
func (p *Practice) NewComputer() auth.Deps {
	return auth.Deps{Location: p.Memory, Keyring: authtest.NewKeyring(), Now: now, Cost: authtest.Cheap, Computer: auth.Computer{Name: "RECEPTION-2"}}
}

// TurnOn makes a recovery kit and turns two-factor on. Anna and Ben set up their phones, and sign
// in again: their sessions and desks are others from then on.
func (p *Practice) TurnOn() {
	p.t.Helper()
	p.MakeKit()
	ctx, s := p.t.Context(), p.Anna.Session
	was, err := s.Settings(ctx)
	must(p.t, err)
	ends, err := authtest.SignedIn(ctx, s)
	must(p.t, err)
	e, err := s.NewEnrolment(ctx)
	must(p.t, err)
	p.Anna.Scan(e)
	policy := was.Policy
	policy.TwoFactor = true
	must(p.t, s.SaveSettings(ctx, auth.SettingsForm{Name: was.Name, Policy: policy, Was: was.Policy, Ends: ends, Enrolment: e, Code: p.Anna.Code()}))
	for _, w := range []*Window{p.Anna, p.Ben} {
		w.begin(w.signIn(w.Practice.NewAttempt(), w.Password))
		w.CatchUp()
	}
}

// Disable types a hundred wrong codes for a user, whose authenticator is disabled after them. Anna
// lifts the waits.
func (p *Practice) Disable(w *Window) {
	p.t.Helper()
	ctx := p.t.Context()
	for range 20 {
		p.Anna.StepUp()
		_ = p.Anna.Session.LiftWait(ctx, w.Session.User()) // at first there is none
		a := w.Practice.NewAttempt()
		_, err := a.Password(ctx, w.Username, w.Password)
		must(p.t, err)
		for range 5 {
			_, _ = a.Code(ctx, w.WrongCode())
		}
	}
}

// Newest is the newest entry of the activity log.
func (p *Practice) Newest() auth.ActivityEntry {
	p.t.Helper()
	page, err := p.Anna.Session.Activity(p.t.Context(), auth.ActivityFilter{}, 0, 1)
	must(p.t, err)
	return page.Entries[0]
}

// Visits are the appointments as they are in the records now, by id; without bookings that were
// undone. It asks by Ben's window, as Patient does.
func (p *Practice) Visits() map[string]data.Visit {
	p.t.Helper()
	p.Ben.CatchUp()
	all, err := p.Ben.Desk.Between(p.t.Context(), data.Date{Year: 1990, Month: 1, Day: 1}, data.Date{Year: 2100, Month: 1, Day: 1})
	must(p.t, err)
	visits := map[string]data.Visit{}
	for _, v := range all {
		visits[v.ID] = v
	}
	return visits
}

// Patient is a patient as they are in the records now, or whom they were merged into.
func (p *Practice) Patient(id string) data.Patient {
	p.t.Helper()
	found, err := p.Ben.Desk.Patient(p.t.Context(), id)
	must(p.t, err)
	return found
}

// Details are as they are in the records now. It asks by Ben's window.
func (p *Practice) Details() data.Details {
	p.t.Helper()
	details, err := p.Ben.Desk.Details(p.t.Context())
	must(p.t, err)
	return details
}

// ChangeDetails has Anna change the details at another window: the Staff may not.
func (p *Practice) ChangeDetails(change func(*data.Details)) {
	p.t.Helper()
	if p.elsewhere == nil {
		p.elsewhere = p.window("Anna Smith")
		p.elsewhere.phone = p.Anna.phone
		p.elsewhere.open(p.elsewhere.Password)
	}
	details := p.Details()
	change(&details)
	_, err := p.elsewhere.Desk.SaveDetails(p.t.Context(), details)
	must(p.t, err)
}
