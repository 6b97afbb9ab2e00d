// Package practice is a practice in memory with two users at work in it, for tests of screens:
// auth and data/desk as they are, on a database that is slow or fails where a test says so.
// Making one takes some milliseconds, so each test has its own. Its time is time.Now, which in
// a test is a synctest bubble's. Only tests import it.
package practice

import (
	"cmp"
	"errors"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
	"anteroom/data/desk"
)

// Records are what a practice has at the beginning.
type Records struct {
	Zone         string // of its clock; "": UTC
	Details      data.Details // without appointment types: the usual ones
	Patients     []data.Patient
	Appointments []data.Appointment
}

// Practice is "Brook Street" in London. Each of its two users has a window of their own, so
// what the one does the other finds done by somebody else.
type Practice struct {
	Anna   *Window // Anna Smith, a Practice Admin
	Ben    *Window // Ben Jones, of the Staff
	Memory *authtest.Memory

	t    testing.TB
	seen int64 // the last change that Written gave
}

// Window is where a user works. The faults are of its own way to the database: the other
// window has none of them.
type Window struct {
	*authtest.Faults
	Practice *auth.Practice
	Session  *auth.Session
	Desk     *desk.Desk
	Username string
	Password string

	t testing.TB
}

// New makes a practice. It ends with the test.
func New(t testing.TB, r Records) *Practice {
	t.Helper()
	p := &Practice{Memory: &authtest.Memory{}, t: t}
	p.Anna = &Window{Faults: &authtest.Faults{}, Username: "asmith", Password: "seven quiet herons wade", t: t}
	p.Ben = &Window{Faults: &authtest.Faults{}, Username: "bjones", Password: "brass kettle on the hob", t: t}
	deps := auth.Deps{Keyring: authtest.NewKeyring(), Now: now, Cost: authtest.Cheap, Computer: auth.Computer{Name: "RECEPTION-1"}}
	p.setUp(deps, cmp.Or(r.Zone, "UTC"))
	if len(r.Details.Kinds) == 0 {
		r.Details = data.DefaultDetails()
	}
	must(t, p.Anna.Desk.Fill(t.Context(), r.Details, r.Patients, r.Appointments))
	p.hire(deps)
	p.Anna.CatchUp()
	p.Ben.CatchUp()
	p.Written()
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

func (p *Practice) deps(d auth.Deps, w *Window) auth.Deps {
	d.Place = authtest.Faulty{Place: p.Memory, Faults: w.Faults}
	return d
}

func (p *Practice) setUp(d auth.Deps, zone string) {
	w := p.Anna
	made, session, err := auth.SetUp(p.t.Context(), p.deps(d, w), auth.SetUpForm{
		Practice: "Brook Street", Name: "Anna Smith", Username: w.Username, Password: w.Password, Zone: zone,
	})
	must(p.t, err)
	w.begin(made, session)
}

// hire has Anna add Ben, who signs in.
func (p *Practice) hire(d auth.Deps) {
	ctx, w := p.t.Context(), p.Ben
	must(p.t, p.Anna.Session.StepUp(ctx, p.Anna.Password, ""))
	oneTime, err := p.Anna.Session.AddUser(ctx, auth.UserForm{Name: "Ben Jones", Username: w.Username, Role: auth.Staff})
	must(p.t, err)
	opened, err := auth.Open(ctx, p.deps(d, w))
	must(p.t, err)
	a := opened.NewAttempt()
	_, err = a.Password(ctx, w.Username, oneTime)
	must(p.t, err)
	state, err := a.NewPassword(ctx, w.Password)
	must(p.t, err)
	w.begin(opened, state.Session)
}

func (w *Window) begin(p *auth.Practice, s *auth.Session) {
	w.t.Cleanup(func() { _ = p.Close() })
	w.Practice, w.Session = p, s
	w.Desk = desk.NewMemory(now, data.DayFirst).Join(s)
}

// NewComputer is what a computer has that is not linked to the practice yet.
func (p *Practice) NewComputer() auth.Deps {
	return auth.Deps{Place: p.Memory, Keyring: authtest.NewKeyring(), Now: now, Cost: authtest.Cheap, Computer: auth.Computer{Name: "RECEPTION-2"}}
}

// NewKit has Anna make the practice's recovery kit, and gives its key as it is typed.
func (p *Practice) NewKit() string {
	p.t.Helper()
	must(p.t, p.Anna.Session.StepUp(p.t.Context(), p.Anna.Password, ""))
	key, err := authtest.MakeKit(p.t.Context(), p.Anna.Session)
	must(p.t, err)
	return key
}

// CatchUp reads what others wrote and writes what was typed, as a window does each second.
func (w *Window) CatchUp() {
	w.t.Helper()
	must(w.t, errors.Join(w.Desk.Save(w.t.Context()), w.Desk.Sync(w.t.Context())))
}

// Visit is an appointment as it is in the records now; false: there is none, or its booking
// was undone.
func (p *Practice) Visit(id string) (data.Visit, bool) {
	p.t.Helper()
	p.Ben.CatchUp()
	all, err := p.Ben.Desk.Between(p.t.Context(), data.Date{Year: 1990, Month: 1, Day: 1}, data.Date{Year: 2100, Month: 1, Day: 1})
	must(p.t, err)
	for _, v := range all {
		if v.ID == id {
			return v, true
		}
	}
	return data.Visit{}, false
}

// Patient is a patient as they are in the records now, or whom they were merged into.
func (p *Practice) Patient(id string) data.Patient {
	p.t.Helper()
	found, err := p.Ben.Desk.Patient(p.t.Context(), id)
	must(p.t, err)
	return found
}

// Written are the records that were written since it was asked last, in their order, by
// whomever.
func (p *Practice) Written() (changes []auth.ChangeRow) {
	p.t.Helper()
	must(p.t, p.Ben.Session.ReadRecords(p.t.Context(), func(r *auth.RecordReader) error {
		all, last, whole, err := r.Changes(p.seen)
		if !whole && p.seen > 0 {
			p.t.Error("too much was written to tell what")
		}
		for _, c := range all {
			if c.Table == auth.TablePatient || c.Table == auth.TableAppointment {
				changes = append(changes, c)
			}
		}
		p.seen = last
		return err
	}))
	return changes
}
