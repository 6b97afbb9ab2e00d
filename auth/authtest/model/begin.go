package model

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strconv"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
)

// The passwords that people choose; strong ones, for weak ones are refused.
var passwords = []string{"violet tractor 91 sleeps", "seven maps under glass", "brass kettle on the hob"}

// computers are how many have a window on the practice, besides the clerk's.
const computers = 2

// clerk is a Staff user who only ever signs in, so that something is stored.
const clerk = "clerk"

// beginning is a practice with which sequences begin, and what is true of it:
// two Practice Admins, one of the Staff and the clerk, their computers linked, a kit, nobody
// signed in.
type beginning struct {
	practice practice
	at       time.Time
}

// beginner makes such a practice: with a place, and the keyrings of both computers.
type beginner struct {
	ctx   context.Context
	clock *authtest.Clock
	deps  [computers + 1]auth.Deps
	p     *auth.Practice
	anna  *auth.Session
	errs  []error
}

// prepare makes a practice where two-factor is off and nobody has an
// authenticator.
func prepare(ctx context.Context, location auth.Location, keyrings [computers + 1]auth.Keyring) (beginning, error) {
	b := newBeginner(ctx, location, keyrings)
	return b.end(practice{policy: auth.Policy{Frequency: auth.EverySignIn, Idle: auth.DefaultIdle}, users: b.people()})
}

// prepareGuessed makes one where two-factor is on, everyone is enrolled, and
// somebody has guessed at the codes of the Staff user 98 times.
func prepareGuessed(ctx context.Context, location auth.Location, keyrings [computers + 1]auth.Keyring) (beginning, error) {
	b := newBeginner(ctx, location, keyrings)
	m := practice{
		policy: auth.Policy{TwoFactor: true, Frequency: auth.Daily, Idle: auth.DefaultIdle, HandOver: true}, users: b.people(),
	}
	e, err := b.anna.NewEnrolment(ctx)
	b.check(err)
	if err := errors.Join(b.errs...); err != nil {
		return beginning{}, err
	}
	secret, err := secretOf(e)
	b.check(err)
	step := totp.StepAt(b.clock.Now())
	b.check(b.anna.SaveSettings(ctx, auth.SettingsForm{
		Name: "Clinic", Policy: m.policy, Was: auth.Policy{Frequency: auth.EverySignIn, Idle: auth.DefaultIdle},
		Enrolment: e, Code: totp.Code(secret, step),
	}))
	m.users[0].phone, m.users[0].usedUpTo = secret, step
	for _, u := range m.users[1:] {
		b.enrol(u)
	}
	b.guess(m.users[2], 98)
	return b.end(m)
}

func newBeginner(ctx context.Context, location auth.Location, keyrings [computers + 1]auth.Keyring) *beginner {
	b := &beginner{ctx: ctx, clock: authtest.NewClock()}
	b.deps = depsOf(location, keyrings, b.clock.Now)
	var err error
	b.p, b.anna, err = auth.SetUp(ctx, b.deps[0], auth.SetUpForm{Practice: "Clinic", Name: "anna", Username: "anna", Password: passwords[0]})
	if b.check(err); err != nil {
		return b
	}
	_, err = authtest.MakeKit(ctx, b.anna)
	b.check(err)
	b.check(b.anna.StepUp(ctx, passwords[0], ""))
	b.addUser("ben", auth.Admin)
	b.addUser("cleo", auth.Staff)
	b.addUser(clerk, auth.Staff)
	for _, d := range b.deps[1:] {
		b.link(d)
	}
	return b
}

// link links another computer.
func (b *beginner) link(d auth.Deps) {
	code, err := b.anna.NewLinkingCode(b.ctx)
	b.check(err)
	typed := ""
	for _, group := range code.Groups {
		typed += group
	}
	other, err := auth.LinkWithCode(b.ctx, d, typed)
	if b.check(err); err == nil {
		b.check(other.Close())
	}
}

func (b *beginner) check(err error) {
	if err != nil {
		b.errs = append(b.errs, err)
	}
}

func depsOf(location auth.Location, keyrings [computers + 1]auth.Keyring, now func() time.Time) (all [computers + 1]auth.Deps) {
	for i := range all {
		all[i] = auth.Deps{
			Location: location, Keyring: keyrings[i], Now: now, Cost: authtest.Cheap,
			Computer: auth.Computer{Name: fmt.Sprint("computer ", i)},
		}
	}
	return all
}

// addUser adds somebody who has chosen their own password.
func (b *beginner) addUser(name string, role auth.Role) {
	oneTime, err := b.anna.AddUser(b.ctx, auth.UserForm{Name: name, Username: name, Role: role})
	b.check(err)
	a := b.p.NewAttempt()
	_, err = a.Password(b.ctx, name, oneTime)
	b.check(err)
	state, err := a.NewPassword(b.ctx, passwords[0])
	if b.check(err); err == nil {
		b.check(state.Session.SignOut(b.ctx))
	}
}

// people are the model's users, as Anna sees them.
func (b *beginner) people() (users []*user) {
	infos, err := b.anna.Users(b.ctx) // by name
	b.check(err)
	for _, i := range infos {
		if i.Username == clerk {
			continue
		}
		users = append(users, &user{name: i.Username, password: passwords[0], id: i.ID, role: i.Role, active: true, used: [computers]bool{true}})
	}
	return users
}

func (b *beginner) enrol(u *user) {
	a := b.p.NewAttempt()
	_, err := a.Password(b.ctx, u.name, u.password)
	b.check(err)
	e, err := a.Enrolment(b.ctx)
	if b.check(err); err != nil {
		return
	}
	u.phone, err = secretOf(e)
	b.check(err)
	u.usedUpTo = totp.StepAt(b.clock.Now())
	state, err := a.Confirm(b.ctx, totp.Code(u.phone, u.usedUpTo))
	if b.check(err); err == nil {
		u.recovery = state.Recovery
		b.check(state.Session.SignOut(b.ctx))
	}
	now := b.clock.Now()
	u.since[0], u.trusted[0] = now, now.Add(auth.Daily.Length())
}

// guess gives wrong codes, waiting as long as it takes.
func (b *beginner) guess(u *user, n int) {
	a := b.p.NewAttempt()
	b.clock.Advance(25 * time.Hour) // no trust
	for u.codes.count < n && len(b.errs) == 0 {
		b.clock.Advance(time.Hour)
		_, err := a.Password(b.ctx, u.name, u.password)
		b.check(err)
		if _, err := a.Code(b.ctx, u.wrongCode(totp.StepAt(b.clock.Now()))); err == nil {
			b.check(errors.New("a wrong code counted"))
		}
		u.codes.charge(b.clock.Now())
	}
}

func (b *beginner) end(m practice) (beginning, error) {
	m.newest = b.clock.Now()
	if err := errors.Join(b.errs...); err != nil {
		return beginning{}, err
	}
	if err := b.anna.SignOut(b.ctx); err != nil && !errors.Is(err, auth.ErrSessionEnded) {
		return beginning{}, err
	}
	return beginning{m, b.clock.Now()}, b.p.Close()
}

// clone is a practice that changes by itself.
func (p practice) clone() practice {
	all := p.users
	p.users, p.names = nil, map[string]*name{}
	for _, u := range all {
		copied := *u
		p.users = append(p.users, &copied)
	}
	return p
}

// trySequences says for one test how many sequences rapid tries, and how long they
// are on average, unless the command line says so.
func trySequences(t testing.TB, n int) {
	given := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { given[f.Name] = true })
	steps := 15
	if testing.Short() { // with which rapid tries a fifth, of half the length
		n, steps = 5*n, 2*steps
	}
	for name, value := range map[string]int{"rapid.checks": n, "rapid.steps": steps} {
		if given[name] {
			continue
		}
		f := flag.Lookup(name)
		before := f.Value.String()
		if err := f.Value.Set(strconv.Itoa(value)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Value.Set(before) }) // it had this value, so it takes it
	}
}
