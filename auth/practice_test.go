package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
)

// The people and passwords of the tests; all invented.
const (
	annaPassword = "violet tractor 91 sleeps"
	benPassword  = "seven maps under glass"
)

// world is a practice in memory with everything that tests turn.
type world struct {
	t         testing.TB
	ctx       context.Context
	clock     *authtest.Clock
	keyring   *authtest.Keyring
	memory    *authtest.Memory
	practice  *auth.Practice
	anna      *auth.Session // the first admin
	annaPhone *phone        // nil: none
	kit       string        // the recovery kit, as it is typed
}

// newWorld sets a practice up, with Anna Smith signed in.
func newWorld(t testing.TB) *world {
	w := &world{
		t: t, ctx: context.Background(),
		clock: authtest.NewClock(), keyring: authtest.NewKeyring(), memory: &authtest.Memory{},
	}
	var err error
	w.practice, w.anna, err = auth.SetUp(w.ctx, w.deps(), auth.SetUpForm{
		Practice: "Brook Street & Söhne: Clinic", Name: "Anna Smith", Username: "asmith", Password: annaPassword,
	})
	w.must(err)
	w.kit, err = authtest.MakeKit(w.ctx, w.anna)
	w.must(err)
	t.Cleanup(func() { keptIsWhole(t, w.practice) })
	return w
}

func (w *world) deps() auth.Deps {
	return auth.Deps{
		Location: w.memory, Keyring: w.keyring, Now: w.clock.Now, Cost: authtest.Cheap,
		Computer: auth.Computer{Name: "reception", Account: "desk"},
	}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// refused fails the test unless err is want.
func (w *world) refused(err, want error) {
	w.t.Helper()
	if !errors.Is(err, want) {
		w.t.Fatalf("got %v, want %v", err, want)
	}
}

// phone is somebody's authenticator app.
type phone struct{ secret totp.Secret }

// scan takes the key that an enrolment shows, as the app would.
func scan(t testing.TB, e *auth.Enrolment) *phone {
	t.Helper()
	return &phone{secret: readSecret(t, e.URI())}
}

func (p *phone) code(now time.Time) string { return totp.Code(p.secret, totp.StepAt(now)) }

// stepUp proves Anna again, with a fresh code where she has a phone.
func (w *world) stepUp(s *auth.Session, password string, p *phone) {
	w.t.Helper()
	if s == w.anna && p != nil {
		w.annaPhone = p
	}
	w.dayOn()
	code := ""
	if p != nil {
		w.clock.Advance(totp.Period)
		code = p.code(w.clock.Now())
	}
	w.must(s.StepUp(w.ctx, password, code))
}

// addBen adds a Staff user and gives the one-time password.
func (w *world) addBen() string {
	w.t.Helper()
	w.stepUp(w.anna, annaPassword, nil)
	oneTime, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Ben Jones", Username: "bjones", Role: auth.Staff})
	w.must(err)
	return oneTime
}

// edit changes a user as Anna sees them.
func (w *world) edit(id string, form auth.UserForm) error {
	w.t.Helper()
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	var was auth.UserForm
	for _, u := range users {
		if u.ID == id {
			was = auth.UserForm{Name: u.Name, Username: u.Username, Role: u.Role}
		}
	}
	return w.anna.EditUser(w.ctx, id, was, form)
}

// turnOn turns two-factor on and gives Anna's phone. Everyone is signed out.
func (w *world) turnOn(f auth.Frequency) *phone {
	w.t.Helper()
	w.stepUp(w.anna, annaPassword, nil)
	e, err := w.anna.NewEnrolment(w.ctx)
	w.must(err)
	p := scan(w.t, e)
	w.must(w.anna.SaveSettings(w.ctx, auth.SettingsForm{
		Name: w.practice.Name(), Policy: auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: f}, Was: w.policy(),
		Ends: w.sessions(), Enrolment: e, Code: p.code(w.clock.Now()),
	}))
	w.clock.Advance(totp.Period)
	w.annaPhone = p
	return p
}

// sessions are the ids of all that Anna's settings show.
func (w *world) sessions() []string {
	w.t.Helper()
	ids, err := authtest.SignedIn(w.ctx, w.anna)
	w.must(err)
	return ids
}

// dayOn takes Anna's session on where her sign-in is a day ago.
func (w *world) dayOn() {
	w.t.Helper()
	if w.anna.Left() > 0 {
		return
	}
	a := w.practice.NewAttempt()
	state, err := a.Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	if state.Step == auth.StepCode {
		if !state.NextCode.IsZero() {
			w.clock.Advance(state.NextCode.Sub(w.clock.Now()))
		}
		state, err = a.Code(w.ctx, w.annaPhone.code(w.clock.Now()))
		w.must(err)
	}
	w.must(w.anna.Renew(w.ctx, state.Session))
}

// policy is what Anna's settings show.
func (w *world) policy() auth.Policy {
	w.t.Helper()
	s, err := w.anna.Settings(w.ctx)
	w.must(err)
	return s.Policy
}

// signInAnna takes Anna through password and code.
func (w *world) signInAnna(p *phone) *auth.Session {
	w.t.Helper()
	a := w.practice.NewAttempt()
	state, err := a.Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	if state.Step == auth.StepCode {
		state, err = a.Code(w.ctx, p.code(w.clock.Now()))
		w.must(err)
	}
	if state.Step != auth.StepDone {
		w.t.Fatalf("step %v, want done", state.Step)
	}
	w.anna = state.Session
	return state.Session
}

// enrolBen takes Ben through his first sign-in and gives his phone.
func (w *world) enrolBen(oneTime string) (*phone, *auth.Session) {
	w.t.Helper()
	a := w.practice.NewAttempt()
	state, err := a.Password(w.ctx, "bjones", oneTime)
	w.must(err)
	if state.Step != auth.StepNewPassword {
		w.t.Fatalf("step %v, want a new password", state.Step)
	}
	state, err = a.NewPassword(w.ctx, benPassword)
	w.must(err)
	if state.Step != auth.StepEnrol {
		w.t.Fatalf("step %v, want enrolment", state.Step)
	}
	e, err := a.Enrolment(w.ctx)
	w.must(err)
	p := scan(w.t, e)
	state, err = a.Confirm(w.ctx, p.code(w.clock.Now()))
	w.must(err)
	if state.Step != auth.StepDone {
		w.t.Fatalf("step %v, want done", state.Step)
	}
	return p, state.Session
}

// TestJourney is the main journey, without a window.
func TestJourney(t *testing.T) {
	w := newWorld(t)
	oneTime := w.addBen()
	anna := w.turnOn(auth.EverySignIn)
	w.refused(w.anna.Check(w.ctx), auth.ErrSessionEnded)
	if n := w.practice.Notice(); n == nil || n.By != "Anna Smith" {
		t.Fatalf("notice %+v", n)
	}

	w.signInAnna(anna)
	ben, benSession := w.enrolBen(oneTime)
	used := ben.code(w.clock.Now())
	w.must(benSession.SignOut(w.ctx))

	a := w.practice.NewAttempt()
	_, err := a.Password(w.ctx, "bjones", benPassword)
	w.must(err)
	_, err = a.Code(w.ctx, used)
	w.refused(err, auth.ErrCodeUsed)
	_, err = a.Code(w.ctx, wrongCode(ben.secret, w.clock.Now()))
	w.refused(err, auth.ErrCodeWrong)
	w.clock.Advance(totp.Period)
	state, err := a.Code(w.ctx, ben.code(w.clock.Now()))
	w.must(err)

	users, err := w.anna.Users(w.ctx)
	w.must(err)
	_, err = w.anna.ResetTwoFactor(w.ctx, users[1].ID, "new phone")
	w.must(err)
	w.refused(state.Session.Check(w.ctx), auth.ErrSessionEnded)

	w.clock.Advance(totp.Period)
	a = w.practice.NewAttempt()
	state, err = a.Password(w.ctx, "bjones", benPassword)
	w.must(err)
	if state.Step != auth.StepEnrol || state.Reset == nil || state.Reset.By != "Anna Smith" {
		t.Fatalf("after the reset: %+v", state)
	}
	e, err := a.Enrolment(w.ctx)
	w.must(err)
	_, err = a.Confirm(w.ctx, ben.code(w.clock.Now()))
	w.refused(err, auth.ErrCodeWrong)
	state, err = a.Confirm(w.ctx, scan(t, e).code(w.clock.Now()))
	w.must(err)
	w.must(state.Session.Check(w.ctx))

	o, err := w.anna.Overview(w.ctx)
	w.must(err)
	if len(o.News) != 2 { // Anna, and Ben, who did it again
		t.Fatalf("news %+v", o.News)
	}
}

// besidesKeyring is a keyring before whose first anchor another window goes on.
type besidesKeyring struct {
	*authtest.Keyring
	goOn func()
}

// Get implements auth.Keyring.
func (k *besidesKeyring) Get(ctx context.Context, name string) (string, error) {
	if goOn := k.goOn; goOn != nil && strings.HasSuffix(name, "/mark") {
		k.goOn = nil
		goOn()
	}
	return k.Keyring.Get(ctx, name)
}

// TestOpenBesidesAnother: what another window of this account writes, and anchors, while a
// practice is opened makes nothing look older than it is.
func TestOpenBesidesAnother(t *testing.T) {
	w := newWorld(t)
	deps := w.deps()
	deps.Keyring = &besidesKeyring{w.keyring, func() { w.signInAnna(nil) }}
	p, err := auth.Open(w.ctx, deps)
	w.must(err)
	w.must(p.Close())
}
