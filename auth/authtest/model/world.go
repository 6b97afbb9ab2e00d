package model

import (
	"context"
	"encoding/base32"
	"errors"
	"fmt"
	"net/url"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
)

// The passwords that people choose; strong ones, for weak ones are refused.
var passwords = []string{"violet tractor 91 sleeps", "seven maps under glass", "brass kettle on the hob"}

// computers are how many have a window on the practice.
const computers = 2

// Fork gives a fresh copy of a practice that Prepare made: the place that both
// computers have, and the keyring of each.
type Fork func() (auth.Place, [computers]auth.Keyring)

// Start is when every sequence begins.
func Start() *authtest.Clock { return authtest.NewClock() }

// Prepare makes the practice with which sequences begin: two Practice Admins and
// one of the Staff, none with an authenticator, two linked computers, a kit.
func Prepare(ctx context.Context, place auth.Place, keyrings [computers]auth.Keyring) error {
	clock := Start()
	deps := depsOf(place, keyrings, clock)
	p, anna, err := auth.SetUp(ctx, deps[0], auth.SetUpForm{Practice: "Clinic", Name: "anna", Username: "anna", Password: passwords[0]})
	if err != nil {
		return err
	}
	_, err1 := authtest.MakeKit(ctx, anna)
	err2 := anna.StepUp(ctx, passwords[0], "")
	err3 := addUser(ctx, p, anna, "ben", auth.Admin)
	err4 := addUser(ctx, p, anna, "cleo", auth.Staff)
	code, err5 := anna.NewLinkingCode(ctx)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return err
	}
	typed := ""
	for _, group := range code.Groups {
		typed += group
	}
	other, err := auth.LinkWithCode(ctx, deps[1], typed)
	if err != nil {
		return err
	}
	return errors.Join(anna.SignOut(ctx), other.Close(), p.Close())
}

func depsOf(place auth.Place, keyrings [computers]auth.Keyring, clock *authtest.Clock) (all [computers]auth.Deps) {
	for i := range all {
		all[i] = auth.Deps{
			Place: place, Keyring: keyrings[i], Now: clock.Now, Cost: authtest.Cheap,
			Computer: auth.Computer{Name: fmt.Sprint("computer ", i)},
		}
	}
	return all
}

// addUser adds somebody who has chosen their own password.
func addUser(ctx context.Context, p *auth.Practice, admin *auth.Session, name string, role auth.Role) error {
	oneTime, err := admin.AddUser(ctx, auth.UserForm{Name: name, Username: name, Role: role})
	if err != nil {
		return err
	}
	a := p.NewAttempt()
	if _, err := a.Password(ctx, name, oneTime); err != nil {
		return err
	}
	state, err := a.NewPassword(ctx, passwords[0])
	if err != nil {
		return err
	}
	return state.Session.SignOut(ctx)
}

// world is a practice under a sequence, beside the model of it.
type world struct {
	*rapid.T
	practice
	ctx     context.Context
	clock   *authtest.Clock
	deps    [computers]auth.Deps
	windows [computers]*auth.Practice
	gone    []*session // some that have ended
	nobody  int        // how often a username was tried that nobody has
}

func newWorld(t *rapid.T, fork Fork) *world {
	w := &world{T: t, ctx: context.Background(), clock: Start()}
	place, keyrings := fork()
	w.deps = depsOf(place, keyrings, w.clock)
	w.policy = auth.Policy{Frequency: auth.EverySignIn, Idle: auth.DefaultIdle}
	w.newest = w.clock.Now()
	for i := range w.windows {
		w.open(i)
	}
	for _, u := range []*user{{name: "anna", role: auth.Admin}, {name: "ben", role: auth.Admin}, {name: "cleo", role: auth.Staff}} {
		u.password, u.active = passwords[0], true
		w.users = append(w.users, u)
	}
	w.learnIDs()
	return w
}

// open starts a window's program. Sessions of one that was killed end.
func (w *world) open(computer int) {
	p, err := auth.Open(w.ctx, w.deps[computer])
	if err == nil {
		err = p.EndOutlivedSessions(w.ctx)
	}
	w.must(err)
	w.windows[computer] = p
	isHere := func(s *session) bool { return s.computer == computer }
	w.gone = without(w.gone, isHere) // of a program that is closed
	for _, u := range w.users {
		u.sessions = without(u.sessions, isHere)
	}
}

func without(all []*session, drop func(*session) bool) (kept []*session) {
	for _, s := range all {
		if !drop(s) {
			kept = append(kept, s)
		}
	}
	return kept
}

// learnIDs asks an admin who is who.
func (w *world) learnIDs() {
	state, err := w.windows[0].NewAttempt().Password(w.ctx, "anna", passwords[0])
	w.must(err)
	users, err := state.Session.Users(w.ctx)
	w.must(err)
	for _, info := range users {
		for _, u := range w.users {
			if u.name == info.Username {
				u.id = info.ID
			}
		}
	}
	w.must(state.Session.SignOut(w.ctx))
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// expect holds an error to what the model says.
func (w *world) expect(what string, got, want error) bool {
	w.Helper()
	wrong := want == auth.ErrCodeWrong && errors.Is(got, auth.ErrCodeExpired)
	if (got == nil) != (want == nil) || want != nil && !errors.Is(got, want) && !wrong {
		w.Fatalf("%s at %v: got %v, want %v", what, w.clock.Now(), got, want)
	}
	return want == nil
}

func (w *world) now() time.Time { return w.clock.Now() }

// tick has something stored, so that the newest stored event is known.
func (w *world) tick() {
	w.nobody++
	_, err := w.windows[0].NewAttempt().Password(w.ctx, fmt.Sprint("nobody ", w.nobody), "x")
	w.expect("a username that nobody has", err, auth.ErrCredentials)
	if w.now().After(w.newest) {
		w.newest = w.now()
	}
}

// check holds the sessions to the model.
func (w *world) check() {
	for _, u := range w.users {
		for _, s := range u.sessions {
			w.expect("a session of "+u.name, s.real.Check(w.ctx), nil)
		}
	}
	w.gone = w.gone[max(0, len(w.gone)-5):]
	for _, s := range w.gone {
		w.expect("a session that has ended", s.real.Check(w.ctx), auth.ErrSessionEnded)
	}
	managers := 0
	for _, u := range w.users {
		if u.active && u.role == auth.Admin {
			managers++
		}
	}
	if managers == 0 {
		w.Fatal("nobody manages the practice any more")
	}
}

// end ends a user's sessions, but for one.
func (w *world) end(u *user, but *session) {
	for _, s := range u.sessions {
		if s != but {
			w.gone = append(w.gone, s)
		}
	}
}

// cutOff is user.cutOff, and remembers the sessions that it ended.
func (w *world) cutOff(u *user) {
	w.end(u, nil)
	u.cutOff()
}

func (w *world) anyUser() *user {
	return w.users[rapid.IntRange(0, len(w.users)-1).Draw(w.T, "user")]
}

func (w *world) chance(percent int, what string) bool {
	return rapid.IntRange(1, 100).Draw(w.T, what) <= percent
}

// anySession is a session of somebody whom ok lets pass; nil if there is none.
func (w *world) anySession(ok func(*session) bool) *session {
	var all []*session
	for _, u := range w.users {
		for _, s := range u.sessions {
			if ok(s) {
				all = append(all, s)
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[rapid.IntRange(0, len(all)-1).Draw(w.T, "session")]
}

// secretOf is what a phone takes off a barcode.
func (w *world) secretOf(e *auth.Enrolment) totp.Secret {
	uri, err := url.Parse(e.URI())
	w.must(err)
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(uri.Query().Get("secret"))
	w.must(err)
	return secret
}

// codeNow is the code that a phone with the right time shows, if the clock is right.
func (w *world) codeNow(secret totp.Secret) string { return totp.Code(secret, totp.StepAt(w.now())) }
