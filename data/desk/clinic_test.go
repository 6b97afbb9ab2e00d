package desk

import (
	"context"
	"errors"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
	"anteroom/data/store"
	"anteroom/data/zone"
)

// clinic is a practice with two windows: Anna's, an admin, and Ben's.
type clinic struct {
	testing.TB
	ctx       context.Context
	clock     *authtest.Clock
	anna, ben *Desk
	session   *auth.Session // Anna's
	bens      *auth.Session
	memories  [2]*Memory
	practices [2]*auth.Practice
	deps      auth.Deps
}

const (
	password     = "seven quiet herons wade"
	bensPassword = "brass kettle on the hob"
)

// The practice's time zone.
const zoneName = "Europe/Berlin"

var local = func() *time.Location {
	known, err := zone.Load(zoneName)
	if err != nil {
		panic(err)
	}
	return known
}()

// inMemory and onDisk are where a clinic's database is; with the build tag postgres both
// are on a server.
var (
	inMemory = func(testing.TB) auth.Location { return &authtest.Memory{} }
	onDisk   = func(t testing.TB) auth.Location {
		f, err := store.At(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
)

func newClinic(t testing.TB, location auth.Location) *clinic {
	t.Helper()
	c := &clinic{TB: t, ctx: context.Background(), clock: authtest.NewClock()}
	deps := auth.Deps{Location: location, Keyring: authtest.NewKeyring(), Now: c.clock.Now, Cost: authtest.Cheap}
	p, s, err := auth.SetUp(c.ctx, deps, auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: password, Zone: zoneName})
	c.must(err)
	t.Cleanup(func() { p.Close() })
	c.must(s.StepUp(c.ctx, password, ""))
	oneTime, err := s.AddUser(c.ctx, auth.UserForm{Name: "Ben Jones", Username: "bjones", Role: auth.Staff})
	c.must(err)
	other, err := auth.Open(c.ctx, deps)
	c.must(err)
	t.Cleanup(func() { other.Close() })
	a := other.NewAttempt()
	_, err = a.Password(c.ctx, "bjones", oneTime)
	c.must(err)
	state, err := a.NewPassword(c.ctx, bensPassword)
	c.must(err)
	c.session, c.bens, c.deps = s, state.Session, deps
	c.practices = [...]*auth.Practice{p, other}
	for i, session := range []*auth.Session{c.session, c.bens} {
		c.memories[i] = NewMemory(c.clock.Now, data.DayFirst)
		d := c.memories[i].Join(session)
		c.must(errors.Join(d.Save(c.ctx), d.Sync(c.ctx)))
		if i == 0 {
			c.anna = d
		} else {
			c.ben = d
		}
	}
	return c
}

// later goes on by a day or more, after which both have to sign in again.
func (c *clinic) later(by time.Duration) {
	c.Helper()
	c.clock.Advance(by)
	for i, who := range [...]struct {
		session            *auth.Session
		username, password string
	}{{c.session, "asmith", password}, {c.bens, "bjones", bensPassword}} {
		state, err := c.practices[i].NewAttempt().Password(c.ctx, who.username, who.password)
		c.must(err)
		c.must(who.session.Renew(c.ctx, state.Session))
	}
}

func (c *clinic) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c *clinic) refused(err, want error) {
	c.Helper()
	if !errors.Is(err, want) {
		c.Fatalf("%v, want %v", err, want)
	}
}

// sync lets both windows see what the other did.
func (c *clinic) sync() {
	c.Helper()
	for _, d := range []*Desk{c.anna, c.ben} {
		c.must(errors.Join(d.Save(c.ctx), d.Sync(c.ctx)))
	}
}

// patient saves a new one.
func (c *clinic) patient(name string) data.Patient {
	c.Helper()
	p, err := c.anna.SavePatient(c.ctx, data.Patient{Name: name})
	c.must(err)
	return p
}

// practitioners sets two of them up.
func (c *clinic) practitioners() {
	c.Helper()
	_, err := c.anna.SaveDetails(c.ctx, twoPractitioners())
	c.must(err)
}

func twoPractitioners() data.Details {
	details := data.DefaultDetails()
	for _, id := range []string{"osei", "lind"} {
		p := data.Practitioner{ID: id, Name: "Dr " + id}
		for day := range p.Hours {
			p.Hours[day] = []data.Span{{From: 9 * 60, To: 17 * 60}}
		}
		details.Practitioners = append(details.Practitioners, p)
	}
	return details
}

var today = data.Date{Year: 2026, Month: time.November, Day: 24}

// at is an appointment of a patient, today.
func at(p data.Patient, practitioner string, minute, length int) data.Appointment {
	start := today.At(minute, local)
	return data.Appointment{Patient: p.ID, Practitioner: practitioner, Start: start, End: start.Add(time.Duration(length) * time.Minute)}
}
